"""What a plausible caller passes to each command and query, in an academy where all have been."""

from collections.abc import Callable
from datetime import timedelta
from inspect import Parameter
from typing import Any

from accounts.clinics import Standing
from base.config import DEVELOPMENT_SECRET
from base.permissions import NOBODY, Role
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
from quizbank.remedies import RemedyKind
from quizbank.sittings import Adjustment
from quizbank.sources import Seen, Source
from quizbank.tables.attempts import AttemptRow
from tests.conftest import HOUSE, NOW
from tests.factories import COURSE, EXAM, PRACTICE, World, exam_rules, png, single_choice
from tests.screening import client


def plausible_arguments(shared: World) -> Callable[[Parameter], Any]:
    """Return what a plausible caller would pass, by the name of the parameter."""
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
