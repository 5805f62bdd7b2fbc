"""A text with gaps: the gaps numbered in the text, and a field for each below it."""

import re
from collections.abc import Callable

import streamlit as st
from pydantic import JsonValue

from quizbank.exchange.texts import as_plain
from quizbank.kinds.cloze import PLACEHOLDER, gap_names
from quizbank.kinds.item import field_of
from quizbank.kinds.numbers import number_problem
from quizbank.kinds.shown import (
    Blank,
    Prompt,
)
from ui.words import plain

_WORDS_AROUND = 4
_LONGEST = 400
_SENTENCE_END = re.compile(r"[.?!;](?=\s|$)")
_FORMATTING = re.compile(r"[*_`#$]")


def numbered(stem: str) -> str:
    """Return the text with its gaps as numbers that never break, to be shown above their fields."""
    return _with_numbers(stem, ":blue-background[**(\u00a0{}\u00a0)**]")


def numbered_plainly(stem: str) -> str:
    """Return the same for a line that shows no formatting."""
    return _with_numbers(stem, "( {} )")


def _with_numbers(stem: str, shape: str) -> str:
    numbers = {name: place for place, name in enumerate(gap_names(stem), start=1)}
    return PLACEHOLDER.sub(lambda found: shape.format(numbers[found[1]]), stem)


def ask(
    prompt: Prompt,
    key: str,
    response: JsonValue,
    save: Callable[[JsonValue], None] | None,
    disabled: bool,
) -> JsonValue:
    """Draw a field for each gap; returns `{"gaps": {gap id: what was said}}` or None."""
    standing = field_of(response, "gaps")
    keys = {gap.id: f"{key}-{gap.id}" for gap in prompt.gaps}

    def changed() -> None:
        if save:
            said = {gap.id: _kept(gap, keys[gap.id]) for gap in prompt.gaps}
            save(_response(said))

    said: dict[str, JsonValue] = {}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for gap, label in zip(prompt.gaps, gap_labels(prompt.stem), strict=True):
            theirs = field_of(standing, gap.id)
            said[gap.id] = _DRAW[_way(gap)](gap, label, keys[gap.id], theirs, changed, disabled)
    for place, gap in enumerate(prompt.gaps, start=1):
        problem = number_problem(str(said[gap.id] or "")) if gap.kind == "number" else None
        if problem:
            st.warning(f"Gap {place}: {problem}", icon=":material/edit:")
    return _response(said)


def gap_labels(stem: str) -> list[str]:
    """Return what each gap's field is called: its number, and the words that lead to it."""
    before, *rest = re.split(PLACEHOLDER, stem)
    labels: list[str] = []
    for place, behind in enumerate(rest[1::2], start=1):
        lead, follow = _sentences(before)[-1], _sentences(behind)[0][:_WORDS_AROUND]
        lead = lead[-_WORDS_AROUND:]
        around = f", after “{' '.join(lead)}”" if lead else ""
        if not lead and follow:
            around = f", before “{' '.join(follow)}”"
        labels.append(plain(f"Gap {place}{around}"))
        before = behind
    return labels


def _sentences(markdown: str) -> list[list[str]]:
    text = _FORMATTING.sub("", as_plain(markdown))
    return [
        [word for word in one.split() if any(ch.isalnum() for ch in word)]
        for one in _SENTENCE_END.split(text)
    ]


def _way(gap: Blank) -> str:
    return "several" if gap.several else gap.kind


def _one(
    gap: Blank, label: str, key: str, theirs: JsonValue, changed: Callable[[], None], disabled: bool
) -> JsonValue:
    texts = {choice.id: choice.text for choice in gap.choices}
    ids = list(texts)
    return st.selectbox(
        label,
        ids,
        index=ids.index(theirs) if isinstance(theirs, str) and theirs in ids else None,
        format_func=lambda one: texts[one],
        key=key,
        on_change=changed,
        disabled=disabled,
        placeholder="Choose one",
        width=300,
    )


def _several(
    gap: Blank, label: str, key: str, theirs: JsonValue, changed: Callable[[], None], disabled: bool
) -> JsonValue:
    standing = theirs if isinstance(theirs, list) else []
    with st.container(border=True):
        st.markdown(f"{label}: choose all that apply")
        ticked: list[JsonValue] = [
            choice.id
            for choice in gap.choices
            if st.checkbox(
                plain(choice.text),
                value=choice.id in standing,
                key=f"{key}-{choice.id}",
                on_change=changed,
                disabled=disabled,
                wrap=True,
            )
        ]
    return ticked


def _typed(
    gap: Blank, label: str, key: str, theirs: JsonValue, changed: Callable[[], None], disabled: bool
) -> JsonValue:
    return st.text_input(
        f"{label} (a number)" if gap.kind == "number" else label,
        value=theirs if isinstance(theirs, str) else "",
        key=key,
        on_change=changed,
        disabled=disabled,
        placeholder="No answer" if disabled else None,
        max_chars=_LONGEST,
        autocomplete="off",
        width=300,
    )


_DRAW = {"choice": _one, "several": _several, "text": _typed, "number": _typed}


def _kept(gap: Blank, key: str) -> JsonValue:
    if gap.several:
        return [one.id for one in gap.choices if st.session_state.get(f"{key}-{one.id}")]
    return st.session_state.get(key)


def _response(said: dict[str, JsonValue]) -> JsonValue:
    stripped = {gap: one.strip() if isinstance(one, str) else one for gap, one in said.items()}
    given: dict[str, JsonValue] = {gap: one for gap, one in stripped.items() if one}
    return {"gaps": given} if given else None
