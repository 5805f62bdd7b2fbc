"""The item bank: find, write, export and import items."""

import streamlit as st

from base.permissions import Permission
from quizbank.commands.bank import import_items
from quizbank.items import KINDS
from quizbank.queries.bank import bank_facets, bank_items
from ui.act import act, look
from ui.bank_export import draw_export
from ui.bank_import import Wish, ask_import, note_outcome
from ui.bank_table import LIMIT, ask_view, draw_bank
from ui.bank_words import KINDS as KIND_WORDS
from ui.nav import go


def _import(wish: Wish) -> None:
    outcome = None
    with act() as tx:
        outcome = import_items(tx, wish.read, wish.strict)
    if outcome:
        note_outcome(outcome)
        st.rerun()


with look(Permission.ITEM_READ) as tx:
    actor, today = tx.actor, tx.now.date()
    facets = bank_facets(tx)

st.title("Item bank")
actions = st.container(horizontal=True)
view = ask_view(facets)
with look(Permission.ITEM_READ) as tx:
    items = bank_items(tx, view.wanted, LIMIT)
with actions:
    chosen = None
    if actor.may(Permission.ITEM_PUBLISH):
        chosen = st.menu_button(
            "New item",
            KINDS,
            format_func=lambda kind: KIND_WORDS[kind],
            type="primary",
            icon=":material/add:",
        )
    draw_export(view.wanted)
if chosen:
    go("item", new=chosen)
draw_bank(items, view, facets.items, today)
if actor.may(Permission.ITEM_WRITE):
    with st.expander("Import items from a file", icon=":material/upload:", key="bank-import"):
        wish = ask_import()
    if wish:
        _import(wish)
