"""`pinpoint items …` and `pinpoint content …`: item files and course folders."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from base.academy import academy
from base.clock import utc_now
from base.errors import Invalid
from base.lined_yaml import Problem
from cli.shell import (
    AsJson,
    group,
    progress_bar,
    reading,
    say,
    say_json,
    say_problem,
    sentences,
    writing,
)
from courses.commands.loading import load_folder
from courses.content_check import check_content
from courses.queries.content_export import content_files
from quizbank.commands.bank import LoadCounts, import_items
from quizbank.exchange.defaults import NO_OBJECTIVE, NO_SOURCE, Defaults
from quizbank.exchange.formats import CODECS, Format, read_file
from quizbank.exchange.items_read import ItemsRead, errors_of
from quizbank.exchange.report import import_report
from quizbank.kinds.item import Pool
from quizbank.queries.bank import ItemFilter, bank_as_file
from quizbank.queries.importing import import_problems

items = group("The item bank.")
content = group("The files of the courses.")


File = Annotated[Path, typer.Argument(help="The file to read.", dir_okay=False)]


@items.command("import")
def import_file(
    file: File,
    file_format: Annotated[Format, typer.Option("--format")] = Format.YAML,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only report.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="All items or none.")] = False,
    send: Annotated[bool, typer.Option("--send", help="Send them for review at once.")] = False,
    objective: Annotated[
        str, typer.Option(help="Where items belong whose file does not say.")
    ] = NO_OBJECTIVE,
    source: Annotated[
        list[str] | None, typer.Option(help="Key of a source that they rest on.")
    ] = None,
    pool: Annotated[Pool, typer.Option(help="Where they may be drawn.")] = Pool.PRACTICE,
    as_json: AsJson = False,
) -> None:
    """Import a file of items; problems are reported by line, and stop nothing else.

    Objective, source and pool are for what the file leaves open; YAML names its own.
    """
    keys = tuple(source or [NO_SOURCE.key])
    defaults = Defaults(utc_now().date(), objective, pool, sources=keys)
    with sentences():
        read = read_file(file_format, _content(file), defaults)
    problems, done = _problems(read) if dry_run or strict else (), "Nothing was imported."
    if not dry_run and not errors_of(problems):
        with progress_bar("Importing", not as_json) as progress, writing() as tx:
            outcome = import_items(tx, read, strict, send, progress)
        problems, done = outcome.problems, _done(outcome.counts)
    _report(file_format, ItemsRead(read.items, problems), as_json)
    if not as_json:
        say(done)
    if errors_of(problems):
        raise typer.Exit(1)


@items.command("export")
def export_file(
    out: Annotated[Path, typer.Option(help="The file to write.", dir_okay=False)],
    file_format: Annotated[Format, typer.Option("--format")] = Format.YAML,
    objective: Annotated[str | None, typer.Option(help="Only this objective.")] = None,
    as_json: AsJson = False,
) -> None:
    """Write items, retired ones too, to a file that can be imported again.

    What the format cannot carry is said before the file is written.
    """
    with reading() as tx:
        file = bank_as_file(tx, ItemFilter(objective=objective), file_format)
    losses = [one for one in (CODECS[file_format].leaves_out, *file.losses) if one]
    if not as_json:
        for loss in losses:
            say_problem(loss)
    with sentences():
        _write(out, file.content)
    if as_json:
        say_json({"format": file_format, "file": str(out), "losses": [*losses]})
    else:
        say(f"Wrote {out} as {file_format}.")


@content.command("check")
def check(
    folder: Annotated[Path | None, typer.Argument(help="The content folder.")] = None,
    as_json: AsJson = False,
) -> None:
    """Report every problem of the courses as `file:line: sentence`."""
    with sentences():
        problems = check_content(folder or academy().config.content_dir, utc_now().date())
    if as_json:
        say_json([{"file": p.file, "line": p.line, "message": p.message} for p in problems])
    else:
        for problem in problems:
            say(f"{problem.file}:{problem.line}: {problem.message}")
        if not problems:
            say("No problems found.")
    if problems:
        raise typer.Exit(1)


@content.command("export")
def export_content(
    folder: Annotated[Path, typer.Argument(help="A new or an empty folder.", file_okay=False)],
    as_json: AsJson = False,
) -> None:
    """Write every course as plain Markdown and YAML, so that importing gives the same again."""
    with reading() as tx:
        content = content_files(tx)
    with sentences():
        _write_folder(folder, content.files)
        problems = check_content(folder, utc_now().date())
    said = [*content.left_out, *(str(one) for one in problems if one.severity == "error")]
    if as_json:
        say_json({"folder": str(folder), "files": len(content.files), "remarks": [*said]})
        return
    for one in said:
        say_problem(one)
    say(f"Wrote {len(content.files)} files to {folder}.")


@content.command("import")
def import_content(
    folder: Annotated[Path, typer.Argument(help="A content folder, or one course's folder.")],
    as_json: AsJson = False,
) -> None:
    """Publish the courses of a folder; what people edited in the academy since stays theirs."""
    with writing() as tx:
        courses = load_folder(tx, folder)
    if as_json:
        say_json({"courses": [*courses]})
    else:
        say(f"Courses: {', '.join(courses)}.")


def _write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    try:
        if folder.exists() and any(folder.iterdir()):
            raise Invalid([f"{folder} is not empty. Choose a new folder, or empty it first."])
        for path, held in files.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(held)
    except OSError as error:
        raise Invalid([f"{folder} cannot be written: {error.strerror}."]) from None


def _report(file_format: Format, read: ItemsRead, as_json: bool) -> None:
    if as_json:
        say_json(import_report(file_format, read))
        return
    for kind, number in sorted(Counter(one.item.kind for one in read.items).items()):
        say(f"{number} {kind}")
    for problem in read.problems:
        say_problem(f"line {problem.line}: {problem.severity}: {problem.message}")


def _done(counts: LoadCounts) -> str:
    said = f"{counts.added} added, {counts.changed} changed, {counts.unchanged} unchanged"
    kept = f", {counts.kept} left as somebody else has changed them" if counts.kept else ""
    return f"Imported: {said}{kept}."


def _problems(read: ItemsRead) -> tuple[Problem, ...]:
    with reading() as tx:
        return import_problems(tx, read)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Invalid([f"{file} cannot be read: {error.strerror}."]) from None


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise Invalid([f"{file} cannot be written: {error.strerror}."]) from None
