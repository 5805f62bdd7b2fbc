"""Makes what tests need, by the house's own commands."""

import json
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from PIL import Image
from pydantic import JsonValue

from accounts.commands.people import create_person
from accounts.commands.sign_ins import open_sign_in
from base.config import Config
from base.db import Database, Tx
from base.permissions import NOBODY, SYSTEM, Actor, Role
from certs.commands.exams import close_overdue_exam, submit_exam
from certs.commands.sealing import seal_one
from certs.queries.own import OwnCredential, credential_of_attempt
from certs.queries.sealing import waiting_for_seal
from courses.commands.practice import answer_question
from courses.commands.study import start_final_exam
from courses.queries.stored import lesson_heads, manifest_of, standing_of
from courses.tables.courses import CheckAnswerRow, LessonReadRow
from quizbank.commands.attempts import save_answer
from quizbank.commands.bank import load_items
from quizbank.commands.exams import publish_blueprint, publish_exam
from quizbank.commands.proposals import save_draft, send_for_review
from quizbank.commands.reviews import approve
from quizbank.confidence import Confidence
from quizbank.exams import ExamRules
from quizbank.files import read_picture
from quizbank.items import Item, item_to_data, read_item
from quizbank.proposals import ItemStatus
from quizbank.queries.attempts import last_number
from quizbank.queries.blueprints import exam_standing
from quizbank.queries.checks import check_items
from quizbank.queries.overdue import overdue_attempts
from quizbank.queries.proposals import ProposalSummary, find_newest_proposal
from quizbank.queries.published import form_items, item_version
from quizbank.queries.results import Verdict
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.bank import ItemRow

COURSE = "microneedling-fundamentals"
EXAM = f"{COURSE}/final"
PRACTICE = f"{COURSE}/practice"

CAST: dict[str, tuple[Role, ...]] = {
    "alba": (Role.LEARNER,),
    "bela": (Role.AUTHOR,),
    "cato": (Role.EXAMINER,),
    "dina": (Role.ADMINISTRATOR,),
    "cleo": (Role.CLINIC,),
    "audi": (Role.AUDITOR,),
    "lena": (Role.LEARNER,),
}


