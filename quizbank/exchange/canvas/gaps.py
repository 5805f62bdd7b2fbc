"""Blanks and lists in a text of Canvas (`[name]`), and fields between texts, as gaps here."""

from fractions import Fraction
from math import lcm

from pydantic import JsonValue

from quizbank.exchange.canvas.item import Asked, CanvasItem, keys_of, share
from quizbank.exchange.canvas.marking import contradicted
from quizbank.exchange.canvas.texts import materials
from quizbank.exchange.moodle.bodies import Body, Unfit, letter
from quizbank.exchange.xml_reading import Element

_CHOSEN = frozenset({"dropdown", "wordbank"})
# How New Quizzes compares what is typed; other ways are not known here.
_ALIKE = frozenset({"", "TextEquivalence", "TextInChoices", "Equivalence"})
_NEARLY = Fraction(1, 100)
_ALL_COUNT = "Every word listed for a gap counts there, as in Canvas; the file's marking names one."


def gaps_in_text(item: CanvasItem) -> Body:
    """Return a cloze of blanks or lists that the text names in brackets; raises `Unfit`."""
    if not item.asked:
        raise Unfit("It has no gap.")
    names = keys_of(_name_of(item, one) for one in item.asked)
    stem = item.texts.markdown(item.presentation, names)
    dropdowns = item.type == "multiple_dropdowns_question"
    made = [_gap(item, one, dropdowns) for one in item.asked]
    return _cloze(item, stem, [*names.values()], made)


def typed_gaps(item: CanvasItem) -> Body:
    """Return a cloze of fields that stand between texts; raises `Unfit`."""
    said: list[str] = []
    ids = [f"g{place}" for place in range(1, len(item.asked) + 1)]
    for one in _parts(item.presentation) if item.presentation else ():
        own = (name for name, asked in zip(ids, item.asked, strict=True) if asked.element is one)
        place = next(own, "")
        said.append(f"[[{place}]]" if place else item.texts.markdown(_alone(one)))
    made = [_typed(item, one, item.marking.named(one.ident)) for one in item.asked]
    return _cloze(item, " ".join(filter(None, said)), ids, made)


def words_of(said: str) -> str:
    """Return words as a pattern of answers, in which a star stands for itself."""
    return said.replace("*", "\\*")


def _parts(element: Element) -> list[Element]:
    found: list[Element] = []
    for one in element.children:
        if one.name.startswith("response_") or one.name in {"material", "mattext", "matimage"}:
            found.append(one)
        else:
            found += _parts(one)
    return found


def _alone(element: Element) -> Element:
    return element if element.name == "material" else Element("material", {}, (element,), 0)


def _cloze(item: CanvasItem, stem: str, ids: list[str], made: list[tuple[Body, Fraction]]) -> Body:
    marking = item.marking
    if marking.score({}) != 0:
        raise Unfit("It earns something without an answer, which no item does.")
    best = [earned for _, earned in made]
    item.warnings += marking.doubts(sum(best, Fraction(0)))
    if item.settings.get("scoring_algorithm", "") == "AllOrNothing":
        item.warnings.append(contradicted("AllOrNothing"))
    gaps: list[JsonValue] = [
        {"id": name, "weight": weight} | gap
        for name, (gap, _), weight in zip(ids, made, _weights(best), strict=True)
    ]
    return {"kind": "cloze", "stem": stem, "gaps": gaps}


def _weights(best: list[Fraction]) -> list[int]:
    """Return whole numbers that stand to each other as these do, rounding in the file aside."""
    least = min(best)
    ratios = [(one / least).limit_denominator(100) for one in best]
    if any(
        abs(one / least - ratio) > ratio * _NEARLY for one, ratio in zip(best, ratios, strict=True)
    ):
        raise Unfit("What its gaps earn stands in no simple ratio.")
    shared = lcm(*(one.denominator for one in ratios))
    return [int(one * shared) for one in ratios]


def _name_of(item: CanvasItem, asked: Asked) -> str:
    named = asked.own_name
    said = "".join(one.full_text for one in materials(item.presentation or asked.element))
    if f"[{named}]" in said:
        return named
    other = item.texts.plain(asked.element)
    if other and f"[{other}]" in said:
        return other
    raise Unfit(f"The text does not name the gap [{named[:60]}].")


def _gap(item: CanvasItem, asked: Asked, dropdowns: bool) -> tuple[Body, Fraction]:
    if not asked.labels:
        raise Unfit(f"The gap {asked.ident[:60]} offers nothing.")
    kinds = {one.element.get("answer_type") for one in asked.labels}
    ways = {one.element.get("scoring_algorithm") for one in asked.labels}
    if dropdowns or kinds & _CHOSEN:
        return _chosen(item, asked)
    if not ways <= _ALIKE:
        said = ", ".join(sorted(ways - _ALIKE))[:80]
        raise Unfit(f"A gap compares what is typed by {said}, which is not known here.")
    return _listed(item, asked)


def _chosen(item: CanvasItem, asked: Asked) -> tuple[Body, Fraction]:
    keys = keys_of(asked.names)
    points = {one.ident: item.marking.score({asked.ident: (one.ident,)}) for one in asked.labels}
    best = max(points.values())
    if best <= 0:
        raise Unfit(f"Nothing in the gap {asked.ident[:60]} earns anything.")
    right = next(name for name, earned in points.items() if earned == best)
    options: list[JsonValue] = []
    for one in item.written(asked.labels, points):
        option: Body = {
            "id": keys[one.ident],
            "text": item.texts.plain(one.element),
            "correct": one.ident == right,
            "reason": item.reason(asked.ident, one.ident, points[one.ident] == best),
        }
        worth = points[one.ident] and one.ident != right
        options.append(option | ({"weight": share(points[one.ident], best)} if worth else {}))
    return {"kind": "choice", "options": options}, best


def _listed(item: CanvasItem, asked: Asked) -> tuple[Body, Fraction]:
    """Return a gap to type into, whose labels are the words that count."""
    points = {one.ident: item.marking.score({asked.ident: (one.ident,)}) for one in asked.labels}
    best = max(points.values())
    if best <= 0:
        raise Unfit(f"Nothing in the gap {asked.ident[:60]} earns anything.")
    scored = [name for name, earned in points.items() if earned]
    said = {one.ident: item.texts.plain(one.element) for one in asked.labels}
    if len(scored) == 1 and len({one.casefold() for one in said.values()}) > 1:
        item.warnings.append(_ALL_COUNT)
    answers: list[JsonValue] = [
        {
            "id": letter(place),
            "text": words_of(said[name]),
            "fraction": 1.0 if len(scored) == 1 else share(earned, best),
            "reason": item.reason(asked.ident, name, len(scored) == 1 or earned == best),
        }
        for place, (name, earned) in enumerate(points.items())
    ]
    return {"kind": "text", "answers": answers}, best


def _typed(item: CanvasItem, asked: Asked, words: list[str]) -> tuple[Body, Fraction]:
    points = {one: item.marking.score({asked.ident: (one,)}) for one in words}
    best = max(points.values(), default=Fraction(0))
    if best <= 0:
        raise Unfit(f"Nothing in the gap {asked.ident[:60]} earns anything.")
    if any(one.element.name == "response_num" for one in item.asked):
        raise Unfit("A gap for a number is not read; make a question of it.")
    answers: list[JsonValue] = [
        {
            "id": letter(place),
            "text": words_of(one),
            "fraction": share(points[one], best),
            "reason": item.reason(asked.ident, one, points[one] == best),
        }
        for place, one in enumerate(words)
    ]
    return {"kind": "text", "answers": answers}, best
