"""The contraindications, a card each: what to do, what to ask, why, and who disagrees."""

from collections.abc import Collection, Iterator, Sequence
from html import escape

from courses.citing import folded
from courses.handbook import Contraindication
from courses.lesson_html import write_texts
from courses.screening.case import Decision
from ui.lessons.text import draw_written

DECISIONS = {
    Decision.DECLINE: ("✕", "Decline"),
    Decision.REFER: ("➜", "Refer"),
    Decision.DEFER: ("◔", "Defer"),
    Decision.PROCEED: ("✓", "Proceed"),
}
# Few enough that nobody need unfold them.
_OPEN_BY_ITSELF = 3
_STYLE = """
<style>
  .lesson details.row { border: 1px solid rgb(128 128 128 / 0.55); border-radius: 0.5rem;
    padding: 0 1rem; margin: 0 0 0.6rem; }
  .lesson details.row[open] { padding-bottom: 0.75rem; }
  .lesson details.row summary { cursor: pointer; padding: 0.7rem 0; line-height: 1.5; }
  .lesson details.row summary b { margin-inline-end: 0.4rem; }
  .lesson .badge { display: inline-block; border: 1px solid currentColor; border-radius: 1rem;
    padding: 0 0.6rem; margin-inline-start: 0.35rem; font-size: 0.85rem; white-space: nowrap; }
  .lesson .badge.rule { border-style: dashed; }
  .lesson details.row dt { font-weight: 600; margin-top: 0.6rem; }
  .lesson details.row dd { margin: 0; }
  .lesson details.row :is(dd p, dd ul) { margin: 0; }
</style>
"""


def matching(
    rows: Sequence[Contraindication], search: str, decisions: Collection[Decision]
) -> list[Contraindication]:
    """Return the rows that hold these words and ask for one of these decisions, if any is named."""
    wanted = folded(search).split()
    return [
        row
        for row in rows
        if all(word in _held(row) for word in wanted)
        and (not decisions or set(decisions) & set(row.decisions))
    ]


def draw_rows(rows: Sequence[Contraindication], opened: str) -> None:
    """Draw the rows folded, the one with the place `opened` and a few found ones unfolded."""
    texts = iter(write_texts([text for row in rows for text in _texts(row)]))
    few = len(rows) <= _OPEN_BY_ITSELF
    cards = "".join(_card(row, few or row.place == opened, texts) for row in rows)
    draw_written(f"{_STYLE}{cards}")


def _held(row: Contraindication) -> str:
    said = (row.action, row.why, *row.ask, row.wait, row.disagreement, *row.words, *row.decisions)
    return folded(" ".join((row.id, row.condition, *said)))


def _texts(row: Contraindication) -> tuple[str, ...]:
    ask = "\n".join(f"- {one}" for one in row.ask)
    cited = "".join(f"[{key}]" for key in row.sources)
    return row.action, ask, row.why, row.wait, row.disagreement, cited


def _card(row: Contraindication, unfolded: bool, texts: Iterator[str]) -> str:
    action, ask, why, wait, disagreement, cited = (next(texts) for _ in range(6))
    badges = "".join(_badge(*DECISIONS[one]) for one in row.decisions)
    rule = '<span class="badge rule">course rule</span>' if row.by_course_rule else ""
    parts = (
        ("What to do", action),
        ("Wait", wait),
        ("Ask", ask),
        ("Why", why),
        ("Where sources disagree", disagreement),
        ("Sources", cited),
        ("Reviewed", f"<p>{row.reviewed:%-d %B %Y}, next by {row.review_due:%-d %B %Y}</p>"),
    )
    said = "".join(f"<dt>{name}</dt><dd>{html}</dd>" for name, html in parts if html)
    return (
        f'<details class="row" id="{row.place}"{" open" if unfolded else ""}>'
        f"<summary><b>{row.id}</b>{escape(row.condition)} {badges}{rule}</summary>"
        f"<dl>{said}</dl></details>"
    )


def _badge(sign: str, word: str) -> str:
    return f'<span class="badge"><span aria-hidden="true">{sign}</span> {word}</span>'
