"""Sealing: how many certificates wait, and many sealed and collected as one job."""

import streamlit as st

from base.permissions import Permission
from certs.commands.sealing_jobs import start_sealing_job
from certs.queries.sealing_jobs import sealing_jobs, sealing_size
from courses.queries.outline import course_list
from ui.act import act, look
from ui.certificates.sealing_jobs import ask_choice, draw_jobs
from ui.notice import leave_notice, show_notice
from ui.words import count

with look(Permission.CREDENTIAL_SEAL) as tx:
    courses = {one.slug: one.title for one in course_list(tx)}
    jobs = sealing_jobs(tx)

st.title("Sealing")
st.markdown(
    "Certificates are sealed by themselves within seconds. Seal many as one job to watch them, "
    "to stop and go on, and to collect their files with a manifest."
)
show_notice()
st.header("A new job")
choice, title = ask_choice(courses)
with look(Permission.CREDENTIAL_SEAL) as tx:
    fitting, waiting = sealing_size(tx, choice)
said = "none of them waits" if not waiting else f"{waiting:,} of them wait for their seal"
st.markdown(f"{count(fitting, 'certificate')} fit: {said}." if fitting else "No certificate fits.")
if st.button("Start the job", type="primary", icon=":material/approval:", disabled=not fitting):
    acting = act()
    with acting as tx:
        start_sealing_job(tx, choice, title)
    if acting.committed:
        leave_notice("Started. You may leave this page; the job goes on without it.")
        st.rerun()
st.header("Jobs")
if jobs:
    draw_jobs()
else:
    st.markdown("There is no job yet.")
