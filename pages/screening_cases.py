"""The cases of the risk-screening simulator: a list, and one case to write and publish."""

import re

import streamlit as st

from base.clock import utc_now
from base.permissions import Actor, Permission
from courses.commands.screening_cases import publish_case, restore_case, retire_case
from courses.queries.screening_cases import (
    CaseDetail,
    CasesCourse,
    cases_courses,
    screening_case,
    screening_cases,
)
from courses.screening.sheet import CaseSheet, blank_sheet, sheet_of
from ui.act import act, look
from ui.nav import go, link, parameter
from ui.notice import leave_notice, show_notice
from ui.screening_case_draft import begin_afresh, draw_draft
from ui.screening_case_list import draw_cases, draw_versions
from ui.screening_case_preview import draw_preview
from ui.words import plain

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


def _draw_case(course: CasesCourse, standing: CaseSheet, newest: int) -> None:
    case, version = draw_draft(course, standing, newest)
    if case is None or not st.button("Publish", type="primary", icon=":material/publish:"):
        return
    acting = act()
    with acting as tx:
        number = publish_case(tx, course.slug, case, version)
        leave_notice(f"Version {number} stands. Whoever is screening this client keeps theirs.")
    if acting.committed:
        begin_afresh()
        go("screening_cases", case=case.id)


def _draw_standing(actor: Actor, detail: CaseDetail) -> None:
    draw_versions(detail)
    if not actor.may(Permission.ITEM_RETIRE):
        return
    case_id = detail.case.id
    if detail.retired:
        st.button("Let this client come again", on_click=_restore, args=(case_id,))
    else:
        st.button("Let this client come no more", on_click=_retire, args=(case_id,))


def _retire(case_id: str) -> None:
    with act() as tx:
        retire_case(tx, case_id)


def _restore(case_id: str) -> None:
    with act() as tx:
        restore_case(tx, case_id)


def _ask_new(courses: dict[str, CasesCourse]) -> None:
    with st.expander("Write a new case", icon=":material/add:"):
        slug = st.selectbox("Course", list(courses), format_func=lambda one: courses[one].title)
        case_id = st.text_input("Id: small letters, digits and dashes").strip()
        if case_id and not _ID.fullmatch(case_id):
            st.error("Begin with a letter or digit, and use small letters, digits and dashes only.")
        elif st.button("Write it", disabled=not case_id):
            go("screening_cases", new=case_id, course=slug)


chosen, new = parameter("case"), parameter("new")
with look(Permission.ITEM_READ) as tx:
    actor = tx.actor
    courses = {one.slug: one for one in cases_courses(tx)}
    details = screening_cases(tx) if not chosen else ()
    detail = screening_case(tx, chosen) if chosen else None

writes = actor.may(Permission.ITEM_WRITE)
known = {one.case.id for one in details}
st.title(plain(detail.case.title) if detail else "Screening cases")
show_notice()
if detail and writes:
    _draw_case(courses[detail.course_slug], sheet_of(detail.case), detail.version)
elif detail:
    draw_preview(detail.case)
elif writes and _ID.fullmatch(new) and new not in known and parameter("course") in courses:
    course = courses[parameter("course")]
    _draw_case(course, blank_sheet(new, course.objectives[:1], utc_now().date()), 0)
else:
    begin_afresh()
    draw_cases(details, {slug: one.title for slug, one in courses.items()})
    if writes:
        _ask_new(courses)
if detail:
    _draw_standing(actor, detail)
if detail or new:
    link("All screening cases", "screening_cases", icon=":material/arrow_back:")
