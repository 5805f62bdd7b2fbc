"""Places on a picture that have names: numbered on it, and matched with what belongs there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from quizbank.exchange.defaults import NO_DESCRIPTION
from quizbank.exchange.marked_places import named_by_place
from quizbank.exchange.moodle.bodies import Body, Unfit
from quizbank.exchange.numbered_figure import numbered
from quizbank.exchange.xml_reading import Element
from quizbank.files import NoPicture, Picture, address_of
from quizbank.kinds.shapes import Shape, bounds, boxes_meet

_NO_PICTURE = (
    "The picture under the markers or labels is not there, or is no PNG, JPEG, GIF or WebP that "
    "can be shown. Export the question again with its picture."
)
NO_WORDS = "The picture has no words for those who cannot see it; write some."


@dataclass(frozen=True)
class Marked:
    """The fields of an item, what stands behind its question, and what deserves a look.

    `drawn` is the numbered picture, where one was made.
    """

    fields: Body
    behind: str
    warnings: tuple[str, ...]
    drawn: Picture | None = None


@dataclass(frozen=True)
class Marker:
    """What is put down, and how often it can be."""

    text: str
    count: float


@dataclass(frozen=True)
class Place:
    """Where a marker belongs: the number of the marker in the file, and a shape."""

    marker: str
    shape: Shape
    coords: tuple[float, ...]

    @property
    def drawn(self) -> tuple[Shape, tuple[float, ...]]:
        """The shape with its coordinates."""
        return self.shape, self.coords


def picture_under(question: Element, picture_of: Callable[[Element], Picture | None]) -> Picture:
    """Return the picture that a question is about; raises `Unfit`."""
    drawn = question.first("file")
    picture = picture_of(drawn) if drawn else None
    if picture is None:
        raise Unfit(_NO_PICTURE)
    return picture


def named_places(
    picture: Picture, places: Sequence[Place], markers: Mapping[str, Marker], reason: str
) -> Marked:
    """Return a matching of numbered places, from top to bottom, with the markers.

    Raises `Unfit` where no numbers can tell the places apart.
    """
    if len(places) == 1:
        raise Unfit("There is one place for several markers: ask for it as a single choice.")
    whole = (0, 0, picture.width, picture.height)
    if any(not boxes_meet(bounds(*one.drawn), whole) for one in places):
        raise Unfit("A place lies outside the picture, where no number can stand.")
    if len({one.drawn for one in places}) < len(places):
        raise Unfit("Two places are the same, so that their numbers could not be told apart.")
    placed = sorted(places, key=lambda one: bounds(*one.drawn)[1::-1])
    try:
        drawn = numbered(picture, [one.drawn for one in placed])
    except NoPicture as problem:
        raise Unfit(f"The picture cannot be numbered. {problem}") from None
    ids = {number: f"c{place}" for place, number in enumerate(markers, start=1)}
    premises: list[JsonValue] = [
        {"id": f"p{at}", "text": f"Place {at}", "choice": ids[one.marker], "reason": reason}
        for at, one in enumerate(placed, start=1)
    ]
    choices: list[JsonValue] = [
        {"id": ids[number], "text": marker.text} for number, marker in markers.items()
    ]
    lie = named_by_place([one.drawn for one in placed], picture.width, picture.height)
    where = "; ".join(f"place {at}: {said}" for at, said in enumerate(lie, start=1))
    behind = f"![{NO_DESCRIPTION}; {where}]({address_of(drawn.digest)})"
    fields: Body = {"kind": "matching", "premises": premises, "choices": choices}
    return Marked(fields, behind, (NO_WORDS,), drawn)
