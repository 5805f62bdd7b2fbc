"""Places on a figure as QTI: regions to choose, with their labels and reasons."""

from fractions import Fraction

from quizbank.exchange.qti.markup import block, picture_path
from quizbank.exchange.qti.statements import (
    RESPONSE,
    TOLD,
    Parts,
    branches,
    constant,
    decimals,
    declared,
    mapped,
    name_of,
    scored,
)
from quizbank.exchange.xml_written import attribute, text
from quizbank.kinds.hotspot import Hotspot, Region
from quizbank.kinds.shapes import Shape

_SHAPES = {Shape.CIRCLE: "circle", Shape.RECT: "rect", Shape.ELLIPSE: "ellipse"}


def places(item: Hotspot, parts: Parts) -> None:
    """Write a hotspot: a share of the score for each right region among those chosen."""
    right = [name_of(one.id) for one in item.regions if one.correct]
    several = item.choose > 1
    mapping = mapped([(one, 1.0) for one in right], None)
    cardinality = "multiple" if several else "single"
    correct = right[: item.choose]
    parts.declared.append(declared("RESPONSE", cardinality, "identifier", correct, mapping))
    parts.body = block(item.stem, parts.pictures) + _asked(item, parts)
    earned = '<mapResponse identifier="RESPONSE"/>'
    if several:
        needed = constant("float", str(len(correct)))
        below = f"<max>{needed}<containerSize>{RESPONSE}</containerSize></max>"
        earned = f"<divide>{earned}{below}</divide>"
    told = TOLD.format(RESPONSE if several else f"<multiple>{RESPONSE}</multiple>")
    empty = f"<isNull>{RESPONSE}</isNull>", scored(constant("float", "0"))
    parts.marking += [branches([empty], scored(earned)), told]
    for one in item.regions:
        parts.tell(name_of(one.id), one.reason)


def _asked(item: Hotspot, parts: Parts) -> str:
    figure = item.figure
    picture = parts.pictures.get(figure.file)
    path = picture_path(picture) if picture else f"missing/{figure.file}"
    media_type = picture.media_type if picture else "image/png"
    regions = "".join(
        f'<hotspotChoice identifier="{name_of(one.id)}" shape="{_SHAPES.get(one.shape, "poly")}" '
        f'coords="{_coords(one)}" hotspotLabel="{attribute(one.label)}"/>'
        for one in item.regions
    )
    return (
        f'<hotspotInteraction responseIdentifier="RESPONSE" maxChoices="{item.choose}">'
        f'<object type="{media_type}" data="{attribute(path)}" '
        f'width="{figure.width}" height="{figure.height}">{text(figure.alt)}</object>'
        f"{regions}</hotspotInteraction>"
    )


def _coords(region: Region) -> str:
    """Return the coordinates as QTI writes them: a rectangle by its corners."""
    numbers = [Fraction(repr(one)) for one in region.coords]
    if region.shape is Shape.RECT:
        left, top, width, height = numbers
        numbers = [left, top, left + width, top + height]
    return ",".join(decimals(one) for one in numbers)
