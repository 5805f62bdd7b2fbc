"""All that a decision on an attempt rests on, as plain data for its dossier."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pydantic import JsonValue, TypeAdapter
from sqlmodel import SQLModel, col, select

from base.audit import audit_extract
from base.db import Tx
from base.errors import NotFound
from base.permissions import Permission, needs
from quizbank.attempts import Action
from quizbank.exams import ExamRules, Purpose
from quizbank.files import named_files
from quizbank.items import Item, item_from_json
from quizbank.queries.attempts import progress_of
from quizbank.queries.dossier_decisions import Corrected, corrected, decisions_of
from quizbank.queries.published import FormItem, exam_version, form_items
from quizbank.tables.attempts import AttemptRow, LateAnswerRow, StepRow
from quizbank.tables.bank import ItemFileRow, ItemVersionRow
from quizbank.tables.corrections import AppealRow, ReleaseEventRow
from quizbank.tables.decisions import DecisionRow, EssayMarkRow
from quizbank.tables.exams import ExamVersionRow
from quizbank.tables.sittings import IncidentRow

_ANY: TypeAdapter[Any] = TypeAdapter(Any)
NO_DECISION = "There is no decided exam with this attempt. Choose one in the results."


@dataclass(frozen=True)
class DossierData:
    """The data by file name, the pictures by digest, and the ids of people that it names."""

    person_id: str
    files: dict[str, JsonValue]
    pictures: dict[str, bytes]
    people: tuple[str, ...]


@needs(Permission.DOSSIER_READ)
def dossier_data(tx: Tx, attempt_id: str) -> DossierData:
    """Return what an exam's decision rests on; raises `NotFound` where nothing is decided."""
    attempt = tx.session.get(AttemptRow, attempt_id)
    rules = exam_version(tx.session, attempt.exam_version_id) if attempt else None
    if attempt is None or rules is None or attempt.decision_id is None:
        raise NotFound(NO_DECISION)
    if rules.purpose is not Purpose.EXAM:
        raise NotFound(NO_DECISION)
    places = form_items(tx.session, attempt.form_id)
    versions = _versions(tx, places)
    by_corrections = corrected(tx, attempt.id, [one.item_version_id for one in places])
    files: dict[str, JsonValue] = {
        "attempt": _attempt(tx, attempt, rules, len(places)),
        "items": _items(tx, attempt, places, versions, by_corrections),
        "decisions": decisions_of(tx, attempt.id, places, by_corrections),
        "corrections": [plain(row) for row in by_corrections.rows],
        "chain": audit_extract(tx, [attempt.id, *(row.id for row in by_corrections.rows)]),
        **_logged(tx, attempt.id),
    }
    people = {attempt.person_id, *(_people(versions.values()))}
    pictures = frozenset[str]().union(
        *(named_files(item_from_json(row.payload)) for row in versions.values())
    )
    return DossierData(attempt.person_id, files, _pictures(tx, pictures), tuple(sorted(people)))


def plain(row: SQLModel) -> dict[str, JsonValue]:
    """Return a row as data, instants in ISO 8601."""
    return row.model_dump(mode="json")


def _attempt(tx: Tx, attempt: AttemptRow, rules: ExamRules, places: int) -> JsonValue:
    version = tx.session.get_one(ExamVersionRow, attempt.exam_version_id)
    omitted = places if rules.most_omitted is None else rules.most_omitted
    rule: dict[str, JsonValue] = {
        "cut": rules.cut,
        "critical_must_pass": rules.critical_must_pass,
        "unsafe_fails": rules.unsafe_fails,
        "most_omitted": omitted,
        "objective_minimums": [one.model_dump(mode="json") for one in rules.objective_minimums],
    }
    published = plain(version) | {"rules": json.loads(version.rules)}
    sat = plain(attempt)
    # Which decision its trainee sees, and who writes now, is no part of how it was decided.
    for name in ("tab", "released_id"):
        sat.pop(name)
    return {"attempt": sat, "rule": rule, "exam_version": published}


