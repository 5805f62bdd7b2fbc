"""The certificate to frame: A4 in a guilloche border, across or upright."""

from functools import lru_cache

from certs import ornament
from certs.designs import Design, Signatory
from certs.embedded_picture import picture_from
from certs.face import CertificateFace
from certs.layouts.pen import CAPITALS, FIXED, FLOWING, INK, PLAIN, SOFT, SPACED, TITLE, Pen, day
from certs.layouts.plans import Plan
from certs.palette import Palette
from certs.second_language import Phrase
from certs.sheet import Sheet

_INSET = 32.0


def draw_framed(face: CertificateFace, design: Design, plan: Plan) -> Sheet:
    """Draw the page; a long text is printed smaller or on more lines, and never cut."""
    ground = _ground(plan, design.palette, marked=not design.logo)
    pen = Pen(Sheet(plan.width, plan.height, ground), design)
    if face.demo:
        pen.demo_ground(plan.width, plan.height)
    if design.logo:
        _logo(pen, plan, design.logo, face.issuer)
    _award(pen, plan, face, design)
    room = plan.column, plan.list_room
    left, right = plan.columns
    pen.listing(Phrase.COVERS, face.scope, (left, plan.list_top), room)
    pen.listing(Phrase.LIMITS, face.limits, (right, plan.list_top), room)
    _check(pen, plan, face)
    for signatory, x in zip(design.signatories, _places(plan, design), strict=True):
        _signature(pen, plan, signatory, x)
    _foot(pen, plan, face)
    if face.demo:
        pen.demo_banner((plan.middle, plan.banner))
    return pen.sheet


@lru_cache(16)
def _ground(plan: Plan, palette: Palette, marked: bool) -> str:
    """What every certificate has in common and no text belongs to."""
    rosette = ornament.rosette(plan.middle, *plan.rosette, palette)
    mark = ornament.mark(plan.middle, *plan.mark, palette) if marked else ""
    frame = ornament.frame(plan.width, plan.height, _INSET, palette)
    return f"q {frame} Q q {rosette} Q q {mark} Q\n"


def _logo(pen: Pen, plan: Plan, logo: str, issuer: str) -> None:
    foot, size = plan.mark
    picture = picture_from(logo)
    width, height = picture.fitted(190, size * 1.32)
    left, bottom = plan.middle - width / 2, foot - size * 0.3
    box = left, bottom, left + width, bottom + height
    pen.sheet.show(picture, f"Logo of {issuer}", box)


def _award(pen: Pen, plan: Plan, face: CertificateFace, design: Design) -> None:
    """Who awards what to whom, in the middle of the page."""
    main, accent, x = pen.palette.main_ink, pen.palette.accent_ink, plan.middle
    wide = plan.holder_room[0]
    pen.paragraph(face.issuer, CAPITALS, 13, (wide - 80, 20), (x, plan.issuer), SOFT)
    with pen.sheet.element("H1"):
        pen.phrase(Phrase.CERTIFICATE, TITLE, 38, (x, plan.title), main, wide)
    with pen.sheet.element("P"):
        pen.phrase(Phrase.CERTIFIES, FLOWING, 14, (x, plan.certifies), SOFT, wide)
    pen.paragraph(face.holder, PLAIN, 40, plan.holder_room, (x, plan.holder), INK)
    pen.sheet.draw(ornament.rule(x - 150, plan.rule, 142, accent))
    pen.sheet.draw(ornament.rule(x + 8, plan.rule, 142, accent))
    pen.sheet.draw(ornament.diamond(x, plan.rule, 2.6, accent))
    with pen.sheet.element("P"):
        pen.phrase(Phrase.AWARDED, FLOWING, 14, (x, plan.awarded), SOFT, wide)
    room = plan.achievement_room
    if not (design.language and design.achievement):
        pen.paragraph(face.achievement, PLAIN, 25, room, (x, plan.achievement), main)
        return
    high = plan.achievement - plan.second_achievement
    pen.paragraph(
        face.achievement, PLAIN, 25, (room[0], high * 1.4), (x, plan.achievement + 1), main
    )
    place = x, plan.second_achievement
    second = design.achievement, FLOWING, 15, (room[0], 17), place
    pen.paragraph(*second, main, design.language)


def _check(pen: Pen, plan: Plan, face: CertificateFace) -> None:
    """The QR code, with the words and the host for those who type."""
    pen.qr_code(face.verify_url, (plan.middle, plan.qr), plan.qr_side)
    with pen.sheet.element("P"):
        place = plan.middle, plan.checked_at
        pen.phrase(Phrase.CHECK, FLOWING, 10.5, place, SOFT, _between(plan), goes_on=True)
        pen.block(face.host, FIXED, 9.5, (178, 11.5), (plan.middle, plan.host), INK)


def _between(plan: Plan) -> float:
    """How wide a line may be under the QR code."""
    left, right = plan.columns
    return max(right - left - plan.column - 12, 240) if plan.signing < plan.host else 230


def _places(plan: Plan, design: Design) -> tuple[float, ...]:
    """The middles of the signatures: one alone stands right, as at the end of a letter."""
    left, right = (start + plan.column / 2 for start in plan.columns)
    if plan.height > plan.width:
        left, right = left - 36, right + 36
    return (left, right) if len(design.signatories) == 2 else (right,) * len(design.signatories)


def _signature(pen: Pen, plan: Plan, one: Signatory, x: float) -> None:
    half = 66.0 if plan.height > plan.width else 84.0
    if one.picture:
        picture = picture_from(one.picture)
        width, height = picture.fitted(half * 1.8, 40)
        left, bottom = x - width / 2, plan.signing + 1.5
        box = left, bottom, left + width, bottom + height
        pen.sheet.show(picture, f"Signature of {one.name}", box)
    pen.sheet.draw(ornament.rule(x - half, plan.signing, 2 * half, SOFT, 0.4))
    pen.paragraph(one.name, PLAIN, 11, (half * 2.1, 13), (x, plan.signing - 8), INK)
    if one.title:
        pen.paragraph(one.title, FLOWING, 9.5, (half * 2.3, 11), (x, plan.signing - 19.5), SOFT)


def _foot(pen: Pen, plan: Plan, face: CertificateFace) -> None:
    left, right = plan.columns
    end = right + plan.column
    accent = pen.palette.accent_ink
    pen.sheet.draw(ornament.rule(left, plan.foot_rule, end - left, accent, 0.4))
    side = min(plan.column, (end - left - plan.foot_middle) / 2)
    for phrase, text, style, middle, wide in (
        (Phrase.ISSUED, day(face.issued_on), PLAIN, left + side / 2, side),
        (Phrase.NUMBER, face.serial, SPACED, plan.middle, plan.foot_middle),
        (Phrase.UNTIL, day(face.expires_on), PLAIN, end - side / 2, side),
    ):
        with pen.sheet.element("P"):
            place = middle, plan.foot_label
            pen.phrase(phrase, CAPITALS, 9.5, place, SOFT, wide * 0.9, goes_on=True)
            pen.block(text, style, 14, (wide * 0.93, 20), (middle, plan.foot_label - 16), INK)
