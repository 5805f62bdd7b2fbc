"""What stands beside all courses: words explained, and who may not be treated, or not yet.

`glossary.yaml` and `contraindications.yaml` of a content folder. Texts are plain Markdown without
headings; `[S33]` cites a source, as in lessons.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, TypeVar

from pydantic import BaseModel, Field, StringConstraints, model_validator

from base.lined_yaml import Document, Problem, parse
from courses.citing import folded
from courses.misfits import fit
from courses.screening.case import Decision, RowCode
from quizbank.kinds.item import Frozen

GLOSSARY_FILE = "glossary.yaml"
CONTRAINDICATIONS_FILE = "contraindications.yaml"
COURSE_RULE = "CR"

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1_000)]
# Words that may be missing.
Said = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1_500)]
Keys = Annotated[tuple[str, ...], Field(min_length=1)]
M = TypeVar("M", bound=BaseModel)


def term_place(term: str) -> str:
    """Return the id of a word's place on the page of the glossary."""
    return "term-" + re.sub(r"[^a-z0-9]+", "-", folded(term)).strip("-")


def row_place(code: str) -> str:
    """Return the id of a row's place on the page of the contraindications."""
    return f"row-{code}"


class Term(Frozen):
    """A word of the field, its other spellings, and what it means."""

    term: Word
    also: tuple[Word, ...] = ()
    meaning: Words
    sources: Keys

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every way in which a text may write it."""
        return (self.term, *self.also)

    @property
    def place(self) -> str:
        """The id of its place on the page of the glossary."""
        return term_place(self.term)

    @property
    def cited_meaning(self) -> str:
        """The meaning, followed by the sources that it does not cite itself."""
        rest = "".join(f"[{key}]" for key in self.sources if f"[{key}]" not in self.meaning)
        return f"{self.meaning} {rest}".strip()


class Contraindication(Frozen):
    """A row of the reference: a condition, what to do, what to ask, why, and who disagrees.

    `words` are what somebody may look for it by; `wait` says how long, where waiting helps.
    """

    id: RowCode
    condition: Words
    decisions: Annotated[tuple[Decision, ...], Field(min_length=1, max_length=4)]
    action: Words
    why: Words
    ask: Annotated[tuple[Words, ...], Field(min_length=1)]
    disagreement: Said = ""
    words: tuple[Word, ...] = ()
    wait: Said = ""
    sources: Keys
    reviewed: date
    review_due: date

    @model_validator(mode="after")
    def _is_sound(self) -> "Contraindication":
        if self.review_due <= self.reviewed:
            raise ValueError("the date review_due must come after reviewed")
        return self

    @property
    def place(self) -> str:
        """The id of its place on the page of the contraindications."""
        return row_place(self.id)

    @property
    def by_course_rule(self) -> bool:
        """Whether the course itself decided any of it."""
        return COURSE_RULE in self.sources


class Handbook(Frozen):
    """The glossary, by term, and the contraindications, in the order of their file."""

    terms: tuple[Term, ...] = ()
    rows: tuple[Contraindication, ...] = ()


@dataclass(frozen=True)
class HandbookRead:
    """The handbook's two files as read: what is usable, what is wrong, and where it stands."""

    handbook: Handbook
    problems: dict[str, tuple[Problem, ...]]
    glossary: Document
    contraindications: Document


NO_HANDBOOK = HandbookRead(Handbook(), {}, Document(None, {}), Document(None, {}))


class _Glossary(Frozen):
    terms: tuple[Term, ...]


class _Contraindications(Frozen):
    rows: tuple[Contraindication, ...]


def read_handbook(glossary: str | None, contraindications: str | None) -> HandbookRead:
    """Read the texts of the two files, None where there is no such file; never raises."""
    terms, their_lines, wrong_terms = _read(_Glossary, glossary, _doubled_terms)
    rows, row_lines, wrong_rows = _read(_Contraindications, contraindications, _doubled_rows)
    return HandbookRead(
        handbook=Handbook(terms=terms.terms if terms else (), rows=rows.rows if rows else ()),
        problems={GLOSSARY_FILE: wrong_terms, CONTRAINDICATIONS_FILE: wrong_rows},
        glossary=their_lines,
        contraindications=row_lines,
    )


def _read(
    model: type[M], text: str | None, doubled: Callable[[M, Document], Iterator[Problem]]
) -> tuple[M | None, Document, tuple[Problem, ...]]:
    if text is None:
        return None, NO_HANDBOOK.glossary, ()
    document = parse(text)
    if isinstance(document, Problem):
        return None, NO_HANDBOOK.glossary, (document,)
    read = fit(model, document, {})
    if isinstance(read, tuple):
        return None, document, read
    return read, document, tuple(doubled(read, document))


def _doubled_terms(read: _Glossary, document: Document) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for place, term in enumerate(read.terms):
        for spelling in term.spellings:
            if (earlier := first.get(spelling.casefold())) is not None:
                message = f"{spelling} is explained already, under {earlier}; drop one."
                yield Problem(document.line(("terms", place)), message)
            first[spelling.casefold()] = term.term


def _doubled_rows(read: _Contraindications, document: Document) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, row in enumerate(read.rows):
        if row.id in seen:
            message = f"The row {row.id} stands twice; rename or drop one."
            yield Problem(document.line(("rows", place)), message)
        seen.add(row.id)
