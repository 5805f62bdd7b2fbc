"""Moodle's questions, however they were written, as the fields of items."""

import re
from collections.abc import Callable
from decimal import Decimal

from pydantic import JsonValue

from quizbank.exchange.defaults import NO_MODEL_ANSWER, NO_REASON, NO_RUBRIC
from quizbank.exchange.formulas import from_others
from quizbank.exchange.gift.syntax import GiftAnswer, GiftQuestion
from quizbank.exchange.gift.text import Said
from quizbank.exchange.html_texts import html_as_markdown, html_as_plain
from quizbank.exchange.texts import as_markdown, has_tags
from quizbank.kinds.order_grading import Grading

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_GRADINGS = {one.value.upper(): one.value for one in Grading} | {
    "ABSOLUTE": Grading.ABSOLUTE_POSITION.value,
    "ABS": Grading.ABSOLUTE_POSITION.value,
    "RELATIVE": Grading.RELATIVE_NEXT_EXCLUDE_LAST.value,
    "REL": Grading.RELATIVE_NEXT_EXCLUDE_LAST.value,
}
_TURNS = re.compile(r"(?<!>)\n(?!<)")
Body = dict[str, JsonValue]


class Unfit(Exception):
    """A question that no item here can hold as it is; says why."""


class BodyWriter:
    """Turns one question into the fields of an item; tells what it noticed."""

    def __init__(self, question: GiftQuestion) -> None:
        self.warnings: list[str] = []
        self.unexplained = False
        self._question = question

    def body(self) -> Body:
        """Return the item's own fields; raises `Unfit`."""
        stem: Body = {"stem": self._markdown(self._question.text)}
        return stem | self._kinds()[self._question.kind]()

    def _kinds(self) -> dict[str, Callable[[], Body]]:
        return {
            "truefalse": self._true_false,
            "multichoice": self._choice,
            "shortanswer": self._short_answer,
            "numerical": self._numeric,
            "match": self._matching,
            "ordering": self._ordering,
            "essay": self._essay,
            "description": lambda: {"kind": "description"},
        }

    def _true_false(self) -> Body:
        one = self._question
        correct = bool(one.correct)
        return {
            "kind": "true_false",
            "answer": correct,
            "reason_true": self._reason(one.if_true, correct),
            "reason_false": self._reason(one.if_false, not correct),
        }

    def _choice(self) -> Body:
        answers = self._question.answers
        if self._question.single:
            full = [place for place, one in enumerate(answers) if one.fraction == 1]
            if not full:
                raise Unfit(
                    "No option earns the whole mark: give it to the right one, or let several "
                    "be chosen."
                )
            right = next((place for place in full if answers[place].key), full[0])
            options = [self._option(place, place == right) for place in range(len(answers))]
            return {"kind": "single_choice", "options": [*options]}
        if not any(one.fraction > 0 for one in answers):
            raise Unfit("No option is right: give what is right the mark, or a share of it.")
        options = [self._option(place, one.fraction > 0) for place, one in enumerate(answers)]
        return {"kind": "multiple_response", "rule": "weights", "options": [*options]}

    def _option(self, place: int, correct: bool) -> Body:
        one, single = self._question.answers[place], self._question.single
        weight = one.fraction
        if single and weight < 0:
            self.warnings.append("A share below 0 counts as 0 where one option is chosen.")
            weight = Decimal(0)
        option: Body = {
            "id": letter(place),
            "text": self._markdown(one.text),
            "reason": self._reason(one.feedback, correct),
            "correct": correct,
        }
        if weight and not (single and correct):
            option["weight"] = float(weight)
        return option

    def _short_answer(self) -> Body:
        answers: list[JsonValue] = [
            {
                "id": letter(place),
                "text": self._plain(one.text),
                "fraction": float(one.fraction),
                "reason": self._reason(one.feedback, one.fraction == 1),
            }
            for place, one in enumerate(self._question.answers)
        ]
        return {"kind": "short_answer", "answers": answers}

    def _numeric(self) -> Body:
        answers = self._question.answers
        numbers = [one for one in answers if one.number is not None]
        rest = next((one for one in answers if one.number is None), None)
        if rest and rest.fraction > 0:
            raise Unfit("* would take every number as right; write the number that is.")
        right = next((one for one in numbers if one.fraction == 1), None)
        if right is None:
            raise Unfit("No number earns the whole mark.")
        others: list[JsonValue] = [
            {
                "id": letter(place),
                **_numbers(one),
                "fraction": float(one.fraction),
                "reason": self._reason(one.feedback, False),
            }
            for place, one in enumerate(one for one in numbers if one is not right)
        ]
        return {
            "kind": "numeric",
            **_numbers(right),
            "reason": self._reason(right.feedback, True),
            "reason_wrong": self._reason(rest.feedback if rest else Said("", "moodle"), False),
            "others": others,
        }

    def _matching(self) -> Body:
        html = self._question.text.format == "html"
        pairs = [
            (self._plain(said).strip(), html_as_plain(choice) if html else choice)
            for said, choice in self._question.pairs
        ]
        choices = {one: f"c{n}" for n, one in enumerate(dict.fromkeys(c for _, c in pairs), 1)}
        asked = [(premise, choice) for premise, choice in pairs if premise]
        premises: list[JsonValue] = [
            {
                "id": f"p{place}",
                "text": text,
                "choice": choices[choice],
                "reason": self._reason(Said("", "moodle"), True),
            }
            for place, (text, choice) in enumerate(asked, start=1)
        ]
        offered: list[JsonValue] = [{"id": one, "text": text} for text, one in choices.items()]
        return {"kind": "matching", "premises": premises, "choices": offered}

    def _ordering(self) -> Body:
        count, *words = self._question.header.split()
        size = len(self._question.answers)
        named = [word.upper() for word in words]
        if int(count) < size and not {"ALL", "EXACT"} & {*named}:
            said = f"Elsewhere {count} of these {size} are shown at a time; here all of them are."
            self.warnings.append(said)
        grading = next((_GRADINGS[word] for word in named if word in _GRADINGS), None)
        elements: list[JsonValue] = [
            {
                "id": letter(place),
                "text": self._plain(one.text),
                "reason": self._reason(one.feedback, True),
            }
            for place, one in enumerate(self._question.answers)
        ]
        return {
            "kind": "ordering",
            "elements": elements,
            "grading": grading or Grading.ABSOLUTE_POSITION.value,
        }

    def _essay(self) -> Body:
        self.warnings.append("GIFT has no rubric: write one, and how many points it gives.")
        model_answer = self._markdown(self._question.general) or NO_MODEL_ANSWER
        return {"kind": "essay", "rubric": [*NO_RUBRIC], "model_answer": model_answer}

    def _reason(self, feedback: Said, right: bool) -> str:
        own = self._markdown(feedback)
        general = self._markdown(self._question.general) if right else ""
        said = "\n\n".join(filter(None, (own, general)))
        if not said:
            self.unexplained = True
        return said or NO_REASON

    def _markdown(self, said: Said) -> str:
        if said.format == "markdown":
            return from_others(said.text)
        if said.format == "plain" or not (said.format == "html" or has_tags(said.text)):
            return as_markdown(said.text)
        # Moodle's own format breaks lines where they are broken, but not beside a tag.
        html = said.text if said.format == "html" else _TURNS.sub("<br>", said.text)
        text, dropped = html_as_markdown(html)
        if dropped:
            self.warnings.append(f"Left out of the text: {', '.join(dropped)}.")
        return text

    def _plain(self, said: Said) -> str:
        marked = said.format == "html" or (said.format == "moodle" and has_tags(said.text))
        return html_as_plain(said.text) if marked else said.text


def letter(place: int) -> str:
    """Return the id of an answer by its place: a letter, and behind z a number."""
    return _LETTERS[place] if place < len(_LETTERS) else f"x{place}"


def _numbers(one: GiftAnswer) -> Body:
    return {"answer": _written(one.number or Decimal(0)), "tolerance": _written(one.tolerance)}


def _written(number: Decimal) -> str:
    # Only numbers of a sensible size are written out; the model refuses the others.
    return f"{number:f}" if abs(number.adjusted()) < 40 else str(number)
