"""Turns what a model refuses into problems that stand on the right line of the file."""

from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel, JsonValue, ValidationError
from pydantic_core import ErrorDetails

from base.lined_yaml import Document, Problem

M = TypeVar("M", bound=BaseModel)


def fit(
    model: type[M], document: Document, added: Mapping[str, JsonValue]
) -> M | tuple[Problem, ...]:
    """Return the model that the document describes, or every problem with it.

    `added` holds fields that the place of the file decides, such as the slug of a lesson.
    """
    if not isinstance(document.data, dict):
        return (Problem(document.line(()), "Here must stand `field: value` lines."),)
    given = [field for field in added if field in document.data]
    if given:
        message = f"{given[0]} must not stand here; the name of the file decides it."
        return (Problem(document.line(given[:1]), message),)
    try:
        return model.model_validate({**document.data, **added})
    except ValidationError as error:
        return tuple(_problem(details, document) for details in error.errors())


def _problem(details: ErrorDetails, document: Document) -> Problem:
    path = details["loc"]
    where = ".".join(str(part) for part in path)
    if details["type"] == "extra_forbidden":
        return Problem(document.line(path), f"{where}: there is no such field; check its spelling.")
    if details["type"] == "missing":
        return Problem(document.line(path[:-1]), f"{where} is missing.")
    said = details["msg"].removeprefix("Value error, ").replace("valid tuple", "list")
    sentence = f"{where}: {said}." if where else f"{said[0].upper()}{said[1:]}."
    return Problem(document.line(path), sentence)
