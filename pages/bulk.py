"""Many items at once: their topics, objectives and review dates, in one grid."""

import streamlit as st

from base.permissions import Permission
from quizbank.commands.bulk_edits import PlaceChange, Undone, bulk_edit, undo_bulk_edit
from quizbank.queries.bank import bank_facets
from quizbank.queries.bulk_edits import bulk_edits, placed_items
from ui.act import act, look
from ui.bank.bulk_grid import begin_afresh, draw_edits, draw_grid
from ui.bank.table import LIMIT, ask_view
from ui.nav import link
from ui.words import count

_SAID = "bulk-said"


def _save(changes: tuple[PlaceChange, ...]) -> None:
    acting = act()
    with acting as tx:
        bulk_edit(tx, changes)
    if acting.committed:
        _tell(f"Changed {count(len(changes), 'item')}. You can take it back below.")


def _undo(edit_id: str) -> None:
    undone: Undone | None = None
    acting = act()
    with acting as tx:
        undone = undo_bulk_edit(tx, edit_id)
    if undone and acting.committed:
        alone = undone.left_alone
        left = f" Changed again since, so left alone: {', '.join(alone)}." if alone else ""
        _tell(f"{count(undone.restored, 'item')} as before.{left}")


def _tell(sentence: str) -> None:
    st.session_state[_SAID] = sentence
    begin_afresh()
    st.rerun()


st.set_page_config(layout="wide")
with look(Permission.ITEM_WRITE) as tx:
    facets, edits = bank_facets(tx), bulk_edits(tx)
link("Back to the bank", "bank", icon=":material/arrow_back:")
st.title("Edit many items")
if said := st.session_state.pop(_SAID, ""):
    st.success(said, icon=":material/check_circle:")
st.markdown(
    "Change cells in the grid, or tick items and say below what holds for all of them. Every "
    "change is the item's next version; running attempts keep theirs."
)
view = ask_view(facets)
with look(Permission.ITEM_WRITE) as tx:
    items = placed_items(tx, view.wanted, LIMIT)
    today = tx.now.date()
shown = [one for one in items if not view.past_review or one.review_due < today]
if shown:
    changes = draw_grid(shown, facets.objectives)
    label = f"Save the changes to {count(len(changes), 'item')}"
    if st.button(label, type="primary", disabled=not changes):
        _save(changes)
else:
    st.markdown("No published item fits. Change the search or the filters.")
if edits:
    st.header("Last changes")
    chosen = draw_edits(edits)
    if chosen:
        _undo(chosen)
