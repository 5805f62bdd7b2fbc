"""The certificate as a PDF: PDF/A-3a and PDF/UA-1 at once, with files attached."""

from collections.abc import Sequence

from certs.archive_file import About
from certs.attachments import Attachment
from certs.designs import PLAIN_DESIGN, Design, Format
from certs.face import CertificateFace
from certs.layouts.card import draw_card
from certs.layouts.framed import draw_framed
from certs.layouts.pen import day
from certs.layouts.plans import LANDSCAPE, LANDSCAPE_SIGNED, PORTRAIT
from certs.sheet import Sheet
from certs.typefaces import unprintable


def certificate_pdf(
    face: CertificateFace, design: Design = PLAIN_DESIGN, attachments: Sequence[Attachment] = ()
) -> bytes:
    """The certificate as a PDF; the same arguments always give the same bytes.

    The design is sound: `design_problems` finds nothing. A long text is printed smaller or on more
    lines, and never cut. Raises ValueError for a character that no embedded font has: ask
    `typefaces.unprintable` before issuing.
    """
    _refuse_unprintable(face)
    about = About(
        title=f"{face.achievement} ({face.holder})",
        author=face.issuer,
        subject=f"Certificate {face.serial}, issued {day(face.issued_on)}",
        dated=face.issued_on,
    )
    return _drawn(face, design).finish(about, attachments)


def _drawn(face: CertificateFace, design: Design) -> Sheet:
    if design.format is Format.CARD:
        return draw_card(face, design)
    if design.format is Format.PORTRAIT:
        return draw_framed(face, design, PORTRAIT)
    return draw_framed(face, design, LANDSCAPE_SIGNED if design.signatories else LANDSCAPE)


def _refuse_unprintable(face: CertificateFace) -> None:
    texts = (face.holder, face.achievement, *face.scope, *face.limits, face.serial, face.issuer)
    for text in (*texts, face.host):
        if wrong := unprintable(text):
            raise ValueError(f"A certificate can't print {wrong!a}. Ask for another spelling.")