def _versions(tx: Tx, places: Sequence[FormItem]) -> dict[str, ItemVersionRow]:
    rows = tx.session.exec(
        select(ItemVersionRow).where(
            col(ItemVersionRow.id).in_([place.item_version_id for place in places])
        )
    )
    return {row.id: row for row in rows}


def _items(
    tx: Tx,
    attempt: AttemptRow,
    places: Sequence[FormItem],
    versions: dict[str, ItemVersionRow],
    by_corrections: Corrected,
) -> JsonValue:
    responses = progress_of(tx, attempt.id).responses
    given = _given(tx, attempt.id)
    told: list[JsonValue] = []
    for place in places:
        one = _item(place, versions[place.item_version_id], responses.get(place.position))
        one["scorings"] = by_corrections.scorings(place.item_version_id)
        one["given"] = given.get(place.position, {})
        told.append(one)
    return told


def _item(place: FormItem, row: ItemVersionRow, response: JsonValue) -> dict[str, JsonValue]:
    item: Item = item_from_json(row.payload)
    seen = _ANY.dump_python(asdict(item.prompt(place.option_order, response)), mode="json")
    return {
        "position": place.position,
        "counts": place.scored,
        "objective": item.objective,
        "critical": item.critical,
        "topic": item.topic,
        "option_order": [*place.option_order],
        "seen": seen,
        "key": item.key(),
        "pictures": [*sorted(named_files(item))],
        "version": plain(row) | {"payload": json.loads(row.payload)},
    }


def _given(tx: Tx, attempt_id: str) -> dict[int, dict[str, JsonValue]]:
    rows = tx.session.exec(
        select(EssayMarkRow)
        .where(EssayMarkRow.attempt_id == attempt_id)
        .order_by(col(EssayMarkRow.position), col(EssayMarkRow.part), col(EssayMarkRow.number))
    )
    given: dict[int, dict[str, JsonValue]] = {}
    for row in rows:
        parts = given.setdefault(row.position, {})
        before = parts.get(row.part)
        parts[row.part] = [*(before if isinstance(before, list) else []), json.loads(row.points)]
    return given


def _logged(tx: Tx, attempt_id: str) -> dict[str, JsonValue]:
    """Return what was appended about the attempt, in order."""
    steps = tx.session.exec(
        select(StepRow).where(StepRow.attempt_id == attempt_id).order_by(col(StepRow.number))
    )
    late = _about(tx, LateAnswerRow, attempt_id, col(LateAnswerRow.number))
    essays = _about(tx, EssayMarkRow, attempt_id, col(EssayMarkRow.at))
    incidents = _about(tx, IncidentRow, attempt_id, col(IncidentRow.at))
    appeals = _about(tx, AppealRow, attempt_id, col(AppealRow.filed_at))
    releases = tx.session.exec(
        select(ReleaseEventRow)
        .join(DecisionRow, col(DecisionRow.id) == col(ReleaseEventRow.decision_id))
        .where(DecisionRow.attempt_id == attempt_id)
        .order_by(col(ReleaseEventRow.at), col(ReleaseEventRow.number))
    )
    return {
        "steps": [_step(row) for row in steps],
        "late": late,
        "essays": essays,
        "incidents": incidents,
        "appeals": appeals,
        "releases": [plain(row) for row in releases],
    }


def _about(tx: Tx, table: Any, attempt_id: str, order: Any) -> JsonValue:
    rows = tx.session.exec(select(table).where(table.attempt_id == attempt_id).order_by(order))
    return [plain(row) for row in rows]


def _step(row: StepRow) -> JsonValue:
    response = json.loads(row.response) if row.response else None
    return plain(row) | {"response": response, "answers": row.action == Action.ANSWERED}


def _people(versions: Any) -> set[str]:
    named = {row.published_by for row in versions} | {row.approved_by for row in versions}
    return {one for one in named | {row.author_id for row in versions} if one}


def _pictures(tx: Tx, digests: frozenset[str]) -> dict[str, bytes]:
    rows = tx.session.exec(select(ItemFileRow).where(col(ItemFileRow.digest).in_(sorted(digests))))
    return {row.digest: row.content for row in rows}
