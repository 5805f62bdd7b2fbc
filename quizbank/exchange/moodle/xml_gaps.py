"""Moodle's texts with words to choose or to drag (gapselect, ddwtos) as texts with gaps."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from pydantic import JsonValue

from quizbank.exchange.gift.text import Said
from quizbank.exchange.moodle.bodies import Body, Unfit, letter
from quizbank.exchange.moodle.xml_syntax import value_of
from quizbank.exchange.xml_reading import Element

_PLACE = re.compile(r"\[\[(\d{1,4})\]\]")
_CHOICES = {"gapselect": "selectoption", "ddwtos": "dragbox"}


@dataclass(frozen=True)
class _Word:
    """A choice, and the group of those that are offered together."""

    text: str
    group: str


def gaps_of(
    element: Element,
    stem: str,
    plain: Callable[[Element], str],
    reason: Callable[[Said, bool], str],
) -> Body:
    """Return the fields of a text with gaps; raises `Unfit`.

    `stem` is Markdown in which `[[2]]` asks for the second word; a gap offers the words of its
    group. `plain` reads a word, `reason` tells why it is right or not.
    """
    words = [_Word(plain(one), value_of(one, "group") or "1") for one in _choices(element)]
    gaps: list[JsonValue] = []

    def placed(found: re.Match[str]) -> str:
        number = int(found[1])
        if not 0 < number <= len(words):
            raise Unfit(f"The text asks for choice {number}, which is not there.")
        name = f"g{len(gaps) + 1}"
        options = _options(words, words[number - 1], reason)
        gaps.append({"kind": "choice", "id": name, "options": options})
        return f"[[{name}]]"

    text = _PLACE.sub(placed, stem)
    if not gaps:
        raise Unfit("There is no gap in the text; write one like [[1]].")
    return {"kind": "cloze", "stem": text, "gaps": gaps}


def _choices(element: Element) -> tuple[Element, ...]:
    return element.all(_CHOICES[element.get("type").strip().lower()])


def _options(
    words: list[_Word], right: _Word, reason: Callable[[Said, bool], str]
) -> list[JsonValue]:
    # A word that may be dragged twice is listed twice, and one choice all the same.
    offered = dict.fromkeys(word for word in words if word.group == right.group)
    said = Said("", "plain")
    return [
        {
            "id": letter(place),
            "text": word.text,
            "correct": word == right,
            "reason": reason(said, word == right),
        }
        for place, word in enumerate(offered)
    ]
