"""The form of a hotspot item: its figure, and the regions drawn on it by clicks or by numbers."""

from typing import cast

import streamlit as st

from quizbank.kinds.shapes import Shape, problem_of
from quizbank.kinds.shown import (
    FigureView,
    Outline,
)
from ui.bank.item_draft import Draft, Fields
from ui.bank.item_problems import option_letter
from ui.bank.picture_entry import upload_picture
from ui.editors.region_drawing import Drawing, drawing_of, shape_from
from ui.editors.rows import Rows, edit_flag, edit_rows, edit_text
from ui.figures.input import Point, draw_clickable
from ui.figures.outlines import overlay

_REGIONS = Rows("regions", "region", 20)
_SHAPES = {
    Shape.RECT.value: "Rectangle",
    Shape.CIRCLE.value: "Circle",
    Shape.ELLIPSE.value: "Ellipse",
    Shape.POLYGON.value: "Polygon",
}
_NUMBERS = {
    Shape.RECT: ("Left", "Top", "Width", "Height"),
    Shape.CIRCLE: ("Centre, from the left", "Centre, from the top", "Radius"),
    Shape.ELLIPSE: (
        "Centre, from the left",
        "Centre, from the top",
        "Radius across",
        "Radius down",
    ),
}
_HINTS = {
    Shape.RECT: "click two opposite corners",
    Shape.CIRCLE: "click its centre, then a point on its edge",
    Shape.ELLIPSE: "click two opposite corners of the box around it",
    Shape.POLYGON: "click its corners one after the other, then press Finish the polygon",
}


def edit(draft: Draft) -> None:
    """Draw the figure's upload, the figure with all outlines, and every region's fields."""
    figure = _edit_figure(draft)
    if figure is None:
        st.info("Choose a picture first; then draw the regions on it.", icon=":material/image:")
        return
    _draw_regions(draft, figure)
    st.markdown(
        "**Regions.** The trainee sees them as a list too, mixed and without outlines. So "
        "describe what each looks like or where it lies, not with the words of the question. "
        "Where regions overlap, a click counts for the one that stands first here."
    )
    edit_rows(draft, _REGIONS, lambda letter, region: _edit_region(draft, letter, region))
    chosen = draft.fields.get("choose")
    draft.fields["choose"] = st.number_input(
        "How many places may be chosen",
        min_value=1,
        max_value=20,
        value=chosen if isinstance(chosen, int) else 1,
        key=draft.key("choose"),
        width=200,
    )


def _edit_figure(draft: Draft) -> FigureView | None:
    figure = cast(Fields, draft.fields.get("figure") or {})
    label = "Another figure" if figure else "Figure"
    picture = upload_picture(label, draft.key("figure"))
    if picture:
        size = {"width": picture.width, "height": picture.height}
        figure = {"alt": "", **figure, **size, "file": picture.digest}
    if not figure:
        return None
    figure["alt"] = st.text_area(
        "What the figure shows, for those who cannot see it; it must not name the answer",
        value=str(figure.get("alt", "")),
        key=draft.key("figure-alt"),
        height="content",
    )
    draft.fields["figure"] = figure
    file, width, height = (figure[name] for name in ("file", "width", "height"))
    return FigureView(str(file), str(figure["alt"]), cast(int, width), cast(int, height))


def _draw_regions(draft: Draft, figure: FigureView) -> None:
    regions = draft.rows("regions")
    drawing = drawing_of(draft)
    drawn = next((one for one in regions if one["id"] == drawing.region), None)
    outlines = [
        (option_letter(place), "right" if one.get("correct") else "draft", outline)
        for place, one in enumerate(regions)
        if (outline := _outline(one))
    ]
    hint = "Press Draw at a region below to draw it here."
    if drawn:
        letter = option_letter(regions.index(drawn))
        hint = f"Region {letter}: {_HINTS[_shape(drawn)]}."

    def clicked(points: tuple[Point, ...]) -> None:
        if drawn:
            drawing.points = points
            _finish(drawing, drawn, at_once=True)

    draw_clickable(
        figure,
        drawing.points if drawn else (),
        draft.key(f"drawing-{drawing.turn}"),
        clicked,
        most=100 if drawn else 1,
        hint=hint,
        overlay=overlay(figure, outlines),
        disabled=drawn is None,
    )
    if drawn:
        with st.container(horizontal=True):
            if _shape(drawn) is Shape.POLYGON:
                st.button(
                    "Finish the polygon",
                    key=draft.key("finish"),
                    disabled=len(drawing.points) < 3,
                    on_click=_finish,
                    args=(drawing, drawn),
                )
            st.button("Stop drawing", key=draft.key("stop"), on_click=drawing.stop)


