"""What every command shares: a transaction as the system, and words or JSON on the way out.

Exit codes: 0 success, 1 a negative verdict or problems found, 2 bad usage.
"""

import json
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from typing import Annotated

import typer
from pydantic import JsonValue
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from base.academy import academy
from base.clock import utc_now
from base.db import Tx
from base.errors import AppError
from base.permissions import SYSTEM

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of words.")]
_out = Console(highlight=False, soft_wrap=True)
_err = Console(stderr=True, highlight=False, soft_wrap=True)


def group(about: str) -> typer.Typer:
    """Return a new group of commands."""
    return typer.Typer(no_args_is_help=True, add_completion=False, help=about)


@contextmanager
def sentences() -> Generator[None, None, None]:
    """Turn an `AppError` into its sentence on standard error and exit code 1."""
    try:
        yield
    except AppError as error:
        _err.print(str(error), markup=False, style="red")
        raise typer.Exit(1) from None


@contextmanager
def writing() -> Generator[Tx, None, None]:
    """Run one command as the system."""
    with sentences():
        here = academy()
        with here.database.write(SYSTEM, utc_now(), here.config) as tx:
            yield tx


@contextmanager
def reading() -> Generator[Tx, None, None]:
    """Run queries as the system."""
    with sentences():
        here = academy()
        with here.database.read(SYSTEM, utc_now(), here.config) as tx:
            yield tx


@contextmanager
def progress_bar(label: str, shown: bool) -> Generator[Callable[[float], None], None, None]:
    """Show a bar on standard error that is told the share done, 0 to 1; only on a terminal."""
    hidden = not (shown and _err.is_terminal)
    with Progress(console=_err, transient=True, disable=hidden) as bars:
        task = bars.add_task(label, total=1.0)
        yield lambda share: bars.update(task, completed=share)


def say(text: str) -> None:
    """Print one line of words."""
    _out.print(text, markup=False)


def say_problem(text: str) -> None:
    """Print one line of words on standard error."""
    _err.print(text, markup=False)


def say_json(data: JsonValue) -> None:
    """Print data as JSON and nothing else."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))


def say_table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table."""
    table = Table(*headers)
    for row in rows:
        table.add_row(*row)
    _out.print(table)
