"""The form of an item: the fields that every kind has, around those of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from quizbank.kinds.item import (
    Level,
    Pool,
)
from quizbank.sources import Source
from ui.bank.item_draft import Draft
from ui.bank.picture_entry import offer_picture
from ui.bank.words import LEVELS, POOLS
from ui.editors import (
    case,
    cloze,
    description,
    essay,
    hotspot,
    matching,
    multiple_response,
    numeric,
    ordering,
    short_answer,
    single_choice,
    true_false,
)
from ui.entries import short

_EDITORS = {
    "cloze": cloze.edit,
    "single_choice": single_choice.edit,
    "multiple_response": multiple_response.edit,
    "true_false": true_false.edit,
    "numeric": numeric.edit,
    "short_answer": short_answer.edit,
    "matching": matching.edit,
    "ordering": ordering.edit,
    "hotspot": hotspot.edit,
    "essay": essay.edit,
    "description": description.edit,
}


@dataclass(frozen=True)
class Known:
    """What to choose from: objectives, sources to cite, and an id that is free for a new item."""

    objectives: tuple[str, ...]
    sources: tuple[Source, ...]
    free_id: str = ""


def edit_item(draft: Draft, known: Known) -> None:
    """Draw the form; whatever is typed is in the draft when this returns.

    A new item has its id among the fields.
    """
    _edit_body(draft, "Question")
    offer_picture(draft)
    st.header("Where it belongs")
    _edit_place(draft, known)
    st.header("Sources and review")
    _edit_sources(draft, known.sources)
    _edit_review(draft)
    st.header("In a form")
    _edit_use(draft)


def edit_question(draft: Draft) -> None:
    """Draw only the question and what belongs to its kind, as for a correction of its key."""
    _edit_body(draft, "Question")


def _edit_body(draft: Draft, label: str) -> None:
    is_case = draft.fields["kind"] == "case"
    draft.fields["stem"] = st.text_area(
        "What the trainee reads first" if is_case else label,
        value=draft.text("stem"),
        key=draft.key("stem"),
        height="content",
    )
    if is_case:
        case.edit(draft, _edit_body)
    else:
        _EDITORS[str(draft.fields["kind"])](draft)


def _edit_place(draft: Draft, known: Known) -> None:
    with st.container(horizontal=True):
        _choose(draft, "pool", "Pool", POOLS, [one.value for one in Pool])
        _choose(draft, "level", "Level", LEVELS, [one.value for one in Level])
        _choose_objective(draft, known.objectives)
        if draft.based_on == 0:
            # Another objective has other ids free, so the field begins afresh with it.
            key = draft.key(f"id-{draft.text('objective')}")
            typed = st.text_input("Id", value=draft.text("id") or known.free_id, key=key, width=200)
            draft.fields["id"] = typed.strip()
    draft.fields["title"] = st.text_input(
        "Title, for authors only (may stay empty)",
        value=draft.text("title"),
        key=draft.key("title"),
        max_chars=200,
    )
    draft.fields["critical"] = st.checkbox(
        "Critical: a miss fails the exam, whatever the score",
        value=bool(draft.fields.get("critical")),
        key=draft.key("critical"),
        wrap=True,
    )
    tags = _texts(draft, "tags")
    draft.fields["tags"] = [
        *st.multiselect(
            "Topics; the first one names what was missed, where the question is not shown",
            tags,
            default=tags,
            key=draft.key("tags"),
            accept_new_options=True,
            placeholder="Type a topic, such as skin-layers",
        )
    ]


def _choose_objective(draft: Draft, known: Sequence[str]) -> None:
    key, standing = draft.key("objective"), draft.text("objective")

    def changed() -> None:
        draft.fields["objective"] = st.session_state[key] or ""
        if draft.based_on == 0:
            draft.fields["id"] = ""

    objectives = [*known, *([] if standing in known else [standing])]
    st.selectbox(
        "Objective",
        objectives,
        index=objectives.index(standing),
        key=key,
        on_change=changed,
        accept_new_options=True,
        width=200,
    )


def _edit_sources(draft: Draft, sources: Sequence[Source]) -> None:
    citations = {source.key: source.citation for source in sources}
    standing = _texts(draft, "sources")
    draft.fields["sources"] = [
        *st.multiselect(
            "Sources",
            [*citations, *(key for key in standing if key not in citations)],
            default=standing,
            key=draft.key("sources"),
            format_func=lambda key: f"{key} · {short(citations.get(key, 'unknown'), 70)}",
            placeholder="Choose at least one",
            wrap=True,
        )
    ]


def _edit_review(draft: Draft) -> None:
    with st.container(horizontal=True):
        for name, label in (("reviewed", "Reviewed on"), ("review_due", "Review due on")):
            chosen = st.date_input(
                label,
                value=date.fromisoformat(draft.text(name)) if draft.text(name) else None,
                key=draft.key(name),
                format="YYYY-MM-DD",
                width=200,
            )
            draft.fields[name] = chosen.isoformat() if isinstance(chosen, date) else ""


def _edit_use(draft: Draft) -> None:
    enemies = _texts(draft, "enemies")
    draft.fields["enemies"] = [
        *st.multiselect(
            "Enemies: items that it never meets in a form",
            enemies,
            default=enemies,
            key=draft.key("enemies"),
            accept_new_options=True,
            placeholder="Type an id, such as mf-01-002",
        )
    ]
    standing = draft.fields.get("seconds")
    draft.fields["seconds"] = st.number_input(
        "Expected seconds to answer (may stay empty)",
        min_value=5,
        max_value=3_600,
        value=int(str(standing)) if standing is not None else None,
        key=draft.key("seconds"),
        width=360,
    )


def _choose(
    draft: Draft, name: str, label: str, words: dict[str, str], values: Sequence[str]
) -> None:
    draft.fields[name] = st.selectbox(
        label,
        values,
        index=list(values).index(draft.text(name)),
        format_func=lambda one: words[one].split(":")[0],
        key=draft.key(name),
        width=200,
    )


def _texts(draft: Draft, name: str) -> list[str]:
    value = draft.fields.get(name)
    return [str(one) for one in value] if isinstance(value, list) else []