@dataclass
class World:
    """An academy with its clock in the test's hand."""

    database: Database
    config: Config
    now: datetime
    cast: dict[str, Actor] = field(default_factory=dict[str, Actor])

    def gather_cast(self) -> None:
        """Give everybody of the cast an account."""
        for name, roles in CAST.items():
            self.join(name, *roles)

    def join(self, name: str, *roles: Role) -> None:
        """Give one more person an account."""
        with self.as_system() as tx:
            person_id = create_person(tx, name.title(), f"{name}@example.org", None, roles)
        self.cast[name] = Actor(person_id, name.title(), frozenset(roles))

    @contextmanager
    def acting(self, name: str) -> Generator[Tx, None, None]:
        """Run commands as one of the cast, as `system` or as `nobody`."""
        with self.database.write(self.actor(name), self.now, self.config) as tx:
            yield tx

    @contextmanager
    def looking(self, name: str) -> Generator[Tx, None, None]:
        """Run queries as one of the cast, as `system` or as `nobody`."""
        with self.database.read(self.actor(name), self.now, self.config) as tx:
            yield tx

    @contextmanager
    def as_system(self) -> Generator[Tx, None, None]:
        """Run commands as the system."""
        with self.acting("system") as tx:
            yield tx

    def actor(self, name: str) -> Actor:
        """Return one of the cast, the system, or nobody."""
        return {"system": SYSTEM, "nobody": NOBODY}.get(name) or self.cast[name]

    def wait(self, **duration: float) -> None:
        """Let time pass: `wait(minutes=61)`."""
        self.now += timedelta(**duration)

    def sign_in(self, name: str) -> str:
        """Open a sign-in and return its cookie."""
        with self.acting("nobody") as tx:
            return open_sign_in(tx, self.actor(name).own_id, "test")

    def study(self, name: str, course: str = COURSE) -> None:
        """Do every lesson of the course: at once, what reading and answering leave behind."""
        with self.acting(name) as tx:
            heads = lesson_heads(tx.session, manifest_of(tx.session, course))
            asked = [item_id for head in heads for item_id in head.checks]
            checks = {check.item_id: check for check in check_items(tx, asked)}
            read = standing_of(tx.session, tx.actor.own_id, course).reached
            for head in heads:
                if head.slug not in read:
                    tx.session.add(
                        LessonReadRow(
                            person_id=tx.actor.own_id, lesson_version_id=head.id, at=tx.now
                        )
                    )
                for item_id in head.checks:
                    version_id = checks[item_id].version_id
                    right = item_version(tx.session, version_id).key()
                    tx.session.add(
                        CheckAnswerRow(
                            person_id=tx.actor.own_id,
                            lesson_version_id=head.id,
                            item_id=item_id,
                            item_version_id=version_id,
                            response=json.dumps(right, ensure_ascii=False),
                            fraction=1.0,
                            at=tx.now,
                        )
                    )

    def start_exam(self, name: str) -> str:
        """Study, start the final exam, and return the attempt."""
        self.study(name)
        with self.acting(name) as tx:
            return start_final_exam(tx, COURSE, consent=True)

    def items_of(self, attempt_id: str) -> dict[int, Item]:
        """Return the items of an attempt by position, keys and all."""
        with self.looking("system") as tx:
            attempt = tx.session.get_one(AttemptRow, attempt_id)
            return {
                place.position: item_version(tx.session, place.item_version_id)
                for place in form_items(tx.session, attempt.form_id)
            }

    def answer(
        self,
        name: str,
        attempt_id: str,
        position: int,
        response: JsonValue,
        confidence: Confidence | None = None,
    ) -> int:
        """Save one answer at the attempt's standing revision, in the tab that has it."""
        with self.acting(name) as tx:
            tab, shown = tx.session.get_one(AttemptRow, attempt_id).tab, last_number(tx, attempt_id)
            return save_answer(tx, attempt_id, shown, position, response, confidence, tab)

    def answer_all(self, name: str, attempt_id: str, wrong: frozenset[int] = frozenset()) -> None:
        """Answer every item right, but for the positions in `wrong`, which are left out."""
        for position, item in self.items_of(attempt_id).items():
            if position not in wrong:
                for response in steps_to(item, item.key()):
                    self.answer(name, attempt_id, position, response)

    def practise(
        self,
        name: str,
        attempt_id: str,
        position: int,
        response: JsonValue,
        confidence: Confidence | None = None,
    ) -> None:
        """Give one answer in practice at the attempt's standing revision."""
        with self.acting(name) as tx:
            revision = last_number(tx, attempt_id)
            answer_question(tx, attempt_id, revision, position, response, confidence)

    def load_items(self, *items: Item) -> None:
        """Bring items into use, as a course's files do."""
        with self.as_system() as tx:
            load_items(tx, items)

    def change_exam(self, **changes: Any) -> None:
        """Publish the course's exam again with these rules changed."""
        with self.looking("cato") as tx:
            rules = exam_standing(tx, EXAM).rules
        self.give_exam(rules.model_copy(update=changes))

    def give_exam(self, rules: ExamRules, exam_id: str = EXAM) -> None:
        """Let these rules of an exam stand; the course's own exam where no other is named."""
        with self.as_system() as tx:
            publish_exam(tx, exam_id, rules)
            standing = exam_standing(tx, exam_id)
        # What somebody edited since, as in an academy that tests share, no course file replaces.
        if standing.rules != rules:
            with self.acting("cato") as tx:
                publish_blueprint(tx, exam_id, rules, standing.version)

    def submit(self, name: str, attempt_id: str) -> Verdict:
        """Submit an exam that nobody has to mark, and return the verdict."""
        with self.acting(name) as tx:
            verdict = submit_exam(tx, attempt_id, tx.session.get_one(AttemptRow, attempt_id).tab)
        assert verdict is not None
        return verdict

    def publish(self, *items: Item, status: ItemStatus = ItemStatus.APPROVED) -> None:
        """Publish each item as its next version: bela writes it, cato approves it."""
        for item in items:
            self.propose("bela", item)
            self.approve("cato", item.id, status)

    def propose(self, name: str, item: Item) -> ProposalSummary:
        """Write an item, or a change of what stands of it, and send it for review."""
        with self.acting(name) as tx:
            row = tx.session.get(ItemRow, item.id)
            based_on = row.version if row else 0
            begun = find_newest_proposal(tx, item.id)
            revision = begun.summary.revision if begun and begun.summary.is_open else 0
            revision = save_draft(tx, item.id, based_on, item_to_data(item), revision)
            draft = self.change_of(item.id, tx)
            send_for_review(tx, draft.id, revision)
            return self.change_of(item.id, tx)

    def approve(self, name: str, item_id: str, status: ItemStatus = ItemStatus.APPROVED) -> int:
        """Publish the open change of an item and return its version."""
        with self.acting(name) as tx:
            change = self.change_of(item_id, tx)
            return approve(tx, change.id, change.revision, status)

    def change_of(self, item_id: str, tx: Tx | None = None) -> ProposalSummary:
        """Return the newest change of an item, open or not."""
        if tx is None:
            with self.looking("bela") as reading:
                return self.change_of(item_id, reading)
        found = find_newest_proposal(tx, item_id)
        assert found is not None
        return found.summary

    def seal(self) -> int:
        """Seal what waits for it, as the background task does; returns how many were sealed."""
        with self.looking("system") as tx:
            found = waiting_for_seal(tx, limit=1000)
        return sum(seal_one(self.as_system, serial) for serial in found)

    def earn(self, name: str) -> OwnCredential:
        """Pass the final exam and return the certificate that it earned."""
        attempt = self.start_exam(name)
        self.answer_all(name, attempt)
        self.submit(name, attempt)
        self.seal()
        with self.looking(name) as tx:
            own = credential_of_attempt(tx, attempt)
        assert own is not None
        return own


