"""The chart of an exam's items: how hard each is, and how well it tells people apart."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from quizbank.queries.analysis import ItemName
from quizbank.statistics.exam_analysis import AnalysedItem
from quizbank.statistics.item_flags import FlagKind

_NO_FLAG = "no flag"
# A shape of its own for each, because nobody can be asked to tell the colours apart.
_SHAPES = {
    _NO_FLAG: "circle",
    FlagKind.KEY_SUSPECT: "cross",
    FlagKind.TOO_HARD: "triangle-down",
    FlagKind.TOO_EASY: "triangle-up",
    FlagKind.DRIFTING: "diamond",
    FlagKind.NON_FUNCTIONING: "square",
}
_COLOURS = ("#7d8790", "#9e2a2b", "#9a5b0c", "#1a6338", "#6b3fa0", "#1f5fa8")
# Seen on a light and on a dark ground.
_NAME_COLOUR = "#7a7a7a"
_BESIDE = {"align": "left", "dx": 8, "dy": -6, "fontSize": 12}
# More names than that cover each other; the list below the chart has them all.
_MOST_NAMED = 12


def draw_chart(items: Sequence[AnalysedItem], names: dict[str, ItemName]) -> None:
    """Draw facility against discrimination, flagged items by shape, the first of them by name."""
    dots = [_dot(one, names) for one in items if one.figures.discrimination.value is not None]
    if not dots:
        return
    named = [one for one in dots if one["flag"] != _NO_FLAG][:_MOST_NAMED]
    st.vega_lite_chart(  # pyright: ignore[reportUnknownMemberType] partly untyped in Streamlit
        _spec(dots, named),
        width="stretch",
        height=480,
        alt=_alt(dots, named),
    )


def _dot(one: AnalysedItem, names: dict[str, ItemName]) -> dict[str, Any]:
    figures = one.figures
    return {
        "item": names[figures.item_version_id].item_id,
        "facility": figures.facility.value,
        "discrimination": figures.discrimination.value,
        "n": figures.n,
        "flag": str(one.flags[0].kind) if one.flags else _NO_FLAG,
    }


def _spec(dots: list[dict[str, Any]], named: list[dict[str, Any]]) -> dict[str, Any]:
    present = [name for name in _SHAPES if any(one["flag"] == name for one in dots)]
    colours = dict(zip(_SHAPES, _COLOURS, strict=True))
    scale: dict[str, Any] = {"domain": [str(one) for one in present]}
    where: dict[str, Any] = {
        "x": {
            "field": "facility",
            "type": "quantitative",
            "title": "Facility: share of the marks earned",
            "axis": {"format": "%", "values": [0, 0.25, 0.5, 0.75, 1]},
            "scale": {"domain": [0, 1]},
        },
        "y": {
            "field": "discrimination",
            "type": "quantitative",
            "title": "Discrimination",
            "scale": {"domain": _reach(dots)},
        },
    }
    flag: dict[str, Any] = {"field": "flag", "type": "nominal", "title": "Flag"}
    legend: dict[str, Any] = {"orient": "bottom", "columns": 1, "labelLimit": 260}
    shape = scale | {"range": [_SHAPES[one] for one in present]}
    colour = scale | {"range": [colours[one] for one in present]}
    return {
        "layer": [
            {
                "data": {"values": [{"at": 0}]},
                "mark": {"type": "rule", "aria": False, "strokeDash": [4, 4], "opacity": 0.6},
                "encoding": {"y": {"field": "at", "type": "quantitative"}},
            },
            {
                "data": {"values": dots},
                "mark": {
                    "type": "point",
                    "aria": False,
                    "filled": True,
                    "size": 90,
                    "opacity": 0.85,
                },
                "encoding": where
                | {
                    "shape": flag | {"scale": shape, "legend": legend},
                    "color": flag | {"scale": colour, "legend": legend},
                    "tooltip": [
                        {"field": "item", "title": "Item"},
                        {"field": "facility", "title": "Facility", "format": ".0%"},
                        {"field": "discrimination", "title": "Discrimination", "format": ".2f"},
                        {"field": "n", "title": "n"},
                        {"field": "flag", "title": "Flag"},
                    ],
                },
            },
            {
                "data": {"values": named},
                "mark": {"type": "text", "aria": False, "color": _NAME_COLOUR} | _BESIDE,
                "encoding": where | {"text": {"field": "item"}},
            },
        ],
    }


def _reach(dots: Sequence[dict[str, Any]]) -> list[float]:
    least = min(float(one["discrimination"]) for one in dots)
    return [-1.0 if least < -0.5 else -0.5, 1.0]


def _alt(dots: Sequence[dict[str, Any]], named: Sequence[dict[str, Any]]) -> str:
    flagged = sum(one["flag"] != _NO_FLAG for one in dots)
    said = "; ".join(
        f"{one['item']} ({one['flag']}): facility {one['facility']:.0%}, "
        f"discrimination {one['discrimination']:.2f}"
        for one in named
    )
    whole = f"Facility against discrimination of {len(dots)} items, {flagged} of them flagged."
    return f"{whole} {said}. The list below says the same." if said else whole
