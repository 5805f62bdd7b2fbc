"""Keys with which a clinic's own programs check certificates."""

import streamlit as st

from accounts.queries.clinics import Clinic
from base.permissions import Permission
from certs.commands.api_keys import make_api_key, revoke_api_key
from certs.queries.api_keys import ApiKey, api_keys
from ui.act import act, look
from ui.clinics.api_keys import ask_label, draw_keys, show_fresh
from ui.clinics.choice import choose_clinic
from ui.notice import leave_notice
from ui.words import plain

_FRESH = "fresh-api-key"


def _make(clinic: Clinic, label: str) -> None:
    key = ""
    acting = act()
    with acting as tx:
        key = make_api_key(tx, clinic.id, label)
    if acting.committed:
        st.session_state[_FRESH] = key
        st.rerun()


@st.dialog("Revoke this key?")
def _revoke(clinic: Clinic, key: ApiKey) -> None:
    st.markdown(
        f"Whatever asks with **{plain(key.label)}** is refused from this moment on. This cannot "
        "be undone; you can make another key."
    )
    if not st.button("Revoke for good", type="primary"):
        return
    acting = act()
    with acting as tx:
        revoke_api_key(tx, clinic.id, key.id)
    if acting.committed:
        leave_notice("Revoked. The key opens nothing any more.")
        st.rerun()


clinic = choose_clinic("API keys")
with look(Permission.CLINIC_USE) as tx:
    keys = api_keys(tx, clinic.id)

st.markdown(
    "With a key, the clinic's own programs check certificates: one, or a thousand at once. "
    "What they can ask is described at [/api/v1/openapi.json](/api/v1/openapi.json)."
)
if fresh := st.session_state.pop(_FRESH, ""):
    show_fresh(fresh)
if gone := draw_keys(keys):
    _revoke(clinic, gone)
st.header("Make a key")
# The form is a new one after each key, so that what was typed stays only where it failed.
if label := ask_label(f"key-{clinic.id}-{len(keys)}"):
    _make(clinic, label)
