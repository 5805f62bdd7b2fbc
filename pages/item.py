"""One item: write it, see it as the trainee does, publish it, retire it, look back."""

import streamlit as st

from base.permissions import Permission
from quizbank.commands.proposals import save_draft, send_for_review
from quizbank.items import KINDS, Item, item_to_data
from quizbank.queries.bank import (
    ItemDetail,
    bank_facets,
    free_item_id,
    item_at_version,
    item_detail,
    item_exists,
    source_keys,
)
from quizbank.queries.proposals import find_newest_proposal
from ui.act import act, look, refuse
from ui.bank_words import KINDS as KIND_WORDS
from ui.item_draft import Draft, draft_of, forget, load, new_draft
from ui.item_editor import Known
from ui.item_status import ask_status
from ui.item_view import draw_facts, draw_history, draw_preview, draw_standing
from ui.item_workbench import ask_publish, draw_workbench, offer_drop, offer_newer
from ui.nav import go, link, parameter
from ui.notice import leave_notice, show_notice


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
        known = Known(objectives, source_keys(tx), free_item_id(tx, draft.text("objective")))
    st.title(f"New item: {KIND_WORDS[kind].lower()}")
    reading = draw_workbench(draft, known)
    with look(Permission.ITEM_WRITE) as tx:
        taken = item_exists(tx, draft.text("id"))
    item = ask_publish(draft, reading, taken)
    if item and _send(draft, item):
        forget(draft)
        go("item", id=item.id)


def _draw_item(item_id: str) -> None:
    with look(Permission.ITEM_READ) as tx:
        detail = item_detail(tx, item_id)
        known = Known(bank_facets(tx).objectives, source_keys(tx))
        actor, today = tx.actor, tx.now.date()
    st.title(item_id)
    show_notice()
    draw_standing(detail)
    if actor.may(Permission.ITEM_WRITE):
        _draw_writing(detail, known)
    else:
        draw_facts(detail.item, today)
        draw_preview(detail.item)
    draw_history(item_id, detail.versions)
    if actor.may(Permission.ITEM_RETIRE):
        ask_status(item_id, detail.status)


def _draw_writing(detail: ItemDetail, known: Known) -> None:
    draft = draft_of(detail.item, detail.version)
    offer_newer(draft, detail)
    reading = draw_workbench(draft, known)
    item = ask_publish(draft, reading)
    if item and _send(draft, item):
        load(draft, item, detail.version)
        st.rerun()
    if reading.changed:
        offer_drop(draft, detail)


def _send(draft: Draft, item: Item) -> bool:
    acting = act()
    with acting as tx:
        standing = find_newest_proposal(tx, item.id)
        revision = standing.summary.revision if standing and standing.summary.is_open else 0
        revision = save_draft(tx, item.id, draft.based_on, item_to_data(item), revision)
        if saved := find_newest_proposal(tx, item.id):
            send_for_review(tx, saved.summary.id, revision)
    if acting.committed:
        leave_notice("Sent for review. Somebody else reads it and publishes it.")
    return acting.committed


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
