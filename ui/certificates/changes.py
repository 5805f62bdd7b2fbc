"""Suspending, reinstating and revoking a certificate: what is said before and after."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from certs.queries.history import HistoryLine
from certs.queries.standing import CredentialStanding
from certs.status import StatusChange, misfit
from ui.words import moment, plain


@dataclass(frozen=True)
class ChangeWords:
    """The words of one change: its heading, button, question, effect, warning, last button."""

    heading: str
    about: str
    button: str
    icon: str
    question: str
    effect: str
    warning: str
    last: str
    done: str


WORDS = {
    StatusChange.SUSPENDED: ChangeWords(
        heading="Suspend it",
        about="While something is being looked into. It can be lifted again.",
        button="Suspend this certificate",
        icon=":material/pause_circle:",
        question="Suspend this certificate?",
        effect="will be shown as suspended to everybody who checks it, until it is reinstated.",
        warning="**This is public.** It holds until somebody here lifts it.",
        last="Suspend it",
        done="Suspended. The public page says so from now on.",
    ),
    StatusChange.REINSTATED: ChangeWords(
        heading="Let it stand again",
        about="When what was looked into is settled. The suspension stays on record.",
        button="Reinstate this certificate",
        icon=":material/play_circle:",
        question="Reinstate this certificate?",
        effect="will be shown as valid again to everybody who checks it.",
        warning="",
        last="Reinstate it",
        done="Reinstated. The public page says so from now on.",
    ),
    StatusChange.REVOKED: ChangeWords(
        heading="Withdraw it",
        about="For a certificate that should not stand any longer. This cannot be undone.",
        button="Revoke this certificate",
        icon=":material/block:",
        question="Revoke this certificate?",
        effect="will be shown as revoked to everybody who checks it, from this moment on.",
        warning="**This is final and public.** It cannot be undone.",
        last="Revoke for good",
        done="Revoked. The public page says so from now on.",
    ),
}


def draw_history(lines: Sequence[HistoryLine]) -> None:
    """List what happened since the issue, newest first; nothing where nothing did."""
    if not lines:
        return
    st.header("What happened since")
    for line in lines:
        st.markdown(
            f"{WORDS[line.change].icon} **{line.change.capitalize()}** {moment(line.at)} "
            f"by {plain(line.by)}  \n{plain(line.reason)}"
        )


def ask_change(one: CredentialStanding) -> StatusChange | None:
    """Offer what can happen to this certificate; return what was chosen, if anything."""
    chosen = None
    for change, words in WORDS.items():
        if misfit(one.status, change) is None:
            st.header(words.heading)
            st.markdown(words.about)
            if st.button(words.button, icon=words.icon):
                chosen = change
    return chosen


def ask_reason(one: CredentialStanding, change: StatusChange) -> str:
    """Say what the change does, and return the reason that was typed."""
    words = WORDS[change]
    st.markdown(f"The certificate of **{plain(one.holder)}**, `{one.serial}`, {words.effect}")
    if words.warning:
        st.warning(words.warning, icon=":material/warning:")
    reason = st.text_area("Reason, in a sentence", key=f"{change}-reason", max_chars=300)
    if change is StatusChange.REINSTATED:
        st.markdown("The reason is kept on record here; the public page does not show it.")
    else:
        st.markdown("The public page shows this reason: name no health data and no exam results.")
    return reason
