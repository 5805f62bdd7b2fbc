"""How somebody decides over all clients: two shares with bars, and a table of who came."""

from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

import streamlit as st

from courses.queries.screening import DecidedClient, ScreeningView
from courses.screening.scoring import PASS_SHARE, Outcome, ScreeningStanding, Share
from quizbank.rule_words import percent
from ui.screening.words import (
    DECISIONS,
    OUTCOMES,
    decided_in_words,
    share_in_words,
    worth_in_words,
)
from ui.words import count

_STYLE = """
<style>
  .screening { border-collapse: collapse; width: 100%; font-size: 1rem; }
  .screening caption { caption-side: bottom; text-align: left; padding-top: 0.5rem;
    font-size: 0.9rem; }
  .screening th, .screening td { text-align: left; font-weight: 400; vertical-align: top;
    padding: 0.5rem 0.6rem 0.5rem 0; border-bottom: 1px solid rgb(128 128 128 / 0.25); }
  .screening thead th { font-weight: 600; }
  .screening .said { display: block; font-size: 0.875rem; }
  .screening .bar { width: 34%; min-width: 5rem; padding-top: 0.8rem; }
  .screening .both { position: relative; display: block; height: 1.5rem; }
  .screening .track { position: absolute; inset: 0 0 auto 0; height: 0.7rem;
    border-radius: 0.35rem; background: rgb(128 128 128 / 0.22); overflow: hidden; }
  .screening .track span { display: block; height: 100%; background: #0f7a80; }
  .screening .likely { position: absolute; top: 0.95rem; height: 0.5rem; box-sizing: border-box;
    border-inline: 2px solid currentColor; min-width: 4px; }
  .screening .likely::after { content: ""; position: absolute; inset-inline: 0; top: 50%;
    height: 2px; margin-top: -1px; background: currentColor; }
  .screening .least { position: absolute; inset-block: -0.2rem 0; width: 0;
    border-left: 2px solid currentColor; }
  .screening a { color: inherit; display: inline-block; min-height: 1.5rem; }
  @media (max-width: 640px) { .screening .bar { width: 28%; min-width: 4rem; } }
</style>
"""
_TO_TREAT = "Treated, of those who could be treated (specificity)"
_TO_KEEP = "Kept safe, of those who should not be treated today (sensitivity)"


def draw_standing(standing: ScreeningStanding) -> None:
    """Draw both shares with what is asked of them, and say what they come to."""
    st.header("How you decide over all clients")
    st.markdown(
        f"{standing.decided} of {count(standing.clients, 'client')} decided on, "
        f"{standing.right} of them right or acceptable. The newest decision on each counts."
    )
    if standing.outcome is Outcome.PASSED:
        st.success(OUTCOMES[standing.outcome], icon=":material/check_circle:")
    elif standing.outcome is not Outcome.OPEN:
        st.warning(OUTCOMES[standing.outcome], icon=":material/warning:")
    rows = _share_row(_TO_KEEP, standing.sensitivity) + _share_row(_TO_TREAT, standing.specificity)
    waits = standing.waits
    waited = f" Waits long enough: {waits.hits} of {waits.of}." if waits.of else ""
    st.html(
        f"{_STYLE}<table class='screening'><caption>To pass, decide on every client, with at least "
        f"{percent(PASS_SHARE)} on both (course rule); the line on each bar stands there. The "
        f"bracket is where the true share likely lies: a 95% interval by Wilson (1927).{waited}"
        "</caption><thead><tr><th scope='col'>Over all clients</th>"
        f"<th scope='col'>Share</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def draw_decided(view: ScreeningView) -> None:
    """Draw a table of every client who was decided on, with the way back to their debrief."""
    if not view.decided:
        return
    with st.expander(f"Clients so far ({len(view.decided)})", icon=":material/group:"):
        st.html(
            f"{_STYLE}<table class='screening'><thead><tr><th scope='col'>Client</th>"
            "<th scope='col'>You decided</th></tr></thead><tbody>"
            f"{_rows(view.course_slug, view.decided)}</tbody></table>"
        )


def _share_row(title: str, share: Share) -> str:
    met = ""
    if share.value is not None:
        met = "▲ reaches it" if share.holds else "▼ below it"
        met = f"<span class='said'>{met}</span>"
    return (
        f"<tr><th scope='row'>{title}<span class='said'>{share_in_words(share)}</span></th>"
        f"<td class='bar'>{_bar(share)}{met}</td></tr>"
    )


def _bar(share: Share) -> str:
    if share.value is None or share.interval is None:
        return "none yet"
    low, high = share.interval
    alt = f"{share_in_words(share)}; {percent(PASS_SHARE)} is asked for"
    return (
        f"<span class='both' role='img' aria-label='{alt}'>"
        f"<span class='track'><span style='width:{share.value:.2%}'></span></span>"
        f"<span class='likely' style='left:{low:.2%};width:{high - low:.2%}'></span>"
        f"<span class='least' style='left:{PASS_SHARE:.2%}'></span></span>"
    )


def _rows(slug: str, decided: Sequence[DecidedClient]) -> str:
    return "".join(_row(slug, one) for one in decided)


def _row(slug: str, one: DecidedClient) -> str:
    address = "/screening?" + urlencode({"course": slug, "client": one.number})
    right = "" if one.decision is one.right else f" Right was: {DECISIONS[one.right].lower()}."
    return (
        f"<tr><th scope='row'><a href='{escape(address)}' target='_self'>{escape(one.client)}</a>"
        f"<span class='said'>{escape(one.title)}</span></th>"
        f"<td>{decided_in_words(one.decision, 0)}<span class='said'>"
        f"{worth_in_words(one.mark).capitalize()}.{right}</span></td></tr>"
    )
