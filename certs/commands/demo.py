"""The people and results of a demo academy, made by the same commands that real ones use."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from pydantic import JsonValue
from sqlmodel import select

from accounts.clinics import Standing
from accounts.commands.clinics import accept_invitation, invite_member, make_clinic
from accounts.commands.people import create_demo_person
from accounts.tables import PersonRow
from base.db import Tx
from base.permissions import Actor, Permission, Role, needs
from certs.commands.exams import submit_exam
from certs.commands.revocation import revoke_credential
from certs.queries.own import credential_of_attempt
from courses.commands.study import answer_check, reach_end, start_final_exam
from courses.queries.lesson import lesson_view
from courses.queries.outline import course_list, course_outline
from quizbank.commands.attempts import save_answer
from quizbank.commands.proposals import save_draft, send_for_review
from quizbank.confidence import UNASKED_KINDS, Confidence
from quizbank.items import Item, item_to_json
from quizbank.kinds.case import Case
from quizbank.kinds.single_choice import SingleChoice
from quizbank.queries.checks import check_items
from quizbank.queries.proposals import find_newest_proposal
from quizbank.queries.published import form_items, item_version, item_versions
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.bank import ItemRow

CAST: tuple[tuple[str, tuple[Role, ...]], ...] = (
    ("Alba Demo", (Role.LEARNER,)),
    ("Bela Demo", (Role.AUTHOR, Role.EXAMINER)),
    ("Cato Demo", (Role.EXAMINER,)),
    ("Cleo Demo", (Role.CLINIC,)),
    ("Dina Demo", (Role.ADMINISTRATOR,)),
    ("Finn Demo", (Role.LEARNER,)),
    ("Gita Demo", (Role.LEARNER,)),
    ("Hugo Demo", (Role.LEARNER,)),
)
# The course whose exam was sat.
_SAT = "microneedling-fundamentals"
# The item that is being changed, and a wording with its better one.
_REWORDED = "mf-03-001"
_WORDING = ("as repair is under way", "as her skin is still repairing")


@needs(Permission.PERSON_MANAGE)
def fill_demo_academy(tx: Tx) -> None:
    """Make the demo people, two certificates (one revoked), a failed exam and a clinic; once.

    A change of an item by Bela waits for a reviewer, such as Cato.
    """
    if tx.session.exec(select(PersonRow.id).where(PersonRow.demo)).first():
        return
    people = {name.split(maxsplit=1)[0]: _person(tx, name, roles) for name, roles in CAST}
    # One course is enough to look around in, and four would make the start slow.
    if any(one.slug == _SAT for one in course_list(replace(tx, actor=people["Bela"]))):
        _sit(_as(tx, people["Finn"], 9), _SAT, wrong_every=11)
        gone = _sit(_as(tx, people["Gita"], 6), _SAT, wrong_every=9)
        _sit(_as(tx, people["Hugo"], 3), _SAT, wrong_every=2, fails=True)
        own = credential_of_attempt(_as(tx, people["Gita"], 6), gone)
        if own:
            reason = "Demonstration: the identity of the candidate could not be confirmed."
            revoke_credential(_as(tx, people["Dina"], 1), own.standing.serial, reason)
    _send_change(_as(tx, people["Bela"], 1))
    _make_clinic(tx, people)


def _make_clinic(tx: Tx, people: Mapping[str, Actor]) -> None:
    """Make Cleo's clinic: Finn and Gita have consented, Alba is invited."""
    clinic_id = make_clinic(_as(tx, people["Cleo"], 8), "Clear Skin Clinic (demo)")
    for number, name in enumerate(("Finn", "Gita", "Alba"), start=1):
        email = _email(name)
        managing = _as(tx, people["Cleo"], 7)
        code = invite_member(managing, clinic_id, email, Standing.STAFF, f"CS-{number:02}")
        if name != "Alba":
            accept_invitation(_as(tx, people[name], 5), code)


