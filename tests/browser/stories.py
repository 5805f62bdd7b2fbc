"""What people did before the screens are looked at, by the house's own commands."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import select

from accounts.clinics import Standing
from accounts.commands.clinics import accept_invitation, invite_member, make_clinic
from accounts.commands.people import create_person
from accounts.passwords import hash_password
from base.permissions import Actor, Role
from certs.commands.api_keys import make_api_key
from certs.commands.exams import submit_exam
from certs.queries.own import OwnCredential
from certs.queries.standing import credentials
from certs.status import Status
from courses.commands.study import reach_end, start_practice
from courses.content_changes import Kind
from courses.practice_choice import Mode
from quizbank.commands.accommodations import grant_accommodation
from quizbank.commands.appeals import file_appeal
from quizbank.commands.attempts import save_confidence, take_over
from quizbank.commands.corrections import propose_correction
from quizbank.commands.files import add_picture
from quizbank.commands.incidents import note_on_attempt, note_on_window
from quizbank.commands.windows import WindowPlan, invite, plan_window
from quizbank.confidence import UNASKED_KINDS, Confidence
from quizbank.exams import ExamRules
from quizbank.items import Item
from quizbank.queries.attempts import last_number
from quizbank.queries.bank import item_detail
from quizbank.queries.blueprints import exam_standing
from quizbank.queries.exams import exam_offer
from quizbank.queries.published import form_items
from quizbank.remedies import RemedyKind
from quizbank.review_windows import EVERYTHING
from quizbank.sittings import Adjustment
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.bank import ItemVersionRow
from tests.browser.clinic_stories import look_after_a_clinic
from tests.browser.content_stories import change_content
from tests.factories import (
    COURSE,
    EXAM,
    FIGURE,
    World,
    cloze,
    essay,
    hotspot,
    matching,
    ordering,
    short_answer,
)
from tests.practising import begin, go_through
from tests.screening import screen_wrongly
from tests.server import Server

# Kinds whose pages are shown with an item: what its view is called, and how it is made.
SHOWN: dict[str, tuple[str, Callable[..., Item]]] = {
    "a short answer": ("vw-01-001", short_answer),
    "a matching": ("vw-01-002", matching),
    "an order": ("vw-01-003", ordering),
    "a text with gaps": ("vw-01-004", cloze),
    "a place on a picture": ("vw-01-005", hotspot),
    "an essay": ("vw-01-006", essay),
}


# Short names for the tests, and what stands on certificates and in pictures.
PEOPLE = {
    "passer": "Inès Okafor",
    "failer": "Tomasz Wróbel",
    "sitter": "Mira Castellanos",
    "roamer": "Yara Lindqvist",
    "reader": "Jonas Lindqvist",
    "quizzer": "Amal Haddad",
    "ready": "Priya Raman",
    "holder": "Ewa Lindgren",
    "looker": "Samuel Adeyemi",
    "rester": "Solvej Aagaard",
}


@dataclass(frozen=True)
class Stories:
    """Where the people of these views stand: addresses of what they did."""

    passed: str
    failed: str
    running: str
    held: str
    looked: str
    own: OwnCredential
    revoked: str
    old_version: str
    person: str
    asked: Item
    kinds: dict[str, int]
    change: str
    content: dict[Kind, str]
    window: str
    appeal: str
    correction: str
    asked_version: str
    clinic: str
    roster: str
    invitation: str


def tell(server: Server) -> Stories:
    """Let people do what the views show, by the house's own commands."""
    world = server.world
    for name in PEOPLE:
        _enrol(server, name)
    own = world.earn("passer")
    failed = world.start_exam("failer")
    critical = next(place for place, item in world.items_of(failed).items() if item.critical)
    world.answer_all("failer", failed, frozenset({critical, 40, 39}))
    _be_certain(world, failed, critical)
    with world.acting("failer") as tx:
        submit_exam(tx, failed)
    appeal, correction, asked_version = _object(server, failed)
    held, looked = _hold_and_show(server)
    clinic = _run_a_clinic(world, "passer")
    roster, invitation = look_after_a_clinic(world, clinic, [own.standing.serial])
    world.study("ready")
    running = world.start_exam("sitter")
    elsewhere = world.start_exam("roamer")
    with world.acting("roamer") as tx:
        take_over(tx, elsewhere, "at home")
    with world.acting("reader") as tx:
        reach_end(tx, COURSE, "01-what-needling-is")
    go_through(world, begin(world, Mode.MIXED, 20, name="failer"), wrong=_ends_even, name="failer")
    with world.acting("quizzer") as tx:
        practice = start_practice(tx, COURSE)
    screen_wrongly(world, "quizzer")
    kinds: dict[str, int] = {}
    for position, item in world.items_of(running).items():
        kinds.setdefault(item.kind, position)
    with world.looking("dina") as tx:
        gone = next(one for one in credentials(tx) if one.status is Status.REVOKED)
    with world.looking("system") as tx:
        version = tx.session.exec(
            select(ItemVersionRow.id).where(ItemVersionRow.item_id == "mf-01-001")
        ).first()
    _show_kinds(server)
    person, asked = world.actor("reader").own_id, world.items_of(practice)[1]
    return Stories(
        passed=own.attempt_id,
        failed=failed,
        running=running,
        held=held,
        looked=looked,
        own=own,
        revoked=gone.serial,
        old_version=version or "",
        person=person,
        asked=asked,
        kinds=kinds,
        change=_propose(server),
        content=change_content(world),
        window=_watch_over(server, running),
        appeal=appeal,
        correction=correction,
        asked_version=asked_version,
        clinic=clinic,
        roster=roster,
        invitation=invitation,
    )


