"""Marking a written answer: where it was the last that waited, decide and award as well."""

from collections.abc import Mapping

from base.db import Tx
from base.permissions import Permission, needs
from certs.commands.award import award
from quizbank.commands import marking


@needs(Permission.RESULT_MARK)
def mark_essay(
    tx: Tx, attempt_id: str, position: int, part: str, points: Mapping[str, int], comment: str
) -> None:
    """Give one's own mark; however often it is called, one mark, one verdict, one certificate.

    Says nothing of the verdict: whoever marks does not learn whom it was about.
    """
    verdict = marking.mark_essay(tx, attempt_id, position, part, points, comment)
    if verdict:
        award(tx, verdict)
