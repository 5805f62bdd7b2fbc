"""Checking a certificate's file from a shell, with the academy or without it."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import typer
from pydantic import JsonValue

from base.errors import NotFound
from certs.checking import Form, Report, Trust, Verdict
from certs.checking.apart import check_apart
from certs.checking.beside import beside
from certs.checking.pdf_parts import LARGEST_FILE
from certs.offline import offline_page
from certs.queries.log import log_proof_of_leaf
from certs.queries.trust import academy_trust, issued_credential
from cli import shell
from cli.shell import reading, say, say_json, say_problem

_WORDS = {Verdict.ALTERED: "NOT VALID"}
_MARKS = {"passed": "right", "failed": "WRONG", "unchecked": "not checked"}


def is_file(typed: str) -> bool:
    """Tell whether what was typed names a file rather than a serial."""
    path = Path(typed)
    return path.exists() or path.suffix.lower() in {".pdf", ".json", ".jwt"} or "/" in typed


@dataclass(frozen=True)
class Alone:
    """What to check a file with, without the register: what is pinned, and the proof of the log."""

    pinned: Path | None = None
    log_proof: Path | None = None


def verify_file(path: Path, alone: Alone | None, as_json: bool) -> None:
    """Check a file and say every check; exit code 0 only where it is valid, 2 for bad usage."""
    data = _read(path)
    report = _without_us(data, alone) if alone else _with_us(data)
    if as_json:
        say_json(report_data(report))
    else:
        _say(report)
    if report.verdict is not Verdict.VALID:
        raise typer.Exit(1)


def write_trust(out: Path) -> None:
    """Write what a checker pins of this academy into a file."""
    with reading() as tx:
        trust = academy_trust(tx)
    out.write_text(trust.to_json() + "\n", encoding="utf-8")
    say(f"Wrote {out}. Its status lists are of {trust.dated:%Y-%m-%d %H:%M} UTC.")


def write_offline(out: Path) -> None:
    """Write the checker for browsers, with what it pins of this academy inside."""
    with reading() as tx:
        trust = academy_trust(tx)
    out.write_text(offline_page(trust), encoding="utf-8")
    say(f"Wrote {out}. Its status lists are of {trust.dated:%Y-%m-%d %H:%M} UTC.")


def report_data(report: Report) -> dict[str, JsonValue]:
    """Return a report as plain data: what the command line says with --json."""
    said = report.model_dump(mode="json")
    return {
        "status": said["verdict"],
        "since": said["since"],
        "checked_at": said["at"],
        "form": said["form"],
        "file_says": said["says"],
        "checks": said["checks"],
    }


def _with_us(data: bytes) -> Report:
    with reading() as tx:
        trust, now = academy_trust(tx), tx.now
    report = check_apart(data, trust, now)
    if report.form is Form.ELSEWHERE or not report.says.serial:
        return report
    with reading() as tx:
        issued = issued_credential(tx, report.says.serial)
    return beside(report, issued, hashlib.sha256(data).hexdigest())


def _without_us(data: bytes, alone: Alone) -> Report:
    proof = _read(alone.log_proof).decode("utf-8", "replace") if alone.log_proof else ""
    if alone.pinned:
        return check_apart(data, _trust_in(alone.pinned), shell.utc_now(), proof)
    with reading() as tx:
        trust, now = academy_trust(tx), tx.now
    report = check_apart(data, trust, now, proof)
    if proof or report.form is not Form.CREDENTIAL or not report.leaf:
        return report
    return check_apart(data, trust, now, _own_log_proof(report.leaf))


def _own_log_proof(leaf: str) -> str:
    """Return what proves the leaf in the log at hand; empty where it does not stand there."""
    with reading() as tx:
        try:
            return log_proof_of_leaf(tx, leaf)
        except NotFound:
            return ""


def _trust_in(path: Path) -> Trust:
    try:
        return Trust.from_json(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        say_problem(f"{path} is no trust file. Write one by: pinpoint credential trust --out FILE")
        raise typer.Exit(2) from None


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            say_problem(f"{path} is larger than {LARGEST_FILE // 1_000_000} MB. No certificate is.")
            raise typer.Exit(1)
        return path.read_bytes()
    except OSError as error:
        say_problem(f"{path} cannot be read: {error.strerror}. Check the path.")
        raise typer.Exit(2) from None


def _say(report: Report) -> None:
    word = _WORDS.get(report.verdict, report.verdict.replace("_", " ").upper())
    since = f" ({report.since:%Y-%m-%d})" if report.since else ""
    says = report.says
    told = ", ".join(one for one in (says.holder, says.achievement, says.serial) if one)
    say(f"{word}{since}: {told or 'the file names no certificate'}")
    for check in report.checks:
        say(f"  {check.part:<7} {_MARKS[check.outcome]:<12} {check.sentence}")
