"""The analysis of an exam over the decisions that stand, computed once for each set of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from pydantic import TypeAdapter
from sqlalchemy import func
from sqlmodel import col, select

from base.db import Tx
from base.errors import NotFound
from base.permissions import Permission, needs
from quizbank.exams import ExamRules, Purpose
from quizbank.items import Item
from quizbank.queries.mark_reading import read_marks
from quizbank.queries.published import exam_version, item_versions
from quizbank.queries.remedies import standing_remedies
from quizbank.statistics.answer_names import name_answers
from quizbank.statistics.exam_analysis import AnalysedItem, Covered, ExamAnalysis, analyse_exam
from quizbank.tables.analysis import AnalysisRow
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.bank import ItemVersionRow
from quizbank.tables.exams import ExamRow

# Another number where the figures or their form change, so that nothing old is shown.
_EDITION = 2
ANALYSIS: TypeAdapter[ExamAnalysis] = TypeAdapter(ExamAnalysis)
NO_EXAM = "There is no such exam. Go to the results and choose one."


@dataclass(frozen=True)
class ItemName:
    """What an item version is: of which item, which number, and what it says."""

    item_id: str
    version: int
    item: Item


@dataclass(frozen=True)
class AnalysisFound:
    """An exam's analysis, None while nobody's attempt is decided; `stored` once it was kept.

    `covers` is the digest of the decisions; `names` has what the item versions are, by id.
    """

    exam_id: str
    rules: ExamRules
    covers: str
    computed_at: datetime
    analysis: ExamAnalysis | None
    names: dict[str, ItemName]
    stored: bool


@dataclass(frozen=True)
class ItemInExam:
    """The figures of one item version in one exam."""

    exam_id: str
    exam_title: str
    version: int
    analysed: AnalysedItem


@dataclass(frozen=True)
class AnalysedExam:
    """An exam that can be analysed, and how many of its attempts are decided."""

    exam_id: str
    title: str
    decided: int


@dataclass(frozen=True)
class _Covering:
    """Which attempts an analysis covers: each decision's attempt, in order of time."""

    decisions: dict[str, str]
    people: int
    left_out: int
    covers: str


@needs(Permission.RESULT_READ)
def analysed_exams(tx: Tx) -> tuple[AnalysedExam, ...]:
    """Return every exam, by title."""
    decided = func.count(col(AttemptRow.decision_id))
    rows = tx.session.exec(
        select(ExamRow.id, ExamRow.title, decided)
        .outerjoin(AttemptRow, col(AttemptRow.exam_id) == col(ExamRow.id))
        .where(ExamRow.purpose == Purpose.EXAM)
        .group_by(col(ExamRow.id), col(ExamRow.title))
        .order_by(col(ExamRow.title), col(ExamRow.id))
    )
    return tuple(AnalysedExam(*row) for row in rows)


@needs(Permission.RESULT_READ)
def exam_analysis(tx: Tx, exam_id: str) -> AnalysisFound:
    """Return the analysis over the decisions that stand now; raises `NotFound`.

    What was kept for just these decisions is taken; anything else is computed anew.
    """
    rules = _rules(tx, exam_id)
    covering = _covering(tx, exam_id, rules)
    kept = tx.session.get(AnalysisRow, (exam_id, covering.covers))
    if kept is not None:
        analysis = ANALYSIS.validate_json(kept.result)
    else:
        analysis = _computed(tx, exam_id, rules, covering)
    return AnalysisFound(
        exam_id=exam_id,
        rules=rules,
        covers=covering.covers,
        computed_at=kept.computed_at if kept else tx.now,
        analysis=analysis,
        names=_names(tx, analysis.items if analysis else ()),
        stored=kept is not None,
    )


@needs(Permission.RESULT_READ)
def item_figures(tx: Tx, item_id: str) -> tuple[ItemInExam, ...]:
    """Return an item's figures in the analyses that are kept and still true; none is computed."""
    numbers = dict(
        tx.session.exec(
            select(ItemVersionRow.id, ItemVersionRow.number).where(
                ItemVersionRow.item_id == item_id
            )
        ).all()
    )
    found: list[ItemInExam] = []
    for exam in analysed_exams(tx):
        rules = _rules(tx, exam.exam_id)
        kept = tx.session.get(
            AnalysisRow, (exam.exam_id, _covering(tx, exam.exam_id, rules).covers)
        )
        for one in ANALYSIS.validate_json(kept.result).items if kept else ():
            number = numbers.get(one.figures.item_version_id)
            if number is not None:
                found.append(ItemInExam(exam.exam_id, exam.title, number, one))
    return tuple(found)


def _rules(tx: Tx, exam_id: str) -> ExamRules:
    exam = tx.session.get(ExamRow, exam_id)
    if exam is None or exam.purpose != Purpose.EXAM:
        raise NotFound(NO_EXAM)
    return exam_version(tx.session, exam.version_id)


def _decided(tx: Tx, exam_id: str) -> Sequence[tuple[str, str, str, str]]:
    """Return attempt, decision, person and exam version of every decided attempt, by time."""
    query = (
        select(
            AttemptRow.id,
            col(AttemptRow.decision_id),
            AttemptRow.person_id,
            AttemptRow.exam_version_id,
        )
        .where(AttemptRow.exam_id == exam_id, col(AttemptRow.decision_id).is_not(None))
        .order_by(col(AttemptRow.started_at), col(AttemptRow.id))
    )
    return [
        (one, decision or "", person, rules)
        for one, decision, person, rules in tx.session.exec(query)
    ]


def _covering(tx: Tx, exam_id: str, rules: ExamRules) -> _Covering:
    decided = _decided(tx, exam_id)
    same = {
        version
        for version in {version for *_, version in decided}
        if _compares(exam_version(tx.session, version), rules)
    }
    covered = [one for one in decided if one[3] in same]
    said = [f"{_EDITION} {rules.cut} {rules.size}", *(decision for _, decision, *_ in covered)]
    return _Covering(
        decisions={decision: attempt for attempt, decision, *_ in covered},
        people=len({person for _, _, person, _ in covered}),
        left_out=len(decided) - len(covered),
        covers=sha256("\n".join(said).encode()).hexdigest(),
    )


def _compares(one: ExamRules, standing: ExamRules) -> bool:
    return (one.cut, one.size) == (standing.cut, standing.size)


def _computed(tx: Tx, exam_id: str, rules: ExamRules, covering: _Covering) -> ExamAnalysis | None:
    read = read_marks(tx.session, exam_id, covering.decisions)
    if read is None:
        return None
    items = item_versions(tx.session, read.versions)
    corrected = standing_remedies(tx, read.versions)
    asked = [
        (one, (corrected[one].item if one in corrected else None) or items[one])
        for one in read.versions
    ]
    retakes = len(covering.decisions) - covering.people
    return analyse_exam(
        read.columns,
        asked,
        name_answers([item for _, item in asked], read.answers),
        Covered(rules.cut, rules.size, retakes, covering.left_out),
    )


def _names(tx: Tx, analysed: Sequence[AnalysedItem]) -> dict[str, ItemName]:
    ids = [one.figures.item_version_id for one in analysed]
    items = item_versions(tx.session, ids)
    numbers: dict[str, int] = {}
    for start in range(0, len(ids), 500):
        query = select(ItemVersionRow.id, ItemVersionRow.number).where(
            col(ItemVersionRow.id).in_(ids[start : start + 500])
        )
        numbers |= dict(tx.session.exec(query).all())
    return {one: ItemName(items[one].id, numbers[one], items[one]) for one in ids}
