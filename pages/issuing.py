"""Issuing by hand: what administrators ask for, and what another of them answers."""

import streamlit as st

from base.permissions import Permission
from certs.commands.issuing import answer_request, ask_to_correct, ask_to_issue
from certs.queries.issuing import IssueRequest, issue_requests
from certs.queries.standing import credential_standing
from courses.queries.outline import course_list
from ui.act import act, look, refuse
from ui.certificates.issuing import Answer, draw_answered, draw_waiting
from ui.nav import go, link, parameter
from ui.notice import leave_notice, show_notice
from ui.words import plain

_LONGEST = 500


def _draw_all() -> None:
    with look(Permission.CREDENTIAL_ISSUE) as tx:
        requests, courses = issue_requests(tx), course_list(tx)
    st.title("Issue by hand")
    st.markdown(
        "For what no exam here can decide. One administrator asks with a reason, another answers. "
        "To correct a name, open the certificate under Certificates."
    )
    show_notice()
    for one in [one for one in requests if one.agreed is None]:
        answer = draw_waiting(one)
        if answer:
            _answer(one, answer)
    _ask({course.slug: course.title for course in courses if course.awards})
    draw_answered([one for one in requests if one.agreed is not None])


def _answer(one: IssueRequest, answer: Answer) -> None:
    acting = act()
    with acting as tx:
        answer_request(tx, one.id, answer.agree, answer.text)
    if acting.committed:
        leave_notice("Issued. It is being sealed." if answer.agree else "Refused; nothing issued.")
        st.rerun()


def _ask(courses: dict[str, str]) -> None:
    st.header("Ask for a certificate")
    with st.form("issue", border=True):
        email = st.text_input("E-mail of the person's account", key="issue-email")
        course = st.selectbox("Course", list(courses), format_func=courses.__getitem__)
        reason = st.text_area("Reason", key="issue-reason", max_chars=_LONGEST)
        asked = st.form_submit_button("Ask for it", icon=":material/send:", type="primary")
    if not asked:
        return
    acting = act()
    with acting as tx:
        ask_to_issue(tx, email, course or "", reason)
    if acting.committed:
        leave_notice("Asked. Another administrator finds it on this page.")
        st.rerun()


def _correct(serial: str) -> None:
    with look(Permission.CREDENTIAL_ISSUE) as tx:
        one = credential_standing(tx, serial)
    link("All certificates", "credentials", icon=":material/arrow_back:")
    if one is None:
        refuse("There is no certificate with this serial. Look for it in the list.")
        return
    st.title("Correct the name on a certificate")
    st.markdown(
        f"`{one.serial}` of **{plain(one.holder)}** is not changed. Once another administrator "
        "agrees, a new certificate with a new serial takes its place, with the same end, and the "
        "old one says so to everybody who checks it."
    )
    with st.form("correct", border=True):
        name = st.text_input("Name, as it should be printed", value=one.holder, key="correct-name")
        reason = st.text_area("Reason", key="correct-reason", max_chars=_LONGEST)
        asked = st.form_submit_button("Ask for it", icon=":material/send:", type="primary")
    if not asked:
        return
    acting = act()
    with acting as tx:
        ask_to_correct(tx, serial, name, reason)
    if acting.committed:
        leave_notice("Asked. Another administrator finds it on this page.")
        go("issuing")


serial = parameter("serial")
if serial:
    _correct(serial)
else:
    _draw_all()
