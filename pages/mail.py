"""Mail: what the academy sends, what waits, and what could not be sent."""

import streamlit as st

from accounts.commands.outbox import try_again
from accounts.queries.outbox import messages
from base.permissions import Permission
from ui.act import act, look
from ui.notice import leave_notice, show_notice
from ui.people.mail_table import draw_messages

_LIMIT = 50

with look(Permission.MAIL_READ) as tx:
    found, sends = messages(tx, _LIMIT), bool(tx.config.smtp_url)
st.title("Mail")
show_notice()
if again := draw_messages(found, sends):
    acting = act()
    with acting as tx:
        try_again(tx, again.id)
    if acting.committed:
        leave_notice("It is tried again within seconds.")
        st.rerun()
