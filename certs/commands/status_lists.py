"""Publishing the status lists: signed anew when they change, and before they grow stale."""

import json
from contextlib import suppress
from dataclasses import replace

from base.audit import take_turn
from base.db import Tx
from base.errors import Unavailable
from base.permissions import SYSTEM, Permission, needs
from certs.did import did_of
from certs.keys import KeyPurpose
from certs.proofs import secure
from certs.queries.keys import signer_for
from certs.queries.status_lists import DueList, due_lists
from certs.statuslist import VALID_FOR, status_list
from certs.tables.statuses import StatusListRow


@needs(Permission.SIGNING_MANAGE)
def publish_lists(tx: Tx) -> int:
    """Publish every list that is due as its next edition; returns how many.

    However many processes ask at once, one publishes and the others find nothing due.
    """
    take_turn(tx)
    due = due_lists(tx)
    for one in due:
        _publish(tx, one)
    return len(due)


def _publish(tx: Tx, due: DueList) -> None:
    here = tx.config.public_url
    bare = status_list(here, did_of(here), due.purpose, due.bits, tx.now)
    document = secure(bare, signer_for(tx, KeyPurpose.CREDENTIAL), tx.now)
    tx.session.add(
        StatusListRow(
            purpose=due.purpose,
            edition=due.edition,
            document=json.dumps(document),
            signed_at=tx.now,
            valid_until=tx.now + VALID_FOR,
        )
    )
    tx.session.flush()


def publish_at_once(tx: Tx) -> None:
    """Publish what a command changed, in its own transaction. Part of the commands that do.

    Where the academy cannot sign just now, what was changed stands all the same, and the
    background round publishes it as soon as it can.
    """
    with suppress(Unavailable):
        publish_lists(replace(tx, actor=SYSTEM))
