"""People on screen: the list, one person's roles, a password shown once."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from accounts.queries.people import Person
from base.permissions import Role
from ui.addresses import address
from ui.entries import Entry, draw_entries
from ui.people.roles import MEANINGS, ROLES, WORDS, in_words
from ui.words import day, plain

LIMIT = 200
_DEMO = ":orange[:material/science: Demo]"


@dataclass(frozen=True)
class NewPerson:
    """Who is to get an account."""

    name: str
    email: str
    roles: tuple[Role, ...]


@dataclass(frozen=True)
class RoleChange:
    """One role to give, or to take back."""

    role: Role
    give: bool


def ask_search() -> str:
    """Draw the search field and return what it says."""
    typed = st.text_input(
        "Search",
        key="people-search",
        placeholder="A name or an e-mail",
        icon=":material/search:",
        autocomplete="off",
        persist_state="session",
    )
    return typed or ""


def draw_people(found: Sequence[Person]) -> None:
    """Count the people in words, and list them."""
    if not found:
        st.markdown("**Nobody fits.** Check the spelling, or search for a part of the name.")
        return
    said = "1 person" if len(found) == 1 else f"{len(found)} people"
    st.markdown(f"**{said}**")
    if len(found) == LIMIT:
        st.markdown(f"Only the first {LIMIT} by name are listed. Search to see others.")
    draw_entries([_entry(one) for one in found], "people")


def ask_new() -> NewPerson | None:
    """Draw the form for a new account; returns it once it is sent."""
    with st.form("new-person", border=False):
        name = st.text_input("Name, as it should stand on a certificate", max_chars=120)
        email = st.text_input("E-mail", type="email", autocomplete="off")
        roles = st.multiselect(
            "Roles",
            ROLES,
            default=[Role.LEARNER],
            format_func=lambda role: WORDS[role],
            placeholder="Choose what they are here",
        )
        sent = st.form_submit_button("Add the person", type="primary")
    return NewPerson(name, email, tuple(roles)) if sent else None


def draw_person(person: Person) -> None:
    """Say who it is."""
    facts = [address(person.email), f"since {day(person.created_at)}"]
    if person.demo:
        facts.append(_DEMO)
    st.markdown(" · ".join(facts))


def ask_role(person: Person) -> RoleChange | None:
    """Draw every role with its button; returns the change that was asked for."""
    change = None
    for role in ROLES:
        holds = role in person.roles
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            mark = ":green[:material/check_circle: held]" if holds else ":gray[not held]"
            st.markdown(f"**{WORDS[role]}** · {mark}  \n{MEANINGS[role]}", width="stretch")
            label = f"Withdraw {WORDS[role].lower()}" if holds else f"Give {WORDS[role].lower()}"
            if st.button(label, key=f"role-{role}"):
                change = RoleChange(role, not holds)
    return change


def show_password(password: str, name: str) -> None:
    """Show a fresh password; it can't be shown again, since only its hash is kept."""
    st.success("**Done.** Hand this password over in person or by phone.", icon=":material/key:")
    st.code(password, language=None)
    st.markdown(
        f"It is shown **only now**. Ask {plain(name)} to change it under My account after the "
        "first sign-in."
    )


def _entry(person: Person) -> Entry:
    facts = [in_words(person.roles), address(person.email)]
    if person.demo:
        facts.append(_DEMO)
    return Entry(f"**{plain(person.name)}**", "people", {"person": person.id}, tuple(facts))
