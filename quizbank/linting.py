"""What an experienced reviewer would say about an item while it is being written.

Nothing here keeps an item out; it speaks of what makes items easy to guess, hard to read or
impossible to check. The rules are the usual ones of item writing (Haladyna, Downing and
Rodriguez 2002, "A review of multiple-choice item-writing guidelines"). It takes the fields as
they are typed, whole or not.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from pydantic import JsonValue

from quizbank.exchange.defaults import NO_REASON, NO_SOURCE

Fields = Mapping[str, JsonValue]
ABSENT_ALT = "absent alt text"

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_ALL = re.compile(r"\b(all|none|both|neither) (of )?(the )?(above|these|them|options)\b", re.I)
_LETTERS = re.compile(r"\b(both|neither)?\s*[A-H] (and|or|nor) [A-H]\b")
_NEGATION = re.compile(r"\b(not|except|least|never|incorrect|false|untrue|avoid|\w+n['’]t)\b", re.I)
# What somebody is quoted to have said is not what is asked.
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_STRESSED = re.compile(r"\*\*[^*]+\*\*|__[^_]+__|\*[^*\s][^*]*\*|\b[A-Z]{3,}\b")
_ABSOLUTE = re.compile(r"\b(always|never|none|every|completely|totally)\b", re.I)
_PICTURE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<file>[^)\s]+)[^)]*\)")
_FILE_NAME = re.compile(r"(image|picture|img|figure|photo|untitled)?[\s\d_-]*(\.\w{2,4})?", re.I)
# Words too common to give anything away.
_SMALL = frozenset(
    re.findall(
        r"\w+",
        "a about an and are as at be before after by can course day days do does first following "
        "for from has have how if in into is it its may must no not of on or says shall should "
        "than that the their then there these this through to under weeks what when where which "
        "who why will with would you your client skin needling needle",
    )
)
_LONGER_BY = 1.6
_LONGER_AT_LEAST = 25


@dataclass(frozen=True)
class Finding:
    """One remark: the field that it is about, a name for its rule, and a sentence."""

    field: str
    rule: str
    sentence: str


@dataclass(frozen=True)
class Likeness:
    """Another item of the bank whose stem says nearly the same; `share` runs from 0 to 1."""

    item_id: str
    stem: str
    share: float


@dataclass(frozen=True)
class _Choice:
    letter: str
    text: str
    correct: bool


def lint(fields: Fields, alike: Sequence[Likeness] = ()) -> tuple[Finding, ...]:
    """Return every remark about an item as typed, the question's own first."""
    found = [
        *_about_stem(fields),
        *_about_likeness(alike),
        *_about_choices(_text(fields, "stem"), _choices(fields)),
        *_about_reasons(fields),
        *_about_pictures(fields),
        *_about_stages(fields),
        *_about_sources(fields),
    ]
    return tuple(dict.fromkeys(found))


def _about_stages(fields: Fields) -> Iterator[Finding]:
    for number, stage in enumerate(_parts(fields, "stages"), start=1):
        item, follows = stage.get("item"), stage.get("consequences")
        for one in lint((item if isinstance(item, dict) else {}) | {"consequences": follows}):
            # A stage has its sources from its case.
            if one.field != "sources":
                yield replace(one, field="stages", sentence=f"Stage {number}: {one.sentence}")


def _about_stem(fields: Fields) -> Iterator[Finding]:
    stem = _QUOTED.sub("", _text(fields, "stem"))
    if _text(fields, "kind") in {"single_choice", "multiple_response", "true_false"}:
        question = stem if fields.get("kind") == "true_false" else _last_question(stem)
        word = _NEGATION.search(question)
        if word and not any(word[0] in one for one in _STRESSED.findall(question)):
            yield Finding(
                "stem",
                "negative stem",
                f"“{word[0]}” turns the question round and is easily overread. "
                f"Ask for what is right, or stress it: **{word[0]}**.",
            )


def _last_question(stem: str) -> str:
    sentences = re.split(r"(?<=[.!?])\s+", stem.strip())
    return next((one for one in reversed(sentences) if "?" in one), "")


def _about_likeness(alike: Sequence[Likeness]) -> Iterator[Finding]:
    for one in alike:
        how = "the same question as" if one.share == 1 else "nearly the same question as"
        yield Finding(
            "stem",
            "near-duplicate stem",
            f"This is {how} {one.item_id}: “{_short(one.stem)}” "
            "Change one, or make them enemies so that they never meet in a form.",
        )


def _about_choices(stem: str, choices: Sequence[_Choice]) -> Iterator[Finding]:
    if len(choices) < 2:
        return
    for one in choices:
        if _ALL.search(one.text) or _LETTERS.search(one.text):
            yield Finding(
                "options",
                "all of the above",
                f"Option {one.letter} speaks of the other options. It can be guessed, and the "
                "order on the screen is shuffled: write what it means.",
            )
    keys = [one for one in choices if one.correct]
    others = [one for one in choices if not one.correct]
    if not keys or not others:
        return
    yield from _about_length(keys, others)
    yield from _about_absolutes(keys, others)
    yield from _about_echoes(stem, keys, others)
    yield from _about_articles(stem, choices)


