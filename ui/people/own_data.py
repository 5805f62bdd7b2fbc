"""Taking one's own data away."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from accounts.queries.people import signed_in
from base.academy import academy
from base.clock import utc_now
from base.permissions import NOBODY
from courses.own_data import packed
from courses.queries.own_data import own_data
from ui.session import cookie


def draw_own_data() -> None:
    """Draw the way to download what one did in all courses."""
    st.header("Your own data")
    st.markdown(
        "What you read, wrote and answered in lessons and practice, over all courses, as a zip of "
        "JSON and CSV."
    )
    st.download_button(
        "Download my data",
        data=_maker(),
        file_name="my-pinpoint-data.zip",
        mime="application/zip",
        icon=":material/download:",
        on_click="ignore",
    )


def _maker() -> Callable[[], bytes]:
    # Streamlit makes the file in a thread of its own, where this connection is unknown: the
    # cookie goes along, and is looked up again at that moment.
    token = cookie()

    def make() -> bytes:
        here = academy()
        with here.database.read(NOBODY, utc_now(), here.config) as tx:
            return packed(own_data(replace(tx, actor=signed_in(tx, token))))

    return make
