"""`pinpoint items …` and `pinpoint content …`: item files and course folders."""

from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from base.academy import academy
from base.clock import utc_now
from base.errors import Invalid
from cli.shell import AsJson, group, reading, say, say_json, say_problem, sentences, writing
from courses.content_check import check_content
from quizbank.commands.bank import import_items
from quizbank.exchange.report import import_report
from quizbank.exchange.yaml_items import ItemsRead, read_items
from quizbank.queries.bank import ItemFilter, bank_as_yaml, import_problems

items = group("The item bank.")
content = group("The files of the courses.")


class Format(StrEnum):
    """File formats of items."""

    YAML = "yaml"


File = Annotated[Path, typer.Argument(help="The file to read.", dir_okay=False)]


@items.command("import")
def import_file(
    file: File,
    file_format: Annotated[Format, typer.Option("--format")] = Format.YAML,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only report.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="All items or none.")] = False,
    as_json: AsJson = False,
) -> None:
    """Import a file of items; problems are reported by line, and stop nothing else."""
    with sentences():
        read = read_items(_text(file))
    with reading() as tx:
        problems = import_problems(tx, read)
    if not dry_run and not (strict and problems):
        with writing() as tx:
            import_items(tx, read, strict)
    _report(file_format, ItemsRead(read.items, problems), as_json)
    if problems:
        raise typer.Exit(1)


@items.command("export")
def export_file(
    out: Annotated[Path, typer.Option(help="The file to write.", dir_okay=False)],
    file_format: Annotated[Format, typer.Option("--format")] = Format.YAML,
    objective: Annotated[str | None, typer.Option(help="Only this objective.")] = None,
) -> None:
    """Write items, retired ones too, to a file that can be imported again."""
    with reading() as tx:
        text = bank_as_yaml(tx, ItemFilter(objective=objective))
    with sentences():
        _write(out, text)
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


def _report(file_format: Format, read: ItemsRead, as_json: bool) -> None:
    if as_json:
        say_json(import_report(file_format, read))
        return
    for kind, number in sorted(Counter(one.item.kind for one in read.items).items()):
        say(f"{number} {kind}")
    for problem in read.problems:
        say_problem(f"line {problem.line}: {problem.severity}: {problem.message}")


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid([f"{file} is not UTF-8 text. Save it as UTF-8 and try again."]) from None
    except OSError as error:
        raise Invalid([f"{file} cannot be read: {error.strerror}."]) from None


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Invalid([f"{file} cannot be written: {error.strerror}."]) from None
