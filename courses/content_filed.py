"""A content folder's files as they were loaded, and the same with what was changed since.

Reading a file drops its comments, its order and its way of writing. So each is kept as it stood,
beside what the academy would have written for it: where that is the same still, the file is given
back letter by letter, and else with the change in its place.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from base.lined_yaml import Document, parse
from base.yaml_patch import patched
from courses.lessons import FENCE, split_lesson

PICTURES = "pictures"


@dataclass(frozen=True)
class FiledText:
    """A file as it was loaded, and what the academy wrote for it then.

    Of a picture there is no text, and `written` is its digest.
    """

    text: str
    written: str


@dataclass(frozen=True)
class Layout:
    """Where the parts of a course stand in its folder: paths by id, picture names by digest."""

    items: Mapping[str, str] = field(default_factory=dict[str, str])
    cases: Mapping[str, str] = field(default_factory=dict[str, str])
    pictures: Mapping[str, str] = field(default_factory=dict[str, str])


USUAL = Layout()


def layouts(filed: Mapping[str, FiledText]) -> dict[str, Layout]:
    """Return where the parts of each course stood when they were loaded, by the course's slug."""
    found: dict[str, tuple[dict[str, str], dict[str, str], dict[str, str]]] = {}
    for path, one in filed.items():
        slug, _, place = path.partition("/")
        items, cases, pictures = found.setdefault(slug, ({}, {}, {}))
        if place.startswith("items/"):
            items |= dict.fromkeys(_ids(one.written, "items"), place)
        elif place.startswith("cases/"):
            cases |= dict.fromkeys(_ids(one.written, "cases"), place)
        elif place.startswith(f"{PICTURES}/"):
            pictures[one.written] = place.removeprefix(f"{PICTURES}/")
    return {slug: Layout(*parts) for slug, parts in found.items()}


def as_filed(
    written: Mapping[str, bytes], filed: Mapping[str, FiledText]
) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Return the files as they were loaded, with what changed since.

    Also returns the paths of those that had to be written anew, without their comments.
    """
    files, anew = dict(written), list[str]()
    for path, held in written.items():
        one = filed.get(path)
        if one is None or not one.text:
            continue
        text = _changed(path, one, held.decode())
        if text is None:
            anew.append(path)
        else:
            files[path] = text.encode()
    return files, tuple(anew)


def _changed(path: str, filed: FiledText, written: str) -> str | None:
    if written == filed.written:
        return filed.text
    if path.endswith(".md"):
        return _changed_lesson(filed, written)
    return _patched(filed.text, filed.written, written)


def _changed_lesson(filed: FiledText, written: str) -> str | None:
    own, was, now = (split_lesson(one) for one in (filed.text, filed.written, written))
    front = _patched(own[0], was[0], now[0])
    if front is None:
        return None
    body = own[1] if was[1] == now[1] else now[1]
    return f"{FENCE}\n{front.rstrip()}\n{FENCE}\n{body}\n"


def _patched(text: str, old: str, new: str) -> str | None:
    was, now = parse(old), parse(new)
    if not isinstance(was, Document) or not isinstance(now, Document):
        return None
    return text if was.data == now.data else patched(text, was.data, now.data)


def _ids(written: str, name: str) -> list[str]:
    read = parse(written)
    data = read.data if isinstance(read, Document) else None
    entries = data.get(name) if isinstance(data, dict) else None
    named = entries if isinstance(entries, list) else []
    return [str(one["id"]) for one in named if isinstance(one, dict) and "id" in one]