def _about_length(keys: Sequence[_Choice], others: Sequence[_Choice]) -> Iterator[Finding]:
    longest = max(len(one.text) for one in others)
    for key in keys:
        if len(key.text) >= longest * _LONGER_BY and len(key.text) - longest >= _LONGER_AT_LEAST:
            yield Finding(
                "options",
                "key longest by far",
                f"The right option {key.letter} is longest by far ({len(key.text)} characters, "
                f"the next has {longest}). Shorten it or write the others as fully.",
            )


def _about_absolutes(keys: Sequence[_Choice], others: Sequence[_Choice]) -> Iterator[Finding]:
    absolute = [one for one in others if _ABSOLUTE.search(one.text)]
    if len(absolute) == len(others) > 1 and not any(_ABSOLUTE.search(one.text) for one in keys):
        yield Finding(
            "options",
            "gives itself away",
            "Every wrong option says “always”, “never”, “every” or the like and the right one does "
            "not, which gives it away. Soften them, or use such a word in the right one too.",
        )


def _about_echoes(
    stem: str, keys: Sequence[_Choice], others: Sequence[_Choice]
) -> Iterator[Finding]:
    asked = _words(stem)
    elsewhere = frozenset[str]().union(*(_words(one.text) for one in others))
    for key in keys:
        echoed = sorted(word for word in (_words(key.text) & asked) - elsewhere if len(word) > 4)
        if echoed and len(keys) == 1:
            yield Finding(
                "options",
                "gives itself away",
                f"Only the right option {key.letter} repeats “{echoed[0]}” from the question, "
                "which gives it away. Use other words, or let a wrong option repeat it too.",
            )


def _about_articles(stem: str, choices: Sequence[_Choice]) -> Iterator[Finding]:
    article = re.search(r"\b(an?)\s*(?:[:…]|\.\.\.|_{2,})?\s*$", stem.strip(), re.I)
    if not article:
        return
    vowel = article[1].lower() == "an"
    unfit = [one for one in choices if one.text and (one.text[0].lower() in "aeiou") != vowel]
    if unfit:
        yield Finding(
            "stem",
            "gives itself away",
            f"The question ends in “{article[1]}”, which option {unfit[0].letter} does not fit. "
            "End it in “a/an”, or put the article into the options.",
        )


def _about_reasons(fields: Fields) -> Iterator[Finding]:
    for place, path, reason in _reasons(fields):
        if not reason.strip() or reason.strip() == NO_REASON:
            yield Finding(
                path,
                "missing reason",
                f"{place} has no reason. Say why it is right or wrong: it is what teaches.",
            )


def _reasons(fields: Fields) -> Iterator[tuple[str, str, str]]:
    for name, word in (
        ("options", "Option"),
        ("answers", "Answer"),
        ("premises", "Premise"),
        ("elements", "Element"),
        ("others", "Expected number"),
        ("regions", "Region"),
    ):
        for place, part in enumerate(_parts(fields, name)):
            yield f"{word} {_letter(place)}", name, _text(part, "reason")
    for name, word in (
        ("reason", "The right answer"),
        ("reason_wrong", "A wrong answer"),
        ("reason_true", "“True”"),
        ("reason_false", "“False”"),
    ):
        if name in fields:
            yield word, name, _text(fields, name)


def _about_pictures(fields: Fields) -> Iterator[Finding]:
    for text in _texts({name: said for name, said in fields.items() if name != "stages"}):
        for picture in _PICTURE.finditer(text):
            if _FILE_NAME.fullmatch(picture["alt"].strip()):
                yield Finding(
                    "stem",
                    ABSENT_ALT,
                    "A picture has no description for those who cannot see it. Say between the "
                    "square brackets what it shows, without giving the answer away.",
                )
    figure = fields.get("figure")
    if isinstance(figure, dict) and not _text(figure, "alt").strip():
        yield Finding(
            "figure",
            ABSENT_ALT,
            "The figure has no description for those who cannot see it. Say what it shows, "
            "without giving the answer away.",
        )


def _about_sources(fields: Fields) -> Iterator[Finding]:
    sources = fields.get("sources")
    if not sources or sources == [NO_SOURCE.key]:
        yield Finding(
            "sources", "no source", "No source is named. Cite the one that the key rests on."
        )


def _choices(fields: Fields) -> list[_Choice]:
    return [
        _Choice(_letter(place), _text(one, "text"), bool(one.get("correct")))
        for place, one in enumerate(_parts(fields, "options"))
    ]


def _parts(fields: Fields, name: str) -> list[Fields]:
    value = fields.get(name)
    parts = value if isinstance(value, list) else []
    return [cast(Fields, one) for one in parts if isinstance(one, dict)]


def _text(fields: Fields, name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def _texts(value: JsonValue) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)


def _words(text: str) -> frozenset[str]:
    words = (word.casefold() for word in _WORD.findall(text))
    # "Can't" and "you're" are as common as the small words.
    return frozenset(word for word in words if word.isalnum()) - _SMALL


def _letter(place: int) -> str:
    return chr(ord("A") + place) if place < 26 else str(place + 1)


def _short(text: str, longest: int = 90) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else f"{flat[: longest - 1]}…"
