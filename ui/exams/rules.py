"""The rules of an exam beside its cells: time, cut score, attempts, what a trainee reads."""

from collections.abc import Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from quizbank.exams import Purpose
from quizbank.expected_time import SECONDS_BY_KIND
from ui.bank.words import KINDS
from ui.exams.draft import ExamDraft, Fields
from ui.exams.pass_rule import edit_pass_rule, edit_release
from ui.exams.review import edit_review


def edit_rules(draft: ExamDraft, titles: Mapping[str, str]) -> DeltaGenerator | None:
    """Draw the fields; whatever is typed is in the draft when this returns.

    Returns the place that says what passes in words, where it is an exam.
    """
    fields, exam = draft.fields, draft.before.purpose is Purpose.EXAM
    fields["title"] = st.text_input(
        "Title", value=str(fields["title"]), key=draft.key("title"), max_chars=120
    )
    with st.container(horizontal=True):
        if exam:
            _number(draft, fields, "minutes", "Minutes", 1, 600)
        _number(draft, fields, "time_budget", "Time budget in minutes", 1, 600)
        _edit_cap(draft)
    defaults = ", ".join(
        f"{KINDS[kind].lower()} {seconds}"
        for kind, seconds in SECONDS_BY_KIND.items()
        if kind in KINDS
    )
    st.markdown(
        "Both may stay empty. The time budget is the most that the questions of a form may be "
        "expected to take. A question that stands in more than the cap's share of the exam's forms "
        "is drawn only where no other fits; the cap never keeps a form from being drawn. "
        f"Seconds for a question that does not say its own: {defaults}."
    )
    _edit_confidence(draft)
    if not exam:
        return None
    said = edit_pass_rule(draft, titles)
    edit_release(draft)
    edit_review(draft)
    st.header("Attempts")
    _edit_attempts(draft)
    st.header("Sitting it")
    _edit_sitting(draft)
    st.header("What the trainee reads and agrees to")
    _edit_texts(draft)
    return said


def _edit_cap(draft: ExamDraft) -> None:
    standing = draft.fields.get("exposure_cap")
    percent = st.number_input(
        "Exposure cap in percent",
        min_value=1,
        max_value=100,
        value=round(float(str(standing)) * 100) if standing is not None else None,
        key=draft.key("cap"),
        width=220,
    )
    draft.fields["exposure_cap"] = percent / 100 if percent is not None else None


def _edit_confidence(draft: ExamDraft) -> None:
    draft.fields["confidence"] = asked = st.checkbox(
        "Ask with every answer how sure it is; this never changes a mark",
        value=bool(draft.fields.get("confidence")),
        key=draft.key("confidence"),
        wrap=True,
    )
    standing = draft.fields.get("sureness")
    fields: Fields = standing if isinstance(standing, dict) else {}
    if asked:
        _edit_sureness(draft, fields)
    draft.fields["sureness"] = fields


def _edit_sureness(draft: ExamDraft, fields: Fields) -> None:
    labels = {
        "certain": "“Certain” promises, in percent right",
        "fairly_sure": "“Fairly sure” promises, in percent right",
    }
    with st.container(horizontal=True):
        for name, label in labels.items():
            percent = st.number_input(
                label,
                min_value=1,
                max_value=100,
                value=round(float(str(fields[name])) * 100),
                key=draft.key(name),
                width=220,
            )
            fields[name] = percent / 100
        if draft.before.purpose is Purpose.EXAM:
            _number(draft, fields, "fresh_items", "Questions to put a mistake right", 1, 20)
    st.markdown(
        "These are course rules, not findings. Who is right less often than a word promises is "
        "told so. In an exam, an unsafe answer given as certain must be put right before the next "
        "attempt: a lesson, then so many practice questions."
    )


def _edit_attempts(draft: ExamDraft) -> None:
    standing = draft.fields.get("retakes")
    retakes: Fields = standing if isinstance(standing, dict) else {}
    with st.container(horizontal=True):
        _number(draft, retakes, "max_attempts", "Attempts allowed", 1, 100)
        _number(draft, retakes, "wait_hours", "Hours to wait between them", 0, 10_000)
        _number(draft, retakes, "renew_after_days", "Renewal: days after a pass", 0, 10_000)
    retakes["renew_after_days"] = retakes["renew_after_days"] or None
    draft.fields["retakes"] = retakes


def _edit_sitting(draft: ExamDraft) -> None:
    draft.fields["windowed"] = st.checkbox(
        "Only in windows that are planned under Exam windows",
        value=bool(draft.fields.get("windowed")),
        key=draft.key("windowed"),
        wrap=True,
    )
    _number(draft, draft.fields, "break_minutes", "Breaks, minutes in all", 0, 120)
    draft.fields["break_minutes"] = draft.fields["break_minutes"] or 0
    st.markdown(
        "During a break the clock rests and no question is shown; what a trainee has seen before "
        "cannot be answered after it. Pauses that a person is granted are added."
    )


def _edit_texts(draft: ExamDraft) -> None:
    lines = draft.fields.get("rules")
    typed = st.text_area(
        "Rules, one a line",
        value="\n".join(str(one) for one in lines) if isinstance(lines, list) else "",
        key=draft.key("rules"),
        height="content",
    )
    draft.fields["rules"] = [line.strip() for line in typed.splitlines() if line.strip()]
    draft.fields["consent"] = st.text_area(
        "Consent, to tick before the start",
        value=str(draft.fields.get("consent") or ""),
        key=draft.key("consent"),
        height="content",
    )


def _number(draft: ExamDraft, fields: Fields, name: str, label: str, least: int, most: int) -> None:
    standing = fields.get(name)
    fields[name] = st.number_input(
        label,
        min_value=least,
        max_value=most,
        value=int(str(standing)) if standing is not None else None,
        key=draft.key(name),
        width=220,
    )
