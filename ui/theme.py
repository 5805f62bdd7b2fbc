"""The theme, which Streamlit by itself reads from its settings anew at every rerun."""

from functools import cache

from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

populate_from_settings = app_session._populate_theme_msg  # pyright: ignore[reportPrivateUsage] there is no public way


def read_theme_once() -> None:
    """Read each section of the theme once a process, which saves a fifth of a small rerun.

    The settings cannot change while the server runs.
    """
    app_session._populate_theme_msg = populate_from_kept  # pyright: ignore[reportPrivateUsage] as above


def populate_from_kept(message: CustomThemeConfig, section: str = "theme") -> None:
    """Fill the message with a section of the theme, as Streamlit would."""
    kept = _section(section)
    # Merging nothing would still mark the section as given.
    if kept:
        message.MergeFromString(kept)


@cache
def _section(section: str) -> bytes:
    message = CustomThemeConfig()
    populate_from_settings(message, section)
    return message.SerializeToString()
