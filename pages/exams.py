"""The exams: which there are, how they stand, and the way to their blueprints."""

import streamlit as st

from base.permissions import Permission
from quizbank.exams import Purpose
from quizbank.queries.blueprints import ExamSummary, exam_summaries
from ui.act import look
from ui.entries import Entry, draw_entries
from ui.exams.check import in_a_sentence
from ui.nav import link
from ui.words import count, day, plain


def _entry(one: ExamSummary) -> Entry:
    rules, standing = one.standing.rules, one.standing
    facts = [f"version {standing.version}", count(rules.size, "question")]
    if rules.purpose is Purpose.EXAM:
        facts += [f"cut score {rules.cut}", count(rules.minutes or 0, "minute")]
    facts.append(f"published {day(standing.published_at)} by {plain(standing.published_by)}")
    facts.append(count(standing.attempts, "attempt"))
    if one.shortages:
        said = plain(in_a_sentence(one.shortages))
        facts.append(f":orange[:material/warning: **No form can be drawn**] {said}")
    else:
        facts.append(":green[:material/check_circle: A form can be drawn]")
    return Entry(f"**{plain(rules.title)}**", "blueprint", {"exam": standing.exam_id}, tuple(facts))


with look(Permission.EXAM_WRITE) as tx:
    exams = exam_summaries(tx)
st.title("Exams")
link("Item analysis", "analysis", icon=":material/monitoring:")
if not exams:
    st.markdown("**There is no exam yet.** Load a course; its exam and practice quiz come with it.")
draw_entries([_entry(one) for one in exams], "exams")
