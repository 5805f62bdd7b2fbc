"""`pinpoint credential …`: check, suspend and revoke certificates from a shell."""

from pathlib import Path
from typing import Annotated

import typer
from pydantic import JsonValue

from base.errors import Invalid
from base.ids import EXAMPLE_SERIAL, parse_serial
from certs.commands.revocation import revoke_credential
from certs.commands.sealing import queue_unsealed
from certs.commands.statuses import reinstate_credential, suspend_credential
from certs.queries.standing import credential_standing
from certs.status import Status
from cli.checking import Alone, is_file, verify_file, write_offline, write_trust
from cli.seals import seal_all
from cli.shell import (
    AsJson,
    group,
    reading,
    say,
    say_json,
    say_problem,
    sentences,
    writing,
)

app = group("Certificates.")
Serial = Annotated[str, typer.Argument(help="The serial, as printed on the certificate.")]


@app.command("verify")
def verify(
    serial: Annotated[
        str, typer.Argument(metavar="FILE|SERIAL", help="A certificate's PDF, JSON, or serial.")
    ],
    offline: Annotated[
        bool, typer.Option("--offline", help="Check a file by itself, without the register.")
    ] = False,
    trust: Annotated[
        Path | None, typer.Option(help="What to trust, without any database; means --offline.")
    ] = None,
    log_proof: Annotated[
        Path | None,
        typer.Option(help="The proof of the log for a JSON credential; means --offline."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say how a certificate stands; exit code 0 only where it is valid."""
    alone = Alone(trust, log_proof) if offline or trust or log_proof else None
    if is_file(serial):
        verify_file(Path(serial), alone, as_json)
        return
    if alone:
        say_problem("Without the academy only a file can be checked. Give its PDF or JSON.")
        raise typer.Exit(2)
    _verify_serial(serial, as_json)


@app.command("trust")
def trust(
    out: Annotated[Path, typer.Option(help="The file to write.")],
) -> None:
    """Write what others pin to check certificates without us: keys, root, log, status lists."""
    write_trust(out)


@app.command("offline")
def offline(
    out: Annotated[Path, typer.Option(help="The HTML file to write.")],
) -> None:
    """Write the checker for browsers without a network; its status lists are good for a day."""
    write_offline(out)


@app.command("seal")
def seal(as_json: AsJson = False) -> None:
    """Seal every certificate that waits for it; exit code 1 where one could not be."""
    with writing() as tx:
        waiting = queue_unsealed(tx)
    done = seal_all()
    if as_json:
        say_json({"waiting": waiting, "sealed": done, "left": waiting - done})
    else:
        say(f"Sealed {done} of {waiting} certificates that waited.")
    if done < waiting:
        raise typer.Exit(1)


@app.command("revoke")
def revoke(
    serial: Serial,
    reason: Annotated[str, typer.Option(help="Why; the public page shows it.")],
) -> None:
    """Revoke a certificate, for good."""
    wanted = canonical(serial)
    with writing() as tx:
        revoke_credential(tx, wanted, reason)
    say(f"{wanted} is revoked.")


@app.command("suspend")
def suspend(
    serial: Serial,
    reason: Annotated[str, typer.Option(help="Why; the public page shows it.")],
) -> None:
    """Suspend a certificate until it is reinstated."""
    wanted = canonical(serial)
    with writing() as tx:
        suspend_credential(tx, wanted, reason)
    say(f"{wanted} is suspended.")


@app.command("reinstate")
def reinstate(
    serial: Serial,
    reason: Annotated[str, typer.Option(help="Why; the audit log keeps it.")],
) -> None:
    """Let a suspended certificate stand again."""
    wanted = canonical(serial)
    with writing() as tx:
        reinstate_credential(tx, wanted, reason)
    say(f"{wanted} stands again.")


def _verify_serial(serial: str, as_json: bool) -> None:
    wanted = canonical(serial)
    with reading() as tx:
        standing = credential_standing(tx, wanted)
    if as_json:
        unknown: JsonValue = {"serial": wanted, "status": "unknown"}
        say_json(standing.as_data() if standing else unknown)
    elif standing is None:
        say(f"UNKNOWN: no certificate has the serial {wanted}.")
    else:
        say(f"{standing.status.upper()}: {standing.holder}, {standing.achievement}")
        say(f"Issued {standing.issued_at:%Y-%m-%d}, ends {standing.expires_at:%Y-%m-%d}.")
        if standing.reason:
            say(f"{standing.status.capitalize()}: {standing.reason}")
    if standing is None or standing.status is not Status.VALID:
        raise typer.Exit(1)


def canonical(serial: str) -> str:
    """Return a typed serial in its one written form; ends the command where it is none."""
    with sentences():
        wanted = parse_serial(serial)
        if wanted is None:
            raise Invalid([f"{serial} is no serial. One looks like {EXAMPLE_SERIAL}."])
    return wanted
