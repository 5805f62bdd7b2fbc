"""Screening cases in a list, and the versions of one."""

from collections.abc import Mapping, Sequence
from itertools import groupby

import streamlit as st

from courses.queries.screening_cases import CaseDetail, CaseFile, NewCase
from quizbank.origins import Origin
from ui.lessons.content_life import said_by
from ui.nav import link
from ui.screening.words import DECISIONS
from ui.words import count, moment, plain


def draw_cases(
    details: Sequence[CaseDetail], begun: Sequence[NewCase], titles: Mapping[str, str]
) -> None:
    """List every case by its course, and say what is right and which side it counts on.

    Those that were never published come first.
    """
    if not details and not begun:
        st.markdown("No course has cases yet.")
    if begun:
        st.header("Being written")
    for new in begun:
        label = f"**{plain(new.title)}** ({plain(titles[new.course_slug])}, not published yet)"
        link(label, "screening_cases", icon=":material/edit_note:", case=new.id)
    for slug, group in groupby(details, key=lambda one: one.course_slug):
        own = list(group)
        treated = sum(one.case.treats for one in own if not one.retired)
        st.header(plain(titles[slug]))
        st.markdown(f"{count(len(own), 'client')}, {treated} of them to be treated.")
        for one in own:
            link(_label(one), "screening_cases", case=one.case.id)


def draw_versions(file: CaseFile) -> None:
    """List the versions of a case, the newest first."""
    if not file.versions:
        st.markdown("A new case: nothing is published yet.")
        return
    told = [
        f"- Version {one.number}, {said_by(one.writers, one.by)} on {moment(one.at)}"
        for one in file.versions
    ]
    with st.expander(f"Versions ({len(told)})", icon=":material/history:"):
        st.markdown("\n".join(told))


def _label(one: CaseDetail) -> str:
    notes = [DECISIONS[one.case.decision].lower(), *one.case.rows]
    if one.origin == Origin.PERSON:
        notes.append("edited here")
    if one.draft:
        notes.append("a change is on its way")
    if one.retired:
        notes.append("comes no more")
    return f"**{plain(one.case.title)}** ({', '.join(notes)})"
