"""Key corrections on screen: the list, what one changes, whom it touches, who was told."""

from collections.abc import Mapping, Sequence

import streamlit as st

from quizbank.item_diff import changes
from quizbank.items import item_to_data
from quizbank.queries.corrections import Correction, Outcome
from quizbank.queries.foreseen import Foreseen
from quizbank.remedies import RemedyKind
from quizbank.rule_words import number
from ui.bank_words import headline
from ui.entries import Entry, draw_entries
from ui.item_diff import draw_changes
from ui.item_form import stem_of
from ui.nav import link
from ui.words import count, moment, plain

REMEDIES = {
    RemedyKind.KEY: "A better key: everybody's answer is marked anew by it",
    RemedyKind.EVERYBODY: "Full marks for everybody",
    RemedyKind.NOBODY: "It counts for nobody; the cut keeps its share, rounded down",
}
_STATES = {
    "proposed": ":blue[:material/hourglass_top: **Waits for a second person**]",
    "approved": ":green[:material/check_circle: **Approved**]",
    "rejected": ":gray[:material/block: **Rejected**]",
}
_MOST_SHOWN = 200
_Line = Foreseen | Outcome


def draw_list(found: Sequence[Correction]) -> None:
    """List the corrections, those that wait for a decision first."""
    if not found:
        st.markdown("**No key has been corrected.**")
        st.markdown(
            "Where an item's key was wrong in exams that were sat, begin on the item's page, "
            "under History."
        )
    draw_entries([_entry(one) for one in found], "corrections")


def draw_correction(one: Correction) -> None:
    """Say what is corrected, why, by whom, and how it was decided."""
    st.markdown(f"{_STATES[one.state]} · {one.item_id}, version {one.version}")
    st.markdown(f"Proposed by {plain(one.proposed_by)}, {moment(one.proposed_at)}.")
    st.markdown(f"**Why:** {plain(one.reason)}")
    if one.decided_by and one.decided_at:
        st.markdown(f"Decided by {plain(one.decided_by)}, {moment(one.decided_at)}.")
    if one.answer:
        st.markdown(f"**Answer:** {plain(one.answer)}")
    st.header("What changes")
    st.markdown(f"{REMEDIES[one.remedy]}.")
    if one.better:
        draw_changes(changes(item_to_data(one.item), item_to_data(one.better)), is_new=False)
    with st.expander("The question as it was asked", icon=":material/quiz:"):
        st.markdown(stem_of(one.item.prompt()))


def draw_foreseen(
    found: Sequence[Foreseen], names: Mapping[str, str], certificates: Mapping[str, str]
) -> None:
    """Say what the correction would do, and list every attempt whose verdict would change."""
    st.header("What it would do")
    if not found:
        st.markdown("**No decided attempt has this version.** Later ones will follow it.")
        return
    _draw_counts(found, "would pass", "would not pass any more")
    turned = [one for one in found if one.passed_before != one.passed_after]
    _draw_table(turned, names, certificates)


def draw_outcomes(
    found: Sequence[Outcome],
    names: Mapping[str, str],
    certificates: Mapping[str, str],
    may_revoke: bool,
) -> None:
    """Say what the correction did, and name whoever keeps a certificate against the verdict."""
    st.header("What it did")
    if not found:
        st.markdown("**No decided attempt had this version.** Later ones follow it.")
        return
    _draw_counts(found, "passes now", "does not pass any more")
    _draw_table([one for one in found if one.passed_before != one.passed_after], names, {})
    kept = [one for one in found if not one.passed_after and one.attempt_id in certificates]
    if not kept:
        return
    st.header("Certificates that stay")
    st.markdown(
        "These people do not pass any more and keep their certificates. Nothing is withdrawn by "
        "itself: an administrator decides about each, by hand."
    )
    for one in kept:
        name, serial = plain(names.get(one.person_id, "unknown")), certificates[one.attempt_id]
        if may_revoke:
            link(f"{name}: {serial}", "credentials", icon=":material/verified:", serial=serial)
        else:
            st.markdown(f"{name}: {serial}")


def ask_told(found: Sequence[Outcome], names: Mapping[str, str]) -> list[str]:
    """List everybody affected who is not told; returns the attempts that were pressed for."""
    st.header("Tell everyone affected")
    waiting = [one for one in found if one.told_at is None]
    st.markdown(f"**{len(found) - len(waiting)} of {people(len(found))} told.**")
    for one in [each for each in found if each.told_at is not None][:_MOST_SHOWN]:
        told = f"told on {moment(one.told_at)} by {plain(one.told_by or '')}" if one.told_at else ""
        st.markdown(f":small[{plain(names.get(one.person_id, 'unknown'))}: {told}]")
    if not waiting:
        return []
    labels = {one.attempt_id: _said(one, names) for one in waiting}
    chosen = st.multiselect(
        "Whom you have told",
        list(labels),
        format_func=lambda one: labels[one],
        placeholder="Choose one or several",
        key="told-some",
        wrap=True,
    )
    with st.container(horizontal=True):
        some = st.button(
            "Note that I told them", icon=":material/mark_chat_read:", disabled=not chosen
        )
        everybody = st.button(f"I told all {len(waiting)}", icon=":material/done_all:")
    return list(labels) if everybody else list(chosen) if some else []


def people(number: int) -> str:
    """Return the number in words, "1 person" or "2 people"."""
    return "1 person" if number == 1 else f"{number} people"


def _entry(one: Correction) -> Entry:
    facts = [_STATES[one.state], f"by {plain(one.proposed_by)}", moment(one.proposed_at)]
    if one.replaying:
        facts.append(f":orange[:material/sync: {one.remarked} of {one.listed} marked again]")
    elif one.listed:
        facts.append(f"{one.told} of {one.listed} told")
    label = f"**{one.item_id}, version {one.version}** {plain(headline(one.item.stem))}"
    return Entry(label, "corrections", {"id": one.id}, tuple(facts))


def _draw_counts(found: Sequence[_Line], passing: str, failing: str) -> None:
    up = sum(one.passed_after and not one.passed_before for one in found)
    down = sum(one.passed_before and not one.passed_after for one in found)
    other = sum(one.marks_before != one.marks_after for one in found)
    st.markdown(
        f"**{count(len(found), 'attempt')} affected.** {up} {passing} that had not; {down} "
        f"{failing}; marks differ in {other}."
    )


def _draw_table(
    found: Sequence[_Line], names: Mapping[str, str], certificates: Mapping[str, str]
) -> None:
    for one in found[:_MOST_SHOWN]:
        mark = (
            ":green[:material/check_circle: **Passes**]"
            if one.passed_after
            else ":red[:material/cancel: **Does not pass**]"
        )
        keeps = " · keeps a certificate" if one.attempt_id in certificates else ""
        with st.container(border=True, gap=None):
            link(
                f"**{plain(names.get(one.person_id, 'unknown'))}**",
                "results",
                attempt=one.attempt_id,
            )
            st.markdown(
                f"{mark} · marks {number(one.marks_before)} → {number(one.marks_after)} · "
                f"{plain(one.exam_title)}{keeps}"
            )
    if len(found) > _MOST_SHOWN:
        st.markdown(f"The first {_MOST_SHOWN} of {len(found)} are listed.")


def _said(one: Outcome, names: Mapping[str, str]) -> str:
    verdict = "passes" if one.passed_after else "does not pass"
    was = f"{number(one.marks_before)} → {number(one.marks_after)} marks"
    return f"{names.get(one.person_id, 'unknown')}: {verdict}, {was}"
