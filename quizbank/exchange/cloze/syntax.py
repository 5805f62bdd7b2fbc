r"""Moodle's text with gaps, `{1:MULTICHOICE:=right#feedback~wrong~%50%half}`, read.

`read_cloze(text, markdown, plain, line)` gives the stem with `[[g1]]` and the gaps as plain data
for `read_item({"kind": "cloze", "stem": read.stem, "gaps": [*read.gaps], ...})`. For HTML pass
the functions that turn HTML into Markdown and into plain text; they see the text after its gaps
have been taken out. `cloze_writer.write_cloze` is the way back.

Between the braces stand a weight, a type and the answers, each with `=` or a share in percent,
and behind `#` its feedback. `\` takes its meaning from `} ~ # { = % / " \`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from string import ascii_lowercase

from pydantic import JsonValue

from base.lined_yaml import Problem
from quizbank.exchange.defaults import NO_REASON
from quizbank.exchange.items_read import errors_of, warning
from quizbank.exchange.texts import as_markdown
from quizbank.kinds.cloze import PLACEHOLDER
from quizbank.kinds.numbers import number_problem, read_number

Body = dict[str, JsonValue]
Convert = Callable[[str], str]

_WAYS = ("", "_V", "_H", "_S", "_VS", "_HS")
_CHOICE = (*(f"MULTICHOICE{way}" for way in _WAYS), *(f"MC{way.strip('_')}" for way in _WAYS))
_ACROSS = ("", "_H", "_S", "_HS")
_SEVERAL = (*(f"MULTIRESPONSE{way}" for way in _ACROSS), *(f"MR{way[1:]}" for way in _ACROSS))
_WORDS, _WORDS_CASE = ("SHORTANSWER", "SA", "MW"), ("SHORTANSWER_C", "SAC", "MWC")
_NUMBER = ("NUMERICAL", "NM")
TYPES = (*_CHOICE, *_SEVERAL, *_WORDS, *_WORDS_CASE, *_NUMBER)

_BEGINNING = re.compile(r"\{(\d{0,6}):([A-Za-z_]{1,20}):")
# Moodle takes these for text, which nobody meant.
_LIKE_A_GAP = re.compile(
    rf"\{{[ \t]*(?:[\d.,]{{0,6}}[ \t]*:)?[ \t]*(?:{'|'.join(TYPES)})[ \t]*:", re.IGNORECASE
)
_ESCAPED = re.compile(r"\\([}~#{=%/\"\\])")
# Not behind a backslash, and # not inside an entity such as &#39;.
_END = re.compile(r"(?:[^\\}]|\\.|\\$)*+", re.DOTALL)
_PIECE = re.compile(r"(?:[^\\~]|\\.|\\$)*+", re.DOTALL)
_ANSWER = re.compile(r"(?:[^\\#&]|\\.|\\$|&amp;\#|&\#|&)*+", re.DOTALL)
_SHARE = re.compile(r"%(-?\d{1,3}(?:[.,]\d{0,15})?)%")
# Noncharacters hold the places while the text around them is converted.
OPEN, CLOSE = "\ufdee", "\ufdef"
_HELD = re.compile(f"{OPEN}(g\\d+){CLOSE}")


@dataclass(frozen=True)
class ClozeRead:
    """A text with gaps as read: its stem, its gaps as plain data, and what was amiss.

    `unexplained` tells that an answer has no feedback.
    """

    stem: str
    gaps: tuple[JsonValue, ...]
    problems: tuple[Problem, ...]
    unexplained: bool = False


@dataclass(frozen=True)
class _Piece:
    """One answer of a gap: its share of the mark, as written and as it reads, and its feedback."""

    share: Decimal
    text: str
    reason: str
    key: bool


def has_gaps(text: str) -> bool:
    """Tell whether a text holds what begins like a gap."""
    return bool(_BEGINNING.search(text))


def read_cloze(
    text: str,
    markdown: Convert = as_markdown,
    plain: Convert = str,
    line: int = 1,
) -> ClozeRead:
    """Read a text with gaps; never raises. An error among the problems means that it is no item."""
    reader = _Reader(markdown, plain, line)
    stem = reader.take_out(text.translate({ord(OPEN): None, ord(CLOSE): None}))
    return ClozeRead(stem, tuple(reader.gaps), tuple(reader.problems), reader.unexplained)


class _Unfit(Exception):
    """A gap that cannot be filled fairly; says why."""


class _Reader:
    """Takes the gaps out of one text."""

    def __init__(self, markdown: Convert, plain: Convert, line: int) -> None:
        self.gaps: list[JsonValue] = []
        self.problems: list[Problem] = []
        self.unexplained = False
        self._markdown, self._plain = markdown, plain
        self._line = line

    def take_out(self, text: str) -> str:
        """Return the text as Markdown with `[[g1]]` where gaps stood, which go to `gaps`."""
        kept: list[str] = []
        place = counted = 0
        for found in _BEGINNING.finditer(text):
            if found.start() < place:
                continue
            self._line += text.count("\n", counted, found.start())
            counted = found.start()
            end = _matched(_END, text, found.end())
            if end == len(text):
                self._error(
                    f"The gap {_start_of(text, found.start())} has no end; write }} behind it."
                )
                break
            kept += [text[place : found.start()], self._take(found, text[found.end() : end])]
            place = end + 1
        kept.append(text[place:])
        for piece in kept:
            if like := _LIKE_A_GAP.search(piece):
                said = f"{_start_of(piece, like.start())} looks like a gap and was read as text"
                message = f"{said}; write it like {{1:SHORTANSWER:=dermis}}, without spaces."
                self.problems.append(warning(self._line, message))
        if not self.gaps and not errors_of(tuple(self.problems)):
            self._error("There is no gap in the text; write one like {1:SHORTANSWER:=dermis}.")
        shown = PLACEHOLDER.sub(r"\\[\\[\1]]", self._markdown("".join(kept)))
        return _HELD.sub(r"[[\1]]", shown)

    def _take(self, found: re.Match[str], answers: str) -> str:
        name = f"g{len(self.gaps) + 1}"
        try:
            body = self._body(found[2].upper(), [*self._pieces(answers)])
        except _Unfit as unfit:
            self._error(f"The gap {_start_of(found.string, found.start())}: {unfit}")
            body = {}
        self.gaps.append({"id": name, "weight": int(found[1] or 1), **body})
        return f"{OPEN}{name}{CLOSE}"

    def _pieces(self, answers: str) -> Iterator[_Piece]:
        place = 1 if answers.startswith("~") else 0
        while place <= len(answers):
            end = _matched(_PIECE, answers, place)
            yield self._piece(answers[place:end].strip())
            place = end + 1

    def _piece(self, written: str) -> _Piece:
        share, key = Decimal(0), written.startswith("=")
        if found := _SHARE.match(written):
            share, written = Decimal(found[1].replace(",", ".")) / 100, written[found.end() :]
        elif key:
            share, written = Decimal(1), written[1:]
        if abs(share) > 1:
            raise _Unfit(f"a share of {share * 100} % is more than the whole mark.")
        end = _matched(_ANSWER, written, 0)
        text = " ".join(self._plain(_unescaped(written[:end])).split())
        if not text:
            raise _Unfit("an answer is empty; write what is expected, or drop a ~.")
        return _Piece(share, text, self._reason(written[end + 1 :]), key)

    def _reason(self, feedback: str) -> str:
        said = " ".join(_unescaped(feedback).split())
        reason = self._markdown(said).strip() if said else ""
        self.unexplained = self.unexplained or not reason
        return reason or NO_REASON

    def _body(self, type_name: str, pieces: list[_Piece]) -> Body:
        if type_name in _CHOICE:
            return self._choice(pieces)
        if type_name in _SEVERAL:
            return self._several(pieces)
        if type_name in _NUMBER:
            return self._number(pieces)
        if type_name in (*_WORDS, *_WORDS_CASE):
            return self._words(pieces, type_name in _WORDS_CASE)
        raise _Unfit(f"{type_name} is no type of gap; use one of {', '.join(TYPES)}.")

    def _choice(self, pieces: list[_Piece]) -> Body:
        if len(pieces) < 2:
            raise _Unfit("a choice needs at least two options; put ~ between them.")
        full = [place for place, one in enumerate(pieces) if one.share == 1]
        if not full:
            raise _Unfit("no option earns the whole mark; write = before the right one.")
        right = next((place for place in full if pieces[place].key), full[0])
        options = [
            _option(place, one, place == right, 0.0 if place == right else self._earned(one))
            for place, one in enumerate(pieces)
        ]
        return {"kind": "choice", "options": [*options]}

    def _several(self, pieces: list[_Piece]) -> Body:
        shares = [one.share for one in pieces]
        keys = sum(share > 0 for share in shares)
        if keys > 1 and all(share == 1 for share in shares if share > 0):
            self._warn("every right option has 100 %; they were given equal shares")
            shares = [round(1 / Decimal(keys), 7) if share > 0 else share for share in shares]
        options = [
            _option(place, one, share > 0, float(share))
            for place, (one, share) in enumerate(zip(pieces, shares, strict=True))
        ]
        return {"kind": "choice", "several": True, "options": [*options]}

    def _words(self, pieces: list[_Piece], case_sensitive: bool) -> Body:
        if not any(one.share == 1 for one in pieces):
            raise _Unfit("no answer earns the whole mark; write = before the right one.")
        answers = [
            _part(place, one) | {"fraction": self._earned(one)} for place, one in enumerate(pieces)
        ]
        return {"kind": "text", "answers": [*answers], "case_sensitive": case_sensitive}

    def _number(self, pieces: list[_Piece]) -> Body:
        rest = next((one for one in pieces if one.text == "*"), None)
        if rest and rest.share > 0:
            raise _Unfit("* would take every number as right; write the number that is.")
        numbers = [one for one in pieces if one.text != "*"]
        right = next((one for one in numbers if one.share == 1), None)
        if right is None:
            raise _Unfit("no number earns the whole mark; write = before the right one.")
        others = [
            _part(place, one) | _number_of(one) | {"fraction": self._earned(one)}
            for place, one in enumerate(one for one in numbers if one is not right)
        ]
        reasons: Body = {"reason": right.reason, "reason_wrong": rest.reason if rest else NO_REASON}
        kept = [{name: said for name, said in one.items() if name != "text"} for one in others]
        return {"kind": "number", **_number_of(right), "others": [*kept], **reasons}

    def _earned(self, one: _Piece) -> float:
        if one.share < 0:
            self._warn(f"the share of “{one.text}” is below 0 and counts as 0")
        return float(max(one.share, Decimal(0)))

    def _error(self, said: str) -> None:
        self.problems.append(Problem(self._line, said))

    def _warn(self, said: str) -> None:
        self.problems.append(warning(self._line, f"Gap {len(self.gaps) + 1}: {said}."))


def _option(place: int, one: _Piece, correct: bool, weight: float) -> Body:
    return _part(place, one) | {"correct": correct, "weight": weight or None}


def _part(place: int, one: _Piece) -> Body:
    if place >= len(ascii_lowercase):
        raise _Unfit("it has more than 26 answers.")
    return {"id": ascii_lowercase[place], "text": one.text, "reason": one.reason}


def _number_of(one: _Piece) -> Body:
    answer, _, tolerance = one.text.partition(":")
    read: list[JsonValue] = []
    for written in (answer, tolerance or "0"):
        problem = number_problem(written)
        number = read_number(written)
        # A full stop stands for decimals here, whatever else it may stand for elsewhere.
        if number is None:
            raise _Unfit(f"“{written}” is no number.")
        if problem and "," in written:
            raise _Unfit(problem)
        read.append(f"{abs(number) if written is not answer else number:f}")
    return {"answer": read[0], "tolerance": read[1]}


def _matched(pattern: re.Pattern[str], text: str, place: int) -> int:
    found = pattern.match(text, place)
    return found.end() if found else place


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)


def _start_of(text: str, place: int) -> str:
    return f"“{' '.join(text[place : place + 30].split())}…”"
