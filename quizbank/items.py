"""Items: the union of all kinds, read from and written to plain JSON."""

import re
from typing import Annotated

from pydantic import Field, JsonValue, TypeAdapter, ValidationError

from quizbank.kinds.description import Description
from quizbank.kinds.essay import Essay
from quizbank.kinds.matching import Matching
from quizbank.kinds.multiple_response import MultipleResponse
from quizbank.kinds.numeric import Numeric
from quizbank.kinds.ordering import Ordering
from quizbank.kinds.short_answer import ShortAnswer
from quizbank.kinds.single_choice import SingleChoice
from quizbank.kinds.true_false import TrueFalse

Item = Annotated[
    SingleChoice
    | MultipleResponse
    | TrueFalse
    | Numeric
    | ShortAnswer
    | Matching
    | Ordering
    | Essay
    | Description,
    Field(discriminator="kind"),
]
KINDS: tuple[str, ...] = (
    "single_choice",
    "multiple_response",
    "true_false",
    "numeric",
    "short_answer",
    "matching",
    "ordering",
    "essay",
    "description",
)

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
    (r"Input should be less than or equal to (\d+)", r"write \1 or less."),
    (r"Input should be a valid integer", "write a whole number."),
)

_ITEM: TypeAdapter[Item] = TypeAdapter(Item)


class Misfit(ValueError):
    """Data that is no item; `problems` pairs the place in the data with a sentence."""

    def __init__(self, problems: list[tuple[tuple[str | int, ...], str]]) -> None:
        self.problems = problems
        super().__init__(" ".join(sentence for _, sentence in problems))


def read_item(data: JsonValue) -> Item:
    """Return the item that the data describes; raises `Misfit` with every problem."""
    try:
        return _ITEM.validate_python(data)
    except ValidationError as error:
        problems = error.errors()
        inside = {problem["loc"][:2] for problem in problems if len(problem["loc"]) > 2}
        raise Misfit(
            [
                _problem(problem["loc"], problem["msg"], problem["type"])
                for problem in problems
                # A list is called too short as well when its only part is unsound.
                if problem["type"] != "too_short" or problem["loc"] not in inside
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


def _problem(
    location: tuple[str | int, ...], message: str, kind_of_problem: str
) -> tuple[tuple[str | int, ...], str]:
    # Pydantic puts the kind first, then the path inside the item.
    path = location[1:] if location and location[0] in KINDS else location
    where = ".".join(str(part) for part in path)
    if kind_of_problem in {"union_tag_invalid", "union_tag_not_found"}:
        return ("kind",), f"kind must be one of {', '.join(KINDS)}."
    if kind_of_problem == "extra_forbidden":
        return path, f"{where}: there is no such field; check its spelling."
    if kind_of_problem == "missing":
        return path[:-1], f"{where} is missing."
    said = _in_plain_words(message)
    return path, f"{where}: {said}" if where else f"{said[0].upper()}{said[1:]}"


def _in_plain_words(message: str) -> str:
    for pattern, words in _SAID:
        found = re.match(pattern, message)
        if found:
            return found.expand(words)
    return message.removeprefix("Value error, ") + "."
