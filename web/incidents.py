"""Defects: logged whole, shown only as an incident id."""

import structlog

from base.ids import new_id

_log = structlog.get_logger()


def log_incident(error: Exception, where: str) -> str:
    """Log the defect with its traceback and return the id to show to the person."""
    incident = new_id()[:8]
    _log.error("incident", incident=incident, where=where, exc_info=error)
    return incident


def apology(incident: str) -> str:
    """Return the sentence that a person reads instead of the defect."""
    return (
        "Something went wrong on our side, and what you sent was not saved. Try again; if it "
        f"happens once more, tell the academy the incident number {incident}."
    )
