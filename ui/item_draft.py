"""What an author is writing: kept in this browser's session until it is published or dropped."""

from dataclasses import dataclass
from datetime import date, timedelta
from string import ascii_lowercase

import streamlit as st
from pydantic import JsonValue

from quizbank.items import Item, Misfit, item_to_data, item_to_json, read_item
from ui.item_problems import in_words

_REVIEW_EVERY = timedelta(days=365)
# What a new item begins with, by kind and list.
_FIRST_ROWS = {
    "single_choice": {"options": 4},
    "multiple_response": {"options": 4},
    "short_answer": {"answers": 1},
    "matching": {"premises": 3, "choices": 4},
    "ordering": {"elements": 4},
    "hotspot": {"regions": 3},
    "essay": {"rubric": 2},
}
Fields = dict[str, JsonValue]


@dataclass
class Draft:
    """An item as typed, and the version that it began from (0 for a new one).

    `generation` stands in the keys of the fields, so that another text fills them afresh.
    """

    name: str
    based_on: int
    fields: Fields
    generation: int = 0
    began_as: str = ""

    def key(self, part: str) -> str:
        """Return the key of one field's widget."""
        return f"{self.name}-{self.generation}-{part}"

    def text(self, name: str) -> str:
        """Return a field as text, empty where it is not there yet."""
        value = self.fields.get(name)
        return "" if value is None else str(value)

    def rows(self, name: str) -> list[Fields]:
        """Return a list of parts of the item, in order, to be changed in place."""
        return self.fields.setdefault(name, [])  # pyright: ignore[reportReturnType] always mappings

    @property
    def options(self) -> list[Fields]:
        """The options of the item, in order, to be changed in place."""
        return self.rows("options")


@dataclass(frozen=True)
class Reading:
    """What the draft says as an item, or what keeps it from being one."""

    item: Item | None
    problems: tuple[str, ...]
    changed: bool


def draft_of(item: Item, version: int) -> Draft:
    """Return the draft of an item, begun from its standing version; what was typed is kept."""
    key = f"draft-{item.id}"
    if key not in st.session_state:
        st.session_state[key] = Draft(key, version, item_to_data(item), 0, item_to_json(item))
    draft: Draft = st.session_state[key]
    if draft.based_on != version and not read_draft(draft).changed:
        load(draft, item, version)
    return draft


def new_draft(kind: str, objective: str, today: date) -> Draft:
    """Return the draft of a new item of this kind, empty at the first visit."""
    key = f"draft-new-{kind}"
    if key not in st.session_state:
        st.session_state[key] = Draft(key, 0, _empty(kind, objective, today))
    return st.session_state[key]


def load(draft: Draft, item: Item, version: int) -> None:
    """Drop what was typed and begin from this version."""
    draft.based_on, draft.fields = version, item_to_data(item)
    draft.began_as = item_to_json(item)
    draft.generation += 1


def forget(draft: Draft) -> None:
    """Drop the draft."""
    st.session_state.pop(draft.name, None)


def read_draft(draft: Draft) -> Reading:
    """Return the draft as an item, or every problem in words."""
    try:
        item = read_item(dict(draft.fields))
    except Misfit as misfit:
        problems = dict.fromkeys(in_words(path, said) for path, said in misfit.problems)
        return Reading(None, tuple(problems), True)
    return Reading(item, (), item_to_json(item) != draft.began_as)


def empty_row(taken: list[Fields]) -> Fields:
    """Return a blank part with the first free letter as its id; at most 26 stand in one list."""
    ids = [row["id"] for row in taken]
    free = next(letter for letter in ascii_lowercase if letter not in ids)
    return {"id": free, "text": "", "reason": ""}


def _empty(kind: str, objective: str, today: date) -> Fields:
    fields: Fields = {
        "kind": kind,
        "id": "",
        "pool": "exam",
        "objective": objective,
        "level": "apply",
        "stem": "",
        "sources": [],
        "reviewed": today.isoformat(),
        "review_due": (today + _REVIEW_EVERY).isoformat(),
    }
    for name, number in _FIRST_ROWS.get(kind, {}).items():
        rows: list[Fields] = []
        for _ in range(number):
            rows.append(empty_row(rows))
        fields[name] = [*rows]
    return fields
