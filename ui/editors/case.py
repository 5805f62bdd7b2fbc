"""The form of a case: facts to ask for, and stages, each with the form of its own kind."""

from collections.abc import Callable

import streamlit as st
from pydantic import JsonValue

from quizbank.kinds.case_stages import OUTCOMES
from quizbank.kinds.plain_items import PLAIN_KINDS
from ui.bank.item_draft import Draft, Fields, empty_body
from ui.bank.item_problems import option_letter
from ui.bank.words import KINDS
from ui.editors.rows import Rows, edit_flag, edit_rows, edit_text

_FACTS = Rows("facts", "fact", 20)
_STAGES = Rows("stages", "stage", 8, numbered=True)
_FIRST_KIND = "single_choice"
EditBody = Callable[[Draft, str], None]


def edit(draft: Draft, edit_body: EditBody) -> None:
    """Draw the facts, then every stage; `edit_body` draws the question and form of any kind."""
    st.markdown("**Facts.** The trainee sees the questions; an answer appears once it is asked.")
    edit_rows(draft, _FACTS, lambda letter, fact: _edit_fact(draft, letter, fact))
    st.markdown("**Stages.** One opens when the one before is done. All count alike.")
    edit_rows(draft, _STAGES, lambda number, stage: _edit_stage(draft, number, stage, edit_body))


def _edit_fact(draft: Draft, letter: str, fact: Fields) -> None:
    # A blank row comes with a text, which a fact has not.
    fact.pop("text", None)
    edit_text(draft, _FACTS, fact, "question", f"Question to ask {letter}")
    edit_text(draft, _FACTS, fact, "answer", f"Answer to {letter}")
    edit_flag(draft, _FACTS, fact, "essential", f"Essential: nobody should decide without {letter}")
    if fact.get("essential"):
        edit_text(draft, _FACTS, fact, "reason", f"Why {letter} matters")


def _edit_stage(draft: Draft, number: str, stage: Fields, edit_body: EditBody) -> None:
    for blank in ("text", "reason"):
        stage.pop(blank, None)
    item = stage.get("item")
    body: Fields = item if isinstance(item, dict) else empty_body(_FIRST_KIND)
    stage["item"] = body = _of_chosen_kind(draft, number, stage, body)
    name = f"{draft.name}-{draft.generation}-{stage['id']}-{body['kind']}"
    inner = Draft(name, draft.item_id, draft.based_on, body)
    edit_body(inner, f"Question of stage {number}")
    _edit_consequences(draft, number, stage, body)


def _of_chosen_kind(draft: Draft, number: str, stage: Fields, body: Fields) -> Fields:
    kind = str(body.get("kind"))
    offered = [one for one in PLAIN_KINDS if one in KINDS]
    chosen = st.selectbox(
        f"Kind of stage {number}",
        offered,
        index=offered.index(kind),
        format_func=lambda one: KINDS[one],
        key=_STAGES.key(draft, "kind", stage),
    )
    if chosen == kind:
        return body
    # Another kind has other parts; the question stays.
    return empty_body(chosen) | {"stem": body.get("stem", "")}


def _edit_consequences(draft: Draft, number: str, stage: Fields, body: Fields) -> None:
    standing = _mappings(stage.get("consequences"))
    with st.expander(f"What follows from stage {number} ({len(standing)} written)"):
        st.markdown("The trainee reads this after the case. Leave empty what needs no word.")
        for when, label in _occasions(body, standing).items():
            row = next((one for one in standing if one.get("when") == when), None)
            typed = st.text_area(
                f"{label} (stage {number})",
                value=str(row["text"]) if row else "",
                key=_STAGES.key(draft, f"then-{when}", stage),
                height="content",
            )
            if row is None and typed.strip():
                standing.append({"when": when, "text": typed})
            elif row is not None and typed.strip():
                row["text"] = typed
            elif row is not None:
                standing.remove(row)
    stage["consequences"] = [*standing]


def _occasions(body: Fields, standing: list[Fields]) -> dict[str, str]:
    """Return all that something may follow from: options, outcomes, and what is gone since."""
    known = {
        str(option.get("id")): f"If option {option_letter(place)} is chosen"
        for place, option in enumerate(_mappings(body.get("options")))
    }
    if body.get("kind") == "true_false":
        known = {"true": "If “True” is chosen", "false": "If “False” is chosen"}
    known |= {when: f"If the answer is {when}" for when in OUTCOMES}
    known["not answered"] = "If nothing is answered"
    for when in (str(one.get("when")) for one in standing):
        known.setdefault(when, f"If “{when}” is chosen, which is gone: empty this")
    return known


def _mappings(value: JsonValue) -> list[Fields]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
