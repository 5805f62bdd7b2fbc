"""Drawing where sources are used, what is due for review, and what follows from a change."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date

import streamlit as st

from certs.queries.source_holders import SourceHolder
from courses.handbook import row_place, term_place
from courses.queries.source_changes import SourceChange
from courses.queries.source_uses import SOON, Place, SourceUse, Use
from ui.bank.words import headline
from ui.entries import Entry, draw_entries, short
from ui.words import as_typed, count, moment, plain


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


def draw_uses(uses: Sequence[Use], titles: Mapping[str, str]) -> None:
    """List everything that cites a source, by what it is."""
    st.header(f"What cites it ({len(uses)})")
    if not uses:
        st.markdown("Nothing cites this source.")
        return
    st.markdown(f"{_numbers(uses)}.")
    order = [*Place]
    ordered = sorted(uses, key=lambda one: order.index(one.place))
    draw_entries([_entry(one, titles) for one in ordered], "uses")


def draw_due(uses: Sequence[Use], titles: Mapping[str, str], today: date) -> None:
    """List what is past its review date, then what comes to it soon."""
    late = sum(one.due is not None and one.due <= today for one in uses)
    st.header("Due for review")
    st.markdown(
        f"{late} past the review date, {len(uses) - late} due within {SOON.days} days."
        if uses
        else f"Nothing is past its review date or due within {SOON.days} days."
    )
    draw_entries([_entry(one, titles, today) for one in uses], "due")


def draw_holders(holders: Sequence[SourceHolder], titles: Mapping[str, str]) -> None:
    """List whose valid certificates rest on the source."""
    st.header(f"Certificate holders ({len(holders)})")
    if not holders:
        st.markdown("Nobody holds a valid certificate that rests on it.")
        return
    lines = [
        f"| {plain(one.name)} | {plain(titles.get(one.course, one.course))}, {one.serial} |"
        for one in holders
    ]
    st.markdown("\n".join(["| Name | Certificate |", "|---|---|", *lines]))


def draw_change(change: SourceChange, use: SourceUse, holders: int) -> None:
    """Say what was noted of a change, and how much depends on its source."""
    st.markdown(
        f"**{change.source_key} · {plain(short(use.source.citation, 60).rstrip('.'))}**, noted on "
        f"{moment(change.at)} by {plain(change.by)}:"
    )
    st.markdown(as_typed(change.note))
    depends = ", ".join([*([_numbers(use.uses)] if use.uses else []), count(holders, "holder")])
    st.markdown(f"What depends on it: {depends}.")


def draw_sending(change: SourceChange, holders: Collection[str]) -> bool:
    """Say how far the quiz about a change went; True where it is to be sent to the others."""
    left = {*holders} - change.reached
    if change.reached:
        sent = f":material/mark_email_read: Quiz sent to {count(len(change.reached), 'holder')}."
        st.markdown(sent if left else f"{sent} Nobody is left to send it to.")
    elif not left:
        st.markdown("Nobody holds a valid certificate that rests on it, so there is no quiz.")
    if not left:
        return False
    more = " more" if change.reached else ""
    label = f"Send the quiz to {len(left)}{more} {'holder' if len(left) == 1 else 'holders'}"
    return st.button(label, key=f"send-{change.id}", icon=":material/send:")


def _label(use: SourceUse) -> str:
    cited = f"cited {count(len(use.uses), 'time')}" if use.uses else "cited nowhere"
    return f"{use.source.key} · {short(use.source.citation, 60)} · {cited}"


def _numbers(uses: Sequence[Use]) -> str:
    numbers = Counter(one.place for one in uses)
    return ", ".join(count(numbers[one], one.value) for one in Place if one in numbers)


def _entry(use: Use, titles: Mapping[str, str], today: date | None = None) -> Entry:
    page, parameters = _address(use)
    key = use.key if use.key not in {use.title, use.course} else ""
    course = titles.get(use.course, "all courses")
    facts = [one for one in (use.place.value, course, key) if one]
    if today and use.due:
        word = ":orange[:material/event_busy: **was due on**]" if use.due <= today else "due on"
        facts.append(f"{word} {use.due:%-d %B %Y}")
    return Entry(plain(headline(use.title)), page, parameters, tuple(facts))


def _address(use: Use) -> tuple[str, dict[str, str]]:
    pages = {
        Place.LESSON: ("lesson_edit", {"course": use.course, "lesson": use.key}),
        Place.ITEM: ("item", {"id": use.key}),
        Place.COURSE: ("course_edit", {"course": use.course}),
        Place.FIGURE: ("explorer", {"course": use.course, "figure": use.key}),
        Place.CASE: ("screening_cases", {"case": use.key}),
        Place.ROW: ("reference", {"at": row_place(use.key)}),
        Place.TERM: ("glossary", {"at": term_place(use.key)}),
    }
    return pages[use.place]
