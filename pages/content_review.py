"""One change of a lesson, an outline or a case: what differs, comment, return it, publish it."""

import streamlit as st

from base.permissions import Permission
from courses.commands.content_reviews import (
    approve_content,
    comment_on_content,
    return_content,
    take_content_back,
)
from courses.content_changes import Kind
from courses.outline_edit import DraftOutline
from courses.queries.content_reviews import ContentDetail, ContentSummary, content_change
from courses.queries.course_writing import lesson_titles
from courses.queries.lesson import lesson_view
from courses.queries.lesson_writing import lesson_choices
from courses.queries.outline import course_outline
from ui.act import look, refuse
from ui.changes import ask_comment, draw_events, draw_stage, run_review
from ui.lessons.content_preview import draw_case, draw_lesson, draw_outline
from ui.lessons.versions import draw_changes
from ui.nav import link, parameter
from ui.notice import show_notice
from ui.words import plain


def _draw_whole(change: ContentDetail) -> None:
    subject = change.summary.subject
    if subject.kind is Kind.CASE:
        draw_case(change.text)
    elif subject.kind is Kind.OUTLINE:
        with look(Permission.ITEM_READ) as tx:
            titles = lesson_titles(tx, subject.course)
        draw_outline(DraftOutline.model_validate_json(change.text), titles)
    elif actor.may(Permission.COURSE_STUDY):
        with look(Permission.COURSE_STUDY) as tx:
            choices = lesson_choices(tx, subject.course)
            like = lesson_view(
                tx, subject.course, course_outline(tx, subject.course).lessons[0].slug
            )
        draw_lesson(change.text, choices, like)


def _link_to_subject(one: ContentSummary) -> None:
    subject, icon = one.subject, ":material/edit_note:"
    if subject.kind is Kind.CASE:
        link("The case", "screening_cases", icon=icon, case=subject.key)
    elif not actor.may(Permission.CONTENT_WRITE):
        return
    elif subject.kind is Kind.OUTLINE:
        link("The outline", "course_edit", icon=icon, course=subject.course)
    else:
        link("The lesson", "lesson_edit", icon=icon, course=subject.course, lesson=subject.key)


def _ask_decision(one: ContentSummary, said: str) -> None:
    with st.container(horizontal=True):
        if st.button("Approve and publish", type="primary", icon=":material/publish:"):
            notice = "Published. Learners meet it from now on."
            run_review(lambda tx: approve_content(tx, one.id, one.revision), notice)
        if st.button("Return to the author", icon=":material/undo:"):
            notice = "Returned to its author."
            run_review(lambda tx: return_content(tx, one.id, one.revision, said), notice)


def _ask_word(change: ContentDetail) -> None:
    one, said = change.summary, ""
    if actor.may(Permission.CONTENT_PUBLISH):
        said = ask_comment(one.id, change.events, comment_on_content)
    if one.may_approve:
        _ask_decision(one, said)
    elif one.mine:
        st.markdown("You wrote some of this, so somebody else publishes it.")
        if st.button("Take it back to change it", icon=":material/undo:"):
            notice = "Taken back. It is your draft again."
            run_review(lambda tx: take_content_back(tx, one.id), notice)


def _draw(change: ContentDetail) -> None:
    one = change.summary
    st.title(f"Review: {plain(one.title)}")
    show_notice()
    _link_to_subject(one)
    draw_stage(one.stage, one.authors, one.updated_at)
    if one.overtaken:
        st.warning(
            "Something else was published since this change began. Return it: its author goes on "
            "from what stands.",
            icon=":material/sync_problem:",
        )
    st.header("What changes")
    if one.based_on:
        draw_changes(change.changes)
    else:
        st.markdown(f"A new {one.subject.kind}: all of it is new.")
    draw_events(change.events)
    if one.is_open:
        _ask_word(change)
    _draw_whole(change)


with look(Permission.ITEM_READ) as tx:
    actor = tx.actor
    if actor.may(Permission.CONTENT_PUBLISH):
        link("Reviews", "reviews", icon=":material/arrow_back:")
    wanted = parameter("change")
    found = content_change(tx, wanted) if wanted else None
if found:
    _draw(found)
else:
    refuse("Choose a change in the list of reviews first.")
