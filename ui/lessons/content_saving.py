"""One way of saving what is written of lessons and of screening cases, and of sending it.

It is saved as it is typed. Where it went on elsewhere, its writer chooses; nothing is lost.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import streamlit as st

from base.db import Tx
from courses.commands.content_reviews import drop_content, send_content
from courses.queries.content_drafts import SavedDraft
from ui.act import act, show_problem
from ui.lessons.content_life import SENT
from ui.notice import leave_notice
from ui.words import moment


class Standing(Protocol):
    """What stands of a text: the version that is published, and the draft that is saved of it."""

    @property
    def version(self) -> int:
        """The version that is published, 0 for none."""
        ...

    @property
    def draft(self) -> SavedDraft | None:
        """What is saved of it, as far as anything is."""
        ...


@dataclass
class ContentDraft(ABC):
    """A text as typed here, and the saved draft (`revision`, 0 for none) that it goes on from.

    `saved` is the text that is stored, None before the form was drawn once. `generation` stands in
    the keys of the fields, so that another text fills them afresh.
    """

    slot: str
    name: str
    based_on: int
    revision: int = field(default=0, kw_only=True)
    saved: str | None = field(default=None, kw_only=True)
    saved_at: datetime | None = field(default=None, kw_only=True)
    generation: int = field(default=0, kw_only=True)

    @abstractmethod
    def text(self) -> str:
        """Return what is typed, as it is stored."""

    def go_on_from(self, standing: Standing) -> None:
        """Begin anew from what is saved, or from what stands; the form is not drawn yet."""
        saved = standing.draft
        self.based_on = saved.based_on if saved else standing.version
        self.revision, self.saved_at = (saved.revision, saved.saved_at) if saved else (0, None)
        self.saved = None
        self.generation += 1

    def is_current(self, standing: Standing) -> bool:
        """Tell whether this goes on from what is saved, or from what stands."""
        revision = standing.draft.revision if standing.draft else 0
        return (self.revision, self.based_on) == (revision, standing.version)

    def is_unsaved(self) -> bool:
        """Tell whether something was typed that is not saved; asked after the form was drawn."""
        return self.saved is not None and self.text() != self.saved

    def forget(self) -> None:
        """Drop the draft of this screen."""
        st.session_state.pop(self.slot, None)


@dataclass(frozen=True)
class Saving:
    """What is typed on this screen, what stands of it, and how its kind is kept and read.

    `word` names the kind. `keep` stores the draft and returns its new revision; `load` drops what
    was typed; `find` reads what is saved now.
    """

    word: str
    draft: ContentDraft
    standing: Standing
    keep: Callable[[Tx], int]
    load: Callable[[], None]
    find: Callable[[Tx], SavedDraft | None]

    def autosave(self) -> None:
        """Save what was typed since the last redraw, and say in words how it stands."""
        draft = self.draft
        if draft.is_unsaved() and draft.is_current(self.standing):
            self._save()
        if draft.is_unsaved():
            st.markdown(":orange[:material/sync_problem: **Not saved yet**]")
        elif draft.revision and draft.saved_at:
            st.markdown(f":material/cloud_done: Draft saved on {moment(draft.saved_at)}.")

    def offer_saved(self) -> None:
        """Where the text went on elsewhere, offer the two ways on; nothing is lost.

        Asked after the form was drawn, which takes in what was typed. Where nothing was, the newer
        text is loaded.
        """
        draft, standing = self.draft, self.standing
        if draft.is_current(standing):
            return
        overtaken = standing.draft and standing.draft.based_on != standing.version
        if not draft.is_unsaved() and not (overtaken and self._shows_saved()):
            self.load()
            st.rerun()
        st.warning(
            f"This {self.word} went on elsewhere: another tab or somebody else saved it, or "
            f"published version {standing.version}. Your text is kept below.",
            icon=":material/sync_problem:",
        )
        with st.container(horizontal=True):
            if st.button("Keep my text and save it over"):
                self._save_over()
                st.rerun()
            if st.button("Drop my text and load what stands") and self._let_go():
                draft.forget()
                st.rerun()

    def send(self, note: str) -> bool:
        """Send the saved draft for review; returns whether it was."""
        acting = act()
        with acting as tx:
            saved = self.find(tx)
            if saved:
                send_content(tx, saved.id, self.draft.revision, note)
        if acting.committed:
            self.draft.forget()
            leave_notice(SENT)
        return acting.committed

    def _shows_saved(self) -> bool:
        saved = self.standing.draft
        return saved is not None and self.draft.revision == saved.revision

    def _let_go(self) -> bool:
        """Drop the saved draft where it is this one: it goes on from what no longer stands."""
        saved = self.standing.draft
        if saved is None or not self._shows_saved():
            return True
        acting = act()
        with acting as tx:
            drop_content(tx, saved.id, saved.revision)
        return acting.committed

    def _save_over(self) -> None:
        saved = self.standing.draft
        self.draft.based_on = self.standing.version
        self.draft.revision = saved.revision if saved else 0
        # Saved again, also where not a letter differs: it goes on from another version now.
        self.draft.saved = ""
        self._save()

    def _save(self) -> None:
        acting = act(lambda said: show_problem(f"Not saved. {said}"))
        text, revision, now = self.draft.text(), 0, None
        with acting as tx:
            revision = self.keep(tx)
            now = tx.now
        if acting.committed and now:
            self.draft.revision, self.draft.saved, self.draft.saved_at = revision, text, now
