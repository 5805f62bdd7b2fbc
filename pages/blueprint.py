"""One exam's blueprint and rules: change them, see what the bank has, draw samples, publish."""

import streamlit as st

from accounts.queries.people import names_of
from base.ids import new_seed
from base.permissions import Permission
from courses.queries.exam_course import objective_titles
from quizbank.commands.exams import publish_blueprint
from quizbank.exams import ExamRules
from quizbank.queries.bank import bank_facets
from quizbank.queries.blueprints import (
    blueprint_check,
    exam_standing,
    known_tags,
    sample_forms,
    takers_of,
)
from quizbank.queries.texts_to_read import texts_in_use
from ui.act import act, look, refuse
from ui.exams.cells import Known, draw_counts, edit_cells
from ui.exams.check import ask_publish, draw_check, draw_samples, offer_newer
from ui.exams.draft import ExamDraft, draft_of, read_draft
from ui.exams.pass_rule import draw_rule
from ui.exams.rules import edit_rules
from ui.exams.unscored import draw_pilots, edit_unscored
from ui.nav import link, parameter
from ui.notice import leave_notice, show_notice
from ui.words import day, plain


def _draw(exam_id: str) -> None:
    with look(Permission.EXAM_WRITE) as tx:
        standing, today = exam_standing(tx, exam_id), tx.now.date()
        titles = objective_titles(tx, exam_id)
        objectives = {one: titles.get(one, "") for one in [*titles, *bank_facets(tx).objectives]}
        known, names = Known(objectives, known_tags(tx)), names_of(tx, takers_of(tx, exam_id))
        texts = texts_in_use(tx)
    st.title(plain(standing.rules.title))
    show_notice()
    st.markdown(
        f"Version {standing.version}, published {day(standing.published_at)} "
        f"by {plain(standing.published_by)}."
    )
    draft = draft_of(standing, today)
    offer_newer(draft, standing)
    st.header("Blueprint")
    taker = _ask_taker(names)
    places = edit_cells(draft, known)
    trial = edit_unscored(draft, texts)
    st.header("Rules")
    rule = edit_rules(draft, titles)
    reading = read_draft(draft, today)
    shortages: tuple[str, ...] = ()
    if reading.rules:
        if rule:
            draw_rule(rule, reading.rules, titles)
        with look(Permission.EXAM_WRITE) as tx:
            check = blueprint_check(tx, exam_id, reading.rules, taker)
        shortages, said = check.shortages, plain(names.get(taker or "", ""))
        for place, cell, counts in zip(places, draft.cells, check.cells, strict=True):
            draw_counts(place, cell, counts, said)
        draw_pilots(trial, reading.rules, check.pilots)
        st.header("Can a form be drawn?")
        draw_check(reading.rules, check, said)
        if not shortages:
            _draw_samples(draft, reading.rules)
    st.header("Publish")
    if ask_publish(draft, reading, shortages) and reading.rules:
        _publish(draft, reading.rules)


def _ask_taker(names: dict[str, str]) -> str | None:
    if not names:
        return None
    return st.selectbox(
        "Count what this trainee has not seen yet",
        list(names),
        index=None,
        format_func=lambda one: names[one],
        placeholder="Anybody",
        width=360,
    )


def _draw_samples(draft: ExamDraft, rules: ExamRules) -> None:
    if st.button("Draw sample forms", icon=":material/casino:"):
        draft.sample_seed = new_seed()
    if draft.sample_seed is not None:
        with look(Permission.EXAM_WRITE) as tx:
            forms = sample_forms(tx, draft.exam_id, rules, draft.sample_seed)
        draw_samples(forms)


def _publish(draft: ExamDraft, rules: ExamRules) -> None:
    number = 0
    acting = act()
    with acting as tx:
        number = publish_blueprint(tx, draft.exam_id, rules, draft.based_on)
    if acting.committed:
        leave_notice(f"Published as version {number}.")
        # What is typed is what stands now: the draft begins from it afresh.
        draft.before, draft.based_on = rules, -1
        st.rerun()


with look(Permission.EXAM_WRITE):
    link("Exams", "exams", icon=":material/arrow_back:")
wanted = parameter("exam")
if wanted:
    _draw(wanted)
else:
    refuse("Choose an exam in the list of exams first.")
