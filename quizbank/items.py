"""Items: the union of all kinds, read from and written to plain JSON."""

import re
from collections.abc import Collection, Mapping
from typing import Annotated

from pydantic import Field, JsonValue, TypeAdapter, ValidationError

from quizbank.kinds.case import Case
from quizbank.kinds.cloze_gaps import GAP_KINDS
from quizbank.kinds.plain_items import PLAIN_KINDS, PlainItem

Item = Annotated[PlainItem | Case, Field(discriminator="kind")]
KINDS: tuple[str, ...] = (*PLAIN_KINDS, "case")

# What the models say (Pydantic's own words), and what its author should do.
_SAID = (
    (r"String should have at least 1 char", "write something here."),
    (r"String should have at most (\d+) char.*", r"use at most \1 characters."),
    (r"(Tuple|List) should have at least 1 item", "choose at least one."),
    (r"(Tuple|List) should have at least (\d+) items", r"there must be at least \2."),
    (r"(Tuple|List) should have at most (\d+) items", r"there must be at most \2."),
    (r"String should match pattern '\^\[A-Z\]\{2,6\}", "write it like MF-01."),
    (r"String should match pattern", "use small letters, digits and dashes only."),
    (r"Input should be a valid decimal", "write a number, for example 7.5."),
    (r"Input should be a valid date", "write a day like 2027-11-22."),
    (r"Input should be a valid number", "write a number, for example 0.5."),
    (r"Input should be a valid string", "write or choose something here."),
    (r"Input should be greater than or equal to (\d+)", r"write \1 or more."),
    (r"Input should be greater than (\d+)", r"write more than \1."),
    (r"Input should be less than or equal to (\d+)", r"write \1 or less."),
    (r"Input should be a valid integer", "write a whole number."),
    (r"Input should be a valid dictionary", "write its fields here, such as `id:` and `kind:`."),
)

_ITEM: TypeAdapter[Item] = TypeAdapter(Item)


class Misfit(ValueError):
    """Data that is no item; `problems` pairs the place in the data with a sentence."""

    def __init__(self, problems: list[tuple[tuple[str | int, ...], str]]) -> None:
        self.problems = problems
        super().__init__(" ".join(sentence for _, sentence in problems))

    @property
    def counted(self) -> list[str]:
        """The sentences for who wrote no such fields: parts count from one, “option 2 (text)”."""
        return [
            _counted(path) + sentence.removeprefix(".".join(map(str, path)))
            for path, sentence in self.problems
        ]


def read_item(data: JsonValue) -> Item:
    """Return the item that the data describes; raises `Misfit` with every problem."""
    try:
        return _ITEM.validate_python(data)
    except ValidationError as error:
        problems = error.errors()
        inside = {_path(problem["loc"], data) for problem in problems}
        raise Misfit(
            [
                _problem(_path(problem["loc"], data), problem["msg"], problem["type"])
                for problem in problems
                # A list is called too short as well when its only part is unsound.
                if problem["type"] != "too_short" or not _holds(_path(problem["loc"], data), inside)
            ]
        ) from None


def item_from_json(payload: str) -> Item:
    """Return a stored item; what is stored was valid when it was stored."""
    return _ITEM.validate_json(payload)


def item_to_json(item: Item) -> str:
    """Return the item as JSON, the same text for equal items."""
    return _ITEM.dump_json(item).decode()


def item_to_data(item: Item) -> dict[str, JsonValue]:
    """Return the item as plain data for a file, without fields left at their default."""
    return _ITEM.dump_python(item, mode="json", exclude_defaults=True) | {"kind": item.kind}


def tidied(fields: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Return fields as `item_to_data` writes them where they are an item, else as they are."""
    try:
        return item_to_data(read_item(dict(fields)))
    except Misfit:
        return dict(fields)


_Path = tuple[str | int, ...]


def _path(location: _Path, data: JsonValue) -> _Path:
    """Return the place in the data: Pydantic names the kind of every item on the way as well."""
    path: list[str | int] = []
    for step in location:
        if isinstance(data, dict) and step not in data and step == data.get("kind"):
            continue
        path.append(step)
        data = _part(data, step)
    return tuple(path)


def _part(data: JsonValue, step: str | int) -> JsonValue:
    if isinstance(data, dict) and isinstance(step, str):
        return data.get(step)
    if isinstance(data, list) and isinstance(step, int) and step < len(data):
        return data[step]
    return None


def _holds(path: _Path, inside: Collection[_Path]) -> bool:
    return any(one[: len(path)] == path and len(one) > len(path) for one in inside)


def _problem(path: _Path, message: str, kind_of_problem: str) -> tuple[_Path, str]:
    where = ".".join(str(part) for part in path)
    if kind_of_problem in {"union_tag_invalid", "union_tag_not_found"}:
        place, known = (*path, "kind"), KINDS if not path else PLAIN_KINDS
        if path[-2:-1] == ("gaps",):
            known = GAP_KINDS
        return place, f"{'.'.join(map(str, place))} must be one of {', '.join(known)}."
    if kind_of_problem == "extra_forbidden":
        return path, f"{where}: there is no such field; check its spelling."
    if kind_of_problem == "missing":
        return path[:-1], f"{where} is missing."
    said = _in_plain_words(message)
    return path, f"{where}: {said}" if where else f"{said[0].upper()}{said[1:]}"


def _counted(path: _Path) -> str:
    said = "question" if path[:1] == ("stem",) else ".".join(map(str, path))
    match path:
        case (str(parts), int(place), *fields) if parts.endswith("s"):
            inside = f" ({' '.join(map(str, fields))})" if fields else ""
            return f"{parts.removesuffix('s')} {place + 1}{inside}"
        case _:
            return said


def _in_plain_words(message: str) -> str:
    for pattern, words in _SAID:
        found = re.match(pattern, message)
        if found:
            return found.expand(words)
    return message.removeprefix("Value error, ") + "."
