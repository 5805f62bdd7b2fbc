"""Who of a clinic's staff may do what, as a table; on a phone each person is a card."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

import streamlit as st

from certs.rosters.competence import Competence, kinds_held, sites_covered
from certs.rosters.verdicts import RosterVerdict
from ui.words import day

# Each mark is told by its sign and its word; colour comes with them.
_MARKS = {
    RosterVerdict.VALID: ("✓", "valid", "good"),
    RosterVerdict.ENDS_SOON: ("◷", "ends soon", "soon"),
    RosterVerdict.EXPIRED: ("✕", "expired", "gone"),
    RosterVerdict.SUSPENDED: ("‖", "suspended", "soon"),
    RosterVerdict.REVOKED: ("✕", "revoked", "gone"),
}
_STYLE = """
<style>
  .matrix { width: 100%; border-collapse: collapse; font-size: .95rem; }
  .matrix caption { text-align: left; padding-block: .25rem .5rem; opacity: .85; }
  .matrix :is(th, td) { padding: .5rem .6rem; text-align: left; vertical-align: top;
    border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent); }
  .matrix thead th { font-weight: 600; vertical-align: bottom; }
  .matrix .good { color: light-dark(#0b5d4e, #7fd6c2); }
  .matrix .soon { color: light-dark(#7a4b00, #f0c06a); }
  .matrix .gone { color: light-dark(#a3261d, #ff9d94); }
  .matrix .none { opacity: .75; }
  .matrix .none i { position: absolute; width: 1px; height: 1px; overflow: hidden;
    clip-path: inset(50%); }
  .matrix strong { white-space: nowrap; }
  .matrix small { display: block; font-size: .82rem; opacity: .85; }
  @media (max-width: 700px) {
    .matrix, .matrix :is(caption, tbody, tr, th, td) { display: block; width: auto; }
    .matrix thead { position: absolute; width: 1px; height: 1px; overflow: hidden;
      clip-path: inset(50%); }
    .matrix tr { padding-block: .6rem;
      border-bottom: 1px solid color-mix(in srgb, currentColor 30%, transparent); }
    .matrix :is(th, td) { padding: .15rem 0; border: 0; }
    .matrix td::before { content: attr(data-of) ": "; opacity: .85; }
    .matrix small { display: inline; }
    .matrix .none i { position: static; clip-path: none; font-style: normal; }
    .matrix .none span { display: none; }
  }
</style>
"""


def draw_certificates(people: Sequence[Competence], now: datetime) -> None:
    """Draw who holds which certificate, and until when."""
    kinds = kinds_held(people)
    if not kinds:
        st.markdown("**Nobody who consented holds a certificate yet.**")
        return
    rows = [[_standing(one, kind, now) for kind in kinds] for one in people]
    _draw("Certificates of the staff", people, kinds, rows)


def draw_sites(people: Sequence[Competence]) -> None:
    """Draw how deep everybody is covered at which site."""
    sites = sites_covered(people)
    if not sites:
        st.markdown("**No certificate of the staff says as data which sites it covers.**")
        return
    rows = [[_depth(one.depth_mm(site)) for site in sites] for one in people]
    caption = "Longest needle that a valid certificate covers, by site"
    _draw(caption, people, [site.value for site in sites], rows)


def _draw(
    caption: str, people: Sequence[Competence], heads: Sequence[str], rows: list[list[str]]
) -> None:
    top = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    body = "".join(
        f'<tr><th scope="row">{_who(one)}</th>'
        + "".join(
            f'<td data-of="{escape(head)}">{cell}</td>'
            for head, cell in zip(heads, cells, strict=True)
        )
        + "</tr>"
        for one, cells in zip(people, rows, strict=True)
    )
    st.html(
        f'{_STYLE}<table class="matrix"><caption>{escape(caption)}</caption>'
        f'<thead><tr><th scope="col">Name</th>{top}</tr></thead><tbody>{body}</tbody></table>'
    )


def _who(one: Competence) -> str:
    number = f"<small>{escape(one.staff_number)}</small>" if one.staff_number else ""
    return f"{escape(one.name)} {number}"


def _standing(one: Competence, kind: str, now: datetime) -> str:
    word, best = one.word(kind, now), one.best(kind)
    if word is None or best is None:
        return '<span class="none">none</span>'
    sign, said, style = _MARKS[word]
    ends = f"<small>{'ended' if style == 'gone' else 'until'} {day(best.expires_at)}</small>"
    shown = ends if word not in {RosterVerdict.REVOKED, RosterVerdict.SUSPENDED} else ""
    return f'<strong class="{style}"><span aria-hidden="true">{sign}</span> {said}</strong> {shown}'


def _depth(depth: float | None) -> str:
    if depth is None:
        return '<span class="none"><span aria-hidden="true">–</span> <i>not covered</i></span>'
    return f'<strong class="good">{depth:g} mm</strong>'