def close_overdue_exams(tx: Tx) -> int:
    """Close every overdue exam, as the background task does; returns how many."""
    return sum(close_overdue_exam(tx, attempt) for attempt in overdue_attempts(tx))


REVIEWED: dict[str, Any] = {
    "sources": ["S13"],
    "reviewed": date(2026, 11, 22),
    "review_due": date(2027, 11, 22),
}


def single_choice(item_id: str = "tt-01-001", **changes: Any) -> Item:
    """Return a sound single-choice item, changed as asked."""
    options = [
        {"id": "a", "text": "The dermis", "correct": True, "reason": "It does."},
        {"id": "b", "text": "The epidermis", "reason": "It holds little."},
        {"id": "c", "text": "The stratum corneum", "reason": "Dead cells.", "unsafe": True},
    ]
    return _item(item_id, "single_choice", {"options": options}, changes)


def multiple_response(item_id: str = "tt-01-002", **changes: Any) -> Item:
    """Return a sound multiple-response item with three keys and two distractors."""
    options = [
        {"id": "a", "text": "Eyelid", "correct": True, "reason": "Inside the rim."},
        {"id": "b", "text": "Open acne", "correct": True, "reason": "Infected skin."},
        {"id": "c", "text": "Keloids", "correct": True, "reason": "They grow."},
        {"id": "d", "text": "Cheek", "reason": "A usual site."},
        {"id": "e", "text": "Burnt skin today", "reason": "Wait.", "unsafe": True},
    ]
    return _item(item_id, "multiple_response", {"options": options}, changes)


def true_false(item_id: str = "tt-01-003", **changes: Any) -> Item:
    """Return a sound statement, which is false."""
    said = {"answer": False, "reason_true": "It does not.", "reason_false": "Right."}
    return _item(item_id, "true_false", said, changes)


def numeric(item_id: str = "tt-01-004", **changes: Any) -> Item:
    """Return a sound numeric item: 7.5, give or take 0.5."""
    asked = {"answer": "7.5", "tolerance": "0.5", "unit": "mm"}
    return _item(item_id, "numeric", asked | {"reason": "So.", "reason_wrong": "Count."}, changes)


