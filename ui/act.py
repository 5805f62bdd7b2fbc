"""How a page reads and writes: one transaction around one query, or around one command.

`with look() as tx:` reads. `with act() as tx:` runs one command and commits at the end of the
block; an `AppError` is shown as its sentence and the page goes on, so code that must only run
after success goes behind a check, outside the block:

    done = False
    with act() as tx:
        retire_item(tx, item_id)
        done = True
    if done:
        st.rerun()
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager

import streamlit as st
from streamlit.runtime.scriptrunner_utils.exceptions import RerunException, StopException

from base.academy import academy
from base.clock import utc_now
from base.db import Tx
from base.errors import AppError
from base.permissions import NOBODY, Permission
from ui.session import as_signed_in, require


def show_problem(sentence: str) -> None:
    """Show a problem where the page stands."""
    st.error(sentence, icon=":material/error:")


@contextmanager
def act(show: Callable[[str], None] = show_problem) -> Generator[Tx, None, None]:
    """Run one command as whoever is signed in; commits, or rolls back and shows why."""
    try:
        with academy().database.write(NOBODY, utc_now(), academy().config) as tx:
            yield as_signed_in(tx)
    except AppError as error:
        show(str(error))
    except (RerunException, StopException) as navigation:
        # Both work by raising, which would silently roll the command back.
        raise RuntimeError("Navigate after the act() block, not inside it.") from navigation


@contextmanager
def look(permission: Permission | None = None) -> Generator[Tx, None, None]:
    """Run queries as whoever is signed in; an `AppError` is shown and ends the page.

    With a permission, the page is refused to anyone who lacks it before anything is read.
    """
    problem = ""
    try:
        with academy().database.read(NOBODY, utc_now(), academy().config) as tx:
            tx_of_person = as_signed_in(tx)
            if permission is not None:
                require(tx_of_person.actor, permission)
            yield tx_of_person
    except AppError as error:
        problem = str(error)
    if problem:
        refuse(problem)


def refuse(sentence: str) -> None:
    """End the page with a sentence and the way out."""
    show_problem(sentence)
    st.html('<p><a href="/" target="_self">Go to the first page</a></p>')
    st.stop()
