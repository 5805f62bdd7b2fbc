"""Pictures in YAML: carried in the file by digest, or standing in a folder beside it."""

import base64
import binascii
import re
from collections.abc import Collection, Mapping

from pydantic import JsonValue

from base.lined_yaml import Document, Problem
from quizbank.files import NoPicture, Picture, address_of, read_picture

_FOLDER = "pictures/"
_NAMED = re.compile(r"(?<=\]\()pictures/([^)\s]+)")


def read_files(document: Document) -> tuple[dict[str, Picture], list[Problem]]:
    """Return the pictures under `files:`, by digest, and what is wrong with the others."""
    listed = document.data.get("files") if isinstance(document.data, dict) else None
    if listed is None:
        return {}, []
    if not isinstance(listed, dict):
        message = "`files:` must hold one line for each picture: its digest, then its content."
        return {}, [Problem(document.line(("files",)), message)]
    files: dict[str, Picture] = {}
    problems: list[Problem] = []
    for digest, encoded in listed.items():
        try:
            files[digest] = _picture(digest, encoded)
        except NoPicture as problem:
            problems.append(Problem(document.line(("files", digest)), f"{digest[:12]}: {problem}"))
    return files, problems


def files_for(pictures: Mapping[str, Picture]) -> dict[str, JsonValue]:
    """Return the pictures as `read_files` reads them back."""
    return {
        digest: base64.encodebytes(picture.content).decode("ascii")
        for digest, picture in sorted(pictures.items())
    }


def with_addresses(data: JsonValue, pictures: Mapping[str, Picture]) -> JsonValue:
    """Return an item's data with `pictures/<name>` replaced by what the picture is called here.

    A figure gets its size from its picture. Names that are not there stay as they are.
    """
    if isinstance(data, str):
        return _NAMED.sub(lambda found: _address(found, pictures), data)
    if isinstance(data, list):
        return [with_addresses(one, pictures) for one in data]
    if not isinstance(data, dict):
        return data
    named = data.get("file")
    picture = pictures.get(named.removeprefix(_FOLDER)) if isinstance(named, str) else None
    if picture and isinstance(named, str) and named.startswith(_FOLDER):
        sized = {"width": picture.width, "height": picture.height}
        data = {**sized, **data, "file": picture.digest}
    return {name: with_addresses(value, pictures) for name, value in data.items()}


def missing_pictures(data: JsonValue, pictures: Collection[str]) -> list[str]:
    """Return the `pictures/<name>` that an item's data names and that are not there."""
    if isinstance(data, str):
        return [name for name in _NAMED.findall(data) if name not in pictures]
    if isinstance(data, list):
        return [name for one in data for name in missing_pictures(one, pictures)]
    if not isinstance(data, dict):
        return []
    named = data.get("file")
    own = named.removeprefix(_FOLDER) if isinstance(named, str) and _FOLDER in named else None
    missing = [own] if own and own not in pictures else []
    return [*missing, *(name for one in data.values() for name in missing_pictures(one, pictures))]


def _picture(digest: str, encoded: JsonValue) -> Picture:
    try:
        content = base64.b64decode("".join(str(encoded).split()), validate=True)
    except (binascii.Error, ValueError):
        raise NoPicture(
            "The picture's text is cut off or was changed. Export the file again."
        ) from None
    picture = read_picture(content)
    if picture.digest != digest:
        raise NoPicture("The picture is not the one that its name says. Export the file again.")
    return picture


def _address(found: re.Match[str], pictures: Mapping[str, Picture]) -> str:
    picture = pictures.get(found[1])
    return address_of(picture.digest) if picture else found[0]