def _ends_even(item: Item) -> bool:
    return int(item.id[-1]) % 2 == 0


def _run_a_clinic(world: World, staff: str) -> str:
    """Let cleo look after a clinic that has one of staff, and a key for its rota program."""
    with world.acting("cleo") as tx:
        clinic = make_clinic(tx, "Skin & Co")
        code = invite_member(tx, clinic, f"{staff}@example.org", Standing.STAFF, "17")
        make_api_key(tx, clinic, "Rota program")
    with world.acting(staff) as tx:
        accept_invitation(tx, code)
    return clinic


def _object(server: Server, attempt_id: str) -> tuple[str, str, str]:
    """Let somebody appeal about a question, and another one propose that it counts for nobody."""
    world = server.world
    with world.acting("failer") as tx:
        appeal = file_appeal(tx, attempt_id, 1, "Lesson 3 says that two of these are right.")
        form = tx.session.get_one(AttemptRow, attempt_id).form_id
        first, second, *_ = (one.item_version_id for one in form_items(tx.session, form))
    with world.acting("cato") as tx:
        why = "Two textbooks say that another option is right as well."
        return appeal, propose_correction(tx, first, RemedyKind.NOBODY, why), second


def _hold_and_show(server: Server) -> tuple[str, str]:
    """Let two people sit the exam under other rules: held back, and with everything shown again."""
    world = server.world
    with world.looking("holder") as tx:
        before = exam_offer(tx, EXAM).rules
    everything = dict.fromkeys(("right_after", "later", "closed"), EVERYTHING)
    attempts: list[str] = []
    for name, other in (("holder", {"release": "held"}), ("looker", {"review": everything})):
        world.give_exam(ExamRules.model_validate(before.model_dump() | other))
        attempts.append(world.start_exam(name))
        world.answer_all(name, attempts[-1], frozenset({1, 2}))
        with world.acting(name) as tx:
            submit_exam(tx, attempts[-1])
    world.give_exam(before)
    return attempts[0], attempts[1]


def _be_certain(world: World, attempt: str, spared: int) -> None:
    """Let the failer say how sure she is of most answers, and be certain of an unsafe one."""
    said = (Confidence.CERTAIN, Confidence.FAIRLY_SURE, Confidence.GUESS)
    unsafe = ""
    for position, item in world.items_of(attempt).items():
        options = getattr(item, "options", ()) if item.kind == "single_choice" else ()
        found = next((one.id for one in options if one.unsafe), "")
        if found and not unsafe and position < 39 and position != spared:
            unsafe = found
            world.answer("failer", attempt, position, {"option": unsafe}, Confidence.CERTAIN)
        elif position < 39 and position != spared and item.kind not in UNASKED_KINDS:
            with world.acting("failer") as tx:
                revision = last_number(tx, attempt)
                save_confidence(tx, attempt, revision, position, said[position % 3])


def _watch_over(server: Server, attempt: str) -> str:
    """Plan a window, grant somebody pauses and larger text, and note an incident."""
    world = server.world
    with world.acting("dina") as tx:
        granted = Adjustment(1.25, 10, larger_text=True)
        grant_accommodation(tx, world.actor("rester").own_id, granted, "A letter.", 0)
    world.start_exam("rester")
    with world.looking("cato") as tx:
        rules = exam_standing(tx, EXAM).rules
    hall = {"title": "Final exam in the hall", "windowed": True}
    world.give_exam(rules.model_copy(update=hall), "vw/hall")
    opens = world.now + timedelta(days=1)
    with world.acting("cato") as tx:
        plan = WindowPlan("vw/hall", "Hall 2", opens, opens + timedelta(hours=3), "heron", True)
        window = plan_window(tx, plan)
        invite(tx, window, [world.actor("ready").own_id])
        note_on_attempt(tx, attempt, "Left the room for a minute.")
        note_on_window(tx, window, "The doors opened late.")
    return window


def _show_kinds(server: Server) -> None:
    """Publish an item of each kind that the exam lacks; its page asks it as an exam does."""
    with server.world.acting("bela") as tx:
        add_picture(tx, FIGURE.content)
    server.world.publish(*(make(item_id, pool="check") for item_id, make in SHOWN.values()))


def _propose(server: Server) -> str:
    with server.world.looking("bela") as tx:
        item = item_detail(tx, "mf-01-002").item
    return server.world.propose("bela", item.model_copy(update={"stem": f"Now: {item.stem}"})).id


def _enrol(server: Server, name: str) -> None:
    said, roles = PEOPLE[name], (Role.LEARNER,)
    with server.world.as_system() as tx:
        hashed = hash_password("seventeen quiet lanterns", rounds=4)
        person = create_person(tx, said, f"{name}@example.org", hashed, roles)
    server.world.cast[name] = Actor(person, said, frozenset(roles))
