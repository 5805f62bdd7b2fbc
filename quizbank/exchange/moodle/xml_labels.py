"""Moodle's labels to drag onto a picture (ddimageortext), as names for its numbered places."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from quizbank.exchange.moodle.bodies import Unfit
from quizbank.exchange.moodle.xml_places import Marked, Marker, Place, named_places, picture_under
from quizbank.exchange.moodle.xml_syntax import value_of
from quizbank.exchange.xml_reading import Element
from quizbank.files import Picture
from quizbank.kinds.shapes import Shape

# The file says where a label's place begins; Moodle makes it as large as the longest label.
_PER_LETTER, _BESIDE, _HEIGHT = 8, 12, 24
_NUMBER = re.compile(r"\d{1,5}")
_GROUPS = "The labels are in groups, and a place takes those of one; here all are offered together."


def labels_of(
    question: Element,
    text_of: Callable[[Element], str],
    picture_of: Callable[[Element], Picture | None],
    reason: str,
) -> Marked:
    """Return the labels and their places as a matching; raises `Unfit`.

    A place earns its share, as in Moodle. Labels with the same words are one.
    """
    labels = _labels(question, text_of)
    first = {text.casefold(): number for number, text in reversed(labels.items())}
    one_of = {number: first[text.casefold()] for number, text in labels.items()}
    width = _BESIDE + _PER_LETTER * max(map(len, labels.values()))
    places = [_place(one, one_of, width) for one in question.all("drop")]
    if not places:
        raise Unfit("There is no place for the labels; a <drop> says where one belongs.")
    markers = {number: Marker(labels[number], 1) for number in dict.fromkeys(one_of.values())}
    named = named_places(picture_under(question, picture_of), places, markers, reason)
    groups = {value_of(one, "draggroup") for one in question.all("drag")}
    return replace(named, warnings=(*named.warnings, _GROUPS)) if len(groups) > 1 else named


def _labels(question: Element, text_of: Callable[[Element], str]) -> dict[str, str]:
    labels: dict[str, str] = {}
    for one in question.all("drag"):
        text, number = text_of(one), value_of(one, "no")
        if one.first("file") is not None:
            raise Unfit(f"Line {one.line}: this label is a picture, which no list here can show.")
        if text and number in labels:
            raise Unfit(f"Line {one.line}: another label has the same number.")
        if text:
            labels[number] = text
    if not labels:
        raise Unfit("There is no label; a <drag> says what is put down.")
    return labels


def _place(drop: Element, one_of: Mapping[str, str], width: int) -> Place:
    label = value_of(drop, "choice")
    if label not in one_of:
        raise Unfit(f"Line {drop.line}: this place asks for a label that is not there.")
    at = value_of(drop, "xleft"), value_of(drop, "ytop")
    if not all(_NUMBER.fullmatch(one) for one in at):
        raise Unfit(f"Line {drop.line}: this place does not say where it lies, in whole pixels.")
    left, top = (float(one) for one in at)
    return Place(one_of[label], Shape.RECT, (left, top, float(width), float(_HEIGHT)))
