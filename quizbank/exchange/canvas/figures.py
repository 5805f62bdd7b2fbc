"""Places on a picture of New Quizzes: their coordinates are shares of its width and height."""

from pydantic import JsonValue

from quizbank.exchange.canvas.item import CanvasItem, Label
from quizbank.exchange.canvas.marking import number
from quizbank.exchange.defaults import NO_REASON
from quizbank.exchange.moodle.bodies import Body, Unfit
from quizbank.files import Picture

_SHAPES = {
    "rectangle": "rect",
    "square": "rect",
    "ellipse": "ellipse",
    "bounded": "polygon",
    "polygon": "polygon",
}
_NAMES_THE_KEY = (
    "The file marks right places only; everywhere else is one wrong place here. Add others, and "
    "give each a label that says where it lies."
)


def hotspot(item: CanvasItem) -> Body:
    """Return a hotspot; raises `Unfit` where its picture or a place is not there."""
    asked = item.only
    if asked.cardinality != "single" or len(asked.labels) != 1:
        raise Unfit("Several places must be found; how they are marked is not in the file.")
    (place,) = asked.labels
    drawn = next((one for one in asked.element.walk() if one.name == "matimage"), None)
    found = item.texts.picture(drawn.get("uri")) if drawn is not None else None
    if found is None:
        said = item.texts.warnings.pop() if drawn is not None else "It names none."
        raise Unfit(f"A place on a picture needs the picture. {said}")
    right: Body = {
        "id": "r1",
        "label": "Place 1",
        **_outline(place, found),
        "correct": True,
        "reason": item.given(item.whole_right),
    }
    rest: Body = {
        "id": "r2",
        "label": "Anywhere else",
        "shape": "rect",
        "coords": [0, 0, found.width, found.height],
        "correct": False,
        "reason": item.whole_wrong or NO_REASON,
    }
    item.warnings.append(_NAMES_THE_KEY)
    item.warnings.append("The picture has no words for those who cannot see it; write some.")
    regions: list[JsonValue] = [right, rest]
    figure: Body = {
        "file": found.digest,
        "alt": "A picture without a description",
        "width": found.width,
        "height": found.height,
    }
    return {"kind": "hotspot", "stem": _stem(item), "figure": figure, "regions": regions}


def _stem(item: CanvasItem) -> str:
    return item.texts.markdown(item.presentation) or item.texts.markdown(item.only.element)


def _outline(place: Label, picture: Picture) -> Body:
    shape = _SHAPES.get(place.element.get("rarea").strip().lower())
    said = [one for one in place.element.full_text.split(",") if one.strip()]
    numbers = [number(one) for one in said]
    known = [float(one) for one in numbers if one is not None and 0 <= one <= 1]
    if shape is None or len(known) != len(numbers) or len(known) % 2 or not known:
        raise Unfit("The place on the picture has no sound coordinates (shares from 0 to 1).")
    size = (picture.width, picture.height)
    pixels = [round(one * size[at % 2], 4) for at, one in enumerate(known)]
    if shape == "polygon":
        return {"shape": shape, "coords": [*pixels]}
    if len(pixels) != 4:
        raise Unfit(f"The place on the picture has {len(pixels)} numbers, not 4.")
    left, right = sorted(pixels[::2])
    top, bottom = sorted(pixels[1::2])
    if shape == "rect":
        return {"shape": shape, "coords": [left, top, right - left, bottom - top]}
    across, down = (right - left) / 2, (bottom - top) / 2
    return {"shape": shape, "coords": [left + across, top + down, across, down]}
