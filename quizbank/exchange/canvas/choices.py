"""Choices of Canvas: one, true or false, several. Marks stay what the file's own marking gives."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import chain, combinations

from pydantic import JsonValue

from quizbank.exchange.canvas.item import CanvasItem, Label, keys_of, share
from quizbank.exchange.canvas.marking import (
    BELOW_NOTHING,
    NO_ANSWER,
    NOTHING_EARNS,
    OTHERWISE,
    contradicted,
)
from quizbank.exchange.moodle.bodies import Body, Unfit
from quizbank.kinds.multiple_response import Rule

_UNMENTIONED = (
    "Choosing everything would earn the whole mark, because its condition does not say that wrong "
    "answers must be left; write <not> around each of them."
)
# All choices among ten options are compared one by one.
_MOST_COMPARED = 10


def one_of(item: CanvasItem) -> Body:
    """Return a single choice; raises `Unfit`."""
    points, best = _points(item)
    full = [name for name, earned in points.items() if earned == best]
    called = item.marking.called_correct()
    right = next((name for name in full if name in called), full[0])
    options: list[JsonValue] = []
    for one, key in _keyed(item, points):
        option: Body = {
            "id": key,
            "text": item.texts.markdown(one.element),
            "reason": item.reason(item.only.ident, one.ident, one.ident in full),
        }
        if one.ident == right:
            option["correct"] = True
        elif points[one.ident]:
            option["weight"] = share(points[one.ident], best)
        options.append(option)
    return {"kind": "single_choice", "options": options}


def statement(item: CanvasItem) -> Body:
    """Return true or false, or a single choice of other words; raises `Unfit`."""
    points, best = _points(item)
    said = {item.texts.plain(one.element).casefold(): one for one in item.only.labels}
    said |= {one.ident.casefold(): one for one in item.only.labels if len(said) != 2}
    if {*said} != {"true", "false"} or 0 not in points.values():
        item.warnings.append("Its answers are not true and false, so it is a single choice here.")
        return one_of(item)
    true, false = said["true"], said["false"]
    answer = points[true.ident] == best
    asked = item.only.ident
    return {
        "kind": "true_false",
        "answer": answer,
        "reason_true": item.reason(asked, true.ident, answer),
        "reason_false": item.reason(asked, false.ident, not answer),
    }


def _points(item: CanvasItem) -> tuple[dict[str, Fraction], Fraction]:
    asked, marking = item.only, item.marking
    if marking.score({}) != 0:
        raise Unfit(NO_ANSWER)
    points = {one.ident: marking.score({asked.ident: (one.ident,)}) for one in asked.labels}
    best = max(points.values(), default=Fraction(0))
    if best > 0:
        item.warnings += marking.doubts(best)
        return points, best
    called = [one for one in points if one in marking.called_correct()]
    if len(called) != 1:
        raise Unfit(NOTHING_EARNS)
    said = "Every answer earns 0 points in the file; the one that it calls correct is the key here."
    item.warnings.append(said)
    return {one: Fraction(one == called[0]) for one in points}, Fraction(1)


def _keyed(item: CanvasItem, points: Mapping[str, Fraction]) -> list[tuple[Label, str]]:
    """Return the answers with their ids, without those that are empty and earn nothing."""
    keys = keys_of(item.only.names)
    return [(one, keys[one.ident]) for one in item.written(item.only.labels, points)]


def several_of(item: CanvasItem) -> Body:
    """Return multiple response by the rule that marks alike; raises `Unfit`."""
    asked, marking = item.only, item.marking
    names = [one.ident for one in asked.labels]

    def score(*chosen: str) -> Fraction:
        return marking.score({asked.ident: chosen})

    if score() != 0:
        raise Unfit(NO_ANSWER)
    added = all(
        one.get("action", "Set").strip().lower() == "add"
        for condition in marking.scored
        for one in condition.all("setvar")
    )
    earned = _added(item, names) if added else _all_or_nothing(item, names)
    keys = {name for name in names if earned[name] > 0}
    if not keys:
        raise Unfit(NOTHING_EARNS)
    best = sum((earned[name] for name in keys), Fraction(0))
    rule = Rule.WEIGHTS if added else Rule.ALL_OR_NOTHING
    wrong = {earned[name] for name in names if name not in keys}
    if (
        added
        and {earned[name] for name in keys} == {best / len(keys)}
        and wrong == {-best / len(keys)}
    ):
        rule = Rule.NET_CORRECT
    item.warnings += marking.doubts(best)
    _prove(rule, keys, earned, score, best)
    algorithm = item.settings.get("scoring_algorithm", "")
    if not added and algorithm not in {"", "AllOrNothing"}:
        item.warnings.append(contradicted(algorithm))
    options: list[JsonValue] = []
    for one, key in _keyed(item, earned):
        weighs = rule is Rule.WEIGHTS and earned[one.ident]
        weight: Body = {"weight": max(share(earned[one.ident], best), -1.0)} if weighs else {}
        option: Body = {
            "id": key,
            "text": item.texts.markdown(one.element),
            "correct": one.ident in keys,
            "reason": item.reason(asked.ident, one.ident, one.ident in keys),
        }
        options.append(option | weight)
    return {"kind": "multiple_response", "rule": rule.value, "options": options}


def _added(item: CanvasItem, names: list[str]) -> dict[str, Fraction]:
    """Return what each choice adds; every condition must ask for one choice alone."""
    earned = dict.fromkeys(names, Fraction(0))
    for condition in item.marking.scored:
        variable = condition.first("conditionvar")
        match variable.children if variable else ():
            case [test] if test.name == "varequal" and test.text.strip() in earned:
                name = test.text.strip()
            case _:
                raise Unfit(OTHERWISE)
        before = earned[name]
        for one in condition.all("setvar"):
            earned[name] += Fraction(one.text.strip()) if one.text.strip() else 0
        if before:
            raise Unfit(f"The choice {name[:40]} is marked twice.")
    if min(earned.values()) < 0 and item.marking.lowest is None:
        raise Unfit(BELOW_NOTHING)
    return earned


def _all_or_nothing(item: CanvasItem, names: list[str]) -> dict[str, Fraction]:
    """Return a share for every key, where one condition asks for all of them and no other."""
    best = Fraction(0)
    keys: set[str] = set()
    for condition in item.marking.scored:
        tests = [one for one in condition.walk() if one.name == "varequal"]
        shut = {
            id(one)
            for test in condition.walk()
            if test.name == "not"
            for one in test.walk()
            if one.name == "varequal"
        }
        wanted = {one.text.strip() for one in tests if id(one) not in shut} & {*names}
        given = tuple(one for one in names if one in wanted)
        earned = item.marking.score({item.only.ident: given})
        if earned > best:
            best, keys = earned, wanted
    if best <= 0:
        raise Unfit(NOTHING_EARNS)
    if len(keys) < len(names) and item.marking.score({item.only.ident: tuple(names)}) > 0:
        raise Unfit(_UNMENTIONED)
    each = best / len(keys)
    return {one: each if one in keys else Fraction(0) for one in names}


def _prove(
    rule: Rule,
    keys: set[str],
    earned: Mapping[str, Fraction],
    score: Callable[..., Fraction],
    best: Fraction,
) -> None:
    names = [*earned]
    sizes = range(len(names) + 1) if len(names) <= _MOST_COMPARED else (1, 2, len(names) - 1)
    for chosen in chain.from_iterable(combinations(names, size) for size in sizes):
        if rule is Rule.ALL_OR_NOTHING:
            mine = best * ({*chosen} == keys)
        else:
            mine = max(sum((earned[one] for one in chosen), Fraction(0)), Fraction(0))
        if mine != score(*chosen):
            raise Unfit(OTHERWISE)
