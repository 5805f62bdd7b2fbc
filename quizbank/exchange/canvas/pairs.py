"""Matching and ordering of Canvas."""

from fractions import Fraction

from pydantic import JsonValue

from quizbank.exchange.canvas.item import CanvasItem, Label, keys_of
from quizbank.exchange.canvas.marking import NOTHING_EARNS, OTHERWISE, contradicted
from quizbank.exchange.canvas.texts import materials
from quizbank.exchange.moodle.bodies import Body, Unfit
from quizbank.kinds.order_grading import Grading


def matching(item: CanvasItem) -> Body:
    """Return a matching in which every pair earns the same; raises `Unfit`."""
    choices: dict[str, Label] = {}
    for asked in item.asked:
        keys_of(asked.names)
        for one in asked.labels:
            choices.setdefault(one.ident, one)
    if any(one.cardinality != "single" for one in item.asked):
        raise Unfit("A premise may have several matches, which is not known here.")
    if not all(item.texts.plain(one.element) for one in item.asked):
        raise Unfit("A premise has no text, so that nobody can match it; write one or drop it.")
    ids, own = keys_of(choices), keys_of(one.own_name for one in item.asked)
    right = [_match_of(item, place) for place in range(len(item.asked))]
    points = [earned for _, earned in right]
    if max(points) - min(points) > max(points) / 50 or not points[0]:
        raise Unfit("Its pairs earn differently; here every pair earns the same.")
    total = sum(points, Fraction(0))
    chosen = {one.ident: (name,) for one, (name, _) in zip(item.asked, right, strict=True)}
    if item.marking.score(chosen) != total or item.marking.score({}) != 0:
        raise Unfit("What a pair earns depends on the others, which no item here does.")
    item.warnings += item.marking.doubts(total)
    if algorithm := item.settings.get("scoring_algorithm", ""):
        item.warnings += [contradicted(algorithm)] if algorithm == "AllOrNothing" else []
    premises: list[JsonValue] = [
        {
            "id": own[one.own_name],
            "text": item.texts.plain(one.element),
            "choice": ids[name],
            "reason": item.reason(one.ident, name, True),
        }
        for one, (name, _) in zip(item.asked, right, strict=True)
    ]
    offered: list[JsonValue] = [
        {"id": ids[name], "text": item.texts.plain(one.element)} for name, one in choices.items()
    ]
    return {"kind": "matching", "premises": premises, "choices": offered}


def _match_of(item: CanvasItem, place: int) -> tuple[str, Fraction]:
    asked = item.asked[place]
    points = {one.ident: item.marking.score({asked.ident: (one.ident,)}) for one in asked.labels}
    earning = [(name, earned) for name, earned in points.items() if earned > 0]
    if len(earning) != 1:
        raise Unfit(f"Premise {place + 1} has {len(earning)} matches that earn something, not one.")
    return earning[0]


def ordering(item: CanvasItem) -> Body:
    """Return an order that is right as a whole or not at all; raises `Unfit`."""
    asked, marking = item.only, item.marking
    by_name = {one.ident: one for one in asked.labels}
    keys = keys_of(asked.names)
    orders = [
        [one.text.strip() for one in condition.walk() if one.name == "varequal"]
        for condition in marking.scored
    ]
    if len(orders) != 1 or sorted(orders[0]) != sorted(by_name):
        raise Unfit("Its marking is not one right order of all things, so a mark would differ.")
    if any(one.name in {"not", "or"} for one in marking.scored[0].walk()):
        raise Unfit(OTHERWISE)
    best = marking.score({asked.ident: tuple(orders[0])})
    if best <= 0:
        raise Unfit(NOTHING_EARNS)
    item.warnings += marking.doubts(best)
    elements: list[JsonValue] = [
        {
            "id": keys[name],
            "text": item.texts.plain(by_name[name].element),
            "reason": item.reason(asked.ident, name, True),
        }
        for name in orders[0]
    ]
    grading = Grading.ALL_OR_NOTHING.value
    return {"kind": "ordering", "stem": _labelled(item), "elements": elements, "grading": grading}


def _labelled(item: CanvasItem) -> str:
    """Return the question, with what stands above and below the things to order."""
    said = [item.stem()]
    for one in item.only.element.walk():
        if one.name == "material" and one.get("position") in {"top", "bottom"}:
            place = one.get("position").capitalize()
            said += [f"{place}: {item.texts.markdown(one)}"] if [*materials(one)] else []
    return "\n\n".join(filter(None, said))