def short_answer(item_id: str = "tt-01-005", **changes: Any) -> Item:
    """Return a sound short answer item: one right, one half right, one unsafe, the rest."""
    answers = [
        {"id": "a", "text": "stratum corneum", "reason": "The dead cells."},
        {"id": "b", "text": "*epidermis", "fraction": 0.5, "reason": "The layer it is part of."},
        {"id": "c", "text": "dermis", "fraction": 0, "reason": "Deeper.", "unsafe": True},
        {"id": "d", "text": "*", "fraction": 0, "reason": "Look at the section again."},
    ]
    return _item(item_id, "short_answer", {"answers": answers}, changes)


def matching(item_id: str = "tt-01-006", **changes: Any) -> Item:
    """Return a sound matching item: three premises, one distractor among the choices."""
    premises = [
        {"id": "p1", "text": "Top", "choice": "c1", "reason": "It is outside."},
        {"id": "p2", "text": "Middle", "choice": "c2", "reason": "It holds collagen."},
        {"id": "p3", "text": "Bottom", "choice": "c3", "reason": "It is fat."},
    ]
    texts = ("Epidermis", "Dermis", "Hypodermis", "Muscle")
    choices = [{"id": f"c{place}", "text": text} for place, text in enumerate(texts, 1)]
    return _item(item_id, "matching", {"premises": premises, "choices": choices}, changes)


def ordering(item_id: str = "tt-01-007", **changes: Any) -> Item:
    """Return a sound ordering item of four steps, marked by place."""
    texts = ("Screen", "Consent", "Cleanse", "Needle")
    elements = [
        {"id": f"e{place}", "text": text, "reason": f"Step {place}."}
        for place, text in enumerate(texts, 1)
    ]
    return _item(item_id, "ordering", {"elements": elements}, changes)


def hotspot(item_id: str = "tt-01-012", **changes: Any) -> Item:
    """Return a sound hotspot: two layers of 100 pixels, and a hair below."""
    figure = {"file": FIGURE.digest, "alt": "A section of skin", "width": 200, "height": 300}
    regions = [
        {
            "id": "a",
            "label": "Top layer",
            "shape": "rect",
            "coords": [0, 0, 200, 100],
            "reason": "That is the epidermis.",
        },
        {
            "id": "b",
            "label": "Second layer",
            "shape": "polygon",
            "coords": [0, 100, 100, 100, 100, 200, 0, 200],
            "correct": True,
            "reason": "That is the dermis.",
        },
        {
            "id": "c",
            "label": "A hair",
            "shape": "circle",
            "coords": [50, 250, 49],
            "reason": "Nothing is needled there.",
            "unsafe": True,
        },
    ]
    stem = "Click the layer that holds most collagen."
    return _item(item_id, "hotspot", {"figure": figure, "regions": regions, "stem": stem}, changes)


def essay(item_id: str = "tt-01-008", **changes: Any) -> Item:
    """Return a sound essay of two criteria and ten points, marked by two people."""
    levels = [
        {"points": 0, "text": "Names no layer."},
        {"points": 2, "text": "Names a layer."},
        {"points": 4, "text": "Names the layer and what it holds."},
    ]
    rubric = [
        {"id": "layer", "text": "Names the layer", "points": 4, "levels": levels},
        {"id": "why", "text": "Says why", "points": 6},
    ]
    asked = {"rubric": rubric, "model_answer": "The dermis, for it holds collagen.", "markers": 2}
    return _item(item_id, "essay", asked | {"min_words": 3, "max_words": 200}, changes)


def description(item_id: str = "tt-01-009", **changes: Any) -> Item:
    """Return a text to read."""
    return _item(item_id, "description", {"stem": "Look at the section first."}, changes)


