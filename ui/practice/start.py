"""Choosing what to practise, and how much of it."""

import streamlit as st

from courses.commands.practice import start_session
from courses.practice_choice import DIAGNOSTIC_LENGTH, LENGTHS, Mode, Wanted
from courses.queries.practice import PracticeChoice
from ui.act import act
from ui.words import count

# The page keeps here which practice it shows, so that its result stays after the end.
SHOWN = "practice"
PLACE = "practice-position"
_USUAL_LENGTH = 10
_SAID = {
    Mode.DUE: ("Due for review", "Topics that come back now, so that they stay with you."),
    Mode.QUIZ: ("The course's quiz", "Put together by your instructors, over all objectives."),
    Mode.MIXED: ("Mixed", "All objectives in turn, new questions first."),
    Mode.WEAK: ("Where I am weakest", "The objectives that went worst so far."),
    Mode.MISSED: ("What I missed", "Questions that were not right when you last met them."),
    Mode.CRITICAL: ("Critical only", "Questions where a wrong answer could hurt a client."),
    Mode.OBJECTIVE: ("One objective", "Questions of one objective that you choose."),
}
_COUNTED = {Mode.DUE, Mode.MISSED, Mode.CRITICAL}


def begin(slug: str, wanted: Wanted) -> bool:
    """Start a session and show it from its first open question; False where it was refused."""
    acting = act()
    with acting as tx:
        st.session_state[SHOWN] = start_session(tx, slug, wanted)
    if acting.committed:
        st.session_state.pop(PLACE, None)
    return acting.committed


def draw_start(slug: str, choice: PracticeChoice, quiz_size: int, preferred: str) -> None:
    """Draw what can be practised, and the button that starts it; `preferred` names a mode."""
    if not choice.practised:
        _draw_diagnostic(slug)
    modes = _modes(choice)
    mode = st.radio(
        "What do you want to practise?",
        modes,
        index=_first(modes, preferred),
        format_func=lambda one: _label(one, choice, quiz_size),
        captions=[_SAID[one][1] for one in modes],
    )
    objective = _ask_objective(choice) if mode is Mode.OBJECTIVE else ""
    length = _USUAL_LENGTH if mode is Mode.QUIZ else _ask_length()
    st.button(
        "Start practising",
        type="primary",
        on_click=_begin,
        args=(slug, Wanted(mode, length, objective)),
    )


def _begin(slug: str, wanted: Wanted) -> None:
    begin(slug, wanted)


def _draw_diagnostic(slug: str) -> None:
    with st.container(border=True):
        st.markdown(
            f"**See first where you stand.** {DIAGNOSTIC_LENGTH} questions over all objectives, "
            "before you read. Guessing is fine: what you know already and what comes as news both "
            "help you to study."
        )
        st.button(
            "Begin with where I stand",
            icon=":material/explore:",
            on_click=_begin,
            args=(slug, Wanted(Mode.DIAGNOSTIC)),
        )


def _modes(choice: PracticeChoice) -> list[Mode]:
    free = {Mode.QUIZ, *([Mode.OBJECTIVE] if choice.objectives else [])}
    return [one for one in _SAID if one in free or choice.fitting.get(one)]


def _first(modes: list[Mode], preferred: str) -> int:
    return modes.index(Mode(preferred)) if preferred in modes else 0


def _label(mode: Mode, choice: PracticeChoice, quiz_size: int) -> str:
    name = _SAID[mode][0]
    if mode is Mode.QUIZ:
        return f"{name} ({count(quiz_size, 'question')})"
    return f"{name} ({choice.fitting[mode]})" if mode in _COUNTED else name


def _ask_objective(choice: PracticeChoice) -> str:
    return st.selectbox(
        "Objective",
        [*choice.objectives],
        format_func=lambda code: f"{code}: {choice.objectives[code]}",
    )


def _ask_length() -> int:
    chosen = st.segmented_control(
        "How many questions at most?",
        LENGTHS,
        default=_USUAL_LENGTH,
        required=True,
        key="practice-length",
    )
    return chosen or _USUAL_LENGTH
