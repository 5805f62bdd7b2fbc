"""Questions of Moodle XML as the fields of items: what GIFT cannot say comes on top."""

from collections.abc import Callable
from decimal import Decimal

from pydantic import JsonValue

from quizbank.exchange.defaults import NO_DESCRIPTION, NO_MODEL_ANSWER, NO_RUBRIC
from quizbank.exchange.gift.syntax import GiftQuestion
from quizbank.exchange.gift.text import Said
from quizbank.exchange.moodle.bodies import Body, BodyWriter
from quizbank.exchange.moodle.xml_cloze import cloze_of
from quizbank.exchange.moodle.xml_gaps import gaps_of
from quizbank.exchange.moodle.xml_labels import labels_of
from quizbank.exchange.moodle.xml_markers import markers_of
from quizbank.exchange.moodle.xml_places import Marked
from quizbank.exchange.moodle.xml_syntax import is_true, kind_of, value_of
from quizbank.exchange.moodle.xml_texts import Shelf
from quizbank.exchange.moodle.xml_units import units_of
from quizbank.exchange.xml_reading import Element
from quizbank.kinds.essay import MOST_POINTS

# Moodle's own words for the whole answer say nothing that the mark does not say.
_USUAL = frozenset(
    {
        "",
        "your answer is correct.",
        "your answer is partially correct.",
        "your answer is incorrect.",
    }
)
_WHOLE = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")


class XmlBodyWriter(BodyWriter):
    """Turns one question of Moodle XML into the fields of an item."""

    def __init__(
        self,
        question: GiftQuestion,
        element: Element,
        shelf: Shelf,
    ) -> None:
        super().__init__(question)
        self._element = element
        self._shelf = shelf

    def body(self) -> Body:
        """Return the item's own fields; raises `Unfit`."""
        # A text with gaps is converted around them and inside them, never as a whole.
        fields = self._cloze() if self._question.kind == "cloze" else super().body()
        if address := self._shelf.old_picture(self._element):
            fields["stem"] = f"{fields['stem']}\n\n![{NO_DESCRIPTION}]({address})"
        return fields

    def _kinds(self) -> dict[str, Callable[[], Body]]:
        placed = {"ddmarker": self._markers, "ddimageortext": self._labels}
        return super()._kinds() | placed | {"gapselect": self._gaps, "ddwtos": self._gaps}

    def _short_answer(self) -> Body:
        minds_case = is_true(self._element, "usecase", False)
        return super()._short_answer() | ({"case_sensitive": True} if minds_case else {})

    def _numeric(self) -> Body:
        return super()._numeric() | units_of(self._element)

    def _gaps(self) -> Body:
        stem = self._markdown(self._question.text)
        return gaps_of(self._element, stem, self._word, self._reason)

    def _cloze(self) -> Body:
        one = self._question
        body = cloze_of(one.text, self._markdown, self._plain, self._markdown(one.general))
        self.warnings += body.warnings
        self.unexplained = body.unexplained
        return body.fields

    def _markers(self) -> Body:
        said = Said("", "plain")
        read = markers_of(
            self._element, self._word, self._shelf.picture, lambda right: self._reason(said, right)
        )
        return self._on_picture(read)

    def _labels(self) -> Body:
        why = self._reason(Said("", "plain"), True)
        return self._on_picture(labels_of(self._element, self._word, self._shelf.picture, why))

    def _on_picture(self, read: Marked) -> Body:
        self.warnings += read.warnings
        if read.drawn:
            self._shelf.files[read.drawn.digest] = read.drawn
        asked = self._markdown(self._question.text)
        # What is put down there is part of the question.
        return read.fields | {"stem": f"{asked}\n\n{read.behind}".strip()}

    def _word(self, element: Element) -> str:
        return self._plain(self._shelf.said(element, "html"))

    def _essay(self) -> Body:
        one = self._element
        points = _grade(one)
        wanted = self._markdown(self._shelf.said(one.first("graderinfo"), "html"))
        rubric = [*NO_RUBRIC]
        if wanted or points != 1:
            first: Body = {"id": "a", "text": wanted or str(_no_rubric()), "points": points}
            rubric = [first]
        if not wanted:
            self.warnings.append("Write a rubric: the file has no information for markers.")
        template = self._template(one.first("responsetemplate"))
        general = self._markdown(self._question.general)
        body: Body = {
            "kind": "essay",
            "rubric": [*rubric],
            "template": template,
            "model_answer": general or NO_MODEL_ANSWER,
        }
        limits = {"min_words": "minwordlimit", "max_words": "maxwordlimit"}
        written = {name: value_of(one, said) for name, said in limits.items()}
        return body | {name: int(n) for name, n in written.items() if n.isdecimal() and int(n)}

    def _template(self, element: Element | None) -> str:
        said = self._shelf.said(element, "html")
        text = element.first("text") if element and said.format == "plain" else None
        # Its line breaks at the end are there for the learner to write behind.
        return text.text if text else self._plain(said)

    def _plain(self, said: Said) -> str:
        if "/files/" in said.text and "<img" in said.text:
            self.warnings.append("A picture was left out, where only plain text can be shown.")
        return super()._plain(said)


def lost_of(element: Element) -> list[str]:
    """Return what of a question no item here has, in words; most questions have some."""
    penalty = _number(value_of(element, "penalty"))
    grade = value_of(element, "defaultgrade")
    words = (value_of(element, name) for name in _WHOLE)
    told = {
        "hints": bool(element.all("hint")),
        # What is true or false has no second try, and a text has none at all.
        "penalties for further tries": bool(penalty)
        and kind_of(element) not in {"truefalse", "essay", "description"},
        "marks other than 1 (forms weigh all items alike)": bool(grade)
        and _number(grade) != 1
        and kind_of(element) not in {"essay", "description", "cloze"},
        "feedback on right, partly right and wrong answers as a whole": any(
            said.removeprefix("<p>").removesuffix("</p>").strip().lower() not in _USUAL
            for said in words
        ),
        "general feedback of texts": kind_of(element) == "description"
        and bool(value_of(element, "generalfeedback")),
        "attachments": value_of(element, "attachments") not in {"", "0"},
        "that they are hidden": is_true(element, "hidden", False),
    }
    return [name for name, is_lost in told.items() if is_lost]


def _grade(element: Element) -> int:
    grade = _number(value_of(element, "defaultgrade")) or Decimal(1)
    return int(min(max(grade.to_integral_value(), Decimal(1)), Decimal(MOST_POINTS)))


def _number(written: str) -> Decimal:
    plain = written.replace(".", "", 1)
    return Decimal(written) if plain.isdecimal() and len(plain) < 20 else Decimal(0)


def _no_rubric() -> JsonValue:
    (criterion,) = NO_RUBRIC
    return criterion["text"] if isinstance(criterion, dict) else ""
