"""What somebody is writing of a screening case on this screen, beside what is saved of it."""

from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from base.ids import new_id
from courses.queries.screening_cases import CaseFile
from courses.screening.sheet import CaseSheet, sheet_in, sheet_of, sheet_text


@dataclass
class CaseDraft:
    """A case as typed here, and the saved draft (`revision`, 0 for none) that it goes on from.

    `filled` is what the fields were filled from: tables keep what was typed as changes of it, so
    it stays as long as they are drawn. `now` is what they say. `saved` is the text that is stored,
    None before the form was drawn once.
    """

    slot: str
    name: str
    filled: CaseSheet
    now: CaseSheet
    based_on: int
    revision: int = 0
    saved: str | None = None
    saved_at: datetime | None = None
    generation: int = 0

    @property
    def key(self) -> str:
        """What the keys of the fields begin with."""
        return f"{self.name}-{self.generation}"


def case_draft(file: CaseFile) -> CaseDraft:
    """Return the draft of a case: what was typed here, else what is saved, else what stands."""
    slot = f"case-{file.id}"
    if slot not in st.session_state:
        sheet = _stored(file)
        draft = CaseDraft(slot, f"{slot}-{new_id()}", sheet, sheet, file.version)
        load(draft, file)
        st.session_state[slot] = draft
    return st.session_state[slot]


def load(draft: CaseDraft, file: CaseFile) -> None:
    """Drop what was typed and begin from what is saved, or from what stands."""
    draft.filled = draft.now = _stored(file)
    saved = file.draft
    draft.based_on = saved.based_on if saved else file.version
    draft.revision, draft.saved_at = (saved.revision, saved.saved_at) if saved else (0, None)
    draft.saved = None
    draft.generation += 1


def refill(draft: CaseDraft) -> None:
    """Fill the fields from what they said last: whoever was elsewhere finds them empty."""
    draft.filled = draft.now
    draft.generation += 1


def note_drawn(draft: CaseDraft, now: CaseSheet) -> None:
    """Take in what the fields say; at first that is what is saved, as drawing fills in defaults."""
    text = sheet_text(now)
    draft.now = sheet_in(text)
    if draft.saved is None:
        draft.saved = text


def forget(draft: CaseDraft) -> None:
    """Drop the draft of this screen."""
    st.session_state.pop(draft.slot, None)


def is_current(draft: CaseDraft, file: CaseFile) -> bool:
    """Tell whether the draft goes on from what is saved, or from what stands."""
    revision = file.draft.revision if file.draft else 0
    return draft.revision == revision and draft.based_on == file.version


def is_unsaved(draft: CaseDraft) -> bool:
    """Tell whether something was typed that is not saved; asked after the form was drawn."""
    return draft.saved is not None and sheet_text(draft.now) != draft.saved


def _stored(file: CaseFile) -> CaseSheet:
    if file.draft:
        return sheet_in(file.draft.text)
    if file.standing is None:
        raise LookupError(f"{file.id} neither stands nor is written.")
    return sheet_of(file.standing)
