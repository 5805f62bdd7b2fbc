"""Where each source is used, what is due for review, and who depends on a source that changed."""

import streamlit as st

from base.permissions import Permission
from certs.commands.source_quizzes import send_update_quizzes
from certs.queries.source_holders import SourceHolder, holders_of_source
from courses.commands.source_changes import note_source_change
from courses.queries.outline import course_list
from courses.queries.source_changes import SourceChange, source_changes
from courses.queries.source_uses import SourceUse, reviews_due, source_uses
from ui.act import act, look
from ui.lessons.source_reports import (
    choose_source,
    draw_change,
    draw_due,
    draw_holders,
    draw_sending,
    draw_uses,
)
from ui.nav import parameter
from ui.notice import leave_notice, show_notice
from ui.words import count

_VIEWS = ("Uses", "Due for review", "Changes")
_VIEW = "content-report"


def _draw_source(chosen: SourceUse, holders: tuple[SourceHolder, ...]) -> None:
    st.markdown(chosen.source.citation)
    if chosen.source.link:
        st.markdown(f"[Open the source]({chosen.source.link})")
    draw_uses(chosen.uses, titles)
    draw_holders(holders, titles)
    st.header("This source changed?")
    st.markdown(
        "Note what changed and what it means for practice. You can then send a short practice "
        "quiz to the certificate holders above; they read your note with it."
    )
    with st.form("change", border=False):
        note = st.text_area("What changed, and what it means for practice", max_chars=2_000)
        pressed = st.form_submit_button("Note the change", icon=":material/edit_notifications:")
    if not pressed:
        return
    acting = act()
    with acting as tx:
        note_source_change(tx, chosen.source.key, note)
    if acting.committed:
        leave_notice("Noted. Under “Changes” you can send the quiz.")
        st.rerun()


def _draw_changes(changes: tuple[SourceChange, ...]) -> None:
    if not changes:
        st.markdown("No change is noted. Choose a source under “Uses”, and note it there.")
    cited = {one.source.key: one for one in uses}
    for change in changes:
        with look(Permission.CONTENT_WRITE) as tx:
            holders = {one.person_id for one in holders_of_source(tx, change.source_key)}
        with st.container(border=True):
            draw_change(change, cited[change.source_key], len(holders))
            st.button(
                "See all of them",
                key=f"uses-{change.id}",
                icon=":material/list:",
                on_click=_show_uses,
                args=(change.source_key,),
            )
            pressed = draw_sending(change, holders)
        if pressed:
            _send(change)


def _show_uses(key: str) -> None:
    st.session_state[_VIEW] = _VIEWS[0]
    st.query_params["source"] = key


def _send(change: SourceChange) -> None:
    reached, acting = 0, act()
    with acting as tx:
        reached = send_update_quizzes(tx, change.id)
    if acting.committed:
        leave_notice(f"Sent to {count(reached, 'holder')} now, by mail and on their first page.")
        st.rerun()


with look(Permission.CONTENT_WRITE) as tx:
    titles = {one.slug: one.title for one in course_list(tx)}
    uses, today = source_uses(tx), tx.now.date()

st.title("Sources and reviews")
show_notice()
view = st.segmented_control("What to look at", _VIEWS, default=_VIEWS[0], required=True, key=_VIEW)
if view == _VIEWS[1]:
    with look(Permission.ITEM_READ) as tx:
        due = reviews_due(tx)
    draw_due(due, titles, today)
elif view == _VIEWS[2]:
    with look(Permission.ITEM_READ) as tx:
        changes = source_changes(tx)
    _draw_changes(changes)
elif chosen := choose_source(uses, parameter("source")):
    with look(Permission.CONTENT_WRITE) as tx:
        holders = holders_of_source(tx, chosen.source.key)
    _draw_source(chosen, holders)
