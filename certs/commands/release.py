"""Releasing results: what a trainee may see from now on, with the certificate that it earned."""

from collections.abc import Sequence

from base.db import Tx
from base.errors import Invalid
from base.permissions import Permission, needs
from certs.commands.award import award
from quizbank.commands import releases

# Every certificate is drawn in the one transaction, in which others wait.
MOST_AT_ONCE = 25


@needs(Permission.RESULT_RELEASE)
def release_result(tx: Tx, decision_id: str) -> None:
    """Release one decision and award what it earned; however often it is called, once."""
    award(tx, releases.release_result(tx, decision_id))


@needs(Permission.RESULT_RELEASE)
def release_results(tx: Tx, decision_ids: Sequence[str]) -> None:
    """Release several decisions, up to 25: all of them, or none where one is refused."""
    if len(decision_ids) > MOST_AT_ONCE:
        raise Invalid([f"Release at most {MOST_AT_ONCE} results at once. Choose fewer."])
    # In one order for everybody, so that two people who release at once never wait for each other.
    for decision_id in sorted(set(decision_ids)):
        release_result(tx, decision_id)


@needs(Permission.RESULT_RELEASE)
def agree_to_results(tx: Tx, decision_ids: Sequence[str]) -> None:
    """Agree to several decisions: to all of them, or to none where one is refused."""
    for decision_id in sorted(set(decision_ids)):
        releases.agree_to_result(tx, decision_id)
