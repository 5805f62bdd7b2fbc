"""Rosters on screen: how many lines hold, and every line with its word and its reason."""

from collections.abc import Collection, Mapping, Sequence

import streamlit as st

from certs.queries.rosters import RosterDetail, RosterSummary
from certs.rosters.verdicts import CheckedLine, RosterVerdict
from ui.addresses import address
from ui.clinics.roster_files import roster_csv
from ui.entries import Entry, draw_entries
from ui.words import count, moment, plain

WORDS = {
    RosterVerdict.VALID: ":green[:material/check_circle: **Valid**]",
    RosterVerdict.ENDS_SOON: ":orange[:material/schedule: **Ends soon**]",
    RosterVerdict.EXPIRED: ":red[:material/event_busy: **Expired**]",
    RosterVerdict.SUSPENDED: ":orange[:material/pause_circle: **Suspended**]",
    RosterVerdict.REVOKED: ":red[:material/cancel: **Revoked**]",
    RosterVerdict.MISMATCH: ":red[:material/person_alert: **Mismatch**]",
    RosterVerdict.NOT_FOUND: ":red[:material/search_off: **Not found**]",
}
_GOOD = (RosterVerdict.VALID, RosterVerdict.ENDS_SOON)


def draw_rosters(found: Sequence[RosterSummary]) -> None:
    """List the rosters that were checked, newest first."""
    if not found:
        st.markdown("**No roster has been checked yet.**")
        return
    entries = [
        Entry(
            f"**{plain(one.title)}**",
            "rosters",
            {"roster": one.id},
            (f"{count(one.lines, 'line')}: {in_words(one.counts)}", f"checked {moment(one.at)}"),
        )
        for one in found
    ]
    draw_entries(entries, "rosters")


def in_words(counts: Mapping[RosterVerdict, int]) -> str:
    """Return how many lines have each verdict: "3 valid, 1 revoked"."""
    said = [f"{counts[one]} {one.value}" for one in RosterVerdict if counts.get(one)]
    return ", ".join(said) or "nothing"


def draw_roster(roster: RosterDetail) -> None:
    """Draw one roster as it was checked: counts, the lines asked for, the file."""
    summary = roster.summary
    st.markdown(
        f"**{count(summary.lines, 'line')}:** {in_words(summary.counts)}.  \n"
        f"Checked {moment(summary.at)}."
    )
    shown = _ask_shown(summary.counts)
    lines = [one for one in roster.checked if one.verdict in shown]
    draw_entries([_entry(one) for one in lines], f"roster-{len(lines)}")
    with st.expander("As a grid", icon=":material/table:"):
        _draw_grid(lines)
    st.download_button(
        "Download as CSV",
        # Made when it is asked for: ten thousand lines take a tenth of a second.
        lambda: roster_csv(roster.checked),
        file_name="roster-checked.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def _ask_shown(counts: Mapping[RosterVerdict, int]) -> Collection[RosterVerdict]:
    there = [one for one in RosterVerdict if counts.get(one)]
    urgent = [one for one in there if one not in _GOOD]
    # What needs somebody's hand comes first.
    options: dict[str, list[RosterVerdict]] = {"Needs attention": urgent} if urgent else {}
    options |= {"Every line": there} | {one.value.capitalize(): [one] for one in there}
    chosen = st.selectbox(
        "Show",
        list(options),
        format_func=lambda name: f"{name} ({sum(counts[one] for one in options[name]):,})",
        width=260,
    )
    return options[chosen]


def _entry(one: CheckedLine) -> Entry:
    line = one.line
    facts = [f"line {line.line}"]
    facts += [f"`{one.serial}`"] if one.serial else []
    facts += [address(line.contact)] if line.contact else []
    facts += [plain(line.course)] if line.course else []
    label = f"**{plain(line.name) or 'No name'}** · {WORDS[one.verdict]}  \n{plain(one.reason)}"
    return Entry(label, "rosters", None, tuple(facts))


def _draw_grid(lines: Sequence[CheckedLine]) -> None:
    st.dataframe(  # pyright: ignore[reportUnknownMemberType] partly untyped in Streamlit
        [
            {
                "Line": one.line.line,
                "Name": one.line.name,
                "Result": one.verdict.value,
                "Reason": one.reason,
                "Ends": one.expires_at.date() if one.expires_at else None,
                "Certificate": one.serial or one.line.serial,
                "E-mail or number": one.line.contact,
                "Course": one.line.course,
            }
            for one in lines
        ],
        hide_index=True,
        column_config={"Line": st.column_config.NumberColumn(width="small")},
        alt="Every line shown, with its result, the reason and the end of its certificate.",
    )
