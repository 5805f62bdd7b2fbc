"""The queue of changes on screen."""

from collections.abc import Sequence

import streamlit as st

from quizbank.commands.reviews import Approval
from quizbank.queries.proposals import ProposalSummary
from ui.bank_words import headline
from ui.entries import Entry, draw_entries
from ui.review_parts import STAGES
from ui.words import count, moment, plain

_WAITING, _MINE, _ALL = "Waiting for me", "Mine", "All"
_NOTHING = {
    _WAITING: "All read: nothing waits for you. What others send for review appears here.",
    _MINE: "You have no change on its way. Begin one in the item bank, and it appears here.",
    _ALL: "No change is on its way. What anybody begins in the item bank appears here.",
}


def ask_queue(found: Sequence[ProposalSummary]) -> list[ProposalSummary]:
    """Draw the choice between the three lists, each with its count; returns the chosen one.

    An empty one says so.
    """
    lists = {
        _WAITING: [one for one in found if one.may_approve],
        _MINE: [one for one in found if one.mine],
        _ALL: list(found),
    }
    chosen = st.segmented_control(
        "Which changes",
        list(lists),
        default=_WAITING,
        format_func=lambda name: f"{name} ({len(lists[name])})",
        key="reviews-list",
        required=True,
    )
    name = chosen or _WAITING
    if not lists[name]:
        st.markdown(_NOTHING[name])
    return lists[name]


def draw_queue(shown: Sequence[ProposalSummary]) -> None:
    """List the changes, those that wait longest first."""
    draw_entries([_entry(one) for one in shown], "reviews")


def ask_several(shown: Sequence[ProposalSummary]) -> list[ProposalSummary]:
    """Offer to publish several changes at once; returns those that the reader pressed for."""
    ready = {one.id: one for one in shown if one.may_approve}
    if len(ready) < 2:
        return []
    with st.expander("Approve several at once", icon=":material/done_all:"):
        st.markdown("Each is checked as if it were alone; read them first.")
        chosen = st.multiselect(
            "Changes to approve",
            list(ready),
            format_func=lambda one: f"{ready[one].item_id} · {headline(ready[one].stem, 60)}",
            key="reviews-several",
            placeholder="Choose what you have read",
            wrap=True,
        )
        pressed = st.button(
            f"Approve {count(len(chosen), 'change')}",
            icon=":material/publish:",
            disabled=not chosen,
        )
    return [ready[one] for one in chosen] if pressed else []


def outcome_in_words(outcomes: Sequence[Approval]) -> str:
    """Say how many were published, and why the others were not."""
    done = [one for one in outcomes if one.version]
    said = [f"{count(len(done), 'change')} published."]
    return " ".join([*said, *(one.problem for one in outcomes if one.problem)])


def _entry(one: ProposalSummary) -> Entry:
    kind = "new item" if one.based_on == 0 else f"change of version {one.based_on}"
    facts = [STAGES[one.stage], kind, f"by {plain(' and '.join(one.authors))}"]
    facts.append(moment(one.updated_at))
    if one.overtaken:
        facts.append(":orange[:material/sync_problem: **Overtaken** by another version]")
    label = f"**{one.item_id}** {plain(headline(one.stem)) or '(no question yet)'}"
    return Entry(label, "review", {"change": one.id}, tuple(facts))
