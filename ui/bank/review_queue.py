"""The queue of changes on screen."""

from collections.abc import Sequence

import streamlit as st

from courses.queries.content_reviews import ContentSummary
from quizbank.commands.reviews import Approval
from quizbank.queries.proposals import ProposalSummary
from ui.bank.words import headline
from ui.changes import STAGES
from ui.entries import Entry, draw_entries
from ui.words import count, moment, plain

Change = ProposalSummary | ContentSummary
_WAITING, _MINE, _ALL = "Waiting for me", "Mine", "All"
_NOTHING = {
    _WAITING: "All read: nothing waits for you. What others send for review appears here.",
    _MINE: "You have no change on its way. Begin one in the bank or a lesson, and it appears here.",
    _ALL: "No change is on its way. What anybody begins in the item bank or a lesson appears here.",
}


def in_turn(items: Sequence[ProposalSummary], content: Sequence[ContentSummary]) -> list[Change]:
    """Return all of them, those that wait longest first."""
    return sorted([*items, *content], key=lambda one: one.updated_at)


def ask_queue(found: Sequence[Change]) -> list[Change]:
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


def draw_queue(shown: Sequence[Change]) -> None:
    """List the changes, those that wait longest first."""
    draw_entries([_entry(one) for one in shown], "reviews")


def ask_several(shown: Sequence[Change]) -> list[ProposalSummary]:
    """Offer to publish several changes of items at once; returns those that were pressed for."""
    items = [one for one in shown if isinstance(one, ProposalSummary)]
    ready = {one.id: one for one in items if one.may_approve}
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


def _entry(one: Change) -> Entry:
    return _item(one) if isinstance(one, ProposalSummary) else _content(one)


def _content(one: ContentSummary) -> Entry:
    kind = one.subject.kind
    what = f"{kind}, change of version {one.based_on}" if one.based_on else f"new {kind}"
    label = f"**{plain(one.title)}** {plain(one.course_title)}"
    facts = [STAGES[one.stage], what, *_said(one)]
    return Entry(label, "content_review", {"change": one.id}, tuple(facts))


def _said(one: Change) -> list[str]:
    facts = [f"by {plain(' and '.join(one.authors))}", moment(one.updated_at)]
    if one.overtaken:
        facts.append(":orange[:material/sync_problem: **Overtaken** by another version]")
    return facts


def _item(one: ProposalSummary) -> Entry:
    kind = "new item" if one.based_on == 0 else f"change of version {one.based_on}"
    facts = [STAGES[one.stage], kind, *_said(one)]
    label = f"**{one.item_id}** {plain(headline(one.stem)) or '(no question yet)'}"
    return Entry(label, "review", {"change": one.id}, tuple(facts))