def _finish(drawing: Drawing, region: Fields, at_once: bool = False) -> None:
    """Give the region its shape once enough is clicked; a polygon ends only by its button."""
    shape = _shape(region)
    if at_once and shape is Shape.POLYGON:
        return
    coords = shape_from(shape, drawing.points)
    if coords:
        region["coords"] = [*coords]
        drawing.stop()


def _edit_region(draft: Draft, letter: str, region: Fields) -> None:
    # A blank row comes with a text; a region has a label.
    region.pop("text", None)
    region["label"] = st.text_input(
        f"What the list calls region {letter}",
        value=str(region.get("label", "")),
        key=_REGIONS.key(draft, "label", region),
        max_chars=200,
    )
    _edit_shape(draft, letter, region)
    edit_text(draft, _REGIONS, region, "reason", f"Why region {letter} is right or wrong")
    edit_flag(draft, _REGIONS, region, "correct", "Right answer")
    edit_flag(draft, _REGIONS, region, "unsafe", "Unsafe: choosing it would endanger a client")


def _edit_shape(draft: Draft, letter: str, region: Fields) -> None:
    drawing, standing = drawing_of(draft), _shape(region)
    names = list(_SHAPES)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            f"Shape of region {letter}",
            names,
            index=names.index(standing.value),
            format_func=lambda one: _SHAPES[one],
            key=_REGIONS.key(draft, "shape", region),
            width=160,
        )
        if chosen != region.get("shape"):
            region["shape"] = chosen
            if chosen != standing.value:
                region["coords"] = []
        st.button(
            f"Draw region {letter}",
            key=_REGIONS.key(draft, "draw", region),
            icon=":material/draw:",
            on_click=drawing.begin,
            args=(str(region["id"]),),
        )
    _edit_coords(draft, drawing, letter, region)


def _edit_coords(draft: Draft, drawing: Drawing, letter: str, region: Fields) -> None:
    shape, coords = _shape(region), _coords(region)
    # What was drawn fills the numbers afresh.
    key = _REGIONS.key(draft, f"coords-{shape.value}-{drawing.turn}", region)
    if shape is Shape.POLYGON:
        typed = st.text_input(
            f"Corners of region {letter}: x and y of each, in pixels",
            value=", ".join(f"{one:g}" for one in coords),
            key=key,
            placeholder="10, 10, 80, 10, 45, 60",
        )
        region["coords"] = [*_numbers(typed)]
        return
    labels = _NUMBERS[shape]
    with st.container(horizontal=True):
        told = [
            st.number_input(
                f"{label} ({letter})",
                value=coords[place] if place < len(coords) else None,
                step=1.0,
                format="%g",
                key=f"{key}-{place}",
                width=150,
            )
            for place, label in enumerate(labels)
        ]
    region["coords"] = [float(one) for one in told if one is not None]


def _numbers(typed: str) -> list[float]:
    numbers: list[float] = []
    for word in typed.replace(";", ",").replace(",", " ").split():
        try:
            numbers.append(float(word))
        except ValueError:
            # Left out here, so that the model says what the corners lack.
            continue
    return numbers


def _shape(region: Fields) -> Shape:
    named = str(region.get("shape"))
    return Shape(named) if named in _SHAPES else Shape.RECT


def _coords(region: Fields) -> list[float]:
    coords = region.get("coords")
    listed = coords if isinstance(coords, list) else []
    return [float(one) for one in listed if isinstance(one, int | float)]


def _outline(region: Fields) -> Outline | None:
    shape, coords = _shape(region), tuple(_coords(region))
    if problem_of(shape, coords):
        return None
    return Outline(str(region.get("label", "")), shape.value, coords, bool(region.get("correct")))
