"""One's own attempts at an exam, one after the other: a small picture with its table."""

from collections.abc import Sequence

import streamlit as st

from quizbank.queries.own_results import AttemptSummary
from quizbank.rule_words import number, percent
from ui.nav import link
from ui.words import day

# Of boxes and lines: Streamlit takes drawings out of HTML, and a picture would not know the theme.
_STYLE = """
<style>
  .attempts .plot { position: relative; display: flex; height: 9rem; max-width: 30rem;
    margin: 0.75rem 0.5rem 2.25rem 3.25rem; border-bottom: 1px solid currentColor; }
  .attempts .grid { position: absolute; inset-inline: 0; height: 0;
    border-top: 1px solid rgb(128 128 128 / 0.35); }
  .attempts .grid span { position: absolute; right: 100%; margin-right: 0.5rem; font-size: 0.8rem;
    transform: translateY(-50%); }
  .attempts .one { position: relative; flex: 1; }
  .attempts .one > * { position: absolute; }
  .attempts .cut { left: 22%; right: 22%; border-top: 2px solid currentColor; }
  .attempts .dot { left: 50%; width: 0.95rem; height: 0.95rem; margin: 0 0 -0.475rem -0.475rem;
    box-sizing: border-box; border: 3px solid #0f7a80; border-radius: 50%; }
  .attempts .dot.passed { background: #0f7a80; }
  .attempts .when { top: 100%; inset-inline: 0; padding-top: 0.3rem; text-align: center;
    font-size: 0.8rem; }
  .attempts table { border-collapse: collapse; width: 100%; }
  .attempts caption { caption-side: bottom; text-align: left; padding-top: 0.5rem;
    font-size: 0.9rem; }
  .attempts th, .attempts td { text-align: left; font-weight: 400; padding: 0.4rem 0.6rem 0.4rem 0;
    border-bottom: 1px solid rgb(128 128 128 / 0.25); }
  .attempts thead th { font-weight: 600; }
</style>
"""
# More would not be told apart on a phone; the table has all of them.
_DRAWN = 8


def draw_attempts(attempts: Sequence[AttemptSummary], here: str) -> None:
    """Draw the attempts, oldest first, with the ways to the others; nothing where there is one."""
    if len(attempts) < 2:
        return
    st.header("Your attempts")
    numbered = list(enumerate(sorted(attempts, key=lambda one: one.started_at), start=1))
    seen = [(place, one) for place, one in numbered if one.marks is not None][-_DRAWN:]
    caption = ""
    if len(seen) > 1:
        caption = (
            "<caption>In the picture a full circle is passed, an empty one is not passed; the line "
            "is the cut score of that attempt.</caption>"
        )
    rows = "".join(_row(place, one, here) for place, one in numbered)
    st.html(
        f"{_STYLE}<div class='attempts'>{_picture(seen) if caption else ''}<table>{caption}<thead>"
        "<tr><th scope='col'>Attempt</th><th scope='col'>Day</th><th scope='col'>Marks</th>"
        f"<th scope='col'>Verdict</th></tr></thead><tbody>{rows}</tbody></table></div>"
    )
    for place, one in numbered:
        if one.passed is not None and one.id != here:
            said = f"Result of attempt {place}, {day(one.started_at)}"
            link(said, "result", icon=":material/fact_check:", attempt=one.id)


def _row(place: int, one: AttemptSummary, here: str) -> str:
    marks = f"{number(one.marks)} of {one.items}" if one.marks is not None else "not shown"
    this = ", this one" if one.id == here else ""
    return (
        f"<tr><th scope='row'>{place}{this}</th><td>{day(one.started_at)}</td><td>{marks}</td>"
        f"<td>{_verdict(one)}</td></tr>"
    )


def _verdict(one: AttemptSummary) -> str:
    if one.passed is None:
        return f"○ {'handed in' if one.closed_at else 'running'}, no result yet"
    return "✓ passed" if one.passed else "✕ not passed"


def _picture(seen: Sequence[tuple[int, AttemptSummary]]) -> str:
    said = "; ".join(
        f"attempt {place}: {percent(_share(one))}, {'passed' if one.passed else 'not passed'}"
        for place, one in seen
    )
    grid = "".join(
        f"<span class='grid' style='bottom:{share:.0%}'><span>{share:.0%}</span></span>"
        for share in (0, 0.5, 1)
    )
    columns = "".join(_column(one) for _, one in seen)
    return (
        f"<div class='plot' role='img' aria-label='Share of the marks in each attempt. {said}.'>"
        f"{grid}{columns}</div>"
    )


def _column(one: AttemptSummary) -> str:
    passed = " passed" if one.passed else ""
    return (
        f"<span class='one'><span class='cut' style='bottom:{one.cut / one.items:.1%}'></span>"
        f"<span class='dot{passed}' style='bottom:{_share(one):.1%}'></span>"
        f"<span class='when'>{one.started_at:%-d %b}</span></span>"
    )


def _share(one: AttemptSummary) -> float:
    return (one.marks or 0) / one.items
