"""The item bank: find, write, export and import items."""

import streamlit as st

from base.permissions import Permission
from quizbank.commands.bank import import_items
from quizbank.items import KINDS
from quizbank.queries.bank import bank_facets, bank_items, source_keys
from ui.act import act, look
from ui.bank.export import draw_export
from ui.bank.import_bar import ImportBar
from ui.bank.importing import Wish, ask_import, note_outcome
from ui.bank.table import LIMIT, ask_view, draw_bank
from ui.bank.words import KINDS as KIND_WORDS
from ui.nav import go, link, parameter


def _draw_list() -> None:
    with look(Permission.ITEM_READ) as tx:
        actor, today = tx.actor, tx.now.date()
        facets = bank_facets(tx)
    st.title("Item bank")
    actions = st.container(horizontal=True)
    view = ask_view(facets)
    with look(Permission.ITEM_READ) as tx:
        items = bank_items(tx, view.wanted, LIMIT)
    with actions:
        chosen = _ask_new() if actor.may(Permission.ITEM_WRITE) else None
        draw_export(view.wanted)
        importing = actor.may(Permission.ITEM_WRITE) and st.button(
            "Import a file", icon=":material/upload:"
        )
        if actor.may(Permission.ITEM_WRITE):
            link("Edit many items", "bulk", icon=":material/table_edit:")
    if chosen:
        go("item", new=chosen)
    if importing:
        go("bank", view="import")
    draw_bank(items, view, facets.items, today)


def _ask_new() -> str | None:
    return st.menu_button(
        "New item",
        KINDS,
        format_func=lambda kind: KIND_WORDS[kind],
        type="primary",
        icon=":material/add:",
    )


def _draw_import() -> None:
    with look(Permission.ITEM_WRITE) as tx:
        objectives, sources = bank_facets(tx).objectives, source_keys(tx)
        today = tx.now.date()
        link("Back to the bank", "bank", icon=":material/arrow_back:")
    st.title("Import items")
    wish = ask_import(objectives, sources, today)
    if wish:
        _import(wish)


def _import(wish: Wish) -> None:
    outcome, bar = None, ImportBar()
    acting = act()
    with acting as tx:
        outcome = import_items(tx, wish.read, wish.strict, wish.send, bar)
    done = outcome if acting.committed else None
    if done:
        note_outcome(done)
    bar.end()
    if done:
        st.rerun()


if parameter("view") == "import":
    _draw_import()
else:
    _draw_list()
