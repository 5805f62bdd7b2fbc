"""How a page reads and writes: one transaction around one query, or around one command.

`with look() as tx:` reads. `with act() as tx:` runs one command and commits at the end of the
block; an `AppError`, also one of the commit itself, is shown as its sentence and the page goes on.
What must only happen after success asks for `committed`, outside the block:

    acting = act()
    with acting as tx:
        retire_item(tx, item_id)
    if acting.committed:
        st.rerun()
"""

from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from types import TracebackType
from urllib.parse import quote, urlencode, urlsplit

import streamlit as st
from streamlit.runtime.scriptrunner_utils.exceptions import RerunException, StopException

from base.academy import academy
from base.clock import utc_now
from base.db import Tx
from base.errors import AppError
from base.permissions import NOBODY, Permission
from ui.session import as_signed_in, is_anybody, require


def show_problem(sentence: str) -> None:
    """Show a problem where the page stands."""
    st.error(sentence, icon=":material/error:")


class Act:
    """One command as whoever is signed in: commits at the end of the block, or shows why not.

    `committed` turns true only when what the block did is on disk.
    """

    def __init__(self, show: Callable[[str], None]) -> None:
        self.committed = False
        self._show = show
        self._writing = ExitStack()

    def __enter__(self) -> Tx:
        here = academy()
        with ExitStack() as opening:
            tx = opening.enter_context(here.database.write(NOBODY, utc_now(), here.config))
            acting = as_signed_in(tx)
            self._writing = opening.pop_all()
        return acting

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        try:
            self._writing.__exit__(kind, error, trace)
        except AppError as problem:
            # The commit itself failed, or the database said what the error came from.
            self._show(str(problem))
            return True
        if isinstance(error, AppError):
            self._show(str(error))
            return True
        if isinstance(error, RerunException | StopException):
            # Both work by raising, which has just rolled the command back without a word.
            raise RuntimeError("Navigate after the act() block, not inside it.") from error
        self.committed = error is None
        return False


def act(show: Callable[[str], None] = show_problem) -> Act:
    """Begin one command; `show` is told the sentence where it is refused."""
    return Act(show)


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
    ways = [("/", "Go to the first page")]
    if not is_anybody():
        ways.insert(0, (f"/auth/login?next={quote(_this_page(), safe='')}", "Sign in"))
    links = " · ".join(f'<a href="{way}" target="_self">{said}</a>' for way, said in ways)
    st.html(f"<p>{links}</p>")
    st.stop()


def _this_page() -> str:
    asked = urlencode(st.query_params.to_dict())
    return (urlsplit(st.context.url or "").path or "/") + (f"?{asked}" if asked else "")
