"""A certificate's design as somebody is changing it: kept in this session until published."""

from dataclasses import dataclass, field

import streamlit as st

from certs.designs import MOST_SIGNATURES, Design, Signatory
from certs.queries.designs import CourseDesign


@dataclass
class DesignDraft:
    """The design as typed, and the version that it began from.

    `generation` stands in the keys of the fields, so that another design fills them afresh.
    """

    slug: str
    based_on: int
    design: Design
    signatories: list[Signatory] = field(default_factory=list[Signatory])
    generation: int = 0

    def key(self, part: str) -> str:
        """Return the key of one field's widget."""
        return f"design-{self.slug}-{self.generation}-{part}"

    def begin_from(self, version: int, design: Design) -> None:
        """Forget what was typed, and begin from this design."""
        empty = [Signatory(name="")] * MOST_SIGNATURES
        self.based_on, self.design = version, design
        self.signatories = [*design.signatories, *empty][:MOST_SIGNATURES]
        self.generation += 1

    @property
    def whole(self) -> Design:
        """The design with the signatures that say anything."""
        signs = tuple(one for one in self.signatories if one.name or one.title or one.picture)
        return self.design.model_copy(update={"signatories": signs})

    def change(self, **fields: str) -> None:
        """Take what was typed into fields of the design."""
        self.design = self.design.model_copy(update=fields)

    def sign(self, at: int, **fields: str) -> None:
        """Take what was typed into fields of a signature."""
        self.signatories[at] = self.signatories[at].model_copy(update=fields)


def draft_of(course: CourseDesign) -> DesignDraft:
    """Return the draft of a course's design; what was typed is kept."""
    key = f"design-draft-{course.slug}"
    if key not in st.session_state:
        draft = DesignDraft(course.slug, course.version, course.design)
        draft.begin_from(course.version, course.design)
        st.session_state[key] = draft
    return st.session_state[key]
