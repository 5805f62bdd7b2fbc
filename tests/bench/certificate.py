"""Printing a certificate, against a bare reportlab page with the same words and fonts; issuing."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from certs.face import CertificateFace
from certs.pdf import certificate_pdf
from certs.typefaces import ITALIC, MONO, SERIF
from tests.bench.issue import measure_issue
from tests.bench.servers import HOUSE, watching
from tests.bench.table import Line, milliseconds

_TIMES = 30
_FACE = CertificateFace(
    holder="Alba Ruiz",
    achievement="Microneedling fundamentals",
    scope=("Knowledge of facial microneedling with rollers, stamps and pens", "Aftercare"),
    limits=("Knowledge assessment; practical skill not assessed.", "Not a licence."),
    serial="PP-7K2M9-QX4TD-0ABCN-8RHJP",
    issued_on=date(2026, 11, 22),
    expires_on=date(2028, 11, 22),
    issuer="Pinpoint Academy",
    verify_url="https://pinpoint.example.org/verify/PP-7K2M9-QX4TD-0ABCN-8RHJP",
    demo=False,
)


def measure(folder: Path) -> list[Line]:
    """Measure both; returns the lines of the table."""
    for name in (SERIF, ITALIC, MONO):
        font = TTFont(name, str(HOUSE / "certs" / "fonts" / f"{name}.ttf"))
        pdfmetrics.registerFont(font)  # pyright: ignore[reportUnknownMemberType] reportlab leaves it untyped
    with watching() as noise:
        bare, ours = _medians(_bare_page, lambda: certificate_pdf(_FACE))
    n = f"{_TIMES} each"
    return [
        Line("Certificate: bare reportlab page", n, f"median {milliseconds(bare)}{noise.mark}"),
        Line(
            "Certificate: ours",
            n,
            f"median {milliseconds(ours)}{noise.mark}",
            f"{ours / bare:.2f} of bare",
            "<= 3",
        ),
        *measure_issue(folder),
    ]


def _medians(first: Callable[[], bytes], second: Callable[[], bytes]) -> tuple[float, float]:
    taken: tuple[list[float], list[float]] = ([], [])
    first()
    second()
    for _ in range(_TIMES):
        for times, make in zip(taken, (first, second), strict=True):
            started = perf_counter()
            make()
            times.append(perf_counter() - started)
    return median(taken[0]), median(taken[1])


def _bare_page() -> bytes:
    made = io.BytesIO()
    canvas = Canvas(made, landscape(A4), invariant=1)
    lines = [
        (SERIF, _FACE.issuer),
        (ITALIC, "This is to certify that"),
        (SERIF, _FACE.holder),
        (SERIF, _FACE.achievement),
        *((SERIF, text) for text in (*_FACE.scope, *_FACE.limits)),
        (MONO, _FACE.serial),
        (SERIF, f"{_FACE.issued_on} {_FACE.expires_on}"),
        (MONO, _FACE.verify_url),
    ]
    for row, (font, text) in enumerate(lines):
        canvas.setFont(font, 14)
        canvas.drawString(90, 500 - 30 * row, text)
    canvas.save()
    return made.getvalue()
