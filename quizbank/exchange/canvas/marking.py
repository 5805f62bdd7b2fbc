"""How QTI 1.2 marks a question: its conditions, run for a response as they are written."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from quizbank.exchange.moodle.bodies import Unfit
from quizbank.exchange.xml_reading import Element

Given = Mapping[str, tuple[str, ...]]
WHOLE_FEEDBACK = frozenset({"general_fb", "correct_fb", "general_incorrect_fb"})
_NUMBER = re.compile(r"[+-]?(?:\d{1,15}(?:\.\d{0,15})?|\.\d{1,15})(?:[eE][+-]?\d{1,2})?")
_COMPARISONS = {"vargte": ">=", "varlte": "<=", "vargt": ">", "varlt": "<"}
# Far above what people write; every answer is run through every condition.
MOST_ANSWERS, _MOST_CONDITIONS = 100, 500
_NEARLY = Fraction(1, 50)
BELOW_NOTHING = (
    "An answer can earn less than 0 here, which no item does. Write minvalue="
    "“0” into its decvar and try again."
)

NO_ANSWER = "It earns something without an answer, which no item does."
NOTHING_EARNS = "No answer earns anything, and none is called correct."
OTHERWISE = "Its marking is none that items have here, so that a mark would differ."


class Marking:
    """The conditions of one question; raises `Unfit` where one has no meaning here."""

    def __init__(self, item: Element, points_possible: str) -> None:
        found = [one for one in item.walk() if one.name == "resprocessing"]
        self.conditions = tuple(one for part in found for one in part.all("respcondition"))
        if len(self.conditions) > _MOST_CONDITIONS:
            raise Unfit(f"Its marking has more than {_MOST_CONDITIONS} conditions.")
        self.scored = tuple(one for one in self.conditions if one.first("setvar") is not None)
        self._declared = [one for part in found for one in part.walk() if one.name == "decvar"]
        self._possible = number(points_possible)
        names = {one.get("varname", "SCORE") for _, one in self._statements()}
        if len(names) > 1:
            said = ", ".join(sorted(names))[:120]
            raise Unfit(f"It counts in more than one variable ({said}); here one mark is given.")
        self.variable = names.pop() if names else "SCORE"
        own = [one for one in self._declared if one.get("varname", "SCORE") == self.variable]
        if own and (number(own[0].get("defaultval", "0")) or 0) != 0:
            raise Unfit("It earns something without an answer (defaultval), which no item does.")
        self.lowest = number(own[0].get("minvalue")) if own else None
        self.most = number(own[0].get("maxvalue")) if own else None

    def score(self, given: Given) -> Fraction:
        """Return the points for what was said; raises `Unfit` where they are below 0."""
        points, fired = Fraction(0), False
        for condition in self.scored:
            if not self._holds(condition, given, fired):
                continue
            fired, stop = True, False
            for one in condition.all("setvar"):
                points, is_set = _changed(points, one)
                stop = stop or is_set
            # After a score is set no other counts; parts that are added all do, as in Canvas.
            if stop and condition.get("continue").lower() != "yes":
                break
        if points < 0 and (self.lowest is None or self.lowest < 0):
            raise Unfit(BELOW_NOTHING)
        return max(points, Fraction(0))

    def doubts(self, best: Fraction) -> list[str]:
        """Return what is odd about the most that can be earned; raises `Unfit`."""
        said: list[str] = []
        if self._declared and not any(
            one.get("varname", "SCORE") == self.variable for one in self._declared
        ):
            named = self._declared[0].get("varname")
            said.append(f"It counts in {self.variable[:40]}, which is not the declared {named}.")
        if self.most is None or self.most <= 0 or abs(best - self.most) <= self.most * _NEARLY:
            return said
        if self._possible is not None and abs(best - self._possible) <= self._possible * _NEARLY:
            return said
        if best > self.most and abs(best - 100) > 2:
            raise Unfit(
                f"Its answers add up to {float(best):g} of {float(self.most):g}; the whole mark "
                "would be earned by a part of them, which no item does."
            )
        if best > self.most:
            said.append(
                f"Its answers add up to 100, although the score ends at {float(self.most):g}; "
                "they were read as percent."
            )
        else:
            said.append(
                f"The best answer earns {float(best):g} of {float(self.most):g}; here it earns "
                "the whole mark."
            )
        return said

    def links(self) -> Iterator[tuple[Sequence[Element], str]]:
        """Give the tests of every condition with a feedback that it shows."""
        for one in self.conditions:
            variable = one.first("conditionvar")
            tests = variable.children if variable else ()
            for shown in one.all("displayfeedback"):
                yield tests, shown.get("linkrefid")

    def named(self, response: str) -> list[str]:
        """Return the values that conditions name for a response, each once, in order."""
        said = [
            one.text.strip()
            for condition in self.conditions
            for one in condition.walk()
            if one.name == "varequal" and one.get("respident") == response
        ]
        named = [*dict.fromkeys(one for one in said if one)]
        if len(named) > MOST_ANSWERS:
            raise Unfit(f"It has more than {MOST_ANSWERS} answers, which is not read.")
        return named

    def called_correct(self) -> list[str]:
        """Return the values that are said to be correct, whatever they earn."""
        return [
            one.text.strip()
            for condition in self.conditions
            if condition.get("correctanswer").strip().lower() == "yes"
            for one in condition.walk()
            if one.name == "varequal"
        ]

    def _statements(self) -> Iterator[tuple[Element, Element]]:
        for condition in self.scored:
            for one in condition.all("setvar"):
                yield condition, one

    def _holds(self, condition: Element, given: Given, fired: bool) -> bool:
        tests = tests_of(condition)
        held = [_true(one, given, fired) for one in tests]
        return any(held) if alternatives(tests, given) else bool(held) and all(held)


def contradicted(algorithm: str) -> str:
    """Return the warning that a file names a scoring that its conditions do not do."""
    return (
        f"The file also names the scoring {algorithm[:40]}, which its own marking is not; "
        "the marking counts."
    )


def tests_of(condition: Element) -> tuple[Element, ...]:
    """Return what a condition asks."""
    variable = condition.first("conditionvar")
    return variable.children if variable else ()


def alternatives(tests: Sequence[Element], given: Given) -> bool:
    """Tell whether one of these is enough: values of one answer, of which only one can be given.

    QTI joins what stands side by side by “and”; Canvas lists the words of a blank so.
    """
    about = {one.get("respident") for one in tests}
    if len(tests) < 2 or len(about) != 1 or any(one.name != "varequal" for one in tests):
        return False
    return len(given.get(about.pop(), ())) <= 1


def number(said: str) -> Fraction | None:
    """Return the number that a text is, exactly; None where it is none."""
    typed = said.strip()
    return Fraction(typed) if _NUMBER.fullmatch(typed) else None


def margin_of(test: Element) -> Fraction:
    """Return how far from its number an answer may lie; raises `Unfit`."""
    margin = number(test.get("margin", "0"))
    if margin is None or margin < 0:
        raise Unfit(f"Line {test.line}: “{test.get('margin')[:40]}” is no margin.")
    if test.get("margintype").strip().lower() == "percent":
        return abs(number(test.text) or Fraction(0)) * margin / 100
    return margin


def _changed(points: Fraction, statement: Element) -> tuple[Fraction, bool]:
    value = number(statement.text)
    if value is None:
        raise Unfit(f"Line {statement.line}: “{statement.text.strip()[:40]}” is no score.")
    match statement.get("action", "Set").strip().lower():
        case "set":
            return value, True
        case "add":
            return points + value, False
        case "subtract":
            return points - value, False
        case other:
            raise Unfit(f"Line {statement.line}: scores are set or added to, not “{other[:40]}”.")


def _true(test: Element, given: Given, fired: bool) -> bool:
    inside = [one for one in test.children if one.name != "qticomment"]
    values = given.get(test.get("respident"), ())
    if test.name in {"and", "or", "not"}:
        held = [_true(one, given, fired) for one in inside]
        joined = any(held) if test.name == "or" else bool(held) and all(held)
        return joined if test.name != "not" else not joined
    simple: dict[str, Callable[[], bool]] = {
        "other": lambda: not fired,
        "unanswered": lambda: not values,
        "varequal": lambda: any(_equal(test, one) for one in values),
    }
    simple |= dict.fromkeys(_COMPARISONS, lambda: any(_compared(test, one) for one in values))
    if test.name not in simple:
        raise Unfit(f"Line {test.line}: the condition {test.name[:40]} is not read.")
    return simple[test.name]()


def _equal(test: Element, value: str) -> bool:
    wanted = test.text.strip()
    if wanted == value:
        return True
    one, other = number(wanted), number(value)
    if one is not None and other is not None:
        return abs(one - other) <= margin_of(test)
    # QTI 1.2 compares without regard to capitals unless it says otherwise.
    whole = test.get("case", "No").strip().lower() == "yes"
    return not whole and wanted.casefold() == value.casefold()


def _compared(test: Element, value: str) -> bool:
    bound, said = number(test.text), number(value)
    if bound is None:
        raise Unfit(f"Line {test.line}: “{test.text.strip()[:40]}” is no number to compare with.")
    if said is None:
        return False
    match _COMPARISONS[test.name]:
        case ">=":
            return said >= bound
        case "<=":
            return said <= bound
        case ">":
            return said > bound
        case _:
            return said < bound
