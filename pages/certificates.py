"""One's own certificates: see, download, share."""

from datetime import datetime

import streamlit as st

from base.permissions import Permission
from certs.picture import picture_of
from certs.queries.own import OwnCredential, my_credentials, own_credential_pdf, valid_courses
from certs.queries.standing import CredentialStanding
from certs.status import Status
from courses.queries.practice import refresher_opens
from ui.act import look
from ui.certificates.card import standing_words
from ui.certificates.sealing import draw_being_sealed, seal_own
from ui.certificates.sharing import draw_sharing
from ui.nav import link
from ui.practice.refresher import draw_refresher
from ui.words import day, plain

_PICTURE_WIDTH = 1400


def _draw(own: OwnCredential, refreshers: dict[str, datetime | None]) -> None:
    standing = own.standing
    pdf = None
    if own.sealed:
        with look(Permission.CREDENTIAL_OWN) as tx:
            pdf = own_credential_pdf(tx, standing.serial)
    with st.container(border=True):
        if pdf:
            _draw_picture(standing, pdf)
        st.header(plain(standing.achievement))
        st.markdown(f"{standing_words(standing)} · issued {day(standing.issued_at)}")
        st.markdown(f"**Holder:** {plain(standing.holder)}  \n**Serial:** `{standing.serial}`")
        st.markdown("**Covers**\n" + "\n".join(f"- {plain(line)}" for line in standing.scope))
        st.markdown("**Limits**\n" + "\n".join(f"- {plain(line)}" for line in standing.limits))
        if standing.reason:
            said = f"{standing.status.capitalize()}: {plain(standing.reason)}"
            st.error(said, icon=":material/info:")
        with st.container(horizontal=True):
            if pdf:
                st.download_button(
                    "Download the PDF",
                    data=pdf,
                    file_name=f"{standing.serial}.pdf",
                    mime="application/pdf",
                    icon=":material/download:",
                    key=f"pdf-{standing.serial}",
                    on_click="ignore",
                )
            st.link_button("Public page for clinics", own.verify_url, icon=":material/open_in_new:")
        draw_sharing(standing.serial)
        # Of two valid ones of a course, the newer offers it.
        if standing.status is Status.VALID and standing.course in refreshers:
            draw_refresher(standing.course, refreshers.pop(standing.course))


def _draw_picture(standing: CredentialStanding, pdf: bytes) -> None:
    st.image(
        _picture(standing.serial, pdf),
        width="stretch",
        alt=f"The certificate of {standing.holder}: {standing.achievement}, {standing.serial}",
    )


@st.cache_data(max_entries=200, show_spinner=False)
def _picture(serial: str, _pdf: bytes) -> bytes:  # noqa: ARG001 the serial is the cache's key
    return picture_of(_pdf, _PICTURE_WIDTH)


waiting = seal_own()
with look(Permission.CREDENTIAL_OWN) as tx:
    mine = my_credentials(tx)
    refreshers = {slug: refresher_opens(tx, slug) for slug in valid_courses(tx)}

st.title("My certificates")
if waiting:
    draw_being_sealed(waiting)
if not mine:
    st.markdown("You hold no certificate yet. Pass the final exam of a course to earn one.")
    link("Go to the course", "course", icon=":material/menu_book:")
for own in mine:
    _draw(own, refreshers)
