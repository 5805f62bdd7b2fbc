"""Every command and query says what it needs, and holds everybody to it."""

import pkgutil
import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from inspect import Parameter, signature
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import accounts
import certs
import courses
import quizbank
from accounts.clinics import Standing
from base import audit
from base.config import DEVELOPMENT_SECRET, Config
from base.db import Database, Tx
from base.errors import AppError, NotAllowed, NotFound
from base.permissions import GRANTS, NOBODY, Actor, Permission, Role
from certs.commands.award import award
from certs.commands.receipts import SealedReceipt
from certs.commands.rosters import CheckedRoster
from certs.designs import PLAIN_DESIGN
from certs.eligibility import Treatment
from certs.keys import KeyPurpose
from certs.queries.sealing_jobs import SealingChoice
from certs.rosters.receipts import Receipt
from certs.sealed_file import SealedFile
from courses.content_folder import read_course_folder
from courses.coverage import Device, Site
from courses.handbook import Handbook
from courses.outline_edit import outline_of
from courses.practice_choice import Mode, Wanted
from courses.queries.outline import course_outline
from courses.screening.case import Decision
from courses.screening.sheet import sheet_of
from quizbank.commands.windows import WindowPlan
from quizbank.confidence import Confidence, Sureness
from quizbank.exchange.formats import Format
from quizbank.exchange.items_read import ItemsRead
from quizbank.queries.analysis import exam_analysis
from quizbank.queries.bank import ItemFilter, item_detail
from quizbank.queries.results import Verdict
from quizbank.remedies import RemedyKind
from quizbank.sittings import Adjustment
from quizbank.sources import Seen, Source
from quizbank.tables.attempts import AttemptRow
from tests.conftest import HOUSE, NOW
from tests.factories import COURSE, EXAM, PRACTICE, World, exam_rules, png, single_choice
from tests.screening import client

