"""A study that sets a cut score: judging one item at a time, and what the raters say together."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from quizbank.queries.angoff import RatedItem, Study, StudySummary
from quizbank.standard_setting import CutScore, ItemSpread
from ui.entries import Entry, draw_entries
from ui.kinds.item_form import ask, show_explanations
from ui.words import count, day, plain

HOW_IT_WORKS = (
    "Raters say, item by item, how many of ten candidates who just deserve to pass answer it "
    "right. Their judgements add up to a cut score (modified Angoff, two rounds)."
)
_STEPS = tuple(range(0, 101, 10))
STATES = {
    "round 1": ":blue[:material/looks_one: **First round**]",
    "round 2": ":blue[:material/looks_two: **Second round**]",
    "closed": ":green[:material/check_circle: **Closed**]",
}


@dataclass(frozen=True)
class Signature:
    """The cut score that somebody signs, and why it stands there."""

    cut: int
    rationale: str


def draw_studies(found: Sequence[StudySummary]) -> None:
    """List the studies, newest first."""
    if not found:
        st.markdown("**There is no study yet.**")
    draw_entries([_entry(one) for one in found], "studies")


def draw_progress(study: Study) -> None:
    """Say how far one is with the round."""
    judged = len(study.items) - len(study.unrated)
    st.markdown(
        f"{STATES[study.state]} · you have judged {judged} of {count(len(study.items), 'item')}"
    )
    st.progress(judged / len(study.items))


def ask_judgement(study: Study, position: int) -> float | None:
    """Draw the item with its key and ask for the judgement; returns it where it was changed."""
    rated = study.items[position - 1]
    st.header(f"Item {position} of {len(study.items)}")
    with st.container(border=True):
        ask(rated.item.prompt(), f"angoff-{study.id}-{position}")
    with st.expander("The key and its reasons"):
        show_explanations(rated.item.explain(rated.item.key()))
    _draw_first_round(study, rated)
    standing = rated.first if study.round == 1 else rated.second
    chosen = st.pills(
        "Of ten candidates who just deserve to pass, how many answer this right?",
        _STEPS,
        format_func=lambda step: f"{step // 10}",
        default=None if standing is None else round(standing * 100),
        key=f"judge-{study.id}-{study.round}-{position}",
        wrap=True,
    )
    if chosen is None or standing == chosen / 100:
        return None
    return chosen / 100


def draw_outcome(name: str, said: CutScore | None, form_items: int) -> None:
    """Draw what a round says: each rater's cut, the mean and its error, the spread of the items."""
    st.header(name)
    if said is None:
        st.markdown("Nobody has judged every item yet.")
        return
    facts = [f"mean **{said.scaled(form_items):.1f}** of {form_items} marks"]
    if said.deviation is not None and said.error is not None:
        scale = form_items / said.items
        facts.append(f"standard deviation {said.deviation * scale:.1f}")
        facts.append(f"standard error {said.error * scale:.1f}")
    facts.append(f"n = {count(len(said.raters), 'rater')}")
    st.markdown(" · ".join(facts))
    st.dataframe(  # pyright: ignore[reportUnknownMemberType] partly untyped in Streamlit
        [{"Rater": one.rater, "Cut in marks": round(one.cut, 1)} for one in said.raters],
        hide_index=True,
        alt="Each rater's cut score.",
    )
    apart = sum(one.far_apart for one in said.spreads)
    label = f"Spread of every item, {apart} far apart" if apart else "Spread of every item"
    with st.expander(label):
        st.dataframe(  # pyright: ignore[reportUnknownMemberType] partly untyped in Streamlit
            [_line(one) for one in said.spreads],
            hide_index=True,
            alt="Mean, deviation, lowest and highest judgement of every item.",
        )


def ask_signature(study: Study) -> Signature | None:
    """Ask for the cut score and its rationale; returns them once they are signed."""
    said = study.second
    if said is None:
        return None
    st.header("Set the cut score")
    suggested = min(said.suggested(study.form_items), study.form_items)
    st.markdown(
        f"The raters' mean, rounded up to a whole mark, is **{suggested} of {study.form_items}**. "
        f"The exam stands at {study.standing_cut} now."
    )
    cut = st.number_input(
        "Cut score, in marks", 1, study.form_items, value=suggested, key=f"cut-{study.id}"
    )
    rationale = st.text_area(
        "Why it stands there",
        key=f"rationale-{study.id}",
        placeholder="Who the raters were, what they talked about, and why this number",
    )
    pressed = st.button("Sign and publish the cut score", type="primary")
    return Signature(int(cut), rationale) if pressed else None


def draw_signed(study: Study) -> None:
    """Say which cut score was signed, by whom, and why."""
    if study.signed_at is not None:
        st.success(
            f"Cut score {study.cut} of {study.form_items}, signed by "
            f"{plain(study.signed_by or '')} on {day(study.signed_at)}.",
            icon=":material/check_circle:",
        )
        st.markdown(f"> {plain(study.rationale or '')}")


def _draw_first_round(study: Study, rated: RatedItem) -> None:
    if study.round == 1 or study.first is None:
        return
    spread = study.first.spreads[rated.position - 1]
    own = "" if rated.first is None else f" You said {rated.first * 10:.0f}."
    apart = " The raters were far apart: talk about it." if spread.far_apart else ""
    st.info(
        f"In the first round the raters said {spread.mean * 10:.1f} of ten on average, from "
        f"{spread.lowest * 10:.0f} to {spread.highest * 10:.0f}.{own}{apart}",
        icon=":material/groups:",
    )


def _line(one: ItemSpread) -> dict[str, object]:
    return {
        "Item": one.position,
        "Mean": round(one.mean, 2),
        "Deviation": round(one.deviation, 2),
        "Lowest": one.lowest,
        "Highest": one.highest,
        "To talk about": "far apart" if one.far_apart else "",
    }


def _entry(one: StudySummary) -> Entry:
    facts = [STATES[one.state], count(one.items, "item")]
    if one.cut is None:
        facts.append(f"{count(one.finished, 'rater')} finished this round")
    else:
        facts.append(f"cut score {one.cut}, signed by {plain(one.signed_by or '')}")
    facts.append(f"opened {day(one.opened_at)} by {plain(one.opened_by)}")
    return Entry(f"**{plain(one.exam_title)}**", "angoff", {"study": one.id}, tuple(facts))
