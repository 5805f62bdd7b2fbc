"""Key corrections on screen: the list, what one changes, whom it touches, who was told."""

from collections.abc import Mapping, Sequence

import streamlit as st

from quizbank.item_diff import changes
from quizbank.items import item_to_data
from quizbank.queries.corrections import Correction, Outcome, Reached
from quizbank.queries.foreseen import Foreseen
from quizbank.remedies import RemedyKind
from quizbank.rule_words import number
from ui.bank.item_diff import draw_changes
from ui.bank.words import headline
from ui.entries import Entry, draw_entries
from ui.kinds.item_form import stem_of
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
_TAKEN_BACK = ":gray[:material/undo: **Taken back**]"
# Whether one refuses one's own proposal: the field, the button, and what is said then.
REFUSING = {
    False: ("Why it is rejected", "Reject it", "Rejected"),
    True: ("Why you take it back", "Take it back", "Taken back"),
}
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
    st.markdown(f"{_state(one)} · {one.item_id}, version {one.version}")
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
    """Say what the correction would do, and list every attempt that it would change."""
    st.header("What it would do")
    if not found:
        st.markdown("**No decided attempt has this version.** Later ones will follow it.")
        return
    _draw_counts(found, ("would pass", "would pass"), ("would not pass", "would not pass"))
    turned = [one for one in found if one.before.passed != one.after.passed]
    others = [
        one for one in found if one.before.passed == one.after.passed and one.before != one.after
    ]
    for header, lines, key in (
        ("Another verdict", turned, "foreseen"),
        ("Same verdict, other figures", others, "foreseen-same"),
    ):
        if lines:
            st.subheader(header)
            draw_entries([_affected(one, names, _keeps(one, certificates)) for one in lines], key)


def draw_outcomes(
    found: Sequence[Outcome],
    names: Mapping[str, str],
    certificates: Mapping[str, str],
    may_revoke: bool,
) -> None:
    """List everyone affected with what it did, and who keeps a certificate against the verdict."""
    st.header("What it did")
    if not found:
        st.markdown("**No decided attempt had this version.** Later ones follow it.")
        return
    _draw_counts(found, ("passes now", "pass now"), ("does not pass", "do not pass"))
    draw_entries([_affected(one, names, _told(one)) for one in found], "affected")
    kept = [one for one in found if not one.after.passed and one.attempt_id in certificates]
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
    """Ask whom one has told; returns the attempts that were pressed for."""
    st.header("Tell everyone affected")
    waiting = [one for one in found if one.told_at is None]
    told = len(found) - len(waiting)
    st.markdown(f"**Told about {told} of {count(len(found), 'attempt')}.**")
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


def _state(one: Correction) -> str:
    return _TAKEN_BACK if one.taken_back else _STATES[one.state]


def _entry(one: Correction) -> Entry:
    facts = [_state(one), f"by {plain(one.proposed_by)}", moment(one.proposed_at)]
    if one.replaying:
        facts.append(f":orange[:material/sync: {one.remarked} of {one.listed} marked again]")
    elif one.listed:
        facts.append(f"{one.told} of {one.listed} told")
    label = f"**{one.item_id}, version {one.version}** {plain(headline(one.item.stem))}"
    return Entry(label, "corrections", {"id": one.id}, tuple(facts))


def _draw_counts(
    found: Sequence[_Line], passing: tuple[str, str], failing: tuple[str, str]
) -> None:
    up = sum(one.after.passed and not one.before.passed for one in found)
    down = sum(one.before.passed and not one.after.passed for one in found)
    other = sum(one.before != one.after for one in found)
    st.markdown(
        f"**{count(len(found), 'attempt')} affected.** {up} {passing[up != 1]} that had not; "
        f"{down} {failing[down != 1]} any more; figures differ in {other}."
    )


def _affected(one: _Line, names: Mapping[str, str], further: str) -> Entry:
    if one.before.passed == one.after.passed:
        verdict = f"{'passed' if one.after.passed else 'not passed'} as before"
    elif one.after.passed:
        verdict = ":green[:material/check_circle: **Passes**]"
    else:
        verdict = ":red[:material/cancel: **Does not pass**]"
    facts = (verdict, _marks(one), _missed(one), plain(one.exam_title), further)
    name = f"**{plain(names.get(one.person_id, 'unknown'))}**"
    parameters = {"attempt": one.attempt_id}
    return Entry(name, "results", parameters, tuple(fact for fact in facts if fact))


def _marks(one: _Line) -> str:
    was, now = one.before, one.after
    if (was.items, was.cut) == (now.items, now.cut):
        return f"marks {number(was.marks)} → {number(now.marks)} of {now.items}, cut {now.cut}"
    return f"marks {_of(was)} → {_of(now)}"


def _of(one: Reached) -> str:
    return f"{number(one.marks)} of {one.items} (cut {one.cut})"


def _missed(one: _Line) -> str:
    was, now = one.before.missed, one.after.missed
    return f"critical questions missed {was} → {now}" if was != now else ""


def _keeps(one: _Line, certificates: Mapping[str, str]) -> str:
    return "keeps a certificate" if one.attempt_id in certificates else ""


def _told(one: Outcome) -> str:
    if one.told_at is None:
        return ":orange[:material/mark_chat_unread: to be told]"
    return f":material/mark_chat_read: told on {moment(one.told_at)} by {plain(one.told_by or '')}"


def _said(one: Outcome, names: Mapping[str, str]) -> str:
    verdict = "passes" if one.after.passed else "does not pass"
    return f"{names.get(one.person_id, 'unknown')}: {verdict}, {_marks(one)}"
