"""Signing a certificate's data: proofs, JWT, and its place in the issuance log, in one go."""

from accounts.queries.people import sign_in_email
from base.audit import record, take_turn
from base.db import Tx
from base.errors import Conflict, NotFound
from certs.canonical import Document, jcs
from certs.commands.log import append_leaf
from certs.credential import Identity, credential_document
from certs.did import key_address
from certs.jwt import vc_jwt
from certs.keys import KeyPurpose
from certs.proofs import secure
from certs.queries.keys import signer_for
from certs.queries.signed import SignedCredential, signed_credential
from certs.tables.credentials import CredentialDataRow, CredentialRow
from certs.tables.issuing import ManualIssueRow
from certs.terms import Facts
from quizbank.queries.results import decided_pass

_UNEARNED = (
    "Nothing was signed: there is no decision on record that this certificate rests on. "
    "Tell an auditor, and compare with a backup."
)


def sign_credential(tx: Tx, serial: str) -> SignedCredential:
    """Sign a certificate's data and append it to the log; once, however often it is called.

    Raises `NotFound`; `Conflict` where no recorded decision earned it, or where it is of before
    certificates were signed; `Unavailable` where the academy cannot sign. Part of sealing, which
    asks who acts.
    """
    done = signed_credential(tx, serial)
    if done:
        return done
    row = tx.session.get(CredentialRow, serial)
    if row is None:
        raise NotFound("There is no certificate with this serial. Check it.")
    _refuse_unearned(tx, row)
    secured = secure(_document(tx, row), signer_for(tx, KeyPurpose.CREDENTIAL), tx.now)
    signer = signer_for(tx, KeyPurpose.JWT)
    token = vc_jwt(secured, signer, key_address(tx.config.public_url, signer.key_id))
    # Who comes second finds what the first has kept, and appends nothing.
    take_turn(tx)
    return signed_credential(tx, serial) or _keep(tx, serial, secured, token)


def _keep(tx: Tx, serial: str, secured: Document, token: str) -> SignedCredential:
    canonical = jcs(secured)
    kept = SignedCredential(canonical.decode(), token, append_leaf(tx, canonical), tx.now)
    tx.session.add(
        CredentialDataRow(
            serial=serial,
            document=kept.document,
            jwt=kept.jwt,
            leaf=kept.leaf,
            signed_at=kept.signed_at,
        )
    )
    tx.session.flush()
    record(tx, "credential:sign", serial, {"leaf": kept.leaf, "id": secured["id"]})
    return kept


def _document(tx: Tx, row: CredentialRow) -> Document:
    if row.uuid is None or row.status_index is None:
        raise Conflict("This certificate is of before certificates were signed; it stays as it is.")
    email = sign_in_email(tx, row.person_id)
    identity = Identity(row.uuid, row.status_index, email)
    return credential_document(Facts.model_validate_json(row.facts), identity)


def _refuse_unearned(tx: Tx, row: CredentialRow) -> None:
    """Whoever can write rows, but decide nothing, is given no signature."""
    if row.decision_id and decided_pass(tx, row.decision_id) == row.person_id:
        return
    grant = tx.session.get(ManualIssueRow, row.grant_id) if row.grant_id else None
    if grant and grant.approved and grant.person_id == row.person_id:
        return
    raise Conflict(_UNEARNED)