# Parts of commands and queries, called by those that have asked who acts.
PARTS = {
    "base.audit.record": "appends what a command did, in the command's own transaction",
    "base.audit.record_all": "as above",
    "base.audit.take_turn": "as above; so does the issuance log",
    "base.audit.audit_extract": "part of a dossier, whose command asks who acts",
    "base.audit.newest_link": "as above",
    "certs.commands.events.append_event": "part of revoking, suspending and reinstating",
    "certs.commands.log.append_leaf": "part of signing a credential",
    "certs.queries.renewal.holds": "part of awarding",
    "quizbank.commands.practice.begin_untimed": "part of practising and of putting right",
    "certs.queries.log_nodes.node_hashes": "reads the tree for proofs and for appending",
    "certs.queries.log_tree.tree_problems": "part of the log's check, which asks who acts",
    "certs.queries.log_tree.recomputed_root": "as above",
    "certs.queries.log_nodes.log_size": "as above",
    "certs.queries.log_nodes.stretch_hashes": "as above",
    "certs.commands.status_lists.publish_at_once": "part of what changes a status",
    "certs.commands.statuses.free_status_index": "an award asks for its place in the lists",
    "certs.queries.roster_check.credentials_of": "reads for queries that checked whose staff it is",
    "certs.queries.roster_check.credentials_named": "as above",
    "certs.queries.designs.newest_design_id": "an award asks for the design that it draws by",
    "certs.queries.designs.design_of": "reads a design for drawing, whose command asks who acts",
    "certs.queries.standing.standing_of": "reads for queries that have checked who asks",
    "accounts.queries.people.printed_name": "an award asks for the name that it prints",
    "accounts.queries.people.sign_in_email": "signing asks for the e-mail that it hashes",
    "accounts.queries.clinics.members_of": "reads for what asked who acts, or who has the secret",
    "certs.queries.seen_log.standing_checkpoint": "part of checking for a clinic that asked",
    "certs.queries.expiries.expiries_of": "as above",
    "accounts.commands.outbox.put_message": "writes the mail of a command that asked who acts",
    "quizbank.commands.draft_rows.add_new_item": "takes an id for a draft that was checked",
    "quizbank.commands.draft_rows.check_standing": "is itself a check",
    "quizbank.commands.draft_rows.held_proposal": "holds a change for a command that asks who acts",
    "quizbank.commands.draft_rows.move": "stores a change for a command that asked who acts",
    "quizbank.commands.draft_rows.own_proposal": "is itself the check whose change it is",
    "quizbank.commands.draft_rows.sound_item": "reads a change that was checked",
    "quizbank.commands.drafting.draft_items": "an import makes drafts of its items",
    "quizbank.commands.events.add_event": "says what a command did to a change",
    "quizbank.commands.files.store_pictures": "what an import or a course load brought along",
    "quizbank.commands.deciding.decide_ended": "part of submitting, of closing and of marking",
    "quizbank.commands.certain_mistakes.note_certain_mistakes": "part of storing decisions",
    "quizbank.commands.remediation.note_lesson_read": "courses asks who acts, and which lesson",
    "quizbank.commands.remediation.start_round": "as above",
    "quizbank.queries.certain_mistakes.open_rows": "one's own, for commands that asked who acts",
    "quizbank.queries.fresh_items.fresh_item_versions": "a round draws its questions",
    "quizbank.queries.rounds.round_of": "is itself the check whose round it is",
    "courses.queries.remediation.lesson_of": "finds a lesson for those who asked who acts",
    "courses.commands.content_drafts.add_event": "part of the commands on a change of content",
    "courses.commands.content_drafts.held_change": "as above",
    "courses.commands.content_drafts.keep_draft": "as above",
    "courses.commands.content_drafts.move": "as above",
    "courses.commands.content_drafts.own_change": "as above",
    "courses.commands.course_writing.check_outline": "part of sending and of approving",
    "courses.commands.course_writing.put_outline": "part of approving",
    "courses.commands.lesson_writing.check_lesson": "part of sending and of approving",
    "courses.commands.lesson_writing.put_lesson": "part of approving",
    "courses.commands.screening_cases.check_case": "part of sending and of approving",
    "courses.commands.screening_cases.put_case": "part of approving",
    "courses.queries.content_drafts.events_of": "reads a change for those who asked who acts",
    "courses.queries.content_drafts.find_open_row": "as above",
    "courses.queries.content_drafts.open_texts": "as above",
    "courses.queries.content_drafts.saved_draft": "as above",
    "courses.queries.content_drafts.writers_by_version": "as above",
    "courses.queries.content_drafts.writers_of": "as above",
    "courses.queries.course_writing.lesson_titles": "as above",
    "courses.queries.screening_cases.case_subject": "as above",
    "courses.commands.lesson_writing.sound_lesson": "reads a draft for publishing",
    "courses.commands.source_changes.put_update_quiz": "certs asks who acts, and knows who holds",
    "courses.queries.source_changes.change_row": "as above",
    "courses.queries.source_changes.touched_courses": "as above",
    "courses.queries.source_changes.touched_objectives": "part of starting the quiz",
    "courses.queries.source_uses.cited_by": "part of these, and of the query that asks",
    "courses.queries.course_writing.outline_at": "reads a version for publishing an outline",
    "courses.queries.course_writing.requirements": "as above",
    "courses.queries.course_writing.same_outline": "as above, and for the query that asks",
    "courses.queries.lesson_writing.lesson_known": "as above, and for the query that asks",
    "courses.commands.publishing.held_course": "part of loading and of publishing",
    "courses.commands.publishing.newest_lesson": "as above",
    "courses.commands.publishing.publish_course": "as above",
    "courses.commands.publishing.publish_lesson_version": "as above",
    "quizbank.commands.deciding.store_decisions": "part of deciding and of remarking",
    "quizbank.commands.hall.take_seat": "part of starting",
    "quizbank.commands.steps.take_step": "part of answering and flagging, which say who may",
    "quizbank.commands.steps.take_tab": "part of taking over",
    "quizbank.commands.steps.append_step": "part of what takes a step",
    "quizbank.commands.steps.append_next": "part of pausing, taking over and ending",
    "quizbank.commands.steps.may_write": "part of pausing",
    "quizbank.commands.steps.end_attempt": "part of submitting and closing",
    "quizbank.commands.steps.asks_confidence": "part of answering",
    "quizbank.commands.breaks.wake": "ends a break for commands that hold the attempt",
    "quizbank.commands.steps.locked_attempt": "is itself the check whose attempt it is",
    "quizbank.commands.steps.why_refused": "as above",
    "quizbank.queries.breaks.timing_of": "reads the clock of an attempt that was checked",
    "quizbank.queries.breaks.pauses_of": "as above",
    "quizbank.queries.breaks.breaks_of": "as above",
    "quizbank.commands.admission.window_to_sit_in": "a start asks for its window",
    "quizbank.queries.windows.windows_for": "finds the acting person's windows for a start",
    "quizbank.commands.forms.draw_form": "a start draws its form",
    "quizbank.commands.forms.store_form": "as above",
    "quizbank.commands.publishing.describe_row": "part of publishing and of drafting",
    "quizbank.commands.publishing.publish_version": "approving and loading publish",
    "quizbank.queries.results.exam_version_number": "as below",
    "quizbank.queries.results.decided_pass": "part of signing, which sealing asks for",
    "quizbank.queries.results.attempts_at": "part of awarding, whose commands ask who acts",
    "quizbank.queries.attempts.owned_attempt": "is itself the check whose attempt it is",
    "quizbank.queries.attempts.progress_of": "reads the steps of an attempt that was checked",
    "quizbank.queries.attempts.last_number": "as above",
    "quizbank.queries.attempts.item_at": "reads an item of an attempt that was checked",
    "quizbank.queries.attempts.position_exists": "reads a form of an attempt that was checked",
    "quizbank.queries.marking.part_to_mark": "finds what the commands and queries of marking asked",
    "quizbank.queries.marked_attempts.marked_attempts": "marks attempts for those who asked",
    "quizbank.queries.remarked_attempts.remarked_attempts": "as above",
    "quizbank.queries.marking.parts_of": "reads the texts of an attempt that was checked",
    "quizbank.queries.marking.parts_among": "as above",
    "quizbank.queries.appeals.appeal_row": "reads an appeal for those who asked who acts",
    "quizbank.queries.corrections.affected_attempts": "finds what a command or a dry run asked for",
    "quizbank.queries.corrections.being_replayed": "part of approving",
    "quizbank.queries.corrections.correction_row": "reads it for those who asked who acts",
    "quizbank.queries.corrections.emptied_exams": "part of approving",
    "quizbank.queries.corrections.open_correction_of": "part of proposing",
    "quizbank.queries.corrections.version_row": "reads a version for those who asked who acts",
    "quizbank.queries.dossier_decisions.corrected": "part of a dossier, which asks who acts",
    "quizbank.queries.dossier_decisions.decisions_of": "as above",
    "quizbank.queries.remedies.hold_corrections": "part of deciding, and of approving a correction",
    "quizbank.queries.remedies.standing_remedies": "part of marking",
    "quizbank.queries.own_results.released_decision": "reads a decision on one's own attempt",
    "quizbank.queries.releases.agreement_on": "releasing asks who agreed",
    "quizbank.queries.seen.seen_of": "reads what may be seen of one's own attempt",
    "quizbank.queries.results.find_verdict": "reads the verdict on an attempt that was checked",
    "quizbank.queries.results.verdict_on": "reads the verdict on an attempt that was checked",
    "quizbank.queries.importing.import_plan": "an import and its preview ask who acts",
    "quizbank.queries.proposals.fields_at": "reads a version for a query that asked who acts",
    "quizbank.queries.proposals.find_open_row": "finds the change for a command that asked",
    "quizbank.queries.proposals.writers_of": "reads who wrote a change that was checked",
    "quizbank.queries.proposals.writers_of_version": "reads who wrote a version, for approving",
    "quizbank.commands.exams.set_cut": "closing a study publishes the cut score that was signed",
    "quizbank.queries.angoff.study_row": "reads a study for those whose right was checked",
    "quizbank.queries.angoff.positions_of": "as above",
    "quizbank.queries.angoff.ratings": "as above",
    "quizbank.queries.angoff.finished_raters": "as above",
    "certs.commands.award.award": "part of submitting and of closing",
    "certs.commands.authority.make_certified_key": "as below",
    "certs.commands.keys.renew_yearly_keys": "part of sealing, whose command asks who acts",
    "certs.commands.keys.replace_key": "part of rotating, revoking and sealing",
    "certs.commands.records.append_certificate": "appends what a command issues",
    "certs.commands.records.fresh_facts": "as above",
    "certs.commands.sealing.await_seal": "part of the commands that issue",
    "certs.queries.authority.authority_of": "part of the commands that sign",
    "certs.queries.authority.sealer_for": "as above",
    "certs.commands.key_rows.store_key": "part of making keys, whose commands ask who acts",
    "certs.commands.signing.sign_credential": "part of sealing, which asks who acts",
    "certs.queries.keys.signer_for": "part of the commands that sign",
}
REFUSALS = ("Your account may not do this", "Sign in first")


