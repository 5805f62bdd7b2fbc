"""`pinpoint dossier …`: what a decision rests on, as an archive that can be checked anywhere."""

from pathlib import Path
from typing import Annotated

import typer

from certs.commands.dossier import export_dossier
from cli.shell import say, writing

Attempt = Annotated[str, typer.Argument(help="The attempt, as its page in the results names it.")]


def dossier(
    attempt: Attempt,
    out: Annotated[Path, typer.Option(help="The file to write.", dir_okay=False)],
) -> None:
    """Write the decision dossier of an attempt; `verify.py` in it checks it without Pinpoint."""
    with writing() as tx:
        exported = export_dossier(tx, attempt)
    out.write_bytes(exported.content)
    say(f"Wrote {out} ({len(exported.content)} bytes). Check it with: python3 verify.py {out}")
