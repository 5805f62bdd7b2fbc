"""Results that wait to be released: what each says, and the choice of several at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import streamlit as st

from quizbank.exams import Release
from quizbank.queries.releases import ReleaseEvent, ToRelease
from quizbank.rule_words import failure_in_words, number
from ui.nav import link
from ui.words import count, moment, plain, waiting_time

_VERDICTS = {
    True: ":green[:material/check_circle: **Passed**]",
    False: ":red[:material/cancel: **Not passed**]",
}
_DID = {"agreed": "agreed to this result", "released": "released it"}


def draw_waiting_results(lines: Sequence[ToRelease], now: datetime) -> None:
    """Say how many results wait, for how long, and what releasing does."""
    if not lines:
        st.markdown("**No result waits to be released.**")
        st.markdown(
            "Results appear here once they are decided, where the exam's rules hold them back."
        )
        return
    longest = waiting_time(now - lines[0].decided_at)
    verb = "waits" if len(lines) == 1 else "wait"
    st.markdown(f"**{count(len(lines), 'result')} {verb};** the oldest for {longest}.")
    st.markdown(
        "Once released, a trainee sees the result at once, and a certificate that was earned is "
        "awarded. Look at each before you choose it."
    )


def draw_release(released: bool, events: Sequence[ReleaseEvent]) -> None:
    """Say who agreed to a result and who released it, and whether its trainee sees it."""
    if not released:
        st.info(
            "Not released: the trainee does not see this result yet.",
            icon=":material/visibility_off:",
        )
    said = (f"{plain(one.person)} {_DID[one.action]}, {moment(one.at)}" for one in events)
    if events:
        st.markdown(f"{'; '.join(said)}.")


def ask_several(
    title: str, lines: Sequence[ToRelease], names: Mapping[str, str], most: int
) -> list[str]:
    """List the results with a box to choose and a way to look at each; returns the chosen ones."""
    st.header(title)
    shown = lines[:most]
    if len(lines) > most:
        st.markdown(f"The first {most} of {len(lines)}; the others follow when these are done.")
    if len(shown) > 1:
        st.button(
            f"Choose all {len(shown)}",
            icon=":material/select_all:",
            key=f"all-{title}",
            on_click=_choose_all,
            args=([one.decision_id for one in shown],),
        )
    return [one.decision_id for one in shown if _chosen(one, names)]


def draw_others(lines: Sequence[ToRelease], names: Mapping[str, str]) -> None:
    """List what one agreed to oneself, and another person releases."""
    st.header("Waiting for another person")
    for one in lines:
        with st.container(border=True, gap="small"):
            st.markdown(f"**{plain(names.get(one.person_id, 'unknown'))}**")
            _draw_facts(one)


def _chosen(one: ToRelease, names: Mapping[str, str]) -> bool:
    name = plain(names.get(one.person_id, "unknown"))
    with st.container(border=True, gap="small"):
        chosen = st.checkbox(f"**{name}**", key=_key(one.decision_id), wrap=True)
        _draw_facts(one)
        link(
            f"Look at the result of {name}",
            "results",
            icon=":material/visibility:",
            attempt=one.attempt_id,
        )
    return chosen


def _draw_facts(one: ToRelease) -> None:
    facts = [
        _VERDICTS[one.passed],
        f"{number(one.marks)} of {one.items} marks, cut score {one.cut}",
        plain(one.exam_title),
        f"ended {moment(one.closed_at)}",
    ]
    facts += [failure_in_words(failure, {}).rstrip(".") for failure in one.failures]
    if one.anew:
        facts.append("decided anew by a correction; the trainee still sees the earlier result")
    if one.agreed:
        facts.append(f"{plain(one.agreed.person)} agreed, {moment(one.agreed.at)}")
    elif one.release is Release.SECOND_PERSON:
        facts.append("two people are needed")
    st.markdown(f":small[{' · '.join(facts)}]")


def _choose_all(decision_ids: Sequence[str]) -> None:
    for decision_id in decision_ids:
        st.session_state[_key(decision_id)] = True


def _key(decision_id: str) -> str:
    return f"release-{decision_id}"