def modules() -> Iterator[ModuleType]:
    yield audit
    for package in (accounts, quizbank, courses, certs):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if {"commands", "queries"} & set(found.name.split(".")):
                yield import_module(found.name)


def functions() -> dict[str, Callable[..., Any]]:
    return {
        f"{module.__name__}.{name}": value
        for module in modules()
        for name, value in vars(module).items()
        if callable(value)
        and not name.startswith("_")
        and getattr(value, "__module__", "") == module.__name__
        and _takes_tx(value)
    }


def _takes_tx(function: Callable[..., Any]) -> bool:
    if isinstance(function, type):
        return False
    first = next(iter(signature(function).parameters.values()), None)
    return first is not None and first.annotation is Tx


ALL = functions()
GUARDED = {name: one for name, one in ALL.items() if name not in PARTS}


def test_reflection_finds_the_commands_and_queries() -> None:
    assert len(ALL) > 60
    for name in (
        "quizbank.commands.attempts.save_answer",
        "certs.queries.standing.credential_standing",
    ):
        assert name in ALL


def test_every_command_and_query_says_what_it_needs() -> None:
    unmarked = {name for name, one in ALL.items() if not hasattr(one, "permission")}
    assert unmarked == set(PARTS)


def test_every_permission_guards_something() -> None:
    assert {vars(one)["permission"] for one in GUARDED.values()} == {*Permission, "PUBLIC"}


