"""Our credentials by an npm stack that we did not write: good ones, and tampered ones."""

import copy
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from certs.commands.revocation import revoke_credential
from certs.commands.status_lists import publish_lists
from certs.did import did_document, did_of
from certs.queries.keys import public_keys
from certs.queries.signed import signed_credential
from certs.queries.trust import academy_trust
from tests.conftest import skip_unless_ci
from tests.factories import World

_NODE = Path(__file__).parent / "node"
Change = Callable[[Any], None]


def _judge(world: World, **credentials: Any) -> Any:
    if shutil.which("node") is None or not (_NODE / "node_modules").is_dir():
        skip_unless_ci("node and the npm verifiers are not installed; run `make test` once")
    did = did_of(world.config.public_url)
    with world.looking("nobody") as tx:
        lists = {one["id"]: one for one in academy_trust(tx).lists}
        document = did_document(did, public_keys(tx))
    asked = {
        "documents": {did: document, **lists},
        "now": world.now.isoformat(),
        "credentials": credentials,
    }
    ran = subprocess.run(
        ["node", str(_NODE / "verify.mjs")],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(ran.stdout)


def _issued(world: World) -> Any:
    serial = world.earn("alba").standing.serial
    with world.as_system() as tx:
        publish_lists(tx)
        signed = signed_credential(tx, serial)
    assert signed is not None
    return json.loads(signed.document)


def _depth(credential: Any) -> None:
    alignments = credential["credentialSubject"]["achievement"]["alignment"]
    alignments[0]["targetName"] += " to 3 mm"


def _another_holder(credential: Any) -> None:
    credential["credentialSubject"]["identifier"][0]["identityHash"] = "sha256$" + "0" * 64


def _longer(credential: Any) -> None:
    credential["validUntil"] = "2099-01-01T00:00:00Z"


def _another_mark(credential: Any) -> None:
    credential["credentialSubject"]["result"][0]["value"] = "100"


def _another_place_in_the_list(credential: Any) -> None:
    status = credential["credentialStatus"]
    status["statusListIndex"] = str(int(status["statusListIndex"]) ^ 1)


def _another_issuer(credential: Any) -> None:
    credential["issuer"]["name"] = "Another academy"


def _a_swapped_proof(credential: Any) -> None:
    first, second = credential["proof"]
    first["proofValue"], second["proofValue"] = second["proofValue"], first["proofValue"]


def _a_key_of_another(credential: Any) -> None:
    for proof in credential["proof"]:
        proof["verificationMethod"] += "x"


TAMPERED: dict[str, Change] = {
    "a deeper scope": _depth,
    "another holder": _another_holder,
    "a later end": _longer,
    "a better mark": _another_mark,
    "another place in the list": _another_place_in_the_list,
    "another issuer": _another_issuer,
    "swapped proofs": _a_swapped_proof,
    "a key that the issuer has not": _a_key_of_another,
}


def test_both_proofs_and_the_status_of_what_we_issue_hold(world: World) -> None:
    judged = _judge(world, issued=_issued(world))["issued"]
    assert judged["errors"] == []
    assert judged["proofs"] == {"eddsa-rdfc-2022": True, "eddsa-jcs-2022": True}
    assert (judged["status"], judged["verified"]) == (True, True)


def test_each_proof_finds_what_was_tampered_with(world: World) -> None:
    issued = _issued(world)
    credentials = {name: copy.deepcopy(issued) for name in TAMPERED}
    for name, change in TAMPERED.items():
        change(credentials[name])
    for name, judged in _judge(world, **credentials).items():
        assert judged["verified"] is False, name
        assert not any(judged["proofs"].values()), name


def test_a_revoked_credential_is_not_called_good(world: World) -> None:
    serial = world.earn("alba").standing.serial
    with world.acting("dina") as tx:
        revoke_credential(tx, serial, "The exam was taken by another person.")
    with world.looking("nobody") as tx:
        signed = signed_credential(tx, serial)
    assert signed is not None
    judged = _judge(world, revoked=json.loads(signed.document))["revoked"]
    assert (judged["status"], judged["verified"]) == (False, False)
    assert all(judged["proofs"].values())


def test_a_status_list_that_ended_is_not_trusted(world: World) -> None:
    issued = _issued(world)
    world.wait(days=2)
    judged = _judge(world, issued=issued)["issued"]
    assert (judged["status"], judged["verified"]) == (False, False)
    assert all(judged["proofs"].values())


@pytest.mark.parametrize("days", [732, 1000])
def test_an_ended_credential_is_not_called_good(world: World, days: int) -> None:
    issued = _issued(world)
    world.wait(days=days)
    judged = _judge(world, ended=issued)["ended"]
    assert judged["verified"] is False
    assert not any(judged["proofs"].values())