def case(item_id: str = "tt-01-010", **changes: Any) -> Item:
    """Return a sound case: two facts, one essential; a decision, and what to write down."""
    facts = [
        {
            "id": "medicines",
            "question": "Do you take any medicines?",
            "answer": "Capsules for acne, until six weeks ago.",
            "essential": True,
            "reason": "Isotretinoin in the last months means waiting.",
        },
        {"id": "work", "question": "What is your work?", "answer": "A baker."},
    ]
    options = [
        {"id": "proceed", "text": "Proceed today", "reason": "Too early.", "unsafe": True},
        {"id": "defer", "text": "Defer", "correct": True, "reason": "Six months, or clearance."},
    ]
    decision = {"kind": "single_choice", "stem": "What do you decide?", "options": options}
    parts = [
        {"id": "date", "text": "The last dose", "correct": True, "reason": "It sets the wait."},
        {"id": "talk", "text": "The advice given", "correct": True, "reason": "It protects both."},
        {"id": "gossip", "text": "The gossip", "reason": "It is no record."},
    ]
    record = {"kind": "multiple_response", "stem": "What do you write down?", "options": parts}
    stages = [
        {
            "id": "decide",
            "item": decision,
            "consequences": [
                {"when": "proceed", "text": "Her cheeks heal slowly, with marks."},
                {"when": "right", "text": "She comes back in May, and all goes well."},
            ],
        },
        {"id": "record", "item": record},
    ]
    body = {"stem": "A client, 22, wants her scars needled.", "facts": facts, "stages": stages}
    return _item(item_id, "case", body | {"pool": "practice"}, changes)


def steps_to(item: Item, response: JsonValue) -> list[JsonValue]:
    """Return the responses that a learner gives on the way to this one; one for most kinds."""
    if not item.staged or not isinstance(response, dict):
        return [response]
    asked, answers, done = (response.get(name) for name in ("asked", "stages", "done"))
    assert isinstance(answers, dict)
    assert isinstance(done, list)
    begun: dict[str, JsonValue] = {"asked": asked, "stages": {}, "done": []}
    steps: list[JsonValue] = [begun]
    for place, stage in enumerate(done):
        given = {one: answers[one] for one in map(str, done[: place + 1]) if one in answers}
        steps += [begun | {"stages": given, "done": done[:place]}]
        steps += [begun | {"stages": given, "done": [*done[:place], stage]}]
    return steps


def cloze(item_id: str = "tt-01-012", **changes: Any) -> Item:
    """Return a sound text with three gaps: a choice, a word, and a number that counts twice."""
    options = [
        {"id": "a", "text": "dermis", "correct": True, "reason": "It holds collagen."},
        {"id": "b", "text": "epidermis", "weight": 0.5, "reason": "It lies above."},
        {"id": "c", "text": "muscle", "reason": "Far too deep.", "unsafe": True},
    ]
    answers = [
        {"id": "a", "text": "fibroblast*", "reason": "They build it."},
        {"id": "b", "text": "*", "fraction": 0, "reason": "Look at the cells again."},
    ]
    number = {"answer": "7.5", "tolerance": "0.5", "reason": "So.", "reason_wrong": "Count."}
    gaps = [
        {"kind": "choice", "id": "g1", "options": options},
        {"kind": "text", "id": "g2", "answers": answers},
        {"kind": "number", "id": "g3", "weight": 2, **number},
    ]
    stem = "Collagen lies in the [[g1]]; [[g2]] make it. The sample is [[g3]] mm long."
    return _item(item_id, "cloze", {"gaps": gaps, "stem": stem}, changes)


def _item(item_id: str, kind: str, body: dict[str, Any], changes: dict[str, Any]) -> Item:
    head: dict[str, Any] = {
        "id": item_id,
        "kind": kind,
        "pool": "exam",
        "objective": "MF-01",
        "level": "apply",
    }
    said: dict[str, Any] = {"tags": ["test"], "stem": "Which layer holds most collagen?"}
    return read_item(head | said | body | REVIEWED | changes)


def png(width: int = 40, height: int = 30, colour: str = "teal", form: str = "PNG") -> bytes:
    """Return a picture of one colour."""
    into = BytesIO()
    Image.new("RGB", (width, height), colour).save(into, form)
    return into.getvalue()


FIGURE = read_picture(png(200, 300))


def exam_rules(**changes: Any) -> ExamRules:
    """Return the rules of a small exam, changed as asked."""
    data: dict[str, Any] = {
        "title": "Small exam",
        "purpose": "exam",
        "cells": [{"objective": "TT-01", "count": 3, "critical": 1}],
        "minutes": 10,
        "cut": 2,
        "critical_must_pass": True,
        "consent": "I work alone.",
        "retakes": {"max_attempts": 2, "wait_hours": 24},
    }
    return ExamRules.model_validate(data | changes)
