"""Issued certificates: find one, see how it stands, suspend, reinstate or revoke it."""

import streamlit as st

from base.permissions import Permission
from certs.commands.revocation import revoke_credential
from certs.commands.statuses import reinstate_credential, suspend_credential
from certs.queries.history import credential_history
from certs.queries.standing import CredentialStanding, credential_standing, credentials
from certs.status import Status, StatusChange
from ui.act import act, look, refuse
from ui.certificates.card import LIMIT, ask_search, draw_credential, draw_credentials
from ui.certificates.changes import WORDS, ask_change, ask_reason, draw_history
from ui.nav import link, parameter
from ui.notice import leave_notice, show_notice
from ui.words import plain

_COMMANDS = {
    StatusChange.SUSPENDED: suspend_credential,
    StatusChange.REINSTATED: reinstate_credential,
    StatusChange.REVOKED: revoke_credential,
}


def _draw_list() -> None:
    with look(Permission.CREDENTIAL_READ):
        st.title("Certificates")
    search = ask_search()
    with look(Permission.CREDENTIAL_READ) as tx:
        found = credentials(tx, search, LIMIT)
    draw_credentials(found, search)


def _draw_one(serial: str) -> None:
    with look(Permission.CREDENTIAL_READ) as tx:
        one = credential_standing(tx, serial)
        history = credential_history(tx, serial)
        may_change = tx.actor.may(Permission.CREDENTIAL_REVOKE)
    link("All certificates", "credentials", icon=":material/arrow_back:")
    if one is None:
        refuse("There is no certificate with this serial. Look for it in the list.")
        return
    st.title(plain(one.holder))
    show_notice()
    draw_credential(one)
    draw_history(history)
    if may_change and one.status is not Status.REVOKED:
        link("Correct the name", "issuing", icon=":material/edit:", serial=serial)
    change = ask_change(one) if may_change else None
    if change:
        st.dialog(WORDS[change].question)(_change)(one, change)


def _change(one: CredentialStanding, change: StatusChange) -> None:
    reason = ask_reason(one, change)
    if st.button(WORDS[change].last, type="primary"):
        acting = act()
        with acting as tx:
            _COMMANDS[change](tx, one.serial, reason)
        if acting.committed:
            leave_notice(WORDS[change].done)
            st.rerun()


serial = parameter("serial")
if serial:
    _draw_one(serial)
else:
    _draw_list()
