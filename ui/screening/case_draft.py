"""What somebody is writing of a screening case on this screen, beside what is saved of it."""

from dataclasses import dataclass

import streamlit as st

from base.db import Tx
from base.ids import new_id
from courses.commands.screening_cases import save_case_draft
from courses.queries.content_drafts import SavedDraft
from courses.queries.screening_cases import CaseFile, case_file
from courses.screening.sheet import CaseSheet, sheet_in, sheet_of, sheet_text
from ui.lessons.content_saving import ContentDraft, Saving


@dataclass
class CaseDraft(ContentDraft):
    """A case as typed here.

    `filled` is what the fields were filled from: tables keep what was typed as changes of it, so
    it stays as long as they are drawn. `now` is what they say.
    """

    filled: CaseSheet
    now: CaseSheet

    def text(self) -> str:
        """Return the case as it is stored."""
        return sheet_text(self.now)

    @property
    def key(self) -> str:
        """What the keys of the fields begin with."""
        return f"{self.name}-{self.generation}"


def case_draft(file: CaseFile) -> CaseDraft:
    """Return the draft of a case: what was typed here, else what is saved, else what stands."""
    slot = f"case-{file.id}"
    if slot not in st.session_state:
        sheet = _stored(file)
        draft = CaseDraft(slot, f"{slot}-{new_id()}", file.version, sheet, sheet)
        load(draft, file)
        st.session_state[slot] = draft
    return st.session_state[slot]


def load(draft: CaseDraft, file: CaseFile) -> None:
    """Drop what was typed and begin from what is saved, or from what stands."""
    draft.filled = draft.now = _stored(file)
    draft.go_on_from(file)


def case_saving(draft: CaseDraft, file: CaseFile) -> Saving:
    """Return how this case is saved and sent."""

    def keep(tx: Tx) -> int:
        return save_case_draft(tx, file.id, draft.based_on, draft.now, draft.revision)

    def find(tx: Tx) -> SavedDraft | None:
        return case_file(tx, file.id).draft

    return Saving("case", draft, file, keep, lambda: load(draft, file), find)


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


def _stored(file: CaseFile) -> CaseSheet:
    if file.draft:
        return sheet_in(file.draft.text)
    if file.standing is None:
        raise LookupError(f"{file.id} neither stands nor is written.")
    return sheet_of(file.standing)
