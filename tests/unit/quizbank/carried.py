"""Items as they must come back from a file: parts with new ids, and without what is lost."""

from typing import Any

from quizbank.exchange.cloze.writer import cloze_changes
from quizbank.exchange.defaults import NO_REASON
from quizbank.items import Item, item_to_data, read_item
from quizbank.kinds.cloze import Cloze

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def relettered(parts: list[dict[str, Any]], prefix: str = "") -> list[dict[str, Any]]:
    """The parts with ids by their place: letters, or numbers behind a prefix."""
    names = [f"{prefix}{n}" for n in range(1, 30)] if prefix else [*LETTERS]
    return [{**part, "id": names[place]} for place, part in enumerate(parts)]


def plain_part(part: dict[str, Any]) -> dict[str, Any]:
    """The part without what is unsafe, and without a weight that is nothing."""
    lost = {"unsafe"} if part.get("weight") else {"unsafe", "weight"}
    return {name: value for name, value in part.items() if name not in lost}


def with_plain_parts(data: dict[str, Any]) -> dict[str, Any]:
    """The fields with plain parts that have letters as ids."""
    for name in {"options", "answers", "others", "elements"} & {*data}:
        data[name] = relettered([plain_part(part) for part in data[name]])
    return data


def rematched(data: dict[str, Any]) -> dict[str, Any]:
    """The fields of a matching with ids by their place, choices in the order of their premises."""
    texts_of = {part["id"]: part["text"] for part in data["choices"]}
    asked = dict.fromkeys(part["choice"] for part in data["premises"])
    order = [*asked, *(one for one in texts_of if one not in asked)]
    names = {one: f"c{place}" for place, one in enumerate(order, 1)}
    data["choices"] = [{"id": names[one], "text": texts_of[one]} for one in order]
    premises = relettered(data["premises"], "p")
    data["premises"] = [part | {"choice": names[part["choice"]]} for part in premises]
    return data


def unexplained(data: dict[str, Any]) -> dict[str, Any]:
    """The fields without reasons for pairs and places in an order."""
    for name in {"premises", "elements"} & {*data}:
        data[name] = [part | {"reason": NO_REASON} for part in data[name]]
    return data


def carried_in_a_package(item: Item, head: dict[str, Any]) -> Item:
    """The item as QTI 1.2 or 2.2 gives it back: weights that are all alike have a rule's name."""
    data: Any = item_to_data(item) | head
    for name in ("critical", "unsafe_answer", "tags", "enemies", "seconds"):
        data.pop(name, None)
    if "options" in data:
        data["options"] = [plain_part(one) for one in data["options"]]
    if data.get("rule") == "weights" and _are_alike(data["options"]):
        data["rule"] = "net_correct"
        for option in data["options"]:
            option.pop("weight")
    return read_item(data)


def carried_gaps(item: Cloze) -> dict[str, Any]:
    """The fields as Moodle's texts with gaps give them back: one line each, ids by their place."""
    data: Any = item_to_data(item)
    stem = item.stem
    for place, gap in enumerate(item.placed, 1):
        stem = stem.replace(f"[[{gap.id}]]", f"[[g{place}#]]")
    gaps = {gap["id"]: gap for gap in data["gaps"]}
    placed = [gaps[gap.id] | {"id": f"g{place}"} for place, gap in enumerate(item.placed, 1)]
    for gap in map(with_plain_parts, placed):
        for name in {"options", "answers", "others"} & {*gap}:
            gap[name] = [_on_one_line(one) for one in gap[name]]
        gap.update(_on_one_line(gap))
    return data | {"stem": stem.replace("#]]", "]]"), "gaps": placed}


def _on_one_line(part: dict[str, Any]) -> dict[str, Any]:
    said = {"text", "reason", "reason_wrong"} & {*part}
    return part | {name: " ".join(part[name].split()) for name in said}


def gaps_come_back(item: Item) -> bool:
    """Whether Moodle's texts with gaps say the item's marking as it is; the others are named."""
    return isinstance(item, Cloze) and not {*cloze_changes(item)} - {"what is unsafe"}


def _are_alike(options: list[dict[str, Any]]) -> bool:
    right = {one["weight"] for one in options if one.get("correct")}
    wrong = {one.get("weight", 0) for one in options if not one.get("correct")}
    return len(right) == 1 and wrong == {-max(right)}
