"""How much comes back on each of the next days: a table whose rows have bars."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from courses.habit import DayLoad
from ui.words import count

_STYLE = """
<style>
  .load { border-collapse: collapse; width: 100%; max-width: 34rem; }
  .load caption { text-align: left; padding-bottom: 0.4rem; }
  .load th, .load td { text-align: left; font-weight: 400; padding: 0.2rem 0.6rem 0.2rem 0;
    white-space: nowrap; }
  .load thead th { font-weight: 600; }
  .load td:last-child { width: 60%; padding-right: 0; }
  .load .bar { display: block; height: 0.8rem; border-radius: 0.2rem; background: #0f7a80; }
</style>
"""


def draw_forecast(days: Sequence[DayLoad], today: date, exam_on: date | None) -> None:
    """Draw the days; the bars repeat the numbers beside them."""
    st.header("What comes back when")
    ahead = sum(one.reviews for one in days)
    if not ahead:
        st.markdown(
            f"Nothing comes back in the next {len(days)} days. What you practise is put on a "
            "schedule: topics come back shortly before they would be forgotten."
        )
        return
    most = max(one.reviews for one in days)
    rows = "".join(_row(one, today, exam_on, most) for one in days)
    st.html(
        f"{_STYLE}<table class='load'><caption>{count(ahead, 'topic')} in the next {len(days)} "
        "days, one question each. What waited longer comes today.</caption><thead><tr>"
        "<th scope='col'>Day</th><th scope='col'>Topics</th>"
        f"<th scope='col'>Load</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(one: DayLoad, today: date, exam_on: date | None, most: int) -> str:
    name = "Today" if one.day == today else f"{one.day:%a %-d %b}"
    exam = " (exam)" if one.day == exam_on else ""
    width = f"{one.reviews / most:.1%}"
    bar = f"<span class='bar' style='width:{width}'></span>" if one.reviews else ""
    return f"<tr><th scope='row'>{name}{exam}</th><td>{one.reviews}</td><td>{bar}</td></tr>"
