"""One's own account: name, roles, password, signing out."""

import streamlit as st

from accounts.commands.people import rename_own_account
from accounts.queries.clinics import my_memberships
from accounts.queries.people import own_account
from base.permissions import Permission
from certs.printable import unprintable_sentence
from ui.act import act, look, show_problem
from ui.addresses import address
from ui.clinics.own_clinics import draw_own_clinics
from ui.notice import leave_notice, show_notice
from ui.people.account_forms import draw_password_link, draw_sign_out
from ui.people.roles import MEANINGS, WORDS


def _rename(name: str) -> None:
    problem = unprintable_sentence(name.strip())
    if problem:
        show_problem(problem)
        return
    acting = act()
    with acting as tx:
        rename_own_account(tx, name)
    if acting.committed:
        leave_notice("Your name is changed.")
        st.rerun()


with look(Permission.ACCOUNT_OWN) as tx:
    account, memberships = own_account(tx), my_memberships(tx)

st.title("My account")
show_notice()
st.header("Name")
with st.form("name", border=False):
    # The standing name is in the key, so that the field follows a change made elsewhere.
    name = st.text_input(
        "Your name, as it should stand on a certificate",
        value=account.name,
        key=f"name-{account.name}",
        max_chars=120,
        autocomplete="name",
    )
    st.markdown("Certificates already issued keep the name that they were issued with.")
    sent = st.form_submit_button("Change my name", type="primary")
if sent:
    _rename(name)

st.header("E-mail and roles")
st.markdown(f"You sign in with {address(account.email)}.")
if account.roles:
    st.markdown("\n".join(f"- **{WORDS[role]}**: {MEANINGS[role]}" for role in account.roles))
else:
    st.markdown("You have no role yet. Ask an administrator of the academy for one.")

st.header("Clinics")
draw_own_clinics(memberships)

st.header("Password")
if account.has_password:
    draw_password_link()
else:
    st.markdown("This account has no password. An administrator can give it one.")

st.header("Signing out")
browsers = "1 browser" if account.open_sign_ins == 1 else f"{account.open_sign_ins} browsers"
st.markdown(f"You are signed in on {browsers}, this one included.")
draw_sign_out()
