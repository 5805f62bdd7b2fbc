"""People: find them, add them, their roles, a new password."""

import streamlit as st

from accounts.commands.people import create_person, give_role, set_password, withdraw_role
from accounts.passwords import hash_password, new_password
from accounts.queries.people import Person, people, person_detail
from base.permissions import Permission, Role
from ui.act import act, look
from ui.nav import link, parameter
from ui.notice import leave_notice, show_notice
from ui.people import table
from ui.people.accommodation import manage_accommodations
from ui.people.roles import WORDS
from ui.words import plain


def _draw_list() -> None:
    with look(Permission.PERSON_MANAGE):
        st.title("People")
    if st.button("Add a person", type="primary", icon=":material/person_add:"):
        _add()
    search = table.ask_search()
    with look(Permission.PERSON_MANAGE) as tx:
        found = people(tx, search, table.LIMIT)
    table.draw_people(found)


@st.dialog("Add a person", on_dismiss="rerun")
def _add() -> None:
    form = st.empty()
    with form.container():
        wanted = table.ask_new()
    if wanted is None:
        return
    password = new_password()
    hashed = hash_password(password)
    acting = act()
    with acting as tx:
        create_person(tx, wanted.name, wanted.email, hashed, wanted.roles)
    if acting.committed:
        form.empty()
        table.show_password(password, wanted.name)


def _draw_one(person_id: str) -> None:
    with look(Permission.PERSON_MANAGE) as tx:
        person = person_detail(tx, person_id)
        own = tx.actor.person_id == person.id
    link("All people", "people", icon=":material/arrow_back:")
    st.title(plain(person.name))
    show_notice()
    table.draw_person(person)
    st.header("Roles")
    change = table.ask_role(person)
    if change and own and not change.give and change.role is Role.ADMINISTRATOR:
        _withdraw_own(person)
    elif change:
        _change_role(person, change)
    st.header("Accommodations at exams")
    manage_accommodations(person.id)
    st.header("Password")
    if person.demo:
        st.markdown("A demo person has no password; use the buttons on the first page.")
    elif st.button("Set a new password", icon=":material/key:"):
        _reset(person)


def _change_role(person: Person, change: table.RoleChange) -> None:
    acting = act()
    with acting as tx:
        command = give_role if change.give else withdraw_role
        command(tx, person.id, change.role)
    if acting.committed:
        leave_notice(f"{WORDS[change.role]}: {'given' if change.give else 'withdrawn'}.")
        st.rerun()


@st.dialog("Withdraw your own role?")
def _withdraw_own(person: Person) -> None:
    st.markdown(
        "You are about to stop being an administrator. You lose this page at once, and only "
        "another administrator can give the role back."
    )
    if st.button("Withdraw my role", type="primary"):
        _change_role(person, table.RoleChange(Role.ADMINISTRATOR, give=False))


@st.dialog("Set a new password?")
def _reset(person: Person) -> None:
    question = st.empty()
    with question.container():
        st.markdown(
            f"{plain(person.name)} is signed out everywhere, and the old password stops working."
        )
        pressed = st.button("Set it", type="primary")
    if not pressed:
        return
    password = new_password()
    hashed = hash_password(password)
    acting = act()
    with acting as tx:
        set_password(tx, person.id, hashed)
    if acting.committed:
        question.empty()
        table.show_password(password, person.name)


wanted = parameter("person")
if wanted:
    _draw_one(wanted)
else:
    _draw_list()
