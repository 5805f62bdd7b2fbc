"""`python -m tests.bench`: measure everything and print one table; never fails on a figure."""

import tempfile
from pathlib import Path

from tests.bench import (
    certificate,
    clicks,
    crowd,
    forms,
    items,
    replay,
    saves,
    statistics,
    verification,
)
from tests.bench.servers import stay_out_of_their_way
from tests.bench.table import Line, show

AREAS = (saves, clicks, crowd, forms, items, certificate, verification, statistics, replay)


def main() -> None:
    """Measure area after area on localhost, in a folder that is gone afterwards."""
    stay_out_of_their_way()
    lines: list[Line] = []
    with tempfile.TemporaryDirectory(prefix="pinpoint-bench-") as folder:
        for area in AREAS:
            lines += area.measure(Path(folder))
    show(lines)


if __name__ == "__main__":
    main()
