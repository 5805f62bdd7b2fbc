"""Sealing what waits, from a shell."""

from contextlib import AbstractContextManager

from base.academy import academy
from base.clock import utc_now
from base.db import Tx
from base.errors import AppError
from base.permissions import SYSTEM
from certs.commands.sealing import seal_one
from certs.queries.sealing import waiting_for_seal
from cli.shell import progress_bar, reading, say_problem


def seal_all() -> int:
    """Seal every certificate that waits, with a bar on a terminal; returns how many were."""
    with reading() as tx:
        waiting = waiting_for_seal(tx, limit=1_000_000)
    done = 0
    with progress_bar("Sealing", shown=len(waiting) > 1) as tell:
        for number, serial in enumerate(waiting, start=1):
            try:
                done += seal_one(_opening, serial)
            except AppError as error:
                say_problem(f"{serial}: {error}")
            tell(number / len(waiting))
    return done


def _opening() -> AbstractContextManager[Tx]:
    here = academy()
    return here.database.write(SYSTEM, utc_now(), here.config)
