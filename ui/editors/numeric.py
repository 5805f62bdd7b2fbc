"""The form of a numeric item."""

import streamlit as st
from pydantic import JsonValue

from quizbank.kinds.numbers import Tolerance, number_problem, read_number
from quizbank.kinds.units import PenaltyOf, UnitRule
from ui.bank.item_draft import Draft, Fields
from ui.editors.rows import Rows, choose_word, edit_flag, edit_percent, edit_rows, edit_text

_OTHERS = Rows("others", "expected number", 20)
_TOLERANCES = {
    Tolerance.NOMINAL.value: "A number: 0.5 takes half a unit either way",
    Tolerance.RELATIVE.value: "A share of the answer: 0.1 takes ten percent either way",
    Tolerance.GEOMETRIC.value: "A factor: 1 takes half the answer to twice the answer",
}
_UNIT_RULES = {
    UnitRule.SHOWN.value: "Shown behind the field",
    UnitRule.OPTIONAL.value: "May be typed; a number alone counts in the unit above",
    UnitRule.REQUIRED.value: "Must be typed",
}
_PENALTIES = {
    PenaltyOf.RESPONSE.value: "Of what the number earned",
    PenaltyOf.ITEM.value: "Of the whole mark",
}


def edit(draft: Draft) -> None:
    """Draw the answer, its tolerance, the reasons, other numbers to expect, and the units."""
    edit_number(draft)
    _edit_units(draft)


def edit_number(draft: Draft) -> None:
    """Draw what every number has, without units."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _number(draft.fields, "answer", "Right answer (a number)", draft.key("answer"))
        label = "Tolerance: how far off still counts"
        _number(draft.fields, "tolerance", label, draft.key("tolerance"))
    choose_word(draft, "tolerance_type", "What the tolerance is", _TOLERANCES)
    for name, label in (
        ("reason", "Why it is right"),
        ("reason_wrong", "Why another number is wrong"),
    ):
        draft.fields[name] = st.text_area(
            label, value=draft.text(name), key=draft.key(name), height="content"
        )
    st.markdown("**Other numbers to expect:** half right, or a mistake worth its own reason")
    edit_rows(draft, _OTHERS, lambda letter, other: _edit_other(draft, letter, other))


def _edit_other(draft: Draft, letter: str, other: Fields) -> None:
    # A blank row comes with a text, which a number is not.
    other.pop("text", None)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _number(other, "answer", f"Expected number {letter}", _OTHERS.key(draft, "answer", other))
        other.setdefault("tolerance", "0")
        label = f"Tolerance of {letter}"
        _number(other, "tolerance", label, _OTHERS.key(draft, "tolerance", other))
        other.setdefault("fraction", 0.0)
        edit_percent(draft, _OTHERS, other, "fraction", f"Percent of the mark for {letter}")
    edit_text(draft, _OTHERS, other, "reason", f"What to say to {letter}")
    edit_flag(draft, _OTHERS, other, "unsafe", "Unsafe: acting on it would endanger a client")


def _edit_units(draft: Draft) -> None:
    st.markdown("**Unit**")
    draft.fields["unit"] = st.text_input(
        "Unit of the answer", value=draft.text("unit"), key=draft.key("unit"), width=200
    )
    choose_word(draft, "unit_rule", "How the unit is asked for", _UNIT_RULES)
    if draft.fields["unit_rule"] == UnitRule.SHOWN:
        # Nothing else can be said of a unit that nobody types.
        for name in ("units", "unit_penalty", "penalty_of"):
            draft.fields.pop(name, None)
        return
    unit = draft.text("unit") or "the unit above"
    typed = st.text_area(
        f"Other units that count, one a line: cm = 10 where one cm is ten {unit}",
        value="\n".join(_line(one) for one in draft.rows("units")),
        key=draft.key("units"),
    )
    draft.fields["units"] = [_unit(line) for line in typed.splitlines() if line.strip()]
    _edit_penalty(draft)


def _edit_penalty(draft: Draft) -> None:
    share = draft.fields.get("unit_penalty", 1.0)
    shown = round(float(share) * 100, 5) if isinstance(share, int | float) else 100.0
    typed = st.number_input(
        "Percent that a right number loses by a missing or wrong unit",
        min_value=0.0,
        max_value=100.0,
        value=shown,
        step=5.0,
        format="%.5g",
        key=draft.key("unit-penalty"),
        width=300,
    )
    # What was not touched stays as exact as it is.
    draft.fields["unit_penalty"] = share if typed == shown else typed / 100
    choose_word(draft, "penalty_of", "What these percent are of", _PENALTIES)


def _line(unit: Fields) -> str:
    return f"{unit.get('text', '')} = {unit.get('factor', '')}"


def _unit(line: str) -> JsonValue:
    text, _, factor = line.partition("=")
    number = read_number(factor)
    return {"text": text.strip(), "factor": factor.strip() if number is None else str(number)}


def _number(fields: Fields, name: str, label: str, key: str) -> None:
    value = fields.get(name)
    typed = st.text_input(label, value="" if value is None else str(value), key=key, width=200)
    problem = number_problem(typed)
    if problem:
        st.warning(problem, icon=":material/edit:")
    number = None if problem else read_number(typed)
    # As typed where it is no number, so that nothing is lost and the model says so.
    fields[name] = typed if number is None else str(number)
