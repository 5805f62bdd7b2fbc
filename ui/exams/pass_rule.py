"""What passes an exam, and who releases its result: every part of the decision rule."""

from collections.abc import Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from quizbank.exams import CutMethod, ExamRules, Release
from quizbank.rule_words import rule_in_words
from ui.exams.draft import ExamDraft, Fields
from ui.words import plain

_METHODS = {CutMethod.ENTERED: "entered", CutMethod.ANGOFF: "set by a modified Angoff study"}
_RELEASES = {
    Release.IMMEDIATE: "At once, as soon as it is decided",
    Release.HELD: "When one person releases it",
    Release.SECOND_PERSON: "When one person agreed and another one releases it",
}


def edit_pass_rule(draft: ExamDraft, titles: Mapping[str, str]) -> DeltaGenerator:
    """Draw the fields; returns the place that says the whole rule in words."""
    st.header("What passes")
    _edit_cut(draft)
    _edit_minimums(draft, titles)
    _check(
        draft,
        "critical_must_pass",
        "A missed critical question fails the exam, whatever the score",
    )
    _check(draft, "unsafe_fails", "An unsafe answer to any question fails the exam")
    draft.fields["most_omitted"] = st.number_input(
        "Most questions left open",
        min_value=0,
        max_value=5_000,
        value=_whole(draft.fields.get("most_omitted")),
        key=draft.key("most_omitted"),
        placeholder="Any number",
        width=220,
    )
    return st.empty()


def draw_rule(place: DeltaGenerator, rules: ExamRules, titles: Mapping[str, str]) -> None:
    """Say the whole rule as a trainee reads it before the start and with the result."""
    place.info(
        f"**As trainees read it.** {plain(rule_in_words(rules, titles))}", icon=":material/gavel:"
    )


def edit_release(draft: ExamDraft) -> None:
    """Draw who lets a trainee see a result, and with it a certificate."""
    st.header("Release of the result")
    chosen = st.radio(
        "When a trainee sees the result, and a certificate is awarded",
        list(Release),
        index=list(Release).index(Release(str(draft.fields.get("release")))),
        format_func=_RELEASES.__getitem__,
        key=draft.key("release"),
    )
    draft.fields["release"] = str(chosen)


def _edit_cut(draft: ExamDraft) -> None:
    fields = draft.fields
    fields["cut"] = st.number_input(
        "Cut score in marks",
        min_value=0,
        max_value=5_000,
        value=_whole(fields.get("cut")),
        key=draft.key("cut"),
        width=220,
    )
    fields["rationale"] = st.text_area(
        "Why the cut score stands there",
        value=str(fields.get("rationale") or ""),
        key=draft.key("rationale"),
        height="content",
    )
    basis = draft.before.cut_basis
    if basis:
        st.markdown(
            f"The standing one was {_METHODS[basis.method]}, signed by {plain(basis.signed_by)} on "
            f"{basis.signed_on:%-d %B %Y}. A change is signed by who publishes it."
        )


def _edit_minimums(draft: ExamDraft, titles: Mapping[str, str]) -> None:
    standing = _minimums_of(draft)
    st.markdown("**Least percent of an objective's marks.** An empty field asks for none.")
    kept: list[Fields] = []
    with st.container(horizontal=True):
        for objective in dict.fromkeys(str(cell["objective"]) for cell in draft.cells):
            percent = st.number_input(
                f"{objective} {titles.get(objective, '')}".strip(),
                min_value=0.5,
                max_value=100.0,
                step=0.5,
                format="%g",
                value=standing.get(objective),
                key=draft.key(f"minimum-{objective}"),
                placeholder="None",
                width=220,
            )
            if percent is not None:
                kept.append({"objective": objective, "share": percent / 100})
    draft.fields["objective_minimums"] = [*kept]


def _minimums_of(draft: ExamDraft) -> dict[str, float]:
    standing = draft.fields.get("objective_minimums")
    rows = [row for row in standing if isinstance(row, dict)] if isinstance(standing, list) else []
    return {str(row["objective"]): round(float(str(row["share"])) * 100, 2) for row in rows}


def _check(draft: ExamDraft, name: str, label: str) -> None:
    standing = bool(draft.fields.get(name))
    draft.fields[name] = st.checkbox(label, value=standing, key=draft.key(name), wrap=True)


def _whole(standing: object) -> int | None:
    return int(str(standing)) if standing is not None else None
