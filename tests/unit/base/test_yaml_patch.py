"""Changes written into YAML as somebody wrote it: all the rest of the text stays as it was."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import JsonValue

from base.lined_yaml import Document, parse
from base.yaml_patch import patched
from base.yaml_text import to_yaml

TEXT = """\
# What stands above.
title: "A title"   # in quotation marks
lessons: [one, two]  # in their order
rules:
  minutes: 60
  # Why so many: see the minutes of May.
  cut: 32
items:
# the first of them
- id: a
  stem: |
    Which one?

  critical: false   # said, though it is usual

# the second
- id: b
  stem: >-
    Another
    one?
"""
DATA: dict[str, JsonValue] = {
    "title": "A title",
    "lessons": ["one", "two"],
    "rules": {"minutes": 60, "cut": 32},
    "items": [
        # A default that the text spells out is not in what the academy writes.
        {"id": "a", "stem": "Which one?\n"},
        {"id": "b", "stem": "Another one?"},
    ],
}


def changed(**fields: JsonValue) -> str:
    text = patched(TEXT, DATA, DATA | fields)
    assert text is not None
    return text


def data_of(text: str) -> JsonValue:
    read = parse(text)
    assert isinstance(read, Document)
    return read.data


def test_what_did_not_change_stays_letter_by_letter() -> None:
    assert patched(TEXT, DATA, DATA) == TEXT


def test_one_field_changes_and_the_remark_behind_it_stays() -> None:
    said = changed(title="Another: title")
    assert said == TEXT.replace('"A title"', "'Another: title'")


def test_a_list_on_one_line_stays_on_one_line() -> None:
    assert changed(lessons=["two", "one"]) == TEXT.replace("[one, two]", "[two, one]")


def test_a_field_deep_inside_changes_alone() -> None:
    assert changed(rules={"minutes": 61, "cut": 32}) == TEXT.replace("60", "61")


def test_a_text_of_several_lines_changes_in_its_entry_alone() -> None:
    first = {"id": "a", "stem": "Which?\n\nOr none?\n"}
    said = changed(items=[first, {"id": "b", "stem": "Another one?"}])
    assert said == TEXT.replace("    Which one?\n", "    Which?\n\n    Or none?\n")


def test_what_the_text_spells_out_is_changed_where_it_stands() -> None:
    first: JsonValue = {"id": "a", "stem": "Which one?\n", "critical": True}
    said = changed(items=[first, {"id": "b", "stem": "Another one?"}])
    assert said == TEXT.replace("critical: false ", "critical: true ")


def test_a_new_entry_comes_behind_the_one_that_it_follows() -> None:
    entries = DATA["items"]
    assert isinstance(entries, list)
    said = changed(items=[*entries, {"id": "c", "stem": "New?"}])
    assert said == TEXT + "- id: c\n  stem: New?\n"


def test_an_entry_goes_and_the_others_stay() -> None:
    said = changed(items=[{"id": "a", "stem": "Which one?\n"}])
    assert said == TEXT.replace("- id: b\n  stem: >-\n    Another\n    one?\n", "")


def test_a_new_field_comes_behind_the_one_before_it_and_one_goes() -> None:
    said = changed(rules={"minutes": 60, "open": True})
    assert data_of(said) == data_of(TEXT) | {"rules": {"minutes": 60, "open": True}}  # pyright: ignore[reportOperatorIssue] both are mappings
    assert "# Why so many" in said


def test_entries_in_another_order_are_written_anew() -> None:
    entries = DATA["items"]
    assert isinstance(entries, list)
    said = changed(items=[*reversed(entries)])
    assert data_of(said) == {**DATA, "items": [*reversed(entries)]}
    assert said.startswith(TEXT.partition("items:")[0])


@pytest.mark.parametrize("broken", ["", "just a text", "- a\n- b\n", "a: [1\n"])
def test_a_text_that_holds_no_fields_is_not_patched(broken: str) -> None:
    assert patched(broken, {"a": 1}, {"a": 2}) is None


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12)
scalars = st.one_of(words, st.integers(-9, 9), st.booleans(), st.none(), st.just("two\nlines\n"))
entries = st.lists(
    st.fixed_dictionaries({"id": st.sampled_from("abcdef")}, optional={"x": scalars, "y": scalars}),
    max_size=5,
    unique_by=lambda one: one["id"],
)
documents = st.fixed_dictionaries(
    {"first": st.just(1)},
    optional={
        "name": scalars,
        "flat": st.lists(words, max_size=3),
        "deep": st.fixed_dictionaries({"k": scalars}, optional={"l": scalars}),
        "items": entries,
    },
)


@settings(max_examples=40, deadline=None)
@given(documents, documents)
def test_whatever_changes_the_text_says_it_afterwards(old: JsonValue, new: JsonValue) -> None:
    assert isinstance(old, dict)
    assert isinstance(new, dict)
    kept = to_yaml(old, ("flat",)).replace("\n- id", "\n# a remark\n- id")
    if data_of(kept) != old:
        return
    said = patched(kept, old, new)
    if said is not None:
        assert data_of(said) == new
        assert said == kept or old != new
