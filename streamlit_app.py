"""Where everything is put together: our plain pages beside Streamlit's, in one process."""

from functools import partial
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from base.errors import AppError
from certs.commands.corrections import replay_corrections
from certs.commands.exams import close_overdue_exam
from certs.commands.sealing import seal_one
from certs.queries.sealing import waiting_for_seal
from quizbank.queries.corrections import being_replayed
from quizbank.queries.overdue import overdue_attempts
from ui.nav import addresses
from ui.theme import read_theme_once
from web.background import (
    Closing,
    Replaying,
    Sealing,
    close_overdue,
    go_on_replaying,
    seal_waiting,
)
from web.door import Door
from web.incidents import apology, log_incident
from web.lifespan import lifespan_of
from web.logs import configure_logging
from web.look_round import write_looks_down
from web.mail import send_waiting
from web.memory import LettingGo
from web.reminders import Reminding
from web.routes import routes
from web.security import Security
from web.shell import shell_routes
from web.site import Site
from web.status_lists import keep_lists_fresh


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
    routes=[*routes(site), *shell_routes(addresses())],
    middleware=[Middleware(Security, site=site), Middleware(Door, site=site)],
    lifespan=lifespan_of(
        site,
        (
            partial(close_overdue, site, Closing(overdue_attempts, close_overdue_exam)),
            partial(go_on_replaying, site, Replaying(being_replayed, replay_corrections)),
            partial(send_waiting, site),
            partial(keep_lists_fresh, site),
            partial(write_looks_down, site),
            Reminding(site),
            LettingGo(),
            partial(seal_waiting, site, Sealing(waiting_for_seal, seal_one)),
        ),
    ),
    on_script_error=show_script_error,
)
