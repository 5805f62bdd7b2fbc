"""Every screen of the academy in the states that matter, each as somebody who uses it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import select

from accounts.commands.people import create_person
from accounts.passwords import hash_password
from base.permissions import Actor, Role
from certs.commands.exams import submit_exam
from certs.queries import OwnCredential, credentials
from certs.status import Status
from courses.commands.study import reach_end, start_practice
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
from quizbank.queries.bank import item_detail
from quizbank.queries.blueprints import exam_standing
from quizbank.queries.exams import exam_offer
from quizbank.queries.published import form_items
from quizbank.remedies import RemedyKind
from quizbank.review_windows import EVERYTHING
from quizbank.sittings import Adjustment
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.bank import ItemVersionRow
from tests.browser.screens import Walker, give, settle
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
from tests.server import Server

FIRST_LESSON = f"/lesson?course={COURSE}&lesson=01-what-needling-is"
# An address with a name for its tab, so that the next page goes on as the same one.
AT_THE_DESK = "/exam?tab=desk"
SECOND_LESSON = f"/lesson?course={COURSE}&lesson=02-skin-and-depth"


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
    window: str
    appeal: str
    correction: str
    asked_version: str


@dataclass(frozen=True)
class View:
    """One screen: who looks, where, and what to do before looking."""

    title: str
    who: str
    address: Callable[[Stories], str]
    then: Callable[[Walker, Stories], object] = lambda _walker, _stories: None
    plain: bool = False

    def open(self, walker: Walker, stories: Stories) -> None:
        address = self.address(stories)
        walker.plain(address) if self.plain else walker.to(address)
        self.then(walker, stories)


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
    world.study("ready")
    running = world.start_exam("sitter")
    elsewhere = world.start_exam("roamer")
    with world.acting("roamer") as tx:
        take_over(tx, elsewhere, "at home")
    with world.acting("reader") as tx:
        reach_end(tx, COURSE, "01-what-needling-is")
    with world.acting("quizzer") as tx:
        practice = start_practice(tx, COURSE)
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
        window=_watch_over(server, running),
        appeal=appeal,
        correction=correction,
        asked_version=asked_version,
    )


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
                revision = tx.session.get_one(AttemptRow, attempt).revision
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


def _at(path: str) -> Callable[[Stories], str]:
    return lambda _stories: path


def _shown(name: str) -> Callable[[Stories], str]:
    return _at(f"/item?id={SHOWN[name][0]}")


def _question(kind: str) -> Callable[[Walker, Stories], object]:
    return lambda walker, stories: walker.jump(stories.kinds.get(kind, 1))


def _check_an_answer(walker: Walker, stories: Stories) -> None:
    walker.is_sure("Fairly sure")
    give(walker.main, stories.asked, stories.asked.key())
    settle(walker.page)
    if not stories.asked.staged:
        walker.press("Check my answer")
    walker.unfold("Sources")


def _ask_and_go_on(walker: Walker, _stories: Stories) -> None:
    walker.press("Do you take any medicines?")
    walker.page.get_by_text("Decline, and suggest").first.click()
    settle(walker.page)
    walker.press("Go on to stage 2")


def _begin_break(walker: Walker) -> Walker:
    walker.press("Take a break").press("Start the break")
    return walker.sees_heading("You are on a break")


def _come_back(walker: Walker) -> Walker:
    """Be back from a break, wherever the view before left this person."""
    ways = {one: walker.main.get_by_role("button", name=one, exact=True) for one in _WAYS}
    ways["Go on"].or_(ways["Go on here"]).or_(ways["Take a break"]).first.wait_for()
    # The tab of the view before may still be closing, and then this one counts as its copy.
    if ways["Go on here"].count():
        walker.press("Go on here")
    if not ways["Go on"].count():
        _begin_break(walker)
    return walker.press("Go on")


_WAYS = ("Go on", "Go on here", "Take a break")
VIEWS = (
    View("the first page", "nobody", _at("/")),
    View("a page that needs a sign-in", "nobody", _at("/people")),
    View("a page that needs another role", "reader", _at("/people")),
    View("one's own first page", "reader", _at("/")),
    View("the course", "reader", _at("/course")),
    View("a lesson unread", "ready", _at(SECOND_LESSON)),
    View("a lesson with its checks", "reader", _at(FIRST_LESSON)),
    View("practice before it starts", "reader", _at("/practice")),
    View("practice with a reason", "quizzer", _at("/practice"), _check_an_answer),
    View("exam before the lessons", "reader", _at("/exam")),
    View("exam rules", "ready", _at("/exam")),
    View("exam, one of several", "sitter", _at("/exam"), _question("single_choice")),
    View("exam, several of several", "sitter", _at("/exam"), _question("multiple_response")),
    View("exam, true or false", "sitter", _at("/exam"), _question("true_false")),
    View("exam, a number", "sitter", _at("/exam"), _question("numeric")),
    View(
        "exam before submitting",
        "sitter",
        _at("/exam"),
        lambda walker, _: walker.unfold("All questions").press("Review and submit"),
    ),
    View("before a break", "rester", _at(AT_THE_DESK), lambda one, _: one.press("Take a break")),
    View(
        "a break",
        "rester",
        _at(AT_THE_DESK),
        lambda one, _: _begin_break(one),
    ),
    View(
        "after a break",
        "rester",
        _at(AT_THE_DESK),
        lambda one, _: _come_back(one).press("Previous").unfold("All questions"),
    ),
    View("the windows", "cato", _at("/windows")),
    View(
        "planning a window",
        "cato",
        _at("/windows"),
        lambda walker, _: walker.press("Plan a window"),
    ),
    View(
        "one window with fresh codes",
        "cato",
        lambda one: f"/windows?window={one.window}",
        lambda walker, _: walker.press("Make the codes"),
    ),
    View(
        "cancelling a window",
        "cato",
        lambda one: f"/windows?window={one.window}",
        lambda walker, _: walker.press("Cancel this window"),
    ),
    View("the board", "cato", _at("/invigilation")),
    View("one seat", "cato", lambda one: f"/invigilation?attempt={one.running}"),
    View("exam that is open elsewhere", "roamer", _at("/exam")),
    View("a result passed", "passer", lambda one: f"/result?attempt={one.passed}"),
    View("a result not passed", "failer", lambda one: f"/result?attempt={one.failed}"),
    View("a result that is held", "holder", lambda one: f"/result?attempt={one.held}"),
    View("an exam seen again", "looker", lambda one: f"/attempt_review?attempt={one.looked}"),
    View("what is to be put right", "failer", _at(f"/remediation?exam={EXAM}")),
    View("no certificate yet", "reader", _at("/certificates")),
    View("one's own certificate", "passer", _at("/certificates")),
    View("the account", "reader", _at("/account")),
    View("the item bank", "bela", _at("/bank"), lambda walker, _: walker.unfold("Filters")),
    View("the import", "bela", _at("/bank?view=import")),
    View("an item to edit", "bela", _at("/item?id=mf-01-001")),
    View("the reviews", "cato", _at("/reviews")),
    View("a review", "cato", lambda one: f"/review?change={one.change}"),
    View("one's own review", "bela", lambda one: f"/review?change={one.change}"),
    View("an item in review", "bela", _at("/item?id=mf-01-002")),
    View("an item to read", "cato", _at("/item?id=mf-01-001")),
    View("an old version", "bela", lambda one: f"/item?id=mf-01-001&version={one.old_version}"),
    View("a new single choice", "bela", _at("/item?new=single_choice")),
    View("a new multiple response", "bela", _at("/item?new=multiple_response")),
    View("a new true or false", "bela", _at("/item?new=true_false")),
    View("a new number", "bela", _at("/item?new=numeric")),
    *(View(f"{name} to edit", "bela", _shown(name)) for name in SHOWN),
    *(View(f"{name} to answer", "cato", _shown(name)) for name in SHOWN),
    View("a new text with gaps", "bela", _at("/item?new=cloze")),
    View("a new place on a picture", "bela", _at("/item?new=hotspot")),
    View("a new essay", "bela", _at("/item?new=essay")),
    View("a new text to read", "bela", _at("/item?new=description")),
    View("many items at once", "bela", _at("/bulk")),
    View("the marking queue", "cato", _at("/marking")),
    View("the exams", "cato", _at("/exams")),
    View("the cut scores", "cato", _at("/angoff")),
    View(
        "a blueprint",
        "cato",
        _at(f"/blueprint?exam={EXAM}"),
        lambda walker, _: walker.press("Draw sample forms").unfold("Form 1"),
    ),
    View(
        "a blueprint that cannot be met",
        "cato",
        _at(f"/blueprint?exam={EXAM}"),
        lambda walker, _: walker.type("Questions of cell 1", "300"),
    ),
    View("a new case", "bela", _at("/item?new=case")),
    View("a case in its second stage", "cato", _at("/item?id=mf-05-029"), _ask_and_go_on),
    View("the releases", "cato", _at("/releases")),
    View("the key corrections", "dina", _at("/corrections")),
    View("a key correction to decide", "dina", lambda one: f"/corrections?id={one.correction}"),
    View("a key to correct", "cato", lambda one: f"/corrections?version={one.asked_version}"),
    View("the appeals", "dina", _at("/appeals")),
    View("an appeal to answer", "dina", lambda one: f"/appeals?id={one.appeal}"),
    View("the results", "cato", _at("/results")),
    View("the item analysis", "cato", _at(f"/analysis?exam={EXAM}")),
    View(
        "the figures of an item",
        "cato",
        _at(f"/analysis?exam={EXAM}"),
        lambda walker, _: walker.follow("mf-01-"),
    ),
    View("one result", "cato", lambda one: f"/results?attempt={one.failed}"),
    View("the certificates", "dina", _at("/credentials")),
    View("one certificate", "dina", lambda one: f"/credentials?serial={one.own.standing.serial}"),
    View(
        "revoking",
        "dina",
        lambda one: f"/credentials?serial={one.own.standing.serial}",
        lambda walker, _: walker.press("Revoke this certificate"),
    ),
    View("the people", "dina", _at("/people")),
    View("adding a person", "dina", _at("/people"), lambda walker, _: walker.press("Add a person")),
    View("one person", "dina", lambda one: f"/people?person={one.person}"),
    View("sign in", "nobody", _at("/auth/login"), plain=True),
    View("sign up", "nobody", _at("/auth/signup"), plain=True),
    View(
        "sign up with problems",
        "nobody",
        _at("/auth/signup"),
        lambda walker, _: walker.page.get_by_role("button", name="Make the account").click(),
        plain=True,
    ),
    View("choosing a demo person", "nobody", _at("/auth/demo"), plain=True),
    View("signing out", "reader", _at("/auth/logout"), plain=True),
    View("the password", "reader", _at("/auth/password"), plain=True),
    View("verify", "nobody", _at("/verify"), plain=True),
    View("valid", "nobody", lambda one: f"/verify/{one.own.standing.serial}", plain=True),
    View("revoked", "nobody", lambda one: f"/verify/{one.revoked}", plain=True),
    View("unknown", "nobody", _at("/verify/PP-00000-00000-00000-00000"), plain=True),
    View("malformed", "nobody", _at("/verify/PP-1"), plain=True),
    View("the issuer", "nobody", _at("/issuer"), plain=True),
)
