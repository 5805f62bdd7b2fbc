"""What one tab remembers of an attempt, and the commands that it gives."""

from dataclasses import dataclass, field

import streamlit as st
from pydantic import JsonValue

from base.ids import new_seed
from quizbank.commands.attempts import save_answer, save_confidence, set_flag, take_over
from quizbank.commands.breaks import end_break, open_question, take_break
from quizbank.confidence import Confidence
from quizbank.kinds.item import field_of
from quizbank.queries.sitting import (
    Sitting,
    sitting,
)
from ui.act import act
from ui.tabs import own_tab
from ui.words import count

# A text of so many characters is not one that is quickly typed again.
_LONG = 40


@dataclass
class Screen:
    """What one tab remembers of an attempt; all of it may be lost without harm.

    `generation` changes the widgets' keys, so that they are filled from the database again; it
    begins anew after a restart, when a browser still holds what it could not send.
    `unsaved` is a text that was refused, kept so that it can be copied.
    `fresh` is what this run's command read after it wrote, so that the redraw need not ask again.
    `reviewing` shows the summary before submitting, `pausing` what a break would close.
    `sat_here` says that this tab had the exam before another one took it over.
    """

    position: int = 1
    revision: int = 0
    generation: int = field(default_factory=new_seed)
    saved: str = ""
    problem: str = ""
    unsaved: str = ""
    reviewing: bool = False
    pausing: bool = False
    sat_here: bool = False
    fresh: Sitting | None = None


def screen_of(attempt_id: str) -> Screen:
    """Return this tab's memory of the attempt."""
    key = f"screen-{attempt_id}"
    if key not in st.session_state:
        st.session_state[key] = Screen()
    return st.session_state[key]


def go_to(screen: Screen, position: int) -> None:
    """Show another question."""
    screen.position, screen.reviewing, screen.pausing = position, False, False
    screen.problem = screen.unsaved = ""


def review(screen: Screen, reviewing: bool) -> None:
    """Show the summary before submitting, or the questions again."""
    screen.reviewing, screen.pausing = reviewing, False
    screen.problem = ""


def plan_break(screen: Screen, pausing: bool) -> None:
    """Show what a break would close, or the questions again."""
    screen.pausing, screen.reviewing = pausing, False
    screen.problem = ""


def save(screen: Screen, now: Sitting, position: int, response: JsonValue) -> None:
    """Save an answer; says "saved" only once it is on disk."""
    after, screen.problem, screen.unsaved = None, "", ""
    acting = act(lambda sentence: _refuse(screen, sentence, response))
    with acting as tx:
        save_answer(tx, now.attempt_id, screen.revision, position, response, tab=own_tab())
        after = sitting(tx, now.attempt_id, position)
    if after and acting.committed:
        what = "saved" if response is not None else "taken back"
        question = f"question {after.number_of(position)}"
        # Long texts are saved while they are written: screen readers hear it once a minute.
        time = f"{after.now:%H:%M}" if _is_long(response) else f"{after.now:%H:%M:%S}"
        said = f"✓ Answer to {question} {what} at {time} UTC"
        _show_saved(screen, after, said)


def say_confidence(screen: Screen, now: Sitting, position: int, said: Confidence) -> None:
    """Save how sure the person is of the answer that stands."""
    after, screen.problem = None, ""
    acting = act(lambda sentence: _tell(screen, sentence))
    with acting as tx:
        save_confidence(tx, now.attempt_id, screen.revision, position, said, tab=own_tab())
        after = sitting(tx, now.attempt_id, position)
    if after and acting.committed:
        question = f"question {after.number_of(position)}"
        saved = f"✓ “{str(said).capitalize()}” for {question} saved at {after.now:%H:%M:%S} UTC"
        _show_saved(screen, after, saved)


def flag(screen: Screen, now: Sitting, position: int, flagged: bool) -> None:
    """Mark a question to come back to, or unmark it."""
    after, screen.problem = None, ""
    acting = act(lambda sentence: _tell(screen, sentence))
    with acting as tx:
        set_flag(tx, now.attempt_id, screen.revision, position, flagged, tab=own_tab())
        after = sitting(tx, now.attempt_id, position)
    if after and acting.committed:
        what = "flagged" if flagged else "no longer flagged"
        _show_saved(screen, after, f"Question {after.number_of(position)} {what}")


def go_on_here(screen: Screen, attempt_id: str) -> None:
    """Let this tab alone write from now on."""
    after, screen.problem = None, ""
    acting = act(lambda sentence: _tell(screen, sentence))
    with acting as tx:
        take_over(tx, attempt_id, own_tab())
        after = sitting(tx, attempt_id, screen.position)
    if after and acting.committed:
        screen.generation += 1
        _show_saved(screen, after, "✓ The exam goes on in this tab; every saved answer is here")


def start_break(screen: Screen, now: Sitting) -> None:
    """Let the clock rest."""
    after, screen.pausing, screen.problem = None, False, ""
    acting = act(lambda sentence: _tell(screen, sentence))
    with acting as tx:
        take_break(tx, now.attempt_id, screen.revision, own_tab())
        after = sitting(tx, now.attempt_id, screen.position)
    if after and acting.committed:
        _show_saved(screen, after, "")


def go_on(screen: Screen, now: Sitting) -> None:
    """Let the clock go on, at the first question that is still open."""
    after, screen.problem = None, ""
    acting = act(lambda sentence: _tell(screen, sentence))
    with acting as tx:
        end_break(tx, now.attempt_id, own_tab())
        after = sitting(tx, now.attempt_id, screen.position)
    if after and acting.committed:
        screen.position = after.first_open or screen.position
        screen.generation += 1
        _show_saved(screen, after, "✓ Your break is over; the clock goes on")


def open_here(screen: Screen, now: Sitting) -> Sitting:
    """Let the question be known as seen before it is shown, where a break could close it."""
    after = None
    acting = act(lambda sentence: _tell(screen, sentence))
    with acting as tx:
        open_question(tx, now.attempt_id, now.revision, screen.position, own_tab())
        after = sitting(tx, now.attempt_id, screen.position)
    if after is None or not acting.committed:
        return now
    screen.revision = after.revision
    return after


def say_what_stands(screen: Screen, now: Sitting) -> None:
    """Say how much is saved, on a screen that has said nothing yet."""
    answers = count(len(now.answered | now.begun), "answer")
    screen.saved = f"✓ {answers} saved so far: what is chosen here is what is saved"


def _show_saved(screen: Screen, after: Sitting, saved: str) -> None:
    screen.revision, screen.fresh, screen.saved = after.revision, after, saved


def _refuse(screen: Screen, sentence: str, response: JsonValue) -> None:
    text = field_of(response, "text")
    if _is_long(response) and isinstance(text, str):
        screen.unsaved = text
    _tell(screen, sentence)


def _is_long(response: JsonValue) -> bool:
    text = field_of(response, "text")
    return isinstance(text, str) and len(text) > _LONG


def _tell(screen: Screen, sentence: str) -> None:
    screen.problem, screen.saved = sentence, "Not saved"
    screen.generation += 1
