"""A file brought in again: it changes what it says, and nothing that it cannot say."""

import re
from typing import cast

from pydantic import JsonValue

from quizbank.exchange.defaults import (
    NO_DESCRIPTION,
    NO_MODEL_ANSWER,
    NO_REASON,
    NO_RUBRIC,
)
from quizbank.exchange.marked_places import quarters
from quizbank.items import Item, Misfit, item_to_data, read_item
from quizbank.kinds.multiple_response import Rule

Data = dict[str, JsonValue]
# What other systems' files mostly do not carry, so that the bank's word stands.
_OURS = (
    "enemies",
    "seconds",
    "pool",
    "objective",
    "level",
    "critical",
    "sources",
    "reviewed",
    "review_due",
    "unit",
    "unsafe_answer",
    "units",
    "unit_rule",
    "unit_penalty",
    "penalty_of",
    "case_sensitive",
)
_PICTURE = re.compile(r"!\[(?P<alt>(?:\\.|[^\\\]])*)\]\((?P<file>/files/[0-9a-f]{64})\)")
# Files write a share as percent with few decimals.
_ROUNDED = 0.001
_OF_ESSAYS = ("min_words", "max_words", "template", "markers", "tolerance")
_REASONS = ("reason", "reason_wrong", "reason_true", "reason_false")


def as_update(item: Item, standing: Item, says: frozenset[str] = frozenset()) -> Item:
    """Return the imported item with all that its file cannot say as it stands in the bank.

    `says` are the fields that the file's format can say, though others cannot.
    Where the two do not fit together (another kind, an unsafe answer that is right now), the
    imported one is returned with the place, sources and dates of the standing one alone.
    """
    new, old = item_to_data(item), item_to_data(standing)
    placed = new | {name: old[name] for name in _OURS[:9] if name in old}
    if item.kind != standing.kind:
        return read_item(placed)
    ours = (name for name in _OURS if name not in says and name not in new)
    unsaid = {name: old[name] for name in ours if name in old}
    merged = _explained(placed | unsaid, old)
    merged["stem"] = _described(str(new["stem"]), str(old["stem"]))
    for name, parts in new.items():
        if _is_parts(parts):
            merged[name] = _parts(cast(list[Data], parts), old.get(name))
    merged |= _of_kind(item.kind, merged, new, old, says)
    if not new.get("tags") and "tags" in old:
        merged["tags"] = old["tags"]
    try:
        return read_item(merged)
    except Misfit:
        return read_item(placed)


def _of_kind(kind: str, merged: Data, new: Data, old: Data, says: frozenset[str]) -> Data:
    if kind == "essay":
        return _of_essay(new, old, says)
    if kind == "hotspot":
        return _of_hotspot(new, old)
    if kind == "multiple_response" and _are_its_weights(new, old):
        return _by_its_rule(merged, old)
    if kind == "matching" and "rule" in old and "rule" not in says:
        return {"rule": new.get("rule", old["rule"])}
    return {}


def _parts(parts: list[Data], standing: JsonValue) -> JsonValue:
    known = {
        (one.get("id"), one.get("text"), one.get("answer")): one
        for one in cast(list[Data], standing if isinstance(standing, list) else [])
    }
    updated: list[JsonValue] = []
    for part in parts:
        old = known.get((part.get("id"), part.get("text"), part.get("answer")), {})
        kept = {"unsafe": old["unsafe"]} if "unsafe" in old else {}
        nested = {
            name: _parts(cast(list[Data], inner), old.get(name))
            for name, inner in part.items()
            if _is_parts(inner)
        }
        updated.append(_explained(part | kept, old) | nested)
    return updated


def _is_parts(value: JsonValue) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _are_its_weights(new: Data, old: Data) -> bool:
    """Tell whether the weights are those that stand for the bank's rule in formats without one."""
    options = cast(list[Data], new["options"])
    rule = old.get("rule", Rule.NET_CORRECT.value)
    if new.get("rule") != Rule.WEIGHTS.value or rule == Rule.WEIGHTS.value:
        return False
    share = 1 / sum(one.get("correct") is True for one in options)
    cost = 1 if rule == Rule.ALL_OR_NOTHING.value else share
    asked = (share if one.get("correct") else -cost for one in options)
    found = (cast(float, one.get("weight", 0)) for one in options)
    return all(abs(a - b) < _ROUNDED for a, b in zip(asked, found, strict=True))


def _by_its_rule(merged: Data, old: Data) -> Data:
    options = cast(list[Data], merged["options"])
    bare = [{name: said for name, said in one.items() if name != "weight"} for one in options]
    return {"rule": old.get("rule", Rule.NET_CORRECT.value), "options": [*bare]}


def _of_essay(new: Data, old: Data, says: frozenset[str]) -> Data:
    ours = [name for name in _OF_ESSAYS if name not in says and name not in new]
    unsaid = [name for name in ours if name in old]
    unsaid += ["rubric"] if new["rubric"] == [*NO_RUBRIC] else []
    unsaid += ["model_answer"] if new["model_answer"] == NO_MODEL_ANSWER else []
    return {name: old[name] for name in unsaid}


def _of_hotspot(new: Data, old: Data) -> Data:
    """Keep what the picture shows in words, and the wrong places that somebody drew and named."""
    figure, stood = cast(Data, new["figure"]), cast(Data, old["figure"])
    if figure["alt"] == NO_DESCRIPTION and figure["file"] == stood["file"]:
        figure = figure | {"alt": stood["alt"]}
    regions, known = cast(list[Data], new["regions"]), cast(list[Data], old["regions"])
    reasons = {_outline(one): one["reason"] for one in regions if one.get("correct")}
    right = {_outline(one) for one in known if one.get("correct")}
    wrong = [_outline(one) for one in regions if not one.get("correct")]
    if wrong != _beside(figure) or right != reasons.keys() or figure["file"] != stood["file"]:
        return {"figure": figure}
    kept = [
        _explained(one | {"reason": reasons.get(_outline(one), NO_REASON)}, one) for one in known
    ]
    return {"figure": figure, "regions": [*kept]}


def _described(stem: str, stood: str) -> str:
    """Keep what somebody wrote of pictures that the file has no words for."""
    known = {found["file"]: found["alt"] for found in _PICTURE.finditer(stood)}

    def alt(found: re.Match[str]) -> str:
        unknown = found["alt"].startswith(NO_DESCRIPTION)
        said = known.get(found["file"], found["alt"]) if unknown else found["alt"]
        return f"![{said}]({found['file']})"

    return _PICTURE.sub(alt, stem)


def _beside(figure: Data) -> list[tuple[str, str]]:
    """Return what stands beside the right places where a file marks no other."""
    width, height = cast(int, figure["width"]), cast(int, figure["height"])
    return [("rect", str([*one])) for one in quarters(width, height)]


def _outline(region: Data) -> tuple[str, str]:
    return str(region["shape"]), str(region["coords"])


def _explained(fields: Data, old: Data) -> Data:
    unsaid = (name for name in _REASONS if fields.get(name) == NO_REASON and name in old)
    return fields | {name: old[name] for name in unsaid}
