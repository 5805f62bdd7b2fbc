"""`python -m tests.bench [area ...]`: measure and print one table; never fails on a figure."""

import argparse
import tempfile
from pathlib import Path

from tests.bench import (
    certificate,
    clicks,
    crowd,
    forms,
    items,
    lesson,
    replay,
    roster,
    saves,
    statistics,
    verification,
)
from tests.bench.servers import stay_out_of_their_way
from tests.bench.table import Line, show

_SITTING = (saves, clicks, crowd, lesson)
_ALL = (*_SITTING, forms, items, certificate, verification, statistics, replay, roster)
AREAS = {area.__name__.rpartition(".")[2]: area for area in _ALL}


def main() -> None:
    """Measure area after area on localhost, in a folder that is gone afterwards."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("area", nargs="*", choices=[*AREAS, []], help="all where none is named")
    chosen = parser.parse_args().area or list(AREAS)
    stay_out_of_their_way()
    lines: list[Line] = []
    with tempfile.TemporaryDirectory(prefix="pinpoint-bench-") as folder:
        for name in chosen:
            lines += AREAS[name].measure(Path(folder))
    show(lines)


if __name__ == "__main__":
    main()
