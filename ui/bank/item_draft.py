"""What an author is writing on this screen, beside what is saved of it."""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from string import ascii_lowercase

import streamlit as st
from pydantic import JsonValue

from base.ids import new_id
from quizbank.items import Item, Misfit, item_to_data, read_item, tidied
from quizbank.queries.item_page import ItemPage
from ui.bank.item_problems import in_words

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
    "case": {"facts": 2, "stages": 2},
}
Fields = dict[str, JsonValue]


@dataclass
class Draft:
    """An item as typed on this screen, and the saved draft that it goes on from.

    `based_on` is the version that it began from (0 for a new one), `revision` the saved draft's (0
    where nothing is saved). `item_id` is empty until a new item has its id. `generation` stands in
    the keys of the fields, so that another text fills them afresh, and `saved` is what is stored.
    """

    name: str
    item_id: str
    based_on: int
    fields: Fields
    revision: int = 0
    standing: Fields = field(default_factory=dict[str, JsonValue])
    saved: Fields | None = None
    saved_at: datetime | None = None
    generation: int = 0

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


def draft_of(page: ItemPage) -> Draft:
    """Return the draft of an item: what was typed here, else what is saved, else what stands."""
    key = f"draft-{page.item_id}"
    if key not in st.session_state:
        st.session_state[key] = Draft(key, page.item_id, page.version, {})
        load(st.session_state[key], page)
    return st.session_state[key]


def new_draft(kind: str, objective: str, today: date) -> Draft:
    """Return the draft of a new item of this kind, empty at the first visit."""
    key = f"draft-new-{kind}"
    if key not in st.session_state:
        name = f"{key}-{new_id()}"
        st.session_state[key] = Draft(name, "", 0, _empty(kind, objective, today))
    return st.session_state[key]


def load(draft: Draft, page: ItemPage) -> None:
    """Drop what was typed and begin from what is saved, or from what stands."""
    draft.standing = item_to_data(page.published) if page.published else {}
    draft.based_on, draft.revision, draft.saved_at = page.version, 0, None
    draft.fields = deepcopy(draft.standing)
    if page.change:
        summary = page.change.summary
        draft.based_on, draft.revision = summary.based_on, summary.revision
        draft.fields, draft.saved_at = deepcopy(page.change.fields), summary.updated_at
    elif page.dropped:
        draft.fields = deepcopy(page.dropped.fields)
    draft.saved = None
    draft.generation += 1


def is_current(draft: Draft, page: ItemPage) -> bool:
    """Tell whether the draft goes on from what is saved, or from what stands."""
    if page.change:
        return draft.revision == page.change.summary.revision
    return draft.revision == 0 and draft.based_on == page.version


def is_unsaved(draft: Draft) -> bool:
    """Tell whether something was typed that is not saved; asked after the form was drawn."""
    return draft.saved is not None and essence(draft.fields) != draft.saved


def note_drawn(draft: Draft) -> None:
    """Take what the form shows at first as what is saved: drawing it fills in defaults."""
    if draft.saved is None:
        draft.saved = essence(draft.fields)


def note_saved(draft: Draft, item_id: str, revision: int, at: datetime) -> None:
    """Note that the draft is stored under this id and revision."""
    st.session_state.pop(f"draft-new-{draft.text('kind')}", None)
    st.session_state.pop(f"draft-{draft.item_id}", None)
    st.session_state[f"draft-{item_id}"] = draft
    draft.item_id, draft.revision, draft.saved_at = item_id, revision, at
    draft.saved = essence(draft.fields)


def forget(draft: Draft) -> None:
    """Drop the draft of this screen."""
    st.session_state.pop(f"draft-{draft.item_id}", None)


def essence(fields: Fields) -> Fields:
    """Return what fields say, without what they leave open: two texts alike are equal."""
    said = deepcopy(tidied(fields))
    return {name: _pruned(value) for name, value in said.items() if not _open(_pruned(value))}


def read_draft(draft: Draft) -> Reading:
    """Return the draft as an item, or every problem in words."""
    try:
        item = read_item(dict(draft.fields))
    except Misfit as misfit:
        problems = dict.fromkeys(in_words(path, said) for path, said in misfit.problems)
        return Reading(None, tuple(problems), True)
    return Reading(item, (), item_to_data(item) != draft.standing)


def _pruned(value: JsonValue) -> JsonValue:
    if isinstance(value, dict):
        return {name: _pruned(one) for name, one in value.items() if not _open(_pruned(one))}
    if isinstance(value, list):
        return [_pruned(one) for one in value]
    return value


def _open(value: JsonValue) -> bool:
    return value is None or value is False or value in ("", [], {})


def empty_row(taken: list[Fields]) -> Fields:
    """Return a blank part with the first free letter as its id; at most 26 stand in one list."""
    ids = [row["id"] for row in taken]
    free = next(letter for letter in ascii_lowercase if letter not in ids)
    return {"id": free, "text": "", "reason": ""}


def empty_body(kind: str) -> Fields:
    """Return what a new item of this kind begins with, beside the fields that all kinds have."""
    fields: Fields = {"kind": kind, "stem": ""}
    for name, number in _FIRST_ROWS.get(kind, {}).items():
        rows: list[Fields] = []
        for _ in range(number):
            rows.append(empty_row(rows))
        fields[name] = [*rows]
    return fields


def _empty(kind: str, objective: str, today: date) -> Fields:
    return {
        "id": "",
        "pool": "exam",
        "objective": objective,
        "level": "apply",
        "sources": [],
        "reviewed": today.isoformat(),
        "review_due": (today + _REVIEW_EVERY).isoformat(),
        **empty_body(kind),
    }
