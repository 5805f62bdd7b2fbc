"""Items as YAML: a file with one list under `items:`, and their pictures under `files:`.

One broken item never stops the others, and is never half-read.
"""

from collections.abc import Mapping, Sequence

from pydantic import JsonValue

from base.lined_yaml import Document, Problem
from base.yaml_text import to_yaml
from quizbank.exchange.items_read import ItemsRead, LinedItem
from quizbank.exchange.yaml_entries import documents
from quizbank.exchange.yaml_files import (
    files_for,
    missing_pictures,
    read_files,
    with_addresses,
)
from quizbank.files import NO_PICTURES, Picture
from quizbank.items import Item, Misfit, item_to_data, read_item


def read_items(text: str, beside: Mapping[str, Picture] = NO_PICTURES) -> ItemsRead:
    """Read a YAML file of items; never raises.

    `beside` holds what stands in the folder `pictures` beside the file, by name; items may show
    it as `![what it shows](pictures/<name>)`.
    """
    items: dict[str, LinedItem] = {}
    files: dict[str, Picture] = {}
    problems: list[Problem] = []
    for document in documents(text):
        if isinstance(document, Problem):
            problems.append(document)
            continue
        pictures, wrong = read_files(document)
        files |= pictures
        problems += wrong
        _read_entries(document, beside, items, problems)
    files |= {picture.digest: picture for picture in beside.values()}
    return ItemsRead(tuple(items.values()), tuple(problems), files)


def write_items(items: Sequence[Item], pictures: Mapping[str, Picture] = NO_PICTURES) -> str:
    """Return the items as YAML that `read_items` reads back equal, pictures and all."""
    data: dict[str, JsonValue] = {"items": [item_entry(item) for item in items]}
    if pictures:
        data["files"] = files_for(pictures)
    return to_yaml(data)


def _read_entries(
    document: Document,
    beside: Mapping[str, Picture],
    items: dict[str, LinedItem],
    problems: list[Problem],
) -> None:
    entries = document.data.get("items") if isinstance(document.data, dict) else None
    if not isinstance(entries, list):
        problems.append(Problem(1, "The file must hold one list under `items:`."))
        return
    for place, entry in enumerate(entries):
        missing = dict.fromkeys(missing_pictures(entry, beside))
        problems += [
            Problem(document.line(("items", place)), f"The picture pictures/{name} is not there.")
            for name in missing
        ]
        if not missing:
            _read_entry(document, place, with_addresses(entry, beside), items, problems)


def _read_entry(
    document: Document,
    place: int,
    entry: JsonValue,
    items: dict[str, LinedItem],
    problems: list[Problem],
) -> None:
    line = document.line(("items", place))
    try:
        item = read_item(entry)
    except Misfit as misfit:
        named = entry.get("id", place + 1) if isinstance(entry, dict) else place + 1
        problems.extend(
            Problem(document.line(("items", place, *path)), f"Item {named}: {sentence}")
            for path, sentence in misfit.problems
        )
        return
    earlier = items.get(item.id)
    if earlier:
        problems.append(
            Problem(line, f"Item {item.id}: line {earlier.line} has the same id; rename one.")
        )
        return
    items[item.id] = LinedItem(item, line)


_FIELDS = (
    "id",
    "title",
    "origin",
    "kind",
    "pool",
    "objective",
    "level",
    "critical",
    "tags",
    "stem",
)


def item_entry(item: Item) -> dict[str, JsonValue]:
    """Return an item as an entry of a file, in the usual order of its fields."""
    data = item_to_data(item)
    first = {name: data[name] for name in _FIELDS if name in data}
    return first | data
