"""The one table that a bench run prints."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Line:
    """One measurement: what, how many, the figures as text, and the ratio that matters."""

    what: str
    n: str
    figures: str
    ratio: str = ""
    aim: str = ""


def show(lines: Sequence[Line]) -> None:
    """Print every line, and what the star means."""
    table = Table("What", "n", "Figures", "Ratio", "Aim", title="Pinpoint beside the bare thing")
    for line in lines:
        table.add_row(line.what, line.n, line.figures, line.ratio, line.aim)
    console = Console(width=150)
    console.print(table)
    console.print("* noisy: other processes took more than a tenth of a core meanwhile.")


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value below which this share of the values lies; raises on no values."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def milliseconds(seconds: float) -> str:
    """Return a duration in ms with three significant digits at most."""
    return f"{seconds * 1000:.3g} ms" if seconds < 1 else f"{seconds * 1000:.0f} ms"
