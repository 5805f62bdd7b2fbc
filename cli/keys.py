"""`pinpoint keys …`: the keys that sign certificates, from a shell."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from pydantic import JsonValue

from base.errors import Invalid
from certs.commands.keys import reencrypt_keys, revoke_key, rotate_key
from certs.keys import KeyPurpose, PublicKey
from certs.queries.keys import public_keys
from cli.shell import AsJson, group, reading, say, say_json, say_table, sentences, writing

app = group("The keys that sign certificates.")


@app.command("list")
def list_keys(as_json: AsJson = False) -> None:
    """List every key: what it signs, since when, and until when it did."""
    with reading() as tx:
        found = public_keys(tx)
    if as_json:
        say_json({"keys": [_data(key) for key in found]})
        return
    rows = [[key.id, key.algorithm, _standing(key)] for key in found]
    say_table(["Key", "Algorithm", "Standing"], rows)


@app.command("rotate")
def rotate(purpose: Annotated[KeyPurpose, typer.Argument(help="What the key signs.")]) -> None:
    """Let a fresh key sign from now on; what the old one signed stays good."""
    with writing() as tx:
        made = rotate_key(tx, purpose)
    say(f"{made} signs from now on.")


@app.command("revoke")
def revoke(
    key: Annotated[str, typer.Argument(help="The key's id, as `pinpoint keys list` shows it.")],
    reason: Annotated[str, typer.Option(help="Why; the audit log keeps it.")],
) -> None:
    """Declare a key stolen: nothing that it signed is good any more."""
    with writing() as tx:
        made = revoke_key(tx, key, reason)
    say(f"{key} is revoked. What it signed is no longer good and must be issued again.")
    if made:
        say(f"{made} signs from now on.")


@app.command("reencrypt")
def reencrypt(
    old_secret_file: Annotated[
        Path, typer.Option(help="The file with the signing secret of before.", dir_okay=False)
    ],
) -> None:
    """Encrypt every key with the signing secret of today; needs the one of before."""
    with sentences():
        if not old_secret_file.is_file():
            raise Invalid([f"There is no file {old_secret_file}."])
        old = old_secret_file.read_text(encoding="utf-8").strip()
    with writing() as tx:
        count = reencrypt_keys(tx, old)
    say(f"{count} keys are encrypted with the signing secret of today.")


def _data(key: PublicKey) -> JsonValue:
    return {name: None if value is None else str(value) for name, value in asdict(key).items()}


def _standing(key: PublicKey) -> str:
    if key.revoked_at:
        return f"revoked on {key.revoked_at:%Y-%m-%d}"
    if key.retired_at:
        return f"signed until {key.retired_at:%Y-%m-%d}"
    return f"signs since {key.created_at:%Y-%m-%d}"
