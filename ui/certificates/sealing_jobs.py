"""Jobs that seal many certificates: what a new one takes, and how far each is."""

from collections.abc import Callable, Mapping
from datetime import date

import streamlit as st

from base.db import Tx
from base.permissions import Permission
from certs.commands.sealing_jobs import resume_sealing_job, stop_sealing_job
from certs.queries.sealing_jobs import SealingChoice, SealingJob, sealing_jobs
from ui.act import act, look
from ui.words import moment, plain

_EVERY_SECONDS = 2.0
_EVERY_COURSE = "All courses"


def ask_choice(courses: Mapping[str, str]) -> tuple[SealingChoice, str]:
    """Ask which certificates a job takes, and return that with a title for it."""
    course = st.selectbox(
        "Course", ["", *courses], format_func=lambda one: courses.get(one, _EVERY_COURSE)
    )
    since, until = st.columns(2)
    first: date | None = since.date_input("Issued from", value=None, format="YYYY-MM-DD")
    last: date | None = until.date_input("Issued until", value=None, format="YYYY-MM-DD")
    again = st.toggle(
        "Also those that are sealed already",
        help="They stay as they are, byte for byte, and are collected into the archive again.",
    )
    choice = SealingChoice(course or "", first, last, waiting_only=not again)
    days = " to ".join(f"{one}" for one in (first, last) if one)
    title = courses.get(course or "", _EVERY_COURSE) + (f", {days}" if days else "")
    return choice, title


def draw_jobs() -> None:
    """Draw the newest jobs; while one is going on, they are drawn anew every two seconds."""
    with look(Permission.CREDENTIAL_SEAL) as tx:
        going = any(job.is_going for job in sealing_jobs(tx))
    every = _EVERY_SECONDS if going else None
    draw: Callable[[bool], None] = st.fragment(_draw_jobs, run_every=every)
    draw(going)


def _draw_jobs(going: bool) -> None:
    with look(Permission.CREDENTIAL_SEAL) as tx:
        jobs = sealing_jobs(tx)
    if going and not any(job.is_going for job in jobs):
        # The rest of the page says how many wait, and nothing needs to be drawn anew any more.
        st.rerun()
    for job in jobs:
        with st.container(border=True):
            _draw_job(job)


def _draw_job(job: SealingJob) -> None:
    st.markdown(f"**{plain(job.title)}** · begun {moment(job.created_at)}")
    st.progress(job.done / job.total, text=_far(job))
    if job.failed:
        st.warning(
            f"{job.failed:,} could not be sealed and are tried again later: {plain(job.problem)}",
            icon=":material/warning:",
        )
    with st.container(horizontal=True):
        if job.is_going:
            _offer("Stop", ":material/pause:", job, stop_sealing_job)
        if not job.is_done and (job.stopped_at or job.failed):
            _offer("Go on", ":material/play_arrow:", job, resume_sealing_job)
        if job.done:
            label = "Download the files" if job.is_done else f"Download {job.done:,} files"
            url = f"/sealing/{job.id}.zip"
            st.link_button(label, url, icon=":material/folder_zip:")


def _far(job: SealingJob) -> str:
    reached = f"{job.done:,} of {job.total:,} sealed"
    if job.is_done:
        return f"Done: {reached}"
    return f"Stopped: {reached}" if job.stopped_at else f"Going on: {reached}"


def _offer(label: str, icon: str, job: SealingJob, command: Callable[[Tx, str], None]) -> None:
    if st.button(label, icon=icon, key=f"{label}-{job.id}"):
        acting = act()
        with acting as tx:
            command(tx, job.id)
        if acting.committed:
            st.rerun()
