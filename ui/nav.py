"""The pages of the app, who sees which in the menu, and how to get from one to another."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from base.permissions import Actor, Permission

PAGES = Path(__file__).resolve().parent.parent / "pages"


@dataclass(frozen=True)
class Place:
    """One screen: its file in `pages/`, its title, icon, and who finds it in the menu.

    `permission` None means everybody; `menu` False keeps it out of the menu, reachable by links.
    Places with a `group` stand under its name, where somebody finds several of them.
    """

    name: str
    title: str
    icon: str
    permission: Permission | None = None
    menu: bool = True
    group: str = ""


PLACES = (
    Place("home", "Start", "home"),
    Place("courses", "Courses", "menu_book", Permission.COURSE_STUDY),
    Place("course", "Course", "menu_book", Permission.COURSE_STUDY, menu=False),
    Place("lesson", "Lesson", "article", Permission.COURSE_STUDY, menu=False),
    Place("explorer", "Figure", "insights", Permission.COURSE_STUDY, menu=False),
    Place("search", "Look up", "search", Permission.COURSE_STUDY),
    Place("glossary", "Glossary", "dictionary", Permission.COURSE_STUDY, menu=False),
    Place("reference", "Contraindications", "rule", Permission.COURSE_STUDY, menu=False),
    Place("screening", "Screen a client", "clinical_notes", Permission.COURSE_STUDY, menu=False),
    Place("practice", "Practice", "exercise", Permission.EXAM_SIT, menu=False),
    Place("exam", "Exam", "assignment", Permission.EXAM_SIT, menu=False),
    Place("result", "Result", "fact_check", Permission.EXAM_SIT, menu=False),
    Place("attempt_review", "Your answers", "fact_check", Permission.EXAM_SIT, menu=False),
    Place("remediation", "Put right", "healing", Permission.EXAM_SIT, menu=False),
    Place("progress", "Progress", "trending_up", Permission.EXAM_SIT),
    Place("certificates", "My certificates", "workspace_premium", Permission.CREDENTIAL_OWN),
    Place("course_edit", "Outlines", "account_tree", Permission.CONTENT_WRITE, group="Content"),
    Place(
        "content_reports",
        "Sources and reviews",
        "fact_check",
        Permission.CONTENT_WRITE,
        group="Content",
    ),
    Place("lesson_edit", "Write a lesson", "edit_note", Permission.CONTENT_WRITE, menu=False),
    Place("bank", "Item bank", "quiz", Permission.ITEM_READ, group="Items"),
    Place("item", "Item", "edit_note", Permission.ITEM_READ, menu=False),
    Place("bulk", "Edit many items", "table_edit", Permission.ITEM_WRITE, menu=False),
    Place(
        "screening_cases", "Screening cases", "clinical_notes", Permission.ITEM_READ, group="Items"
    ),
    Place("reviews", "Reviews", "difference", Permission.ITEM_PUBLISH, group="Items"),
    Place("content_review", "Review", "difference", Permission.ITEM_READ, menu=False),
    Place("review", "Review", "difference", Permission.ITEM_READ, menu=False),
    Place("exams", "Exams", "assignment_turned_in", Permission.EXAM_WRITE, group="Exams"),
    Place("blueprint", "Blueprint", "grid_view", Permission.EXAM_WRITE, menu=False),
    Place("windows", "Exam windows", "event", Permission.EXAM_SCHEDULE, group="Exams"),
    Place("invigilation", "Invigilation", "visibility", Permission.EXAM_INVIGILATE, group="Exams"),
    Place("angoff", "Cut scores", "straighten", Permission.EXAM_RATE, group="Exams"),
    Place("marking", "Marking", "rate_review", Permission.RESULT_MARK, group="Results"),
    Place("releases", "Releases", "outgoing_mail", Permission.RESULT_RELEASE, group="Results"),
    Place("corrections", "Key corrections", "key", Permission.KEY_CORRECT, group="Results"),
    Place("appeals", "Appeals", "gavel", Permission.APPEAL_ANSWER, group="Results"),
    Place("results", "Results", "bar_chart", Permission.RESULT_READ, group="Results"),
    Place("analysis", "Item analysis", "monitoring", Permission.RESULT_READ, group="Results"),
    Place("credentials", "Certificates", "verified", Permission.CREDENTIAL_READ, group="Academy"),
    Place(
        "designs", "Certificate designs", "palette", Permission.CERTIFICATE_DESIGN, group="Academy"
    ),
    Place("sealing", "Sealing", "approval", Permission.CREDENTIAL_SEAL, group="Academy"),
    Place("issuing", "Issue by hand", "approval", Permission.CREDENTIAL_ISSUE, group="Academy"),
    Place("people", "People", "group", Permission.PERSON_MANAGE, group="Academy"),
    Place("clinics", "Clinics", "local_hospital", Permission.PERSON_MANAGE, group="Academy"),
    Place("mail", "Mail", "mail", Permission.MAIL_READ, group="Academy"),
    Place("staff", "Staff", "badge", Permission.CLINIC_USE, group="Clinic"),
    Place("rosters", "Rosters", "checklist", Permission.CLINIC_USE, group="Clinic"),
    Place("eligibility", "Who may do this?", "rule", Permission.CLINIC_USE, group="Clinic"),
    Place("api_keys", "API keys", "key", Permission.CLINIC_USE, group="Clinic"),
    Place("competence", "Competence", "grid_on", Permission.CLINIC_USE, group="Clinic"),
    Place("receipts", "Receipts", "receipt_long", Permission.CLINIC_USE, group="Clinic"),
    Place("invitation", "Invitation", "mail", Permission.ACCOUNT_OWN, menu=False),
    Place("account", "My account", "account_circle", Permission.ACCOUNT_OWN),
)
_PLACES_OF = {
    group: [place for place in PLACES if place.group == group]
    for group in {place.group for place in PLACES}
}


def menu_for(
    actor: Actor, waiting: Mapping[str, int] | None = None
) -> dict[str, list[StreamlitPage]]:
    """Return every page by its group; those that the actor may not see stay out of the menu.

    All are registered for everybody, so that a link leads to the page's own sentence about what
    is missing. Each page guards itself. `waiting` says how much waits on a page, for its title and
    its group's. What is alone in its group stands in none.
    """
    counts = waiting or {}
    found = {place for place in PLACES if _finds(actor, place)}
    menu: dict[str, list[StreamlitPage]] = {"": []}
    for place in PLACES:
        own = [one for one in _PLACES_OF[place.group] if one in found]
        group = place.group if len(own) > 1 else ""
        within = sum(counts.get(one.name, 0) for one in own)
        # Of its own, as the run marks the page that it may call.
        page = copy(_page(place, counts.get(place.name, 0), place in found))
        menu.setdefault(_titled(group, within if group else 0), []).append(page)
    return menu


def addresses() -> list[str]:
    """Return the address of every page on this site."""
    return [f"/{_address(place)}" for place in PLACES]


def go(name: str, **parameters: str) -> None:
    """Go to a page; never inside `act()`."""
    st.switch_page(_registered(name), query_params=parameters)


def link(label: str, name: str, *, icon: str | None = None, **parameters: str) -> None:
    """Draw a link to a page of the app."""
    st.page_link(_registered(name), label=label, icon=icon, query_params=parameters)


def parameter(name: str, default: str = "") -> str:
    """Return one value from the page's address."""
    return st.query_params.get(name, default)


@cache
def _page(place: Place, waiting: int, visible: bool) -> StreamlitPage:
    return st.Page(
        PAGES / f"{place.name}.py",
        title=_titled(place.title, waiting),
        icon=f":material/{place.icon}:",
        url_path=_address(place),
        default=place.name == "home",
        visibility="visible" if visible else "hidden",
    )


def _address(place: Place) -> str:
    return "" if place.name == "home" else place.name


def _finds(actor: Actor, place: Place) -> bool:
    return place.menu and (place.permission is None or actor.may(place.permission))


def _titled(title: str, waiting: int) -> str:
    return f"{title} ({waiting})" if waiting else title


def _registered(name: str) -> Path:
    return PAGES / f"{name}.py"
