"""What somebody is writing of a lesson on this screen, beside what is saved of it."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta

import streamlit as st
from pydantic import JsonValue

from base.db import Tx
from base.ids import new_id
from courses.commands.lesson_writing import save_lesson_draft
from courses.lesson_files import FIELDS, fields_of, lesson_file
from courses.queries.content_drafts import SavedDraft
from courses.queries.lesson_writing import LessonSheet, lesson_sheet
from ui.lessons.content_saving import ContentDraft, Saving

_REVIEW_EVERY = timedelta(days=365)


@dataclass
class LessonDraft(ContentDraft):
    """A lesson as typed here."""

    fields: dict[str, JsonValue]
    body: str
    pictures: dict[str, str] = field(default_factory=dict[str, str])
    chosen: str = ""

    def key(self, part: str) -> str:
        """Return the key of one field's widget."""
        return f"{self.name}-{self.generation}-{part}"

    def text(self) -> str:
        """Return the draft as the text of its file."""
        front = {name: self.fields.get(name) for name in FIELDS}
        return lesson_file(front, self.body)

    def words(self, name: str) -> str:
        """Return a field as text, empty where it is not there yet."""
        value = self.fields.get(name)
        return "" if value is None else str(value)

    def listed(self, name: str) -> list[str]:
        """Return a field that is a list, empty where it is not there yet."""
        value = self.fields.get(name)
        return [str(one) for one in value] if isinstance(value, list) else []


def lesson_draft(sheet: LessonSheet, today: date) -> LessonDraft:
    """Return the draft of a lesson: what was typed here, else what is saved, else what stands."""
    slot = f"lesson-{sheet.course_slug}-{sheet.lesson}"
    if slot not in st.session_state:
        # Its own name: fields of one that was forgotten must not fill this one's.
        draft = LessonDraft(slot, f"{slot}-{new_id()}", sheet.version, {}, "")
        load(draft, sheet, today)
        st.session_state[slot] = draft
    return st.session_state[slot]


def load(draft: LessonDraft, sheet: LessonSheet, today: date) -> None:
    """Drop what was typed and begin from what is saved, or from what stands."""
    text = sheet.draft.text if sheet.draft else sheet.versions[0].text
    read, draft.body = fields_of(text)
    draft.fields = _with_dates(read, today)
    draft.go_on_from(sheet)


def lesson_saving(draft: LessonDraft, sheet: LessonSheet, today: date) -> Saving:
    """Return how this lesson is saved and sent."""

    def keep(tx: Tx) -> int:
        return save_lesson_draft(
            tx, sheet.course_slug, sheet.lesson, draft.based_on, draft.text(), draft.revision
        )

    def find(tx: Tx) -> SavedDraft | None:
        return lesson_sheet(tx, sheet.course_slug, sheet.lesson).draft

    return Saving("lesson", draft, sheet, keep, lambda: load(draft, sheet, today), find)


def note_drawn(draft: LessonDraft) -> None:
    """Take what the form shows at first as what is saved: drawing it fills in defaults."""
    if draft.saved is None:
        draft.saved = draft.text()


def _with_dates(fields: Mapping[str, JsonValue], today: date) -> dict[str, JsonValue]:
    due = (today + _REVIEW_EVERY).isoformat()
    return {"reviewed": today.isoformat(), "review_due": due, **deepcopy(dict(fields))}
