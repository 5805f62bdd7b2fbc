"""Drawing where sources are used, what is due for review, and what follows from a change."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

import streamlit as st

from certs.queries.source_holders import SourceHolder
from courses.queries.source_changes import SourceChange
from courses.queries.source_uses import SOON, Place, SourceUse, Use
from ui.entries import Entry, draw_entries, short
from ui.words import count, moment, plain


def choose_source(uses: Sequence[SourceUse], standing: str) -> SourceUse | None:
    """Draw the choice of a source; returns the chosen one with what cites it."""
    by_key = {one.source.key: one for one in uses}
    if not by_key:
        st.markdown("The academy knows no source yet.")
        return None
    chosen = st.selectbox(
        "Source",
        [*by_key],
        index=[*by_key].index(standing) if standing in by_key else 0,
        format_func=lambda key: _label(by_key[key]),
    )
    return by_key[chosen]


def draw_uses(uses: Sequence[Use]) -> None:
    """List everything that cites a source, by what it is."""
    st.header(f"What cites it ({len(uses)})")
    if not uses:
        st.markdown("Nothing cites this source.")
        return
    numbers = Counter(one.place for one in uses)
    st.markdown(", ".join(count(numbers[one], one.value) for one in Place if one in numbers) + ".")
    order = [*Place]
    ordered = sorted(uses, key=lambda one: order.index(one.place))
    draw_entries([_entry(one) for one in ordered], "uses")


def draw_due(uses: Sequence[Use], today: date) -> None:
    """List what is past its review date, then what comes to it soon."""
    late = sum(one.due is not None and one.due <= today for one in uses)
    st.header("Due for review")
    st.markdown(
        f"{late} past the review date, {len(uses) - late} due within {SOON.days} days."
        if uses
        else f"Nothing is past its review date or due within {SOON.days} days."
    )
    draw_entries([_entry(one, today) for one in uses], "due")


def draw_holders(holders: Sequence[SourceHolder], titles: dict[str, str]) -> None:
    """List whose valid certificates rest on the source."""
    st.header(f"Certificate holders ({len(holders)})")
    if not holders:
        st.markdown("Nobody holds a valid certificate that rests on it.")
        return
    lines = [
        f"| {plain(one.name)} | {plain(titles.get(one.course, one.course))} | {one.serial} |"
        for one in holders
    ]
    st.markdown("\n".join(["| Name | Course | Certificate |", "|---|---|---|", *lines]))


def draw_change(change: SourceChange) -> None:
    """Say what was noted of a change, and how far its quiz went."""
    st.markdown(
        f"**{change.source_key}**, noted on {moment(change.at)} by {plain(change.by)}. "
        f"Quiz sent to {count(change.sent, 'holder')}."
    )
    st.markdown(plain(change.note))


def _label(use: SourceUse) -> str:
    cited = f"cited {count(len(use.uses), 'time')}" if use.uses else "cited nowhere"
    return f"{use.source.key} · {short(use.source.citation, 60)} · {cited}"


def _entry(use: Use, today: date | None = None) -> Entry:
    page, parameters = _address(use)
    facts = [one for one in (use.place.value, use.course or "all courses", use.key) if one]
    if today and use.due:
        word = ":orange[:material/event_busy: **was due on**]" if use.due <= today else "due on"
        facts.append(f"{word} {use.due:%-d %B %Y}")
    return Entry(plain(short(use.title)), page, parameters, tuple(facts))


def _address(use: Use) -> tuple[str, dict[str, str] | None]:
    if use.place is Place.LESSON:
        return "lesson_edit", {"course": use.course, "lesson": use.key}
    if use.place is Place.ITEM:
        return "item", {"id": use.key}
    if use.place is Place.COURSE:
        return "course_edit", {"course": use.course}
    return "home", None
