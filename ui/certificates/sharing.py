"""Giving one's certificate away: links with the full name, the badge, wallets, LinkedIn."""

from functools import partial

import streamlit as st

from base.config import Config
from base.permissions import Permission
from certs.badge import badge_png
from certs.commands.sharing import LONGEST_LABEL, set_private, share_certificate, withdraw_share
from certs.linkedin import profile_address
from certs.queries.sharing import LOOKS_DAYS, Sharing, my_sharing
from certs.terms import face_of
from ui.act import act, look
from ui.words import count, day, plain

_PRIVATE = (
    "The public page shows only your initials until somebody types your name. "
    "A link shows your full name, to whoever has it, until you withdraw it."
)


def draw_sharing(serial: str) -> None:
    """Draw everything that a holder can do with a certificate, folded away."""
    with st.expander("Share it", icon=":material/share:"):
        with look(Permission.CREDENTIAL_OWN) as tx:
            sharing, config = my_sharing(tx, serial), tx.config
        _draw_looks(sharing)
        _ask_privacy(sharing)
        _draw_files(sharing)
        st.subheader("Links with your name")
        st.markdown(_PRIVATE)
        _draw_links(sharing)
        _ask_link(serial, config)


def _draw_looks(sharing: Sharing) -> None:
    total = sum(sharing.looks.values())
    if not total:
        st.markdown(f"Nobody has looked at it in the last {LOOKS_DAYS} days.")
        return
    ways = ", ".join(f"{number} by {way}" for way, number in sharing.looks.items())
    times = count(total, "time")
    st.markdown(f"**Looked at {times} in the last {LOOKS_DAYS} days:** {ways}.")
    st.caption("Only numbers are kept, never who looked. Your own visits are counted as well.")


def _ask_privacy(sharing: Sharing) -> None:
    serial = sharing.facts.serial
    private = st.checkbox(
        "Keep it private: its serial alone shows nothing to anybody",
        value=sharing.private,
        key=f"private-{serial}-{sharing.private}",
        help="Whoever has a link of yours, or the file itself, can still check it.",
        wrap=True,
    )
    if private == sharing.private:
        return
    acting = act()
    with acting as tx:
        set_private(tx, serial, private)
    if acting.committed:
        st.rerun()


def _draw_files(sharing: Sharing) -> None:
    serial, document = sharing.facts.serial, sharing.document
    with st.container(horizontal=True):
        st.link_button(
            "Add to LinkedIn", profile_address(sharing.facts), icon=":material/open_in_new:"
        )
        if document is None:
            st.markdown("The badge and the wallet file come as soon as it is signed.")
            return
        st.download_button(
            "Badge (PNG)",
            data=partial(badge_png, face_of(sharing.facts), document),
            file_name=f"{serial}-badge.png",
            mime="image/png",
            icon=":material/military_tech:",
            key=f"badge-{serial}",
            on_click="ignore",
        )
        st.download_button(
            "For wallets (JSON)",
            data=document,
            file_name=f"{serial}.json",
            mime="application/json",
            icon=":material/wallet:",
            key=f"wallet-{serial}",
            on_click="ignore",
        )


def _draw_links(sharing: Sharing) -> None:
    for one in sharing.links:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{plain(one.label)}**, made {day(one.created_at)}")
            if st.button("Withdraw", icon=":material/link_off:", key=f"unshare-{one.digest}"):
                acting = act()
                with acting as tx:
                    withdraw_share(tx, one.digest)
                if acting.committed:
                    st.rerun()


def _ask_link(serial: str, config: Config) -> None:
    with st.form(f"share-{serial}", border=False, clear_on_submit=True):
        label = st.text_input(
            "For whom is a new link?",
            placeholder="Lakeside clinic",
            max_chars=LONGEST_LABEL,
            key=f"share-label-{serial}",
        )
        asked = st.form_submit_button("Make a link", icon=":material/add_link:")
    if not asked:
        return
    acting, token = act(), ""
    with acting as tx:
        token = share_certificate(tx, serial, label)
    if acting.committed:
        st.success("Copy this link now. It is shown only once.", icon=":material/check_circle:")
        st.code(f"{config.public_url}/share/{token}", language=None, wrap_lines=True)
