"""The form of a text with gaps: gaps to add, and one of them at a time to write."""

from typing import Any

import streamlit as st

from quizbank.kinds.cloze import gap_names
from ui.bank.item_draft import Draft, Fields, empty_row
from ui.editors import numeric, short_answer, single_choice
from ui.editors.options import edit_options

_MOST_GAPS, _MOST_OPTIONS = 30, 20
_KINDS = {"choice": "a choice", "text": "a word", "number": "a number"}
_NAMES = {"choice": "choice", "text": "words", "number": "number"}


def edit(draft: Draft) -> None:
    """Draw the buttons that add gaps, and the form of the gap that is chosen."""
    st.markdown(
        "Each gap has its place in the question, such as `[[g1]]`. A new one comes behind the "
        "text; move it to where it belongs. The texts of gaps show no formatting."
    )
    gaps = draft.rows("gaps")
    gaps.sort(key=lambda gap: _place(draft, gap))
    with st.container(horizontal=True):
        for kind, words in _KINDS.items():
            st.button(
                f"Add {words}",
                key=draft.key(f"add-{kind}"),
                icon=":material/add:",
                disabled=len(gaps) >= _MOST_GAPS,
                on_click=_add,
                args=(draft, kind),
            )
    if gaps:
        _edit_gap(draft, _chosen(draft, gaps))


def _chosen(draft: Draft, gaps: list[Fields]) -> Fields:
    names = [str(gap["id"]) for gap in gaps]
    key = draft.key("gap")
    if st.session_state.get(key) not in names:
        st.session_state[key] = names[0]
    words = {
        str(gap["id"]): f"Gap {place}: {_NAMES[str(gap['kind'])]}"
        for place, gap in enumerate(gaps, start=1)
    }
    chosen = st.selectbox(
        "Gap to write", names, format_func=lambda name: f"{words[name]} [[{name}]]", key=key
    )
    return gaps[names.index(chosen)]


def _edit_gap(draft: Draft, gap: Fields) -> None:
    name = f"{draft.name}-{gap['id']}"
    inner = Draft(name, draft.item_id, draft.based_on, gap, generation=draft.generation)
    with st.container(border=True):
        if gap["kind"] == "choice":
            _edit_choice(inner)
        elif gap["kind"] == "text":
            short_answer.edit(inner)
        else:
            numeric.edit_number(inner)
        gap["weight"] = st.number_input(
            "Weight beside the other gaps",
            min_value=1,
            max_value=1000,
            value=_whole(gap.get("weight")),
            key=inner.key("weight"),
            width=200,
        )
        st.button(
            "Remove this gap",
            key=inner.key("remove"),
            icon=":material/delete:",
            type="tertiary",
            on_click=_remove,
            args=(draft, gap),
        )


def _edit_choice(inner: Draft) -> None:
    several = st.toggle(
        "Several options may be chosen",
        value=bool(inner.fields.get("several")),
        key=inner.key("several"),
        wrap=True,
    )
    inner.fields["several"] = several
    if not several:
        single_choice.edit(inner)
        return
    weighted = st.toggle(
        "Each option earns or costs what I give it",
        value=any(option.get("weight") is not None for option in inner.options),
        key=inner.key("weighted"),
        wrap=True,
    )
    label = "Percent of the mark for option" if weighted else ""
    edit_options(inner, _MOST_OPTIONS, several_right=True, weight=label, least=-100)


def _add(draft: Draft, kind: str) -> None:
    gaps = draft.rows("gaps")
    taken = {str(gap["id"]) for gap in gaps} | {*gap_names(_stem(draft))}
    name = next(name for number in range(1, 100) if (name := f"g{number}") not in taken)
    lists: dict[str, Any] = {"choice": {"options": _rows(3)}, "text": {"answers": _rows(1)}}
    gaps.append({"id": name, "kind": kind, "weight": 1, **lists.get(kind, {})})
    _write_stem(draft, f"{_stem(draft).rstrip()} [[{name}]]".strip())
    st.session_state[draft.key("gap")] = name


def _remove(draft: Draft, gap: Fields) -> None:
    draft.rows("gaps").remove(gap)
    _write_stem(draft, _stem(draft).replace(f"[[{gap['id']}]]", "").strip())


def _rows(number: int) -> list[Fields]:
    rows: list[Fields] = []
    for _ in range(number):
        rows.append(empty_row(rows))
    return rows


def _place(draft: Draft, gap: Fields) -> int:
    names = gap_names(_stem(draft))
    return names.index(str(gap["id"])) if gap["id"] in names else len(names)


def _stem(draft: Draft) -> str:
    return str(st.session_state.get(draft.key("stem"), draft.text("stem")))


def _write_stem(draft: Draft, stem: str) -> None:
    draft.fields["stem"] = st.session_state[draft.key("stem")] = stem


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 1
