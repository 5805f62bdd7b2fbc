"""The cases of the risk-screening simulator: a list, and one case to write and send for review."""

import streamlit as st

from base.permissions import Actor, Permission
from courses.commands.screening_cases import begin_case, restore_case, retire_case
from courses.queries.screening_cases import (
    CaseFile,
    CasesCourse,
    case_file,
    cases_courses,
    new_cases,
    screening_cases,
)
from courses.screening.case import ScreeningCase
from courses.screening.sheet import case_of, sheet_in
from ui.act import act, look
from ui.lessons.content_life import ask_author, ask_send, draw_state
from ui.nav import go, link, parameter
from ui.notice import show_notice
from ui.screening.case_draft import case_draft, case_saving
from ui.screening.case_form import write_case
from ui.screening.case_list import draw_cases, draw_versions
from ui.screening.case_preview import draw_preview
from ui.words import plain


def _draw_writing(course: CasesCourse, file: CaseFile) -> None:
    draft, above = case_draft(file), st.container()
    writing, preview = st.tabs(["Write", "Preview"])
    saving = case_saving(draft, file)
    with writing:
        write_case(draft, course)
    with above:
        saving.offer_saved()
        draw_state(file.draft)
    saving.autosave()
    case = case_of(draft.now)
    with preview:
        if isinstance(case, ScreeningCase):
            draw_preview(case)
        else:
            st.markdown("The preview comes once the case is whole.")
    problems = () if isinstance(case, ScreeningCase) else case
    ready = not problems and draft.revision > 0 and not draft.is_unsaved()
    note = ask_send(problems, ready, f"{draft.key}-note")
    if note is not None and saving.send(note):
        st.rerun()
    # It may have been saved for the first time just now.
    with look(Permission.ITEM_READ) as tx:
        saved = saving.find(tx)
    if saved:
        ask_author(saved, draft.forget)


def _draw_reading(file: CaseFile) -> None:
    draw_state(file.draft)
    case = case_of(sheet_in(file.draft.text)) if file.draft else file.standing
    if file.draft:
        ask_author(file.draft, lambda: case_draft(file).forget())
    if isinstance(case, ScreeningCase):
        draw_preview(case)


def _draw_file(actor: Actor, file: CaseFile, course: CasesCourse) -> None:
    standing = file.draft is not None and file.draft.in_review
    if actor.may(Permission.ITEM_WRITE) and not standing:
        _draw_writing(course, file)
    else:
        _draw_reading(file)
    draw_versions(file)
    if not file.version or not actor.may(Permission.ITEM_RETIRE):
        return
    word = "again" if file.retired else "no more"
    if not st.button(f"Let this client come {word}"):
        return
    acting = act()
    with acting as tx:
        (restore_case if file.retired else retire_case)(tx, file.id)
    if acting.committed:
        st.rerun()


def _ask_new(courses: dict[str, CasesCourse]) -> None:
    with st.expander("Write a new case", icon=":material/add:"):
        slug = st.selectbox("Course", list(courses), format_func=lambda one: courses[one].title)
        case_id = st.text_input("Id: small letters, digits and dashes").strip()
        pressed = st.button("Write it", disabled=not case_id)
    if not pressed:
        return
    acting = act()
    with acting as tx:
        begin_case(tx, slug, case_id)
    if acting.committed:
        go("screening_cases", case=case_id)


chosen = parameter("case")
with look(Permission.ITEM_READ) as tx:
    actor = tx.actor
    courses = {one.slug: one for one in cases_courses(tx)}
    file = case_file(tx, chosen) if chosen else None
    details, begun = (screening_cases(tx), new_cases(tx)) if not chosen else ((), ())

if file:
    link("All screening cases", "screening_cases", icon=":material/arrow_back:")
    st.title(plain(file.standing.title if file.standing else file.id))
    show_notice()
    _draw_file(actor, file, courses[file.course_slug])
else:
    st.title("Screening cases")
    show_notice()
    draw_cases(details, begun, {slug: one.title for slug, one in courses.items()})
    if actor.may(Permission.ITEM_WRITE):
        _ask_new(courses)
