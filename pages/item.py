"""One item: write it, see it as the trainee does, send it for review, retire it, look back."""

import streamlit as st

from base.permissions import Permission
from quizbank.items import KINDS
from quizbank.proposals import Stage
from quizbank.queries.bank import (
    bank_facets,
    free_item_id,
    item_at_version,
    item_exists,
    source_keys,
)
from quizbank.queries.item_page import ItemPage, item_page
from quizbank.queries.proposals import find_newest_proposal
from quizbank.queries.used_in import edit_impact
from ui.act import look, refuse
from ui.bank.item_draft import Draft, draft_of, forget, new_draft
from ui.bank.item_editor import Known
from ui.bank.item_life import draw_life
from ui.bank.item_saving import autosave, offer_saved, send
from ui.bank.item_view import draw_facts, draw_preview, draw_standing
from ui.bank.item_workbench import ask_send, began_from, draw_workbench, taken_id
from ui.bank.review_parts import ask_author, draw_change
from ui.bank.words import KINDS as KIND_WORDS
from ui.changes import draw_events
from ui.nav import go, link, parameter
from ui.notice import show_notice


def _draw_old(item_id: str, version_id: str) -> None:
    with look(Permission.ITEM_READ) as tx:
        item, today = item_at_version(tx, version_id), tx.now.date()
    link("Back to the item", "item", icon=":material/arrow_back:", id=item_id)
    st.title(f"{item.id}, an earlier version")
    draw_facts(item, today)
    draw_preview(item)


def _draw_new(kind: str) -> None:
    with look(Permission.ITEM_WRITE) as tx:
        objectives = bank_facets(tx).objectives
        draft = new_draft(kind, next(iter(objectives), "MF-01"), tx.now.date())
    st.title(f"New item: {KIND_WORDS[kind].lower()}")
    _draw_writing(draft, None)


def _draw_item(item_id: str) -> None:
    with look(Permission.ITEM_READ) as tx:
        page, actor, today = item_page(tx, item_id), tx.actor, tx.now.date()
    st.title(item_id)
    show_notice()
    draw_standing(page)
    if page.change and page.change.summary.stage is Stage.IN_REVIEW:
        draw_change(page.change)
        ask_author(page.change, actor)
    elif actor.may(Permission.ITEM_WRITE):
        _draw_writing(draft_of(page), page)
    elif page.published:
        draw_facts(page.published, today)
        draw_preview(page.published)
    elif page.change:
        draw_change(page.change)
    draw_life(page, actor)


def _draw_writing(draft: Draft, page: ItemPage | None) -> None:
    with look(Permission.ITEM_WRITE) as tx:
        free = free_item_id(tx, draft.text("objective"))
        known = Known(bank_facets(tx).objectives, source_keys(tx), free)
    if said := began_from(page):
        st.info(said, icon=":material/group:")
    above = st.container()
    reading = draw_workbench(draft, known)
    if page:
        with above:
            offer_saved(draft, page)
    with look(Permission.ITEM_WRITE) as tx:
        taken = taken_id(draft, item_exists(tx, draft.text("id")))
        impact = edit_impact(tx, draft.item_id, draft.fields)
    autosave(draft, page, taken)
    note = ask_send(draft, reading, impact, taken)
    if note is not None and send(draft, note):
        forget(draft)
        go("item", id=draft.item_id)
    change = page.change if page else None
    if page and change is None and draft.revision:
        # It was saved for the first time just now.
        with look(Permission.ITEM_WRITE) as tx:
            change = find_newest_proposal(tx, draft.item_id)
    if change:
        ask_author(change, None, lambda: forget(draft))
        draw_events(change.events)


with look(Permission.ITEM_READ):
    link("Item bank", "bank", icon=":material/arrow_back:")
wanted, new, version = parameter("id"), parameter("new"), parameter("version")
if new in KINDS:
    _draw_new(new)
elif version:
    _draw_old(wanted, version)
elif wanted:
    _draw_item(wanted)
else:
    refuse("Choose an item in the bank first.")
