"""Hypothesis strategies for sound items of every kind and for responses of any shape."""

from datetime import date
from typing import Any

from hypothesis import strategies as st
from pydantic import JsonValue

from quizbank.items import Item, read_item

IDS = ("a", "b", "c", "d", "e", "true", "false")
texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=40
).filter(lambda text: text.strip() != "")
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
            st.sampled_from(("option", "options", "text")) | st.text(max_size=4), inner
        )
    ),
    max_leaves=8,
)
responses: st.SearchStrategy[Any] = (
    json_values
    | st.fixed_dictionaries({"option": json_values})
    | st.fixed_dictionaries({"options": st.lists(st.sampled_from(IDS), max_size=6)})
    | st.fixed_dictionaries({"text": st.text("0123456789.,-+eE \u2212\u00a0", max_size=12)})
)
numbers = st.decimals(
    allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=4
) | st.sampled_from(["0", "-0", "1.500", "1.125", "-2.375", "12345.678", "1E+3", "0.001"])


@st.composite
def _bodies(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(("single_choice", "multiple_response", "true_false", "numeric")))
    if kind == "true_false":
        answer = draw(st.booleans())
        unsafe = draw(st.none() | st.just(not answer))
        reasons = {"reason_true": draw(lines), "reason_false": draw(lines)}
        return {"kind": kind, "answer": answer, "unsafe_answer": unsafe, **reasons}
    if kind == "numeric":
        asked = {"answer": draw(numbers), "tolerance": draw(st.sampled_from(("0", "0.5", "100")))}
        asked |= {"unit": draw(st.sampled_from(("", "mm", "°C")))}
        return {"kind": kind, **asked, "reason": draw(lines), "reason_wrong": draw(lines)}
    return {"kind": kind, "options": draw(_options(keys=1 if kind == "single_choice" else 2))}


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


@st.composite
def _items(draw: st.DrawFn) -> Item:
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
    }
    return read_item(head | draw(_bodies()))


items: st.SearchStrategy[Item] = _items()
