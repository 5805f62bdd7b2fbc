"""One's own certificates: see, download, share."""

import streamlit as st

from base.permissions import Permission
from certs.queries import OwnCredential, my_credentials, own_credential_pdf
from certs.status import Status
from ui.act import look
from ui.nav import link
from ui.words import day, plain

_STANDING = {
    Status.VALID: (":green[:material/check_circle: **Valid**]", "until"),
    Status.EXPIRED: (":orange[:material/schedule: **Expired**]", "on"),
    Status.REVOKED: (":red[:material/cancel: **Revoked**]", "on"),
}


def _draw(own: OwnCredential) -> None:
    standing = own.standing
    word, preposition = _STANDING[standing.status]
    until = standing.revoked_at or standing.expires_at
    with st.container(border=True):
        st.subheader(plain(standing.achievement))
        st.markdown(f"{word} {preposition} {day(until)} · issued {day(standing.issued_at)}")
        st.markdown(f"**Holder:** {plain(standing.holder)}  \n**Serial:** `{standing.serial}`")
        st.markdown("**Covers**\n" + "\n".join(f"- {plain(line)}" for line in standing.scope))
        st.markdown("**Limits**\n" + "\n".join(f"- {plain(line)}" for line in standing.limits))
        if standing.reason:
            st.error(f"Revoked: {plain(standing.reason)}", icon=":material/cancel:")
        with st.container(horizontal=True):
            st.download_button(
                "Download the PDF",
                data=lambda: _pdf(standing.serial),
                file_name=f"{standing.serial}.pdf",
                mime="application/pdf",
                icon=":material/download:",
                key=f"pdf-{standing.serial}",
            )
            st.link_button("Public page for clinics", own.verify_url, icon=":material/open_in_new:")


def _pdf(serial: str) -> bytes:
    with look(Permission.CREDENTIAL_OWN) as tx:
        return own_credential_pdf(tx, serial)


with look(Permission.CREDENTIAL_OWN) as tx:
    mine = my_credentials(tx)

st.title("My certificates")
if not mine:
    st.markdown("You hold no certificate yet. Pass the final exam of a course to earn one.")
    link("Go to the course", "course", icon=":material/menu_book:")
for own in mine:
    _draw(own)
