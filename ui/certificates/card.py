"""Certificates as the academy looks at them: the list, and one in full."""

from collections.abc import Sequence

import streamlit as st

from certs.queries.standing import CredentialStanding
from certs.status import Status
from ui.entries import Entry, draw_entries
from ui.words import count, day, moment, plain

LIMIT = 200
# The word, and what leads on to the day.
_WORDS = {
    Status.VALID: ":green[:material/check_circle: **Valid**] until",
    Status.EXPIRED: ":orange[:material/schedule: **Expired**] on",
    Status.SUSPENDED: ":red[:material/pause_circle: **Suspended**] since",
    Status.REVOKED: ":red[:material/cancel: **Revoked**] on",
}


def ask_search() -> str:
    """Draw the search field and return what it says."""
    typed = st.text_input(
        "Search",
        key="credentials-search",
        placeholder="A name or a serial",
        icon=":material/search:",
        autocomplete="off",
        persist_state="session",
    )
    return typed or ""


def draw_credentials(found: Sequence[CredentialStanding], search: str) -> None:
    """Count the certificates in words, and list them."""
    if found:
        standing = sum(one.status is Status.VALID for one in found)
        st.markdown(f"**{count(len(found), 'certificate')}, {standing} valid now**")
    elif search.strip():
        st.markdown("**No certificate fits.** Check the spelling, or search for part of the name.")
    else:
        st.markdown("**No certificate has been issued yet.** Passing a final exam issues one.")
    if len(found) == LIMIT:
        st.markdown(f"Only the newest {LIMIT} are listed. Search to see others.")
    draw_entries([_entry(one) for one in found], "credentials")


def draw_credential(one: CredentialStanding) -> None:
    """Draw one certificate: how it stands, what it says, and the way to its public page."""
    st.markdown(standing_words(one))
    if one.reason:
        st.error(f"**Reason:** {plain(one.reason)}", icon=":material/info:")
    st.markdown(
        f"**{plain(one.achievement)}**  \n"
        f"Serial `{one.serial}`  \n"
        f"Issued {moment(one.issued_at)} by {plain(one.issuer)}" + (" (DEMO)" if one.demo else "")
    )
    st.markdown("**Covers**\n\n" + _listed(one.scope))
    st.markdown("**Limits**\n\n" + _listed(one.limits))
    st.link_button("Public page", f"/verify/{one.serial}", icon=":material/open_in_new:")


def _entry(one: CredentialStanding) -> Entry:
    facts = [
        standing_words(one),
        f"`{one.serial}`",
        plain(one.achievement),
        f"issued {day(one.issued_at)}",
    ]
    label = f"**{plain(one.holder)}**"
    return Entry(label, "credentials", {"serial": one.serial}, tuple(facts))


def standing_words(one: CredentialStanding) -> str:
    """Return how a certificate stands: a word with its colour and icon, and the day that counts."""
    return f"{_WORDS[one.status]} {day(one.since or one.expires_at)}"


def _listed(lines: Sequence[str]) -> str:
    return "\n".join(f"- {plain(line)}" for line in lines)
