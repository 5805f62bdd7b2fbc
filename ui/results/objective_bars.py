"""Objectives as a table with bars: the share reached, how sure that is, the cut, the minimum."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from quizbank.objective_lines import ObjectiveLine, Standing
from quizbank.rule_words import percent

_STYLE = """
<style>
  .bars { border-collapse: collapse; width: 100%; font-size: 1rem; }
  .bars caption { caption-side: bottom; text-align: left; padding-top: 0.5rem; font-size: 0.9rem; }
  .bars th, .bars td { text-align: left; font-weight: 400; padding: 0.5rem 0.6rem 0.5rem 0;
    border-bottom: 1px solid rgb(128 128 128 / 0.25); vertical-align: top; }
  .bars thead th { font-weight: 600; }
  .bars .said { display: block; font-size: 0.875rem; }
  .bars td:last-child { white-space: nowrap; }
  .bars .bar { width: 34%; min-width: 5.5rem; padding-top: 0.7rem; }
  .bars .both { position: relative; display: block; height: 1.5rem; }
  .bars .track { position: absolute; inset: 0 0 auto 0; height: 0.7rem; border-radius: 0.35rem;
    background: rgb(128 128 128 / 0.22); overflow: hidden; }
  .bars .track span { display: block; height: 100%; background: #0f7a80; }
  .bars .likely { position: absolute; top: 0.95rem; height: 0.5rem; box-sizing: border-box;
    border-inline: 2px solid currentColor; min-width: 4px; }
  .bars .likely::after { content: ""; position: absolute; inset-inline: 0; top: 50%; height: 2px;
    margin-top: -1px; background: currentColor; }
  .bars .cut, .bars .least { position: absolute; inset-block: -0.2rem 0; width: 0; }
  .bars .cut { border-left: 2px solid currentColor; }
  .bars .least { border-left: 2px dotted currentColor; }
  @media (max-width: 640px) {
    .bars td:last-child { white-space: normal; }
    .bars .bar { width: 28%; min-width: 4.5rem; }
  }
</style>
"""
_SIGNS = {Standing.ABOVE: "▲", Standing.OPEN: "○", Standing.BELOW: "▼"}


def draw_objectives(lines: Sequence[ObjectiveLine]) -> None:
    """Draw one row an objective; every bar is told in the words beside it."""
    if not lines:
        return
    rows = "".join(_row(one) for one in lines)
    dotted = " A dotted line stands at an objective's own minimum." if _any_minimum(lines) else ""
    st.html(
        f"{_STYLE}<table class='bars'><caption>The line on each bar stands at the exam's cut, "
        f"{percent(lines[0].cut)}.{dotted} The bracket below it is where the true share likely "
        "lies: a 95% interval by Wilson (1927), wide where there were few questions.</caption>"
        "<thead><tr><th scope='col'>Objective</th><th scope='col'>Share</th>"
        f"<th scope='col'>Marks</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def _any_minimum(lines: Sequence[ObjectiveLine]) -> bool:
    return any(one.minimum is not None for one in lines)


def _row(one: ObjectiveLine) -> str:
    return (
        f"<tr><th scope='row'>{escape(one.title)}{_said(one)}</th>"
        f"<td class='bar'>{_bar(one)}</td>"
        f"<td>{one.reached}<span class='said'>{one.likely}</span></td></tr>"
    )


def _said(one: ObjectiveLine) -> str:
    said = [f"<span aria-hidden='true'>{_SIGNS[one.standing]}</span> {one.standing}"]
    if one.below_minimum:
        said.append(f"<strong><span aria-hidden='true'>✕</span> {one.below_minimum}</strong>")
    return "".join(f"<span class='said'>{text}</span>" for text in said)


def _bar(one: ObjectiveLine) -> str:
    least = ""
    alt = f"{percent(one.share)} of the marks, {one.likely}; the cut is {percent(one.cut)}"
    if one.minimum is not None:
        least = f"<span class='least' style='left:{one.minimum:.2%}'></span>"
        alt += f", its minimum {percent(one.minimum)}"
    return (
        f"<span class='both' role='img' aria-label='{alt}'>"
        f"<span class='track'><span style='width:{one.share:.2%}'></span></span>"
        f"<span class='likely' style='left:{one.low:.2%};width:{one.high - one.low:.2%}'></span>"
        f"<span class='cut' style='left:{one.cut:.2%}'></span>{least}</span>"
    )
