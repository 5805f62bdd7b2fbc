"""What follows from a decision, day by day, and what it was worth."""

from collections.abc import Sequence

import streamlit as st

from courses.handbook import Contraindication
from courses.queries.screening import ScreeningView
from courses.screening.case import Event, Fact, Reason
from courses.screening.scoring import CaseMark, Verdict, WaitVerdict
from courses.screening.shown import Debrief
from ui.lessons.text import draw_sources
from ui.nav import link
from ui.screening.words import DECISIONS, decided_in_words, sign_of, worth_in_words
from ui.words import plain


def draw_story(debrief: Debrief, key: str, whole: bool) -> bool:
    """Draw what happens, a day at a time or all at once; returns whether it is told to its end."""
    st.header("What happens")
    events = debrief.happened
    told = len(events) if whole else st.session_state.get(key, 1)
    st.markdown(f"You decided: **{decided_in_words(debrief.decision, debrief.wait_days)}**.")
    with st.container(border=True, key=f"{key}-days"):
        draw_days(events[:told])
    if told >= len(events):
        return True
    with st.container(horizontal=True):
        st.button("Go on", key=f"{key}-next", type="primary", on_click=_tell, args=(key, told + 1))
        st.button("Show all", key=f"{key}-all", on_click=_tell, args=(key, len(events)))
    return False


def draw_debrief(view: ScreeningView, debrief: Debrief) -> None:
    """Draw what the decision was worth, what was missed, and what stands behind it."""
    st.header(debrief.title)
    _draw_verdict(debrief)
    st.markdown(plain(debrief.words))
    _draw_missed(debrief.mark)
    _draw_reasons(debrief.reasons, debrief.chosen)
    if view.rows:
        _draw_rows(view.rows)
    with st.expander("What would have happened otherwise", icon=":material/alt_route:"):
        for decision, events in debrief.otherwise:
            st.markdown(f"**{DECISIONS[decision]}**\n\n{_days(events)}")
    draw_sources(view.sources)
    st.caption(
        "The client and the days of the story are invented. "
        f"Reviewed {debrief.reviewed:%-d %B %Y}, next review by {debrief.review_due:%-d %B %Y}."
    )
    st.info(view.standing_note, icon=":material/health_and_safety:")


def draw_days(events: Sequence[Event]) -> None:
    """List what happens, by its days."""
    st.markdown(_days(events))


def _tell(key: str, days: int) -> None:
    st.session_state[key] = days


def _days(events: Sequence[Event]) -> str:
    return "\n".join(f"- **{_day(one.day)}**: {plain(one.text)}" for one in events)


def _day(day: int) -> str:
    return "Today" if day == 0 else f"Day {day}"


def _draw_verdict(debrief: Debrief) -> None:
    mark = debrief.mark
    best = f"Best: **{DECISIONS[debrief.right].lower()}**."
    if mark.verdict is Verdict.RIGHT:
        best = ""
    elif mark.verdict is Verdict.WRONG and debrief.acceptable:
        others = " or ".join(DECISIONS[one].lower() for one in debrief.acceptable)
        best += f" To {others} would have been safe too."
    waited = f"\n\nHow long: {plain(debrief.wait.words)}" if debrief.wait else ""
    if debrief.wait and debrief.wait.course_rule:
        waited += " The number is a course rule."
    worth = worth_in_words(mark)
    said = f"**{worth[0].upper()}{worth[1:]}.** {best}{waited}"
    show = st.error if mark.unsafe else st.warning
    if mark.verdict is not Verdict.WRONG and mark.wait is not WaitVerdict.TOO_SHORT:
        show = st.success
    show(said, icon=sign_of(mark))


def _draw_missed(mark: CaseMark) -> None:
    st.subheader("Your record")
    told = [
        *_lines(":material/visibility_off:", "not asked", mark.unasked),
        *_lines(":material/edit_off:", "heard, and not put on the record", mark.unnoted),
        *_lines(":material/info:", "on the record, and decides nothing", mark.harmless),
    ]
    if not told:
        st.markdown(":material/check_circle: Every finding was asked for and recorded.")
        return
    st.markdown("\n".join(told))


def _lines(icon: str, said: str, facts: Sequence[Fact]) -> list[str]:
    return [f"- {icon} {said.capitalize()}: {_told(one)}" for one in facts]


def _told(one: Fact) -> str:
    return f"{plain(one.question)} **{plain(one.answer)}**{_codes(one.rows)}"


def _codes(rows: Sequence[str]) -> str:
    return f" ({', '.join(rows)})" if rows else ""


def _draw_reasons(reasons: Sequence[Reason], chosen: frozenset[str]) -> None:
    st.subheader("The reasons")
    for one in reasons:
        icon = ":material/check_circle:" if one.correct else ":material/cancel:"
        word = "holds" if one.correct else "does not hold"
        yours = ", and you chose it" if one.id in chosen else ""
        st.markdown(
            f"{icon} **{plain(one.text)}** {word}{yours}. {plain(one.why)}{_codes(one.rows)}"
        )


def _draw_rows(rows: Sequence[Contraindication]) -> None:
    st.subheader("The rows behind it")
    for one in rows:
        label = f"**{one.id}** {plain(one.condition)}"
        link(label, "reference", icon=":material/rule:", at=one.id)
