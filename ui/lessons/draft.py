"""What somebody is writing of a lesson on this screen, beside what is saved of it."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import streamlit as st
from pydantic import JsonValue

from base.ids import new_id
from courses.lesson_files import FIELDS, fields_of, lesson_file
from courses.queries.lesson_writing import LessonSheet

_REVIEW_EVERY = timedelta(days=365)


@dataclass
class LessonDraft:
    """A lesson as typed here, and the saved draft (`revision`, 0 for none) that it goes on from.

    `saved` is the text that is stored, None before the form was drawn once. `generation` stands in
    the keys of the fields, so that another text fills them afresh.
    """

    slot: str
    name: str
    based_on: int
    fields: dict[str, JsonValue]
    body: str
    revision: int = 0
    saved: str | None = None
    saved_at: datetime | None = None
    generation: int = 0
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
    saved = sheet.draft
    text = saved.text if saved else sheet.versions[0].text
    read, draft.body = fields_of(text)
    draft.fields = _with_dates(read, today)
    draft.based_on = saved.based_on if saved else sheet.version
    draft.revision, draft.saved_at = (saved.revision, saved.saved_at) if saved else (0, None)
    draft.saved = None
    draft.generation += 1


def forget(draft: LessonDraft) -> None:
    """Drop the draft of this screen."""
    st.session_state.pop(draft.slot, None)


def is_current(draft: LessonDraft, sheet: LessonSheet) -> bool:
    """Tell whether the draft goes on from what is saved, or from what stands."""
    if sheet.draft:
        return draft.revision == sheet.draft.revision and draft.based_on == sheet.version
    return draft.revision == 0 and draft.based_on == sheet.version


def is_unsaved(draft: LessonDraft) -> bool:
    """Tell whether something was typed that is not saved; asked after the form was drawn."""
    return draft.saved is not None and draft.text() != draft.saved


def note_drawn(draft: LessonDraft) -> None:
    """Take what the form shows at first as what is saved: drawing it fills in defaults."""
    if draft.saved is None:
        draft.saved = draft.text()


def _with_dates(fields: Mapping[str, JsonValue], today: date) -> dict[str, JsonValue]:
    due = (today + _REVIEW_EVERY).isoformat()
    return {"reviewed": today.isoformat(), "review_due": due, **deepcopy(dict(fields))}
