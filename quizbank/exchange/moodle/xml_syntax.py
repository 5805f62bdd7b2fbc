"""Moodle XML as it is written: one `<question>` as a question of Moodle, not yet an item."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from quizbank.exchange.gift.numbers import Refused, number_in
from quizbank.exchange.gift.syntax import GiftAnswer, GiftQuestion
from quizbank.exchange.gift.text import Said
from quizbank.exchange.moodle.bodies import Unfit
from quizbank.exchange.moodle.xml_texts import raw_text
from quizbank.exchange.xml_reading import Element

Reading = Callable[[Element | None, str], Said]
_TRUE = frozenset({"true", "1", "yes"})
_FALSE = frozenset({"false", "0", "no"})
_NAMES = {"matching": "match", "ddmatch": "match", "multianswer": "cloze"}
# The numbers that Moodle's ordering has for its gradings; names are written as they are.
_GRADINGS = (
    "ALL_OR_NOTHING",
    "ABSOLUTE_POSITION",
    "RELATIVE_NEXT_EXCLUDE_LAST",
    "RELATIVE_NEXT_INCLUDE_LAST",
    "RELATIVE_ONE_PREVIOUS_AND_NEXT",
    "RELATIVE_ALL_PREVIOUS_AND_NEXT",
    "LONGEST_ORDERED_SUBSET",
    "LONGEST_CONTIGUOUS_SUBSET",
    "RELATIVE_TO_CORRECT",
)
_SHARE = re.compile(r"-?\d{1,9}(?:\.\d{0,20})?")


def kind_of(element: Element) -> str:
    """Return a question's type by the name that it has inside Moodle."""
    named = element.get("type").strip().lower()
    return _NAMES.get(named, named)


def category_of(element: Element) -> str:
    """Return the path that a question of type category names."""
    return raw_text(element.first("category"))


def value_of(element: Element, name: str) -> str:
    """Return a setting of a question, such as `penalty`; empty where it is not written."""
    return raw_text(element.first(name))


def is_true(element: Element, name: str, default: bool) -> bool:
    """Tell how a setting stands that is on or off."""
    said = value_of(element, name).lower()
    return default if not said else said in _TRUE


def read_question(element: Element, said: Reading) -> GiftQuestion:
    """Return a question as written, its texts read by `said`; raises `Unfit`."""
    kind = kind_of(element)
    asked = element.first("questiontext")
    text = said(asked, "html")
    # Feedback and answers without a format of their own have the question's.
    default = text.format if asked is not None and asked.get("format") else "html"
    answers, pairs = (), ()
    if kind == "match":
        pairs = _pairs(element, said, default)
    elif kind in {"truefalse", "multichoice", "shortanswer", "numerical", "ordering"}:
        answers = tuple(_answer(kind, one, said, default) for one in element.all("answer"))
    idnumber = value_of(element, "idnumber")
    name = " ".join(value_of(element, "name").split())
    question = GiftQuestion(
        kind=kind,
        line=element.line,
        # Moodle wants a name; what has none here is written with its identifier in its place.
        name=name if name != idnumber else "",
        text=text,
        general=said(element.first("generalfeedback"), default),
        idnumber=idnumber,
        tags=tuple(raw_text(tag) for tags in element.all("tags") for tag in tags.all("tag")),
        answers=answers,
        pairs=pairs,
        single=is_true(element, "single", True),
        header=_ordering(element) if kind == "ordering" else "",
    )
    return _judged(question) if kind == "truefalse" else question


def _answer(kind: str, element: Element, said: Reading, default: str) -> GiftAnswer:
    feedback = said(element.first("feedback"), default)
    if kind == "ordering":
        return GiftAnswer(said(element, default), Decimal(1), feedback)
    share = _share(element)
    if kind == "multichoice":
        return GiftAnswer(said(element, default), share, feedback)
    text = raw_text(element)
    if kind != "numerical":
        return GiftAnswer(Said(text, "plain"), share, feedback)
    number, tolerance = _number(element, text)
    return GiftAnswer(Said(text, "plain"), share, feedback, number, tolerance)


def _share(element: Element) -> Decimal:
    written = (element.get("fraction") or raw_text(element.first("fraction")) or "0").strip()
    if not _SHARE.fullmatch(written):
        raise Unfit(f"Line {element.line}: “{written[:40]}” is no share; write one like 50.")
    percent = Decimal(written)
    if abs(percent) > 100:
        raise Unfit(f"Line {element.line}: a share of {written} % is more than the whole mark.")
    return percent / 100


def _number(element: Element, text: str) -> tuple[Decimal | None, Decimal]:
    tolerance = raw_text(element.first("tolerance")) or "0"
    if ".." in text or ":" in f"{text}{tolerance}":
        raise Unfit(f"Line {element.line}: “{text[:40]}” is no number; write it like 7.5.")
    try:
        number, _ = number_in(text or "*")
        off, _ = number_in(tolerance)
    except Refused:
        said = f"“{text[:40]}” (tolerance {tolerance[:40]}) is no number; write it like 7.5."
        raise Unfit(f"Line {element.line}: {said}") from None
    return number, abs(off or Decimal(0))


def _pairs(element: Element, said: Reading, default: str) -> tuple[tuple[Said, str], ...]:
    return tuple(
        (said(one, default), said(one.first("answer"), "plain").text)
        for one in element.all("subquestion")
    )


def _ordering(element: Element) -> str:
    size = len(element.all("answer"))
    # `selecttype` 0 is all of them.
    every = value_of(element, "selecttype").upper() in {"", "0", "ALL", "EXACT"}
    count = value_of(element, "selectcount")
    shown = count if not every and re.fullmatch(r"\d{1,4}", count) and int(count) else str(size)
    grading = value_of(element, "gradingtype").upper()
    if re.fullmatch(r"-1|[0-7]", grading):
        grading = _GRADINGS[int(grading) + 1]
    return f"{shown} {'ALL' if every else ''} {grading}"


def _judged(question: GiftQuestion) -> GiftQuestion:
    said = [one.text.text.strip().lower() for one in question.answers]
    judged = [word in _TRUE if word in _TRUE | _FALSE else None for word in said]
    if sorted(judged, key=str) != [False, True]:
        raise Unfit("A true-or-false question must have two answers, true and false.")
    true, false = sorted(question.answers, key=lambda one: one.text.text.strip().lower() in _FALSE)
    if {true.fraction, false.fraction} != {Decimal(0), Decimal(1)}:
        raise Unfit("One of true and false must earn 100 %, and the other 0.")
    correct = true.fraction == 1
    return replace(question, correct=correct, if_true=true.feedback, if_false=false.feedback)
