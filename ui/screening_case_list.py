"""Screening cases in a list, and the versions of one."""

from collections.abc import Mapping, Sequence
from itertools import groupby

import streamlit as st

from courses.queries.screening_cases import CaseDetail
from quizbank.origins import Origin
from ui.nav import link
from ui.screening_words import DECISIONS
from ui.words import count, moment, plain


def draw_cases(details: Sequence[CaseDetail], titles: Mapping[str, str]) -> None:
    """List every case by its course, and say what is right and which side it counts on."""
    if not details:
        st.markdown("No course has cases yet.")
    for slug, group in groupby(details, key=lambda one: one.course_slug):
        own = list(group)
        treated = sum(one.case.treats for one in own if not one.retired)
        st.header(plain(titles[slug]))
        st.markdown(f"{count(len(own), 'client')}, {treated} of them to be treated.")
        for one in own:
            link(_label(one), "screening_cases", case=one.case.id)


def draw_versions(detail: CaseDetail) -> None:
    """List the versions of a case, the newest first."""
    told = [f"- Version {one.number}: {moment(one.at)}, {plain(one.by)}" for one in detail.versions]
    with st.expander(f"Versions ({len(told)})", icon=":material/history:"):
        st.markdown("\n".join(told))


def _label(one: CaseDetail) -> str:
    notes = [DECISIONS[one.case.decision].lower(), *one.case.rows]
    if one.origin == Origin.PERSON:
        notes.append("edited here")
    if one.retired:
        notes.append("comes no more")
    return f"**{plain(one.case.title)}** ({', '.join(notes)})"
