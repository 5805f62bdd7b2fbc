"""Moodle's questions of the type cloze in XML: texts with their gaps written into them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import cast

from pydantic import JsonValue

from quizbank.exchange.cloze.syntax import read_cloze
from quizbank.exchange.cloze.writer import write_cloze
from quizbank.exchange.defaults import NO_REASON
from quizbank.exchange.formulas import for_others
from quizbank.exchange.gift.text import Said
from quizbank.exchange.html_texts import html_as_plain
from quizbank.exchange.items_read import errors_of
from quizbank.exchange.moodle.bodies import Body, Unfit
from quizbank.exchange.texts import has_tags
from quizbank.kinds.cloze import Cloze

Convert = Callable[[Said], str]


@dataclass(frozen=True)
class ClozeBody:
    """The fields of a text with gaps, what deserves a look, and whether a reason is missing."""

    fields: Body
    warnings: tuple[str, ...]
    unexplained: bool


def cloze_of(said: Said, markdown: Convert, plain: Convert, general: str) -> ClozeBody:
    """Return a text with gaps as fields; `general` explains what is right. Raises `Unfit`."""
    named = said.format
    if named == "moodle":
        # Decided once: a piece of the text may hold no tag where the whole is HTML.
        named = "html" if has_tags(said.text) else "plain"

    def in_gaps(text: str) -> str:
        return _word(text) if named == "markdown" else plain(Said(text, named))

    read = read_cloze(said.text, lambda text: markdown(Said(text, named)), in_gaps)
    if errors := errors_of(read.problems):
        raise Unfit(" ".join(one.message for one in errors[:5]))
    gaps = [_explained(cast(Body, gap), general) for gap in read.gaps]
    fields: Body = {"kind": "cloze", "stem": read.stem, "gaps": [*gaps]}
    unexplained = read.unexplained and any(NO_REASON in _reasons(gap) for gap in gaps)
    return ClozeBody(fields, tuple(one.message for one in read.problems), unexplained)


def cloze_text(item: Cloze) -> str:
    """Return the text in Markdown with its gaps; words in gaps are HTML to Moodle, always."""
    return write_cloze(item, for_others, lambda text: escape(text, quote=False))


def _word(text: str) -> str:
    return html_as_plain(text) if has_tags(text) else unescape(text)


def _explained(gap: Body, general: str) -> Body:
    if not general:
        return gap
    if gap["kind"] == "number":
        return _with(gap, general)
    name, right = ("options", "correct") if gap["kind"] == "choice" else ("answers", "fraction")
    parts = [_with(one, general) if one[right] == 1 else one for one in _parts(gap, name)]
    explained: Body = {name: [*parts]}
    return gap | explained


def _with(part: Body, general: str) -> Body:
    own = str(part["reason"])
    return part | {"reason": general if own == NO_REASON else f"{own}\n\n{general}"}


def _reasons(gap: Body) -> Sequence[JsonValue]:
    listed = [*_parts(gap, "options"), *_parts(gap, "answers"), *_parts(gap, "others")]
    return [one.get("reason") for one in (gap, *listed)]


def _parts(gap: Body, name: str) -> list[Body]:
    return cast(list[Body], gap.get(name, []))
