"""A client in the room: what they say when asked, the record, and the decision."""

from collections.abc import Callable, Sequence

import streamlit as st

from courses.screening.case import LONGEST_WAIT, Area, Decision
from courses.screening.shown import AreaShown, ClientShown, Question
from ui.screening.words import AREAS, DECISIONS, MEANINGS, decided_in_words
from ui.words import plain

_UNITS = {"days": 1, "weeks": 7}


def draw_arrival(now: ClientShown) -> None:
    """Draw who comes in."""
    with st.container(border=True):
        st.header(plain(now.client))
        st.markdown(plain(now.arrives))


def draw_interview(
    now: ClientShown,
    key: str,
    ask: Callable[[Sequence[str]], None],
    note: Callable[[str, bool], None],
) -> None:
    """Draw the questions, an area at a time; an answer takes the place of its button."""
    st.header("Ask and examine")
    areas = {one.area: one for one in now.areas}
    chosen = st.segmented_control(
        "Ask about",
        list(areas),
        default=now.areas[0].area,
        required=True,
        format_func=lambda one: _titled(areas[one]),
        key=f"{key}-area",
    )
    area = areas[Area(chosen)]
    with st.container(border=True, gap="small"):
        for one in area.questions:
            _draw_question(one, key, ask, note)
        if len(area.open) > 1:
            st.button(
                f"Ask all {len(area.open)}",
                key=f"{key}-all-{area.area}",
                icon=":material/forum:",
                type="tertiary",
                on_click=ask,
                args=([one.id for one in area.open],),
            )


def draw_record(now: ClientShown) -> None:
    """List what stands on the record."""
    noted = [one for one in now.heard if one.noted]
    st.header("Findings on the record")
    if not noted:
        asked = f"{len(now.heard)} of {now.questions} questions asked."
        st.markdown(f"Nothing yet. Tick what matters among the answers. {asked}")
        return
    st.markdown("\n".join(f"- {plain(one.text)} **{plain(one.answer or '')}**" for one in noted))


def ask_decision(key: str, decide: Callable[[Decision, int], None]) -> None:
    """Draw the four decisions, with how long for who defers."""
    st.header("Decide")
    chosen = st.radio(
        "What do you do?",
        list(Decision),
        index=None,
        format_func=lambda one: f"**{DECISIONS[one]}**: {MEANINGS[one]}",
        key=f"{key}-decision",
    )
    wait = _ask_wait(key) if chosen is Decision.DEFER else 0
    st.markdown("A decision stands. You say why in the next step.")
    st.button(
        "Decide",
        key=f"{key}-decide",
        type="primary",
        disabled=chosen is None,
        on_click=decide,
        args=(chosen, wait),
    )


def ask_reasons(now: ClientShown, key: str, explain: Callable[[list[str]], None]) -> None:
    """Draw the reasons on offer, once the decision stands."""
    if now.decision:
        said = decided_in_words(now.decision, now.wait_days)
        st.markdown(f":material/lock: You decided: **{said}**.")
    st.header("Why?")
    st.markdown("Choose every reason that holds. At least one does.")
    chosen = [
        one.id for one in now.reasons if st.checkbox(plain(one.text), key=f"{key}-why-{one.id}")
    ]
    st.button(
        "Say why, and see what happens",
        key=f"{key}-explain",
        type="primary",
        disabled=not chosen,
        on_click=explain,
        args=(chosen,),
    )


def _titled(area: AreaShown) -> str:
    return f"{AREAS[area.area]} {len(area.heard)}/{len(area.questions)}"


def _draw_question(
    one: Question,
    key: str,
    ask: Callable[[Sequence[str]], None],
    note: Callable[[str, bool], None],
) -> None:
    if one.answer is None:
        st.button(
            plain(one.text),
            key=f"{key}-ask-{one.id}",
            icon=":material/help:",
            on_click=ask,
            args=([one.id],),
        )
        return
    # In the place of its button, so that whoever goes by keyboard stays there.
    st.markdown(f":material/chat: {plain(one.text)}\n\n**{plain(one.answer)}**")
    st.checkbox(
        "Put this on the record as a finding",
        value=one.noted,
        key=f"{key}-note-{one.id}",
        on_change=note,
        args=(one.id, not one.noted),
    )


def _ask_wait(key: str) -> int:
    st.markdown("At least how long, from today? Leave it at 0 where a sign decides, not a date.")
    number, unit = st.columns(2)
    much = number.number_input(
        "Wait at least", min_value=0, max_value=LONGEST_WAIT // 7, key=f"{key}-wait"
    )
    return much * _UNITS[unit.selectbox("Unit", list(_UNITS), key=f"{key}-unit")]
