"""Replaying an approved key correction: remark, and award what is newly earned."""

from base.db import Tx
from base.permissions import Permission, needs
from certs.commands.award import award
from quizbank.commands.remarking import remark_listed

# Small enough that people who sit an exam meanwhile do not feel it.
AT_ONCE = 20


@needs(Permission.KEY_CORRECT)
def replay_corrections(tx: Tx) -> int:
    """Mark some of the attempts that wait for it again, and award; returns how many.

    Zero where none waits. Nothing is withdrawn: whoever passes no more keeps the certificate.
    """
    done, verdicts = remark_listed(tx, AT_ONCE)
    for verdict in verdicts:
        award(tx, verdict)
    return done