def _send_change(tx: Tx) -> None:
    """Reword one option of one item; what is right, and why, stays."""
    row = tx.session.get(ItemRow, _REWORDED)
    if row is None:
        return
    text = item_to_json(item_version(tx.session, row.version_id))
    fields = json.loads(text.replace(*_WORDING))
    revision = save_draft(tx, row.id, row.version, fields, 0)
    change = find_newest_proposal(tx, row.id)
    if change:
        note = "Plainer words in option c. The key and the reasons stay."
        send_for_review(tx, change.summary.id, revision, note)


def _person(tx: Tx, name: str, roles: tuple[Role, ...]) -> Actor:
    email = _email(name.split(maxsplit=1)[0])
    return Actor(create_demo_person(tx, name, email, roles), name, frozenset(roles))


def _email(name: str) -> str:
    return f"{name.lower()}@demo.example"


def _as(tx: Tx, actor: Actor, days_ago: int) -> Tx:
    return replace(tx, actor=actor, now=tx.now - timedelta(days=days_ago))


def _sit(tx: Tx, slug: str, wrong_every: int, fails: bool = False) -> str:
    _study(tx, slug)
    attempt_id = start_final_exam(tx, slug, consent=True)
    attempt = tx.session.get_one(AttemptRow, attempt_id)
    places = form_items(tx.session, attempt.form_id)
    items = item_versions(tx.session, [place.item_version_id for place in places])
    asked = [items[place.item_version_id] for place in places]
    wrong = _misses(asked, wrong_every)
    # Who fails was also certain of something unsafe, so that there is something to put right.
    unsafe = next((at for at in sorted(wrong) if _unsafe_answer(asked[at - 1])), None)
    unsafe = unsafe if fails else None
    revision = 1
    for place in places:
        item = items[place.item_version_id]
        response: JsonValue = None if place.position in wrong else item.key()
        said = _says(item, place.position, response is None)
        if place.position == unsafe:
            response, said = _unsafe_answer(item), Confidence.CERTAIN
        later = replace(tx, now=tx.now + timedelta(seconds=40 * place.position))
        for step in _steps(item, response):
            revision = save_answer(later, attempt_id, revision, place.position, step, said)
    submit_exam(replace(tx, now=tx.now + timedelta(minutes=30)), attempt_id)
    return attempt_id


def _says(item: Item, position: int, missed: bool) -> Confidence | None:
    if missed or item.kind in UNASKED_KINDS:
        return None
    return (Confidence.CERTAIN, Confidence.FAIRLY_SURE, Confidence.CERTAIN)[position % 3]


def _steps(item: Item, response: JsonValue) -> list[JsonValue]:
    """Return the responses on the way to this one: a case is answered stage by stage."""
    if not isinstance(item, Case) or not isinstance(response, dict):
        return [response]
    ids, answers = [stage.id for stage in item.stages], response["stages"]
    given = answers if isinstance(answers, dict) else {}
    steps: list[JsonValue] = []
    for done in range(1, len(ids) + 1):
        stages: dict[str, JsonValue] = {one: given[one] for one in ids[:done]}
        ended: list[JsonValue] = [*ids[:done]]
        steps.append({**response, "stages": stages, "done": ended})
    return steps


def _unsafe_answer(item: Item) -> JsonValue:
    options = item.options if isinstance(item, SingleChoice) else ()
    found = next((one.id for one in options if one.unsafe), None)
    return {"option": found} if found else None


def _misses(items: Sequence[Item], wrong_every: int) -> set[int]:
    # Those who pass must not miss a critical question.
    ordinary = [place for place, item in enumerate(items, start=1) if not item.critical]
    return set(ordinary[::wrong_every])


def _study(tx: Tx, slug: str) -> None:
    for lesson in course_outline(tx, slug).lessons:
        reach_end(tx, slug, lesson.slug)
        asked = [check.item_id for check in lesson_view(tx, slug, lesson.slug).checks]
        for check in check_items(tx, asked):
            item = item_version(tx.session, check.version_id)
            answer_check(tx, slug, lesson.slug, check.item_id, item.key())
