"""Signing in and out.

Checking a password is slow on purpose and must not happen inside a transaction: the caller asks
for `credentials_to_check`, checks them outside, then opens the sign-in or notes the failure.
"""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import case, col, func, select, update

from accounts.emails import normal_email
from accounts.tables import (
    PersonRow,
    RoleGrantRow,
    SignInFailureRow,
    SignInRow,
    revoke_sign_ins,
)
from base.audit import record
from base.db import Tx
from base.errors import Invalid, NotAllowed, Throttled
from base.ids import new_id, new_token, token_digest
from base.permissions import Permission, Role, needs, public
from base.throttle import TRIES_PER_ADDRESS, WINDOW, wait_after

SIGN_IN_LASTS = timedelta(days=30)
WRONG = "The e-mail or the password is not right. Check both and try again."


@dataclass(frozen=True)
class Credentials:
    """What a sign-in must be checked against; None where nobody has this e-mail."""

    person_id: str | None
    password_hash: str | None


@public
def credentials_to_check(tx: Tx, email: str, address: str) -> Credentials:
    """Return whose password to check; raises `Throttled` after too many failures."""
    _refuse_if_throttled(tx, email, address)
    try:
        wanted = normal_email(email)
    except Invalid:
        return Credentials(None, None)
    row = tx.session.exec(select(PersonRow).where(PersonRow.email == wanted)).first()
    return Credentials(row.id, row.password_hash) if row else Credentials(None, None)


@public
def note_failed_sign_in(tx: Tx, email: str, address: str) -> None:
    """Remember one failed sign-in for the throttle."""
    digests = _digests(tx, email, address)
    tx.session.add(
        SignInFailureRow(id=new_id(), email_digest=digests[0], address_digest=digests[1], at=tx.now)
    )


@public
def open_sign_in(tx: Tx, person_id: str, browser: str) -> str:
    """Sign the person's browser in and return its new cookie; the caller has checked who it is."""
    token = new_token()
    tx.session.add(
        SignInRow(
            token_digest=token_digest(token),
            person_id=person_id,
            created_at=tx.now,
            expires_at=tx.now + SIGN_IN_LASTS,
            browser=browser[:200],
        )
    )
    record(tx, "account:sign-in", person_id, {})
    return token


@public
def sign_out(tx: Tx, token: str | None) -> None:
    """Revoke one browser's cookie; an unknown one is no error."""
    if token:
        tx.session.exec(
            update(SignInRow)
            .where(
                col(SignInRow.token_digest) == token_digest(token),
                col(SignInRow.revoked_at).is_(None),
            )
            .values(revoked_at=tx.now)
        )


@needs(Permission.ACCOUNT_OWN)
def sign_out_everywhere(tx: Tx) -> None:
    """Revoke every cookie of the signed-in person, this browser's too."""
    revoke_sign_ins(tx.session, tx.actor.own_id, tx.now)
    record(tx, "account:sign-out-everywhere", tx.actor.own_id, {})


@public
def demo_person(tx: Tx, role: Role) -> str:
    """Return the id of the demo person to try the academy as; refused where there is no demo.

    Of several with the role it is who has the fewest others.
    """
    held = func.count(col(RoleGrantRow.role))
    row = tx.session.exec(
        select(PersonRow.id)
        .join(RoleGrantRow, col(RoleGrantRow.person_id) == col(PersonRow.id))
        .where(col(PersonRow.demo), col(RoleGrantRow.withdrawn_at).is_(None))
        .group_by(col(PersonRow.id), col(PersonRow.email))
        .having(func.max(case((col(RoleGrantRow.role) == role, 1), else_=0)) == 1)
        .order_by(held, col(PersonRow.email))
    ).first()
    if row is None or tx.config.production:
        raise NotAllowed("There is no demo here. Sign in or sign up instead.")
    return row


def _refuse_if_throttled(tx: Tx, email: str, address: str) -> None:
    by_email, by_address = _digests(tx, email, address)
    since = tx.now - WINDOW
    tries = tx.session.exec(
        select(SignInFailureRow.at, SignInFailureRow.email_digest).where(
            SignInFailureRow.at > since,
            (SignInFailureRow.email_digest == by_email)
            | (SignInFailureRow.address_digest == by_address),
        )
    ).all()
    own = [at for at, digest in tries if digest == by_email]
    wait = max(
        wait_after(own, tx.now),
        wait_after([at for at, _ in tries], tx.now, free=TRIES_PER_ADDRESS),
    )
    if wait > timedelta(0):
        seconds = max(1, round(wait.total_seconds()))
        raise Throttled(f"Too many failed sign-ins. Wait {seconds} seconds, then try again.")


def _digests(tx: Tx, email: str, address: str) -> tuple[str, str]:
    def digest(kind: str, text: str) -> str:
        keyed = f"{tx.config.secret_key}\n{kind}\n{text.strip().casefold()}"
        return hashlib.sha256(keyed.encode()).hexdigest()

    # Every spelling of a mailbox counts as that mailbox, or each would have its own free tries.
    with suppress(Invalid):
        email = normal_email(email)
    return digest("email", email), digest("address", address)
