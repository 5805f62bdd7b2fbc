"""One's own attempts at an exam, one after the other: a small picture with its table."""

from collections.abc import Sequence

import streamlit as st

from quizbank.queries.attempts import AttemptSummary
from quizbank.rule_words import number, percent
from ui.words import day, moment

_WIDTH, _HEIGHT = 340, 150
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 16, 14, 26
_STYLE = """
<style>
  .attempts svg { display: block; width: 100%; max-width: 34rem; height: auto; }
  .attempts svg text { fill: currentColor; font-size: 12px; }
  .attempts table { border-collapse: collapse; width: 100%; }
  .attempts th, .attempts td { text-align: left; font-weight: 400; padding: 0.4rem 0.6rem 0.4rem 0;
    border-bottom: 1px solid rgb(128 128 128 / 0.25); }
  .attempts thead th { font-weight: 600; }
</style>
"""


def draw_attempts(attempts: Sequence[AttemptSummary]) -> None:
    """Draw the attempts that have a result, oldest first; nothing where there is only one."""
    told = sorted(
        (one for one in attempts if one.passed is not None), key=lambda one: one.started_at
    )
    if len(told) < 2:
        return
    st.header("Your attempts")
    seen = [one for one in told if one.marks is not None]
    picture = _picture(seen) if len(seen) > 1 else ""
    rows = "".join(_row(place, one) for place, one in enumerate(told, start=1))
    st.html(
        f"{_STYLE}<div class='attempts'>{picture}<table><thead><tr><th scope='col'>Attempt</th>"
        "<th scope='col'>Ended</th><th scope='col'>Marks</th><th scope='col'>Verdict</th></tr>"
        f"</thead><tbody>{rows}</tbody></table></div>"
    )


def _row(place: int, one: AttemptSummary) -> str:
    ended = moment(one.closed_at) if one.closed_at else ""
    marks = f"{number(one.marks)} of {one.items}" if one.marks is not None else "not shown"
    verdict = "✓ passed" if one.passed else "✕ not passed"
    return (
        f"<tr><th scope='row'>{place}</th><td>{ended}</td><td>{marks}</td><td>{verdict}</td></tr>"
    )


def _picture(told: Sequence[AttemptSummary]) -> str:
    points = [(_x(place, len(told)), _y(_share(one))) for place, one in enumerate(told)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    marks = "".join(_mark(x, y, one) for (x, y), one in zip(points, told, strict=True))
    cuts = "".join(_cut(place, one, len(told)) for place, one in enumerate(told))
    said = "; ".join(
        f"attempt {place}: {percent(_share(one))}, {'passed' if one.passed else 'not passed'}"
        for place, one in enumerate(told, start=1)
    )
    return (
        f"<svg viewBox='0 0 {_WIDTH} {_HEIGHT}' role='img' "
        f"aria-label='Share of the marks in each attempt. {said}.'>"
        f"{_scale()}<polyline points='{line}' fill='none' stroke='#0f7a80' stroke-width='2'/>"
        f"{cuts}{marks}{_dates(told)}</svg>"
    )


def _mark(x: float, y: float, one: AttemptSummary) -> str:
    # Passed is a filled point, not passed an empty one: shape tells it, and not colour alone.
    fill = "#0f7a80" if one.passed else "#ffffff"
    return (
        f"<circle cx='{x:.1f}' cy='{y:.1f}' r='5' fill='{fill}' stroke='#0f7a80' stroke-width='2'/>"
    )


def _cut(place: int, one: AttemptSummary, of: int) -> str:
    # Each attempt has the cut of its own version.
    x, y = _x(place, of), _y(one.cut / one.items)
    return (
        f"<line x1='{x - 14:.1f}' y1='{y:.1f}' x2='{x + 14:.1f}' y2='{y:.1f}' "
        "stroke='currentColor' stroke-width='2'/>"
    )


def _scale() -> str:
    return "".join(
        f"<line x1='{_LEFT}' y1='{_y(share):.1f}' x2='{_WIDTH - _RIGHT}' y2='{_y(share):.1f}' "
        "stroke='currentColor' stroke-opacity='0.25'/>"
        f"<text x='{_LEFT - 6}' y='{_y(share) + 4:.1f}' text-anchor='end'>{share:.0%}</text>"
        for share in (0, 0.5, 1)
    )


def _dates(told: Sequence[AttemptSummary]) -> str:
    ends = {0: "start", len(told) - 1: "end"}
    return "".join(
        f"<text x='{_x(place, len(told)):.1f}' y='{_HEIGHT - 6}' text-anchor='{anchor}'>"
        f"{day(told[place].started_at)}</text>"
        for place, anchor in ends.items()
    )


def _share(one: AttemptSummary) -> float:
    return (one.marks or 0) / one.items


def _x(place: int, of: int) -> float:
    inner = _WIDTH - _LEFT - _RIGHT - 32
    return _LEFT + 16 + inner * place / max(of - 1, 1)


def _y(share: float) -> float:
    return _TOP + (_HEIGHT - _TOP - _BOTTOM) * (1 - share)
