"""Items of QTI as items here: what each interaction becomes, and which are refused by name."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from pydantic import JsonValue

from quizbank.exchange.defaults import NO_MODEL_ANSWER, NO_RUBRIC
from quizbank.exchange.qti import choices as qti_choices
from quizbank.exchange.qti import figures as qti_figures
from quizbank.exchange.qti import pairs as qti_pairs
from quizbank.exchange.qti import typed as qti_typed
from quizbank.exchange.qti.item import Body, QtiItem, identifiers_of, keys_of, parts_of
from quizbank.exchange.qti.texts import Content
from quizbank.exchange.qti.tree import Unfit
from quizbank.exchange.qti.values import Response
from quizbank.exchange.texts import as_markdown
from quizbank.exchange.xml_reading import Element

_REFUSED = {
    "graphicgapmatchinteraction": "labels that are dragged onto a picture",
    "graphicorderinteraction": "an order of places on a picture",
    "graphicassociateinteraction": "places of a picture that are joined",
    "hottextinteraction": "words chosen within a text",
    "uploadinteraction": "a file that is handed in",
    "drawinginteraction": "a drawing",
    "mediainteraction": "sound or film",
    "custominteraction": "a program of its own",
    "portablecustominteraction": "a program of its own",
    "endattemptinteraction": "a button that ends the attempt",
}
_WITHIN_TEXT = frozenset({"textentryinteraction", "inlinechoiceinteraction"})
_MOST_GAPS = 50


def item_body(item: QtiItem) -> Body:
    """Return the fields of an item, but for its head; raises `Unfit`."""
    asked = item.interactions
    names = [one.name for one in asked]
    if not names:
        return _description(item)
    for one in asked:
        if one.name in _REFUSED or (one.name not in _ALONE and one.name not in _WITHIN_TEXT):
            what = _REFUSED.get(one.name, "which is not known")
            raise Unfit(one.line, f"The interaction {one.name} ({what}) is not read.")
    if all(name in _WITHIN_TEXT for name in names):
        return _within_text(item, asked)
    if len(names) > 1:
        raise Unfit(
            asked[1].line,
            f"The item asks {len(asked)} questions ({', '.join(dict.fromkeys(names))}) in one; "
            "make an item of each.",
        )
    return {"stem": item.stem()} | _ALONE[asked[0].name](item, asked[0])


def _description(item: QtiItem) -> Body:
    if item.responses:
        raise Unfit(item.line, "The item has no interaction, so there is nothing to answer.")
    return {"kind": "description", "stem": item.stem()}


def _within_text(item: QtiItem, asked: Sequence[Element]) -> Body:
    sources = "\n".join(one.get("datamarkdown") for one in item.body.walk())
    ids = [_gap_id(sources, one, place) for place, one in enumerate(asked, 1)]
    own = _place_of(ids[0]) in sources
    if len(asked) == 1 and asked[0].name == "textentryinteraction" and not own:
        behind = _behind(item.body, asked[0])[1]
        if not behind:
            return {"stem": item.stem()} | _typed(item, asked[0])
        if _is_unit(behind) and qti_typed.is_number(item.response_of(asked[0])):
            return _with_unit(item, asked[0], behind.strip())
    if len(asked) > _MOST_GAPS:
        raise Unfit(asked[0].line, f"More than {_MOST_GAPS} gaps are not read.")
    if len(asked) > 1 and not item.processing.parts_add_up():
        raise Unfit(
            item.processing.line,
            "What one gap earns depends on the others, which no cloze here does.",
        )
    gaps: list[Body] = []
    best: list[Fraction] = []
    for name, one in zip(ids, asked, strict=True):
        gap, earned = _gap(item, one)
        gaps.append({"id": name} | gap)
        best.append(earned)
    weights = qti_pairs.whole_weights(best)
    places: dict[int, Content | str] = {
        id(one): _place_of(name) for name, one in zip(ids, asked, strict=True)
    }
    weighed: list[JsonValue] = [
        gap | {"weight": weight} for gap, weight in zip(gaps, weights, strict=True)
    ]
    return {"stem": item.stem(places), "kind": "cloze", "gaps": weighed}


def _gap(item: QtiItem, asked: Element) -> tuple[Body, Fraction]:
    response = item.response_of(asked)
    if asked.name == "inlinechoiceinteraction":
        return _list_gap(item, asked, response)
    if qti_typed.is_number(response):
        body, best = _number(item, response)
        kept = {name: said for name, said in body.items() if name != "kind"}
        return {"kind": "number"} | kept, best
    body, best = _words(item, response)
    return body | {"kind": "text"}, best


def _gap_id(sources: str, asked: Element, place: int) -> str:
    """Return a gap's id: the one in the Markdown that the text was made from, or its number."""
    own = asked.get("responseidentifier").removeprefix("_")
    return own if _place_of(own) in sources else f"g{place}"


def _place_of(gap: str) -> str:
    return f"[[{gap}]]"