@pytest.fixture(scope="module")
def shared(course_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One academy for all tests here: whatever they call is undone."""
    path = tmp_path_factory.mktemp("permissions") / "pinpoint.db"
    shutil.copyfile(course_file, path)
    url = f"sqlite:///{path}"
    world = World(Database(url), Config(database_url=url, content_dir=HOUSE / "content"), NOW)
    world.gather_cast()
    yield world
    world.database.dispose()


@pytest.fixture(scope="module")
def arguments(shared: World) -> Callable[[Parameter], Any]:
    """What a plausible caller would pass, by the parameter's name."""
    own = shared.earn("alba")
    folder = HOUSE / "content"
    content = read_course_folder(folder / COURSE)
    with shared.looking("system") as tx:
        item = item_detail(tx, "mf-01-001")
        attempt_row = tx.session.get_one(AttemptRow, own.attempt_id)
    version = item.versions[0].id
    with shared.looking("system") as tx:
        analysis = exam_analysis(tx, EXAM)
    change = shared.propose("bela", single_choice("tt-09-001"))
    with shared.looking("alba") as tx:
        lesson = course_outline(tx, COURSE).lessons[0].slug
    known: dict[str, Any] = {
        "decision_id": attempt_row.decision_id,
        "decision_ids": [attempt_row.decision_id],
        "actor": NOBODY,
        "action": "item:publish",
        "address": "203.0.113.7",
        "adjustment": Adjustment(1.5, 10),
        "number": 0,
        "size": 1,
        "old": 1,
        "new": 2,
        "leaf_hash": "0" * 64,
        "at": shared.now,
        "attempt": attempt_row,
        "attempt_id": own.attempt_id,
        "based_on": 1,
        "browser": "test",
        "comment": "Sound.",
        "answer": "Only a is in the course's text.",
        "attempt_ids": [own.attempt_id],
        "appeal_id": "no such appeal",
        "correction_id": "no such correction",
        "text": "The text says that both are right.",
        "upheld": False,
        "remedy": RemedyKind.NOBODY,
        "confidence": Confidence.CERTAIN,
        "choice": SealingChoice(waiting_only=False),
        "after": "",
        "job_id": "no such job",
        "title": "Many certificates",
        "chosen": [(change.id, change.revision)],
        "asked": Treatment(site=Site.CHEEK, depth_mm=0.5, device=Device.PEN, on=NOW.date()),
        "change_id": "no such change",
        "clinic_id": "no such clinic",
        "consent": True,
        "content": png(),
        "course": content.course,
        "case": client(),
        "sheet": sheet_of(client()),
        "case_id": "no such case",
        "cases": [client()],
        "decision": Decision.REFER,
        "fact_id": "capsules",
        "fact_ids": ["capsules"],
        "noted": True,
        "play_id": "no such client",
        "reasons": ["a"],
        "demo": False,
        "design": PLAIN_DESIGN,
        "digest": "0" * 64,
        "digests": ["0" * 64],
        "email": "someone@example.org",
        "changes": [],
        "edit_id": "no such edit",
        "exam_id": EXAM,
        "facts": {},
        "fields": {"stem": "Why?"},
        "figures": content.figures,
        "file": SealedFile(own.standing.serial, b"%PDF-", ""),
        "found": analysis,
        "file_format": Format.YAML,
        "flagged": True,
        "handbook": Handbook(),
        "folder": folder,
        "issue_id": "no such request",
        "agree": True,
        "item": single_choice(),
        "item_id": "mf-01-001",
        "item_ids": ["mf-01-001"],
        "items": [single_choice()],
        "key_id": "no such key",
        "old_secret": DEVELOPMENT_SECRET,
        "count": 1,
        "key": "no such key",
        "keys": ["S01"],
        "label": "Scheduling program",
        "lesson": lesson,
        "looks": {},
        "limit": 10,
        "lessons": [one.read.lesson for one in content.lessons.values()],
        "member_id": "no such member",
        "module": "Needles, skin and healing",
        "message_id": "no such mail",
        "name": "Someone",
        "objective": "MF-01",
        "part": "",
        "password_hash": "$2b$04$x",
        "password": "sesame",
        "code": "no such code",
        "search": "alba",
        "plan": WindowPlan(EXAM, "Room 1", shared.now, shared.now + timedelta(hours=2)),
        "outline": outline_of(content.course),
        "opens_at": shared.now,
        "closes_at": shared.now + timedelta(hours=2),
        "window_id": "no such window",
        "invitation_id": "no such invitation",
        "person_id": shared.actor("alba").own_id,
        "person_ids": [shared.actor("alba").own_id],
        "problem": "Nobody answers.",
        "final": True,
        "points": {"layer": 4},
        "pilot": True,
        "purpose": KeyPurpose.CREDENTIAL,
        "position": 1,
        "proposal_id": change.id,
        "read": ItemsRead((), ()),
        "reason": "The identity could not be confirmed.",
        "response": {"option": "a"},
        "revision": 1,
        "said": "Say which layer.",
        "role": Role.AUTHOR,
        "roles": (Role.LEARNER,),
        "private": True,
        "probability": 0.7,
        "rationale": "Two raters agreed.",
        "cut": 30,
        "study_id": "no such study",
        "rules": exam_rules(),
        "receipt_id": "no such receipt",
        "made": _no_receipt(shared),
        "roster": CheckedRoster("November", {}, ()),
        "roster_id": "no such roster",
        "lines": (),
        "seed": 1,
        "serial": own.standing.serial,
        "slug": COURSE,
        "source_key": "S33",
        "note": "The depth figure was corrected.",
        "sources": (Source(key="S99", citation="A source", seen=Seen.RULE),),
        "standing": Standing.STAFF,
        "stem": "Which layer holds most collagen?",
        "strict": False,
        "sureness": Sureness(),
        "exam_ids": [EXAM],
        "subject": own.standing.serial,
        "tab": "desk",
        "token": "no such token",
        "version_id": version,
        "wanted": ItemFilter(),
        "practice": Wanted(Mode.MIXED),
        "practice_id": PRACTICE,
        "versions": [version],
        "objectives": ["MF-01"],
        "daily_goal": 10,
        "exam_on": None,
    }

    def value(parameter: Parameter) -> Any:
        assert parameter.name in known, f"say what to pass for {parameter.name}"
        return known[parameter.name]

    return value


def _no_receipt(world: World) -> SealedReceipt:
    receipt = Receipt("r", "A", "B", "C", "T", "Cleo", world.now, "", (), False)
    return SealedReceipt(receipt, "{}", b"%PDF")


class _Undone(Exception):
    """Ends a call without keeping what it did."""


@contextmanager
def undone(world: World, actor: Actor) -> Generator[Tx, None, None]:
    try:
        with world.database.write(actor, world.now, world.config) as tx:
            yield tx
            raise _Undone
    except _Undone:
        pass


def call(
    world: World, actor: Actor, function: Callable[..., Any], value: Callable[[Parameter], Any]
) -> AppError | None:
    """Call a function with plausible arguments; return the `AppError` that it raised, if any."""
    _, *asked = signature(function).parameters.values()
    passed = {one.name: value(one) for one in asked if one.default is Parameter.empty}
    try:
        with undone(world, actor) as tx:
            function(tx, **passed)
    except AppError as error:
        return error
    return None


@pytest.mark.parametrize("role", [*Role, None], ids=str)
def test_each_role_is_refused_exactly_what_it_was_not_granted(
    shared: World, arguments: Callable[[Parameter], Any], role: Role | None
) -> None:
    # A clinic manager without any role of her own: nobody else's data is hers by accident.
    somebody = replace(shared.actor("cleo"), roles=frozenset({role} if role else ()))
    surprises: list[str] = []
    for name, function in GUARDED.items():
        permission = vars(function)["permission"]
        granted = permission == "PUBLIC" or (role is not None and permission in GRANTS[role])
        error = call(shared, somebody, function, arguments)
        refused = isinstance(error, NotAllowed) and str(error).startswith(REFUSALS)
        if refused == granted:
            surprises.append(f"{name} needs {permission}; {role} got {error!r}")
    assert surprises == []


def test_nobody_gets_only_what_is_public(
    shared: World, arguments: Callable[[Parameter], Any]
) -> None:
    for name, function in GUARDED.items():
        error = call(shared, NOBODY, function, arguments)
        refused = isinstance(error, NotAllowed) and "Sign in first" in str(error)
        assert refused == (vars(function)["permission"] != "PUBLIC"), (name, error)


OWN = {
    name: one
    for name, one in GUARDED.items()
    if vars(one)["permission"] in {Permission.EXAM_SIT, Permission.CREDENTIAL_OWN}
    and {"attempt_id", "serial"} & set(signature(one).parameters)
}


@pytest.mark.parametrize("name", OWN)
def test_what_is_somebody_elses_is_not_found(
    shared: World, arguments: Callable[[Parameter], Any], name: str
) -> None:
    error = call(shared, shared.actor("lena"), OWN[name], arguments)
    if name == "certs.queries.own.credential_of_attempt":
        # Asks whether there is one; another person's is none.
        with shared.looking("lena") as tx:
            assert OWN[name](tx, arguments(signature(OWN[name]).parameters["attempt_id"])) is None
        return
    assert isinstance(error, NotFound), error


@pytest.mark.parametrize("name", OWN)
def test_somebody_elses_answers_like_one_that_never_was(
    shared: World, arguments: Callable[[Parameter], Any], name: str
) -> None:
    def nowhere(parameter: Parameter) -> Any:
        return "0" * 32 if parameter.name in {"attempt_id", "serial"} else arguments(parameter)

    foreign = call(shared, shared.actor("lena"), OWN[name], arguments)
    unknown = call(shared, shared.actor("lena"), OWN[name], nowhere)
    assert repr(foreign) == repr(unknown)


def test_own_lists_hold_nothing_of_others(world: World) -> None:
    world.earn("alba")
    with world.looking("lena") as tx:
        mine = ("certs.queries.own.my_credentials", "quizbank.queries.own_results.attempts_of_mine")
        for name in mine:
            asked = (EXAM,) if "attempts" in name else ()
            assert GUARDED[name](tx, *asked) == ()


def test_an_award_needs_a_verdict_that_passed(world: World) -> None:
    attempt = world.start_exam("alba")
    world.answer_all("alba", attempt, frozenset(range(1, 30)))
    with world.acting("alba") as tx:
        verdict = GUARDED["certs.commands.exams.submit_exam"](tx, attempt)
        assert isinstance(verdict, Verdict)
        award(tx, verdict)
        assert GUARDED["certs.queries.own.my_credentials"](tx) == ()
