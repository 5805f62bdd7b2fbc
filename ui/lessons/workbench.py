"""The place where a lesson is written: its fields, its text, and what is wrong at which line."""

from datetime import date

import streamlit as st

from base.lined_yaml import Problem
from courses.lesson_check import lesson_problems
from courses.lesson_files import completed
from courses.lessons import read_lesson
from courses.queries.lesson_writing import LessonChoices
from ui.lessons.draft import LessonDraft, note_drawn
from ui.lessons.form import (
    edit_fields,
    edit_standing,
    field_problems,
    offer_picture,
    picture_line,
)
from ui.lessons.writing import Choices, ask_lesson_text, lesson_text_in


def draw_workbench(
    draft: LessonDraft, lesson: str, choices: LessonChoices, today: date
) -> list[str]:
    """Draw the form; returns what keeps the draft from being published, in sentences."""
    edit_fields(draft, choices)
    st.header("Text")
    found = _text_problems(draft, lesson, choices, today)
    _draw_text(draft, [one for one in found if one.line > 0], choices)
    offer_picture(draft)
    st.header("Sources, review and minutes")
    edit_standing(draft, choices)
    note_drawn(draft)
    # Where the fields are no lesson yet, the form says so in its own words.
    return field_problems(draft) or [one.message for one in found if one.severity == "error"]


def _text_problems(
    draft: LessonDraft, lesson: str, choices: LessonChoices, today: date
) -> list[Problem]:
    """Return what is wrong with the lesson, by the line of its text; 0 or less is above it."""
    read = read_lesson(lesson, completed(draft.text()))
    found = [*read.problems, *lesson_problems(read, choices.known, today)]
    return [Problem(one.line - read.body_line + 1, one.message, one.severity) for one in found]


def _choices(draft: LessonDraft, known: LessonChoices) -> Choices:
    pictures = known.pictures | draft.pictures
    return {
        "Pictures": [(words, picture_line(one, words)) for one, words in pictures.items()],
        "Figures": [(name, f"{{{{figure: {name}}}}}") for name in sorted(known.known.figures)],
        "Sources": [(f"{one.key} · {one.citation[:60]}", f"[{one.key}]") for one in known.sources],
    }


def _draw_text(draft: LessonDraft, problems: list[Problem], choices: LessonChoices) -> None:
    key = draft.key("text")

    def changed() -> None:
        draft.body = lesson_text_in(key) or ""

    ask_lesson_text(draft.body, key, problems, _choices(draft, choices), draft.chosen, changed)
