"""Hypothesis strategies for sound items of every kind and for responses of any shape."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from pydantic import JsonValue

from quizbank.items import Item, read_item
from quizbank.kinds.case import Case
from quizbank.kinds.matching import PairRule
from quizbank.kinds.multiple_response import Rule
from quizbank.kinds.order_grading import Grading

STAGES = ("s1", "s2", "s3")
IDS = ("a", "b", "c", "d", "e", "true", "false")
texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=40
).filter(lambda text: text.strip() != "")
# Words as answers are made of: letters, spaces, and the stars that stand for any characters.
words = st.text("abcé ÅßπI*\\\u00a0", min_size=1, max_size=12).filter(
    lambda text: text.strip("* \u00a0\\") != ""
)
lines = st.lists(texts, min_size=1, max_size=3).map("\n".join)

_scalars = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    | st.sampled_from(IDS)
)  # fmt: skip
json_values: st.SearchStrategy[JsonValue] = st.recursive(
    _scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(("option", "options", "text", "pairs", "order", "a", "b"))
            | st.text(max_size=4),
            inner,
        )
    ),
    max_leaves=8,
)
responses: st.SearchStrategy[Any] = (
    json_values
    | st.fixed_dictionaries({"option": json_values})
    | st.fixed_dictionaries({"regions": st.lists(st.sampled_from(IDS) | json_values, max_size=4)})
    | st.fixed_dictionaries({"points": st.lists(st.lists(st.floats() | st.integers()), max_size=4)})
    | st.fixed_dictionaries(
        {"points": st.lists(st.tuples(st.floats(0, 100), st.floats(0, 80)).map(list), max_size=4)}
    )
    | st.fixed_dictionaries({"options": st.lists(st.sampled_from(IDS), max_size=6)})
    | st.fixed_dictionaries({"text": st.text(max_size=20)})
    | st.fixed_dictionaries(
        {"pairs": st.dictionaries(st.sampled_from(IDS), st.sampled_from(IDS), max_size=5)}
    )
    | st.fixed_dictionaries(
        {"gaps": st.dictionaries(st.sampled_from(("g1", "two", "3")), json_values)}
    )
    | st.fixed_dictionaries({"order": st.lists(st.sampled_from(IDS) | st.none(), max_size=7)})
    | st.fixed_dictionaries(
        {
            "asked": st.lists(st.sampled_from(IDS), max_size=4) | json_values,
            "stages": st.dictionaries(
                st.sampled_from(STAGES), st.fixed_dictionaries({"option": st.sampled_from(IDS)})
            )
            | json_values,
            "done": st.lists(st.sampled_from(STAGES), max_size=4) | json_values,
        }
    )
    | st.fixed_dictionaries({"text": st.text("0123456789.,-+eE \u2212\u00a0", max_size=12)})
    | st.fixed_dictionaries({"text": st.text("0123456789.,-+eEmx^*$ \u2212\u00a0", max_size=12)})
)
numbers = st.decimals(
    allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=4
) | st.sampled_from(["0", "-0", "1.500", "1.125", "-2.375", "12345.678", "1E+3", "0.001"])


_pixels = st.floats(1, 79, allow_nan=False) | st.integers(1, 79)
shapes: st.SearchStrategy[dict[str, Any]] = st.one_of(
    [
        st.fixed_dictionaries(
            {"shape": st.just(shape), "coords": st.tuples(*[_pixels] * numbers).map(list)}
        )
        for shape, numbers in (("circle", 3), ("rect", 4), ("ellipse", 4))
    ]
) | st.fixed_dictionaries(
    {
        "shape": st.just("polygon"),
        "coords": st.lists(st.tuples(_pixels, _pixels), min_size=3, max_size=6, unique=True).map(
            lambda corners: [number for corner in corners for number in corner]
        ),
    }
)
shares = st.sampled_from((0.0, 0.25, 0.3333333, 0.5, 1.0))
GRADINGS = tuple(grading.value for grading in Grading)
KINDS = (
    "single_choice",
    "multiple_response",
    "true_false",
    "numeric",
    "short_answer",
    "matching",
    "ordering",
    "essay",
    "hotspot",
    "description",
    "cloze",
)

_ASKING = tuple(kind for kind in KINDS if kind != "description")


@st.composite
def _bodies(draw: st.DrawFn, kinds: Sequence[str]) -> dict[str, Any]:
    kind = draw(st.sampled_from(kinds))
    return {"kind": kind, **draw(_case() if kind == "case" else _BODIES[kind])}


@st.composite
def _case(draw: st.DrawFn) -> dict[str, Any]:
    facts = [
        {"id": IDS[place], "question": question, "answer": draw(lines), "reason": draw(lines)}
        | {"essential": draw(st.booleans())}
        for place, question in enumerate(draw(_different(0, 3)))
    ]
    stages = [
        {"id": one, "item": draw(_stage_items(kinds)), "consequences": draw(_consequences())}
        # A case asks something, so its first stage does.
        for one, kinds in zip(
            STAGES[: draw(st.integers(1, 3))], (_ASKING, KINDS, KINDS), strict=False
        )
    ]
    return {"pool": draw(st.sampled_from(("exam", "practice"))), "facts": facts, "stages": stages}


@st.composite
def _stage_items(draw: st.DrawFn, kinds: Sequence[str]) -> dict[str, Any]:
    kind = draw(st.sampled_from(kinds))
    return {"kind": kind, "stem": draw(lines), **draw(_BODIES[kind])}


@st.composite
def _consequences(draw: st.DrawFn) -> list[dict[str, Any]]:
    outcomes = st.sampled_from(("right", "partly right", "wrong", "not answered"))
    return [
        {"when": when, "text": draw(lines)}
        for when in draw(st.lists(outcomes, unique=True, max_size=2))
    ]


@st.composite
def _statement(draw: st.DrawFn) -> dict[str, Any]:
    answer = draw(st.booleans())
    unsafe = draw(st.none() | st.just(not answer))
    reasons = {"reason_true": draw(lines), "reason_false": draw(lines)}
    return {"answer": answer, "unsafe_answer": unsafe, **reasons}


@st.composite
def _number(draw: st.DrawFn) -> dict[str, Any]:
    asked = {"answer": draw(numbers), "tolerance": draw(st.sampled_from(("0", "0.5", "100")))}
    if Decimal(str(asked["answer"])):
        asked["tolerance_type"] = draw(st.sampled_from(("nominal", "relative", "geometric")))
    asked |= {"unit": draw(st.sampled_from(("", "mm", "°C")))}
    if asked["unit"]:
        asked |= draw(_units)
    others = [
        {"id": one, "answer": draw(numbers), "fraction": draw(shares), "reason": draw(lines)}
        for one in IDS[: draw(st.integers(0, 3))]
    ]
    return {**asked, "others": others, "reason": draw(lines), "reason_wrong": draw(lines)}


_units = st.just({}) | st.fixed_dictionaries(
    {
        "unit_rule": st.sampled_from(("optional", "required")),
        "units": st.sampled_from(([], [{"text": "m/s²", "factor": "1000"}])),
        "unit_penalty": shares,
        "penalty_of": st.sampled_from(("response", "item")),
    }
)


@st.composite
def _several(draw: st.DrawFn) -> dict[str, Any]:
    rule = draw(st.sampled_from([rule.value for rule in Rule]))
    options = draw(_options(keys=2))
    if rule == "weights":
        for option in options:
            wrong = draw(st.sampled_from((None, 0.0, -0.25, -1.0)))
            option["weight"] = 0.5 if option.get("correct") else wrong
    return {"rule": rule, "options": options}


@st.composite
def _one(draw: st.DrawFn) -> dict[str, Any]:
    options = draw(_options(keys=1))
    for option in options:
        if not option.get("correct") and not option.get("unsafe"):
            option["weight"] = draw(st.none() | shares)
    return {"options": options}


@st.composite
def _typed(draw: st.DrawFn) -> dict[str, Any]:
    said = draw(st.lists(words, min_size=1, max_size=4))
    answers = [
        {"id": IDS[place], "text": text, "reason": draw(lines), "fraction": draw(shares)}
        for place, text in enumerate(said)
    ]
    answers[0]["fraction"] = 1.0
    return {"answers": answers, "case_sensitive": draw(st.booleans())}


@st.composite
def _pairs(draw: st.DrawFn) -> dict[str, Any]:
    asked, offered = draw(_different(2, 5)), draw(_different(2, 5))
    ids = list(IDS[: len(offered)])
    premises = [
        {"id": IDS[place], "text": text, "choice": draw(st.sampled_from(ids)), "reason": "So."}
        for place, text in enumerate(asked)
    ]
    choices = [{"id": one, "text": text} for one, text in zip(ids, offered, strict=True)]
    rule = draw(st.sampled_from(PairRule)).value
    return {"premises": premises, "choices": choices, "rule": rule}


@st.composite
def _order(draw: st.DrawFn) -> dict[str, Any]:
    elements = [
        {"id": IDS[place], "text": text, "reason": draw(lines)}
        for place, text in enumerate(draw(_different(2, 6)))
    ]
    return {"elements": elements, "grading": draw(st.sampled_from(GRADINGS))}


@st.composite
def _places(draw: st.DrawFn) -> dict[str, Any]:
    labels = draw(
        st.lists(
            texts.map(lambda text: " ".join(text.split()) or "x"),
            min_size=2,
            max_size=5,
            unique_by=str.casefold,
        )
    )
    keys = draw(st.integers(1, len(labels) - 1))
    regions = [
        {"id": IDS[place], "label": label, "correct": place < keys, "reason": draw(lines)}
        | draw(shapes)
        for place, label in enumerate(labels)
    ]
    figure = {"file": "0" * 64, "alt": draw(texts), "width": 100, "height": 80}
    choose = draw(st.integers(1, len(labels)))
    return {"figure": figure, "regions": draw(st.permutations(regions)), "choose": choose}


@st.composite
def _essay(draw: st.DrawFn) -> dict[str, Any]:
    rubric: list[dict[str, Any]] = [
        {"id": IDS[place], "text": text, "points": draw(st.integers(2, 20))}
        for place, text in enumerate(draw(_different(1, 4)))
    ]
    for one in rubric:
        given = draw(st.sets(st.integers(0, one["points"] - 1), max_size=3))
        ranked = [*sorted(given), one["points"]] if given else []
        one["levels"] = [{"points": points, "text": draw(texts)} for points in ranked]
    said: dict[str, Any] = {"rubric": rubric, "model_answer": draw(lines)}
    fewest = draw(st.none() | st.integers(1, 50))
    most = draw(st.none() | st.integers(50, 500))
    template = draw(st.sampled_from(("", "1. The skin\n2. The device\n")))
    markers, tolerance = draw(st.sampled_from((1, 2))), draw(shares)
    limits = {"min_words": fewest, "max_words": most, "template": template}
    return said | limits | {"markers": markers, "tolerance": tolerance}


@st.composite
def _gapped(draw: st.DrawFn) -> dict[str, Any]:
    gaps: list[dict[str, Any]] = []
    for name in ("g1", "two", "3")[: draw(st.integers(1, 3))]:
        kind = draw(st.sampled_from(("choice", "text", "number")))
        gaps.append({"kind": kind, "id": name, "weight": draw(st.sampled_from((1, 2, 7)))})
        gaps[-1] |= draw(_GAPS[kind])
    places = draw(st.permutations([f"[[{gap['id']}]]" for gap in gaps]))
    said = draw(st.lists(lines, min_size=len(gaps) + 1, max_size=len(gaps) + 1))
    stem = said[0] + "".join(place + text for place, text in zip(places, said[1:], strict=True))
    return {"gaps": gaps, "stem": stem}


@st.composite
def _choices_of_gap(draw: st.DrawFn) -> dict[str, Any]:
    several = draw(st.booleans())
    body = draw(_several() if several else _one())
    body.pop("rule", None)
    return {"several": several, **body}


def _without(strategy: st.SearchStrategy[dict[str, Any]], *names: str) -> Any:
    return strategy.map(
        lambda body: {name: value for name, value in body.items() if name not in names}
    )


def _different(least: int, most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(
        texts, min_size=least, max_size=most, unique_by=lambda text: text.strip().casefold()
    )


_UNITS = ("unit", "units", "unit_rule", "unit_penalty", "penalty_of")
_GAPS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "choice": _choices_of_gap(),
    "text": _typed(),
    "number": _without(_number(), *_UNITS),
}
_BODIES = {
    "single_choice": _one(),
    "multiple_response": _several(),
    "true_false": _statement(),
    "numeric": _number(),
    "short_answer": _typed(),
    "matching": _pairs(),
    "ordering": _order(),
    "essay": _essay(),
    "hotspot": _places(),
    "description": st.just({}),
    "cloze": _gapped(),
}


@st.composite
def _options(draw: st.DrawFn, keys: int) -> list[dict[str, Any]]:
    said = draw(
        st.lists(texts, min_size=keys + 1, max_size=5, unique_by=lambda t: t.strip().casefold())
    )
    options = [
        {
            "id": IDS[place],
            "text": text,
            "correct": place < keys,
            "reason": draw(lines),
            "unsafe": place >= keys and draw(st.booleans()),
        }
        for place, text in enumerate(said)
    ]
    while len(options) < 3:
        options.append({"id": "x", "text": "Neither of these two", "reason": "No."})
    return draw(st.permutations(options))


def marked_by_machine(item: Item) -> bool:
    """Whether the item is marked, and no person has to."""
    if isinstance(item, Case):
        return all(stage.item.kind != "essay" for stage in item.stages)
    return item.kind not in {"essay", "description"}


@st.composite
def _items(draw: st.DrawFn, kinds: Sequence[str]) -> Item:
    head: dict[str, Any] = {
        "id": draw(st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True)),
        "pool": draw(st.sampled_from(("exam", "practice", "check"))),
        "objective": "MF-01",
        "level": draw(st.sampled_from(("recall", "apply", "analyse"))),
        "critical": draw(st.booleans()),
        "tags": draw(st.lists(st.sampled_from(("eye", "skin-section", "null", "1e3")))),
        "stem": draw(lines),
        "sources": draw(st.lists(st.sampled_from(("S01", "CR", "no")), min_size=1, max_size=3)),
        "reviewed": date(2026, 1, 1),
        "review_due": draw(st.dates(date(2026, 1, 2), date(2030, 1, 1))),
        "enemies": draw(st.lists(st.sampled_from(("tt-90-001", "tt-90-002")), max_size=2)),
        "seconds": draw(st.none() | st.integers(5, 3_600)),
    }
    return read_item(head | draw(_bodies(kinds)))


items: st.SearchStrategy[Item] = _items((*KINDS, "case"))
items_without_stages: st.SearchStrategy[Item] = _items(KINDS)
cases: st.SearchStrategy[Item] = _items(("case",))
texts_with_gaps: st.SearchStrategy[Item] = _items(("cloze",))
places_to_find: st.SearchStrategy[Item] = _items(("hotspot",))
matchings: st.SearchStrategy[Item] = _items(("matching",))
# Those that a machine marks alone.
machine_marked = items.filter(marked_by_machine)
