"""Hotspot: regions of a figure, chosen by a point in them or by their name."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Literal

from pydantic import Field, JsonValue, StringConstraints, model_validator

from quizbank.kinds.item import (
    Frozen,
    ItemBase,
    Key,
    Label,
    Text,
    choices_of,
    field_of,
    in_order,
    problems_of_parts,
)
from quizbank.kinds.shapes import Shape, bounds, holds, problem_of
from quizbank.kinds.shown import (
    OMITTED,
    Explanation,
    FigureView,
    Mark,
    MarkedFigure,
    Outline,
    Prompt,
    Scored,
    state_of,
)

Pixels = Annotated[int, Field(ge=1, le=20_000)]
Coordinate = Annotated[float, Field(ge=-100_000, le=100_000, allow_inf_nan=False)]
Point = tuple[float, float]

_BESIDE = "A place outside every region"
_WHY_BESIDE = "It lies in none of the regions. The outlines on the figure show where they are."


class Figure(Frozen):
    """A stored picture by its digest, its size in pixels, and what it shows in words."""

    file: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    alt: Text
    width: Pixels
    height: Pixels


class Region(Frozen):
    """A part of the figure, in its pixels; `unsafe` marks a wrong one that would endanger."""

    id: Key
    label: Label
    shape: Shape
    coords: Annotated[tuple[Coordinate, ...], Field(min_length=3, max_length=202)]
    correct: bool = False
    reason: Text
    unsafe: bool = False

    @property
    def text(self) -> str:
        """What the region is called."""
        return self.label

    @model_validator(mode="after")
    def _is_a_shape(self) -> "Region":
        problem = problem_of(self.shape, self.coords)
        if problem:
            raise ValueError(problem)
        if self.correct and self.unsafe:
            raise ValueError("a region cannot be both correct and unsafe; drop one of the two")
        return self


class Hotspot(ItemBase):
    """Regions of a figure to find. Response: `{"points": [[x, y], ...]}` or `{"regions": [id]}`.

    A point counts for the first region, in the order written, that holds it. `choose` says how
    many may be chosen; where more regions are right than may be chosen, any of them will do.
    """

    kind: Literal["hotspot"] = "hotspot"
    figure: Figure
    regions: Annotated[tuple[Region, ...], Field(min_length=2, max_length=20)]
    choose: Annotated[int, Field(ge=1, le=20)] = 1

    @model_validator(mode="after")
    def _is_sound(self) -> "Hotspot":
        problems = problems_of_parts([(one.id, one.label) for one in self.regions], "regions")
        right = sum(one.correct for one in self.regions)
        if not 0 < right < len(self.regions):
            # The regions are also offered as a list, which would name the answer.
            problems.append("at least one region must be correct and at least one wrong")
        if self.choose > len(self.regions):
            problems.append("there are fewer regions than may be chosen; lower the number")
        problems += [
            f"the region {one.label} lies outside the figure; move it or drop it"
            for one in self.regions
            if not self._shows(one)
        ]
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def option_ids(self) -> tuple[str, ...]:
        """The ids of the regions, as written."""
        return tuple(one.id for one in self.regions)

    def prompt(self, order: Sequence[str] = (), response: JsonValue = None) -> Prompt:  # noqa: ARG002 one signature for all kinds
        """What a learner sees: the figure, and the regions' names, never where they are."""
        choices = choices_of(self.regions, order)
        return Prompt(self.kind, self.stem, choices, figure=self._view(), most=self.choose)

    def key(self) -> JsonValue:
        """The response that earns the full mark."""
        right: list[JsonValue] = [one.id for one in self.regions if one.correct]
        return {"regions": right[: self._needed()]}

    def mark(self, response: JsonValue) -> Mark:
        """Right choices among those needed, or among those made where they are more.

        What is chosen beyond `choose` is ignored; a point in no region is a wrong choice.
        """
        chosen = self._chosen(response)
        if not chosen:
            return OMITTED
        hit = [one for one in chosen if one]
        right = sum(one.correct for one in hit)
        fraction = right / max(self._needed(), len(chosen))
        feedback = tuple(one.id for one in hit)
        return Mark(fraction, state_of(fraction), feedback, any(one.unsafe for one in hit))

    def explain(self, response: JsonValue, order: Sequence[str] = ()) -> tuple[Explanation, ...]:
        """Every region with its reason; the first one brings the figure with all outlines."""
        chosen = self._chosen(response)
        hit = {one.id for one in chosen if one}
        told = [
            Explanation(one.label, one.reason, one.correct, one.id in hit, one.unsafe, True)
            for one in in_order(self.regions, order)
        ]
        if None in chosen:
            told.append(Explanation(_BESIDE, _WHY_BESIDE, False, True, verbatim=True))
        first, *rest = told
        return (replace(first, figure=self._marked(response, hit, order)), *rest)

    def scored(self) -> tuple[Scored, ...]:
        """Every region with what it earns by itself."""
        share = 1 / self._needed()
        return tuple(
            Scored(one.label, share if one.correct else 0.0, one.reason) for one in self.regions
        )

    def _needed(self) -> int:
        return min(self.choose, sum(one.correct for one in self.regions))

    def _shows(self, region: Region) -> bool:
        left, top, right, bottom = bounds(region.shape, region.coords)
        return left < self.figure.width and top < self.figure.height and right > 0 and bottom > 0

    def _view(self) -> FigureView:
        return FigureView(**self.figure.model_dump())

    def _marked(self, response: JsonValue, hit: set[str], order: Sequence[str]) -> MarkedFigure:
        outlines = tuple(
            Outline(one.label, one.shape.value, one.coords, one.correct, one.id in hit, one.unsafe)
            for one in in_order(self.regions, order)
        )
        named = isinstance(field_of(response, "regions"), list)
        return MarkedFigure(self._view(), outlines, () if named else self._points(response))

    def _chosen(self, response: JsonValue) -> tuple[Region | None, ...]:
        """Return the regions chosen, each once, and None for each point beside them all."""
        named = field_of(response, "regions")
        if isinstance(named, list):
            known: Mapping[str, Region] = {one.id: one for one in self.regions}
            ids = (one for one in named if isinstance(one, str) and one in known)
            return tuple(known[one] for one in dict.fromkeys(ids))[: self.choose]
        found = [self._at(x, y) for x, y in self._points(response)]
        again = {place for place, one in enumerate(found) if one and one in found[:place]}
        return tuple(one for place, one in enumerate(found) if place not in again)

    def _points(self, response: JsonValue) -> tuple[Point, ...]:
        points = field_of(response, "points")
        read = (self._point(one) for one in points) if isinstance(points, list) else ()
        return tuple(one for one in read if one)[: self.choose]

    def _point(self, point: JsonValue) -> Point | None:
        if not isinstance(point, list) or len(point) != 2:
            return None
        x, y = point
        # Truth values are numbers to Python, and no coordinates.
        if isinstance(x, bool) or isinstance(y, bool):
            return None
        if not isinstance(x, int | float) or not isinstance(y, int | float):
            return None
        inside = 0 <= x <= self.figure.width and 0 <= y <= self.figure.height
        return (x, y) if inside else None

    def _at(self, x: float, y: float) -> Region | None:
        return next((one for one in self.regions if holds(one.shape, one.coords, x, y)), None)
