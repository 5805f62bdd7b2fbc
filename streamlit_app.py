"""Where everything is put together: our plain pages beside Streamlit's, in one process."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from base.errors import AppError
from certs.commands.corrections import replay_corrections
from certs.commands.exams import close_overdue_exam
from quizbank.queries.corrections import being_replayed
from quizbank.queries.overdue import overdue_attempts
from ui.theme import read_theme_once
from web.background import Closing, Replaying
from web.incidents import apology, log_incident
from web.lifespan import lifespan_of
from web.logs import configure_logging
from web.routes import routes
from web.security import Security
from web.site import Site


def show_script_error(error: Exception) -> bool:
    """Show what a person can act on as its sentence, and a defect as its incident number."""
    sentence = str(error) if isinstance(error, AppError) else apology(log_incident(error, "script"))
    st.error(sentence, icon=":material/error:")
    return True


configure_logging()
read_theme_once()
site = Site()
app = st.App(
    Path(__file__).resolve().parent / "ui" / "main.py",
    routes=routes(site),
    middleware=[Middleware(Security, site=site)],
    lifespan=lifespan_of(
        site,
        Closing(overdue_attempts, close_overdue_exam),
        Replaying(being_replayed, replay_corrections),
    ),
    on_script_error=show_script_error,
)
