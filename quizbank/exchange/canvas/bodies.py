"""What the types of Canvas become here; those that have no place are refused by name."""

from collections.abc import Callable
from fractions import Fraction

from pydantic import JsonValue

from quizbank.exchange.canvas.choices import one_of, several_of, statement
from quizbank.exchange.canvas.figures import hotspot
from quizbank.exchange.canvas.gaps import gaps_in_text, typed_gaps, words_of
from quizbank.exchange.canvas.item import CanvasItem, share
from quizbank.exchange.canvas.marking import NO_ANSWER, NOTHING_EARNS
from quizbank.exchange.canvas.numbers import numeric
from quizbank.exchange.canvas.pairs import matching, ordering
from quizbank.exchange.defaults import NO_MODEL_ANSWER, NO_RUBRIC
from quizbank.exchange.moodle.bodies import Body, Unfit, letter
from quizbank.kinds.essay import MOST_POINTS

_REFUSED = {
    "calculated_question": "its numbers are computed by a formula, anew for everybody",
    "formula_question": "its numbers are computed by a formula, anew for everybody",
    "file_upload_question": "files cannot be handed in here",
    "categorization_question": "things cannot be sorted into categories here",
    "error_question": "Canvas could not read it either",
}


def body_of(item: CanvasItem) -> Body:
    """Return the item's own fields; raises `Unfit`."""
    if any(one.name == "itemproc_extension" and one.children for one in item.root.walk()):
        named = "calculated_question"
    else:
        named = item.type if item.type not in {"", "unknown"} else _guessed(item)
    if named not in _MAKE:
        why = _REFUSED.get(named, "it is not known here")
        raise Unfit(f"A question of the type “{named[:60]}” was left out: {why}.")
    body = _MAKE[named](item)
    return body if "stem" in body else {"stem": item.stem()} | body


def _guessed(item: CanvasItem) -> str:
    """Return the type of a question that does not say it, by what it asks for."""
    if not item.asked:
        return "text_only_question"
    names = {one.element.name for one in item.asked}
    several = len(item.asked) > 1
    if names == {"response_xy"}:
        return "hot_spot_question"
    if names == {"response_lid"}:
        return _guessed_choice(item, several)
    if names <= {"response_str", "response_num"}:
        return "typed_gaps" if several else _guessed_typed(item)
    raise Unfit(f"How it is answered ({', '.join(sorted(names))[:80]}) is not known here.")


def _guessed_choice(item: CanvasItem, several: bool) -> str:
    if several and any(one.cardinality == "multiple" for one in item.asked):
        return "categorization_question"
    if several:
        return "matching_question"
    match item.only.cardinality:
        case "ordered":
            return "ordering_question"
        case "multiple":
            return "multiple_answers_question"
        case _:
            said = sorted(item.texts.plain(one.element).casefold() for one in item.only.labels)
            return f"{'true_false' if said == ['false', 'true'] else 'multiple_choice'}_question"


def _guessed_typed(item: CanvasItem) -> str:
    fields = [one for one in item.only.element.walk() if one.name == "render_fib"]
    tests = {one.name for cond in item.marking.conditions for one in cond.walk()}
    numbers = {"vargte", "varlte", "vargt", "varlt"} & tests
    if numbers or any(one.get("fibtype") in {"Decimal", "Integer"} for one in fields):
        return "numerical_question"
    return "short_answer_question" if "varequal" in tests else "essay_question"


def _short_answer(item: CanvasItem) -> Body:
    asked, marking = item.only, item.marking
    if marking.score({}) != 0:
        raise Unfit(NO_ANSWER)
    said = marking.named(asked.ident)
    points = {one: marking.score({asked.ident: (one,)}) for one in said}
    best = max(points.values(), default=Fraction(0))
    # What is typed is none of these words: nothing may be earned by it.
    if marking.score({asked.ident: ("\ufdd0",)}) != 0:
        raise Unfit("Any answer would earn something, which no item does.")
    if best <= 0:
        raise Unfit(NOTHING_EARNS)
    item.warnings += marking.doubts(best)
    cases = {
        one.get("case", "No").strip().lower() == "yes"
        for condition in marking.conditions
        for one in condition.walk()
        if one.name == "varequal"
    }
    if len(cases) > 1:
        raise Unfit("Capitals matter in some of its answers and not in others.")
    answers: list[JsonValue] = [
        {
            "id": letter(place),
            "text": words_of(one),
            "fraction": share(points[one], best),
            "reason": _reason_of_typed(item, asked.ident, one, points[one] == best),
        }
        for place, one in enumerate(said)
    ]
    if rest := item.whole_wrong:
        other: Body = {"id": letter(len(said)), "text": "*", "fraction": 0.0, "reason": rest}
        answers.append(other)
    return {"kind": "short_answer", "answers": answers, "case_sensitive": cases == {True}}


def _reason_of_typed(item: CanvasItem, response: str, value: str, right: bool) -> str:
    return item.reason(response, value, True) if right else item.given(item.own(response, value))


def _essay(item: CanvasItem) -> Body:
    wanted = item.texts.markdown(item.root.first("rubric"))
    notes = item.settings.get("grading_notes", "")
    points = _whole(item.settings.get("points_possible", ""))
    rubric: list[JsonValue] = [*NO_RUBRIC]
    if wanted or notes:
        rubric = [{"id": "a", "text": wanted or notes, "points": points}]
    else:
        item.warnings.append("Write a rubric: the file has no notes for grading.")
    body: Body = {
        "kind": "essay",
        "rubric": rubric,
        "model_answer": item.general or NO_MODEL_ANSWER,
    }
    field = item.asked[0].element if item.asked else None
    if field and field.get("word_limit_enabled", "Yes").strip().lower() in {"yes", "true"}:
        limits = {"min_words": "word_limit_min", "max_words": "word_limit_max"}
        said = {name: field.get(written).strip() for name, written in limits.items()}
        body |= {name: int(n) for name, n in said.items() if _is_count(n)}
    return body


def _is_count(said: str) -> bool:
    return said.isascii() and said.isdecimal() and len(said) < 7 and int(said) > 0


def _whole(said: str) -> int:
    whole = said.split(".", maxsplit=1)[0]
    return min(int(whole), MOST_POINTS) if _is_count(whole) else 1


_MAKE: dict[str, Callable[[CanvasItem], Body]] = {
    "multiple_choice_question": one_of,
    "true_false_question": statement,
    "multiple_answers_question": several_of,
    "short_answer_question": _short_answer,
    "fill_in_multiple_blanks_question": gaps_in_text,
    "multiple_dropdowns_question": gaps_in_text,
    "rich_fill_blank_question": gaps_in_text,
    "typed_gaps": typed_gaps,
    "matching_question": matching,
    "numerical_question": numeric,
    "essay_question": _essay,
    "text_only_question": lambda _: {"kind": "description"},
    "ordering_question": ordering,
    "hot_spot_question": hotspot,
}
