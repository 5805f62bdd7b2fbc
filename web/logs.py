"""Logging: one JSON line an event on standard error, tracebacks without local variables."""

import sys

import structlog


def configure_logging() -> None:
    """Set structlog up.

    Its default prints the local variables of every frame, and those may hold a password.
    """
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
