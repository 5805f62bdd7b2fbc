"""What a reviewer would remark about the item that is being written; it keeps nothing out."""

import streamlit as st

from base.permissions import Permission
from quizbank.linting import Fields, Finding, Likeness, lint
from quizbank.queries.likeness import similar_items
from ui.act import look
from ui.words import count


def draw_remarks(fields: Fields, item_id: str) -> None:
    """Draw every remark about the fields as they are typed now."""
    found = lint(fields, _alike(item_id, str(fields.get("stem", ""))))
    if not found:
        st.markdown(":material/check_circle: The linter has no remarks.")
        return
    with st.expander(
        f"{count(len(found), 'remark')} on how it is written",
        icon=":material/lightbulb:",
        expanded=True,
    ):
        st.markdown("\n".join(f"- {_as_line(one)}" for one in found))


def _as_line(finding: Finding) -> str:
    return f"**{finding.rule[0].upper()}{finding.rule[1:]}.** {finding.sentence}"


def _alike(item_id: str, stem: str) -> tuple[Likeness, ...]:
    # The whole bank is compared, so only when the question itself was changed.
    kept: tuple[tuple[str, str], tuple[Likeness, ...]] | None
    kept = st.session_state.get("likeness")
    if kept is None or kept[0] != (item_id, stem):
        with look(Permission.ITEM_READ) as tx:
            kept = ((item_id, stem), similar_items(tx, item_id, stem))
        st.session_state["likeness"] = kept
    return kept[1]
