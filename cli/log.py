"""`pinpoint log …`: prove what is in the issuance log, and check the whole of it."""

from dataclasses import asdict, astuple
from pathlib import Path
from typing import Annotated

import typer

from certs.queries.log import log_proof_of
from certs.queries.log_check import LogReport, log_report
from cli.certificates import Serial, canonical
from cli.shell import AsJson, group, reading, say, say_json, say_problem, say_table

app = group("The issuance log.")


@app.command("prove")
def prove(
    serial: Serial,
    out: Annotated[Path | None, typer.Option(dir_okay=False, help="Write it to a file.")] = None,
) -> None:
    """Print what proves that a certificate is in the log: a C2SP `tlog-proof`."""
    wanted = canonical(serial)
    with reading() as tx:
        proof = log_proof_of(tx, wanted)
    if out is None:
        typer.echo(proof, nl=False)
        return
    try:
        out.write_text(proof, encoding="utf-8")
    except OSError as error:
        say_problem(f"{out} cannot be written: {error.strerror}.")
        raise typer.Exit(2) from None
    say(f"The proof is in {out}.")


@app.command("check")
def check(
    checkpoint: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="A checkpoint that was kept before."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Recompute the log and hold it against credentials, decisions and a kept checkpoint.

    Exit code 1 where anything does not fit.
    """
    with reading() as tx:
        report = log_report(tx, _text_of(checkpoint) if checkpoint else None)
    if as_json:
        say_json({"sound": not report.problems, **asdict(report)})
    else:
        _say(report)
    if report.problems:
        raise typer.Exit(1)


def _say(report: LogReport) -> None:
    for problem in report.problems:
        say(problem)
    say(f"{report.size} entries, root {report.root}.")
    if report.waiting:
        say(f"{report.waiting} issued and still to be signed.")
    counts = [astuple(one) for one in report.courses]
    rows = [[str(value) for value in row] for row in counts]
    say_table(["Course", "Passed", "Earned", "By hand", "Unearned"], rows)
    if not report.problems:
        say("The log is sound.")


def _text_of(file: Path) -> str:
    # A file that is no text is no checkpoint either, and is said to be none.
    return file.read_bytes().decode("utf-8", "replace")
