"""An instant in UTC, and beside it what the reader's own clock shows then."""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from ui.words import moment


def here_and_utc(instant: datetime) -> str:
    """Return "23 November 2026, 11:00 UTC (12:00 in Europe/Berlin)"; UTC alone where it is here."""
    zone = st.context.timezone
    try:
        local = instant.astimezone(ZoneInfo(zone)) if zone else instant
    except (ZoneInfoNotFoundError, ValueError):
        local = instant
    if local.utcoffset() == instant.utcoffset():
        return moment(instant)
    shape = "%H:%M" if local.date() == instant.date() else "%-d %B, %H:%M"
    return f"{moment(instant)} ({local:{shape}} in {zone})"
