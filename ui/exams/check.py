"""Whether a form can be drawn, sample forms, and publishing: what stands below a blueprint."""

from collections.abc import Sequence
from itertools import combinations, groupby

import streamlit as st

from quizbank.exams import ExamRules
from quizbank.queries.blueprints import MOST_LISTED, BlueprintCheck, ExamStanding, SampleForm
from ui.bank.words import headline
from ui.exams.draft import ExamDraft, Reading, load
from ui.words import count, plain


def draw_check(rules: ExamRules, check: BlueprintCheck, taker: str) -> None:
    """Say whether a form can be drawn, how long it takes, and what wears out."""
    if check.shortages:
        st.warning(
            f"**A form can be drawn: no.** {in_a_sentence(check.shortages)} "
            "Ask for fewer questions, or have more approved.",
            icon=":material/warning:",
        )
    else:
        seen = f" For {taker} it shows {count(check.seen, 'question')} again." if taker else ""
        st.success(
            f"**A form can be drawn: yes.** {count(rules.size, 'question')}.{seen}",
            icon=":material/check_circle:",
        )
    expected = sum(
        cell.count * counts.seconds for cell, counts in zip(rules.cells, check.cells, strict=True)
    )
    limit = f" of {count(rules.minutes, 'minute')}" if rules.minutes else ""
    st.markdown(f"**Expected time:** about {count(round(expected / 60), 'minute')}{limit}.")
    _draw_exposure(check)
    _draw_enemies(check)


def draw_samples(forms: Sequence[SampleForm]) -> None:
    """Show sample forms cell by cell, and how many questions they share."""
    shared = [
        f"forms {one + 1} and {other + 1} share "
        f"{len(_ids(forms[one]) & _ids(forms[other]))} of {len(forms[one].items)}"
        for one, other in combinations(range(len(forms)), 2)
    ]
    st.markdown(f"**Overlap:** {', '.join(shared)}.")
    for number, form in enumerate(forms, 1):
        title = f"Form {number}: {count(len(form.items), 'question')}"
        with st.expander(f"{title}, about {count(round(form.seconds / 60), 'minute')}"):
            for name, items in groupby(form.items, lambda item: item.cell):
                st.markdown(f"**{plain(name)}**")
                st.markdown(
                    "\n".join(
                        f"- `{one.item_id}`{' (critical)' if one.critical else ''} "
                        f"{plain(headline(one.stem, 160))}"
                        for one in items
                    )
                )


def ask_publish(draft: ExamDraft, reading: Reading, shortages: Sequence[str]) -> bool:
    """Say what is missing, and tell whether Publish was pressed."""
    if reading.problems:
        listed = "\n".join(f"- {problem}" for problem in reading.problems)
        st.warning(f"**Before this can be published**\n\n{listed}", icon=":material/edit:")
    elif not reading.changed:
        st.markdown("Nothing has been changed yet.")
    else:
        st.markdown(
            "Running attempts keep the rules they started under; the next ones follow these. "
            "The course's file no longer changes this exam."
        )
    agreed = True
    if reading.rules and reading.changed and shortages:
        agreed = st.checkbox(
            "Publish although no form can be drawn: nobody can start until the bank has more",
            wrap=True,
        )
    return st.button(
        f"Publish as version {draft.based_on + 1}",
        type="primary",
        icon=":material/publish:",
        disabled=not (reading.rules and reading.changed and agreed),
    )


def offer_newer(draft: ExamDraft, standing: ExamStanding) -> None:
    """Where somebody has published since, offer the two ways on; nothing typed is lost."""
    if draft.based_on == standing.version:
        return
    st.warning(
        f"{plain(standing.published_by)} has published version {standing.version} since you began "
        f"from version {draft.based_on}. Your changes are kept below.",
        icon=":material/sync_problem:",
    )
    with st.container(horizontal=True):
        if st.button(f"Keep my changes, to publish them after version {standing.version}"):
            draft.based_on, draft.before = standing.version, standing.rules
            st.rerun()
        if st.button(f"Drop my changes and load version {standing.version}"):
            load(draft, standing)
            st.rerun()


def in_a_sentence(parts: Sequence[str]) -> str:
    """Return the parts as one sentence, the first letter large."""
    said = "; ".join(parts)
    return f"{said[:1].upper()}{said[1:]}."


def _draw_exposure(check: BlueprintCheck) -> None:
    if not check.most_drawn:
        st.markdown("**Exposure:** no question has been drawn yet.")
        return
    most = ", ".join(
        f"`{item_id}` in {count(drawn, 'form')}" for item_id, drawn in check.most_drawn
    )
    st.markdown(f"**Exposure:** {count(check.attempts, 'form')} of this exam so far. Most: {most}.")


def _draw_enemies(check: BlueprintCheck) -> None:
    if not check.enemies:
        return
    listed = ", ".join(f"`{one}` and `{other}`" for one, other in check.enemies[:10])
    said = "at least " if len(check.enemies) == MOST_LISTED else ""
    number = len(check.enemies)
    pairs = "pair of items never meets" if number == 1 else "pairs of items never meet"
    more = ", and others" if number > 10 else ""
    st.markdown(f"**Enemies:** {said}{number} {pairs}: {listed}{more}.")


def _ids(form: SampleForm) -> set[str]:
    return {item.item_id for item in form.items}