def _list_gap(item: QtiItem, asked: Element, response: Response) -> tuple[Body, Fraction]:
    parts = parts_of(asked, "inlinechoice")
    names = identifiers_of(parts)
    keys = keys_of(names, asked.line)
    points = [item.score({response.id: one}) for one in names]
    best = max(points, default=Fraction(0))
    if best <= 0:
        raise Unfit(asked.line, "No choice of this gap earns anything.")
    full = [place for place, one in enumerate(points) if one == best]
    right = next((place for place in full if names[place] in response.correct), full[0])
    options: list[JsonValue] = []
    for place, part in enumerate(parts):
        option: Body = {
            "id": keys[names[place]],
            "text": item.texts.plain(part.content),
            "reason": item.reason({response.id: names[place]}, part),
        }
        worth: Body = {"weight": float(points[place] / best)} if points[place] else {}
        options.append(option | ({"correct": True} if place == right else worth))
    return {"kind": "choice", "options": options}, best


def _typed(item: QtiItem, asked: Element) -> Body:
    response = item.response_of(asked)
    if qti_typed.is_number(response):
        return _number(item, response)[0]
    return _words(item, response)[0]


def _words(item: QtiItem, response: Response) -> tuple[Body, Fraction]:
    body, best = qti_typed.text_answers(item, response)
    probes: list[tuple[JsonValue, str]] = [
        ({"text": one}, one) for one in qti_typed.text_probes(item, response)
    ]
    whole = {"kind": "short_answer"} | body
    return qti_typed.proven(item, whole, probes, response, best), best


def _number(item: QtiItem, response: Response) -> tuple[Body, Fraction]:
    body, best = qti_typed.numbers(item, response)
    probes: list[tuple[JsonValue, Fraction]] = [
        ({"text": qti_typed.typed_number(one)}, one)
        for one in qti_typed.number_probes(item, response)
    ]
    whole = {"kind": "numeric"} | body
    return qti_typed.proven(item, whole, probes, response, best), best


def _essay(item: QtiItem, asked: Element) -> Body:
    rubrics = [one for one in item.body.walk() if one.name == "rubricblock"]
    said = [one for one in rubrics if "scorer" in one.get("view").lower().split()]
    guide = item.texts.markdown([Element("div", {}, one.content, one.line) for one in said])
    rubric: list[JsonValue] = [*NO_RUBRIC]
    if guide:
        points = item.best_declared()
        rubric = [{"id": "a", "text": guide, "points": points}]
    else:
        item.warnings.append("The file has no rubric: write one, and how many points it gives.")
    response = item.response_of(asked)
    right = [str(one) for one in response.correct if str(one).strip()]
    answer = as_markdown("\n".join(right)) or NO_MODEL_ANSWER
    return {"kind": "essay", "rubric": rubric, "model_answer": answer}


def _slider(item: QtiItem, asked: Element) -> Body:
    response = item.response_of(asked)
    low, high = asked.get("lowerbound").strip(), asked.get("upperbound").strip()
    if not low or not high:
        raise Unfit(asked.line, "The slider does not say where it begins and ends.")
    prompt = asked.first("prompt")
    limits = Element("p", {}, (f"A number from {low} to {high}.",), asked.line)
    stem = item.stem({id(asked): [*(prompt.content if prompt else ()), limits]})
    item.warnings.append("A slider becomes a number that is typed.")
    return _number(item, response)[0] | {"stem": stem}


def _with_unit(item: QtiItem, asked: Element, unit: str) -> Body:
    """Return a number with the unit that stands behind its field."""
    line = next(one for one in item.body.walk() if any(part is asked for part in one.content))
    before = line.content[: next(at for at, one in enumerate(line.content) if one is asked)]
    stem = item.stem({id(line): before} if line is not item.body else {})
    return {"stem": stem, "unit": unit} | _typed(item, asked)


def _is_unit(behind: str) -> bool:
    return (
        len(behind.split()) == 1 and len(behind.strip()) <= 12 and behind.strip()[0] not in ".,;:!?"
    )


def _behind(element: Element, asked: Element) -> tuple[bool, str]:
    """Tell whether the interaction is in here, and what is read or seen behind it."""
    found, more = False, ""
    for one in element.content:
        if one is asked:
            found = True
        elif isinstance(one, str):
            more += one if found and one.strip() else ""
        elif found and one.name not in _UNSEEN:
            more += " a picture " if one.name in _SEEN else one.full_text
        elif not found:
            found, more = _behind(one, asked)
    return found, more if more.strip() else ""


_SEEN = frozenset({"img", "object"})
_UNSEEN = frozenset({"rubricblock", "feedbackblock", "feedbackinline"})
_Make = Callable[[QtiItem, Element], Body]
_ALONE: dict[str, _Make] = {
    "choiceinteraction": qti_choices.choice,
    "orderinteraction": qti_choices.order,
    "matchinteraction": qti_pairs.match,
    "associateinteraction": qti_pairs.associate,
    "gapmatchinteraction": qti_pairs.gap_match,
    "extendedtextinteraction": _essay,
    "hotspotinteraction": qti_figures.hotspot,
    "selectpointinteraction": qti_figures.points,
    "positionobjectinteraction": qti_figures.points,
    "sliderinteraction": _slider,
}
