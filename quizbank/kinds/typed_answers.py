"""Texts that are typed into a field, compared with the answers that count."""

import re
from collections.abc import Sequence
from unicodedata import normalize

from pydantic import JsonValue, model_validator

from quizbank.kinds.item import (
    Frozen,
    Key,
    Share,
    Text,
)
from quizbank.kinds.shown import (
    OMITTED,
    Explanation,
    Mark,
    Scored,
    State,
    state_of,
)

_STAR = re.compile(r"\\\*|\*")
# What stands for a star where an answer is made of its pattern.
_FILLERS = ("", "a", " ")


def fits(typed: str, pattern: str, case_sensitive: bool) -> bool:
    r"""Tell whether a typed text is what the pattern asks for: all of it, and never roughly.

    `*` stands for any characters or none, `\*` for a star. Both texts are compared in Unicode's
    composed form, with runs of spaces as one and none at the ends.
    """
    said = _plain(_spaced(typed), case_sensitive)
    parts = [_plain(part, case_sensitive) for part in _between_stars(_spaced(pattern))]
    if len(parts) == 1:
        return said == parts[0]
    first, *middle, last = parts
    if len(said) < len(first) + len(last) or not said.startswith(first) or not said.endswith(last):
        return False
    place, end = len(first), len(said) - len(last)
    for part in middle:
        found = said.find(part, place, end)
        if found < 0:
            return False
        place = found + len(part)
    return True


def as_regex(pattern: str, case_sensitive: bool) -> str:
    """Return the regular expression that a plain text fits wholly where it fits the pattern.

    Plain: composed, with runs of spaces as one and none at the ends, and case-folded where case
    does not matter. Each part is found at its first place and not looked for again.
    """
    parts = [re.escape(_plain(part, case_sensitive)) for part in _between_stars(_spaced(pattern))]
    first, *middle, last = parts if len(parts) > 1 else [*parts, ""]
    found = "".join(f"(?>.*?{part})" for part in middle)
    return f"{first}{found}.*{last}" if len(parts) > 1 else first


class Answer(Frozen):
    """A text that is expected, what it earns and why; `unsafe` where it would endanger a client."""

    id: Key
    text: Text
    fraction: Share = 1.0
    reason: Text
    unsafe: bool = False

    @model_validator(mode="after")
    def _earns_what_it_should(self) -> "Answer":
        if self.unsafe and self.fraction > 0:
            raise ValueError("an unsafe answer cannot earn marks; drop one of the two")
        if self.fraction > 0 and not self.text.strip("* "):
            raise ValueError("* alone would take every answer as right; write what is expected")
        return self


def problems_of_answers(answers: Sequence[Answer], case_sensitive: bool) -> list[str]:
    """Return what keeps the answers from being marked fairly."""
    problems: list[str] = []
    if len({answer.id for answer in answers}) != len(answers):
        problems.append("two answers have the same id; give each its own")
    if not any(answer.fraction == 1 for answer in answers):
        problems.append("at least one answer must earn the whole mark")
    elif mark_typed(answers, case_sensitive, typed_key(answers, case_sensitive)).fraction != 1:
        problems.append("the first right answer must be one that can be typed")
    return problems


def typed_key(answers: Sequence[Answer], case_sensitive: bool) -> str:
    """Return a text that earns the full mark: the first right answer, its stars filled in."""
    right = next(answer for answer in answers if answer.fraction == 1)
    parts = _between_stars(right.text)
    made = [_spaced(filler.join(parts)) for filler in _FILLERS]
    fitting = (text for text in made if fits(text, right.text, case_sensitive))
    return next(fitting, made[0])


def mark_typed(answers: Sequence[Answer], case_sensitive: bool, typed: JsonValue) -> Mark:
    """Return what the best fitting answer earns, the earlier of two alike; 0 where none fits."""
    if not isinstance(typed, str) or not typed.strip():
        return OMITTED
    fitting = [one for one in answers if fits(typed, one.text, case_sensitive)]
    best = max(fitting, key=lambda answer: answer.fraction, default=None)
    if best is None:
        return Mark(0.0, State.WRONG, ())
    return Mark(best.fraction, state_of(best.fraction), (best.id,), best.unsafe)


def explain_typed(answers: Sequence[Answer], mark: Mark, typed: JsonValue) -> list[Explanation]:
    """Return every answer that earns marks, and the learner's own where it was none of these."""
    told = [
        Explanation(
            text=one.text,
            reason=one.reason,
            correct=one.fraction == 1,
            chosen=one.id in mark.feedback,
            verbatim=True,
        )
        for one in answers
        if one.fraction > 0
    ]
    if mark.state is State.WRONG:
        reasons = (one.reason for one in answers if one.id in mark.feedback)
        reason = next(reasons, "This is none of the answers that count.")
        own = str(typed).strip()
        told.append(Explanation(own, reason, False, True, mark.unsafe, verbatim=True))
    return told


def scored_answers(answers: Sequence[Answer]) -> tuple[Scored, ...]:
    """Return every answer with what it earns."""
    return tuple(Scored(one.text, one.fraction, one.reason) for one in answers)


def _between_stars(pattern: str) -> list[str]:
    parts, place = [""], 0
    for star in _STAR.finditer(pattern):
        parts[-1] += pattern[place : star.start()]
        if star.group() == "*":
            parts.append("")
        else:
            parts[-1] += "*"
        place = star.end()
    parts[-1] += pattern[place:]
    return parts


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _plain(text: str, case_sensitive: bool) -> str:
    said = normalize("NFC", text)
    return said if case_sensitive else normalize("NFC", said.casefold())
