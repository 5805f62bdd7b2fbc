"""The exam or practice that is on the screen: where it stands, and its one question.

Nothing here carries a key, a weight or feedback but what `disclosure` allows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pydantic import JsonValue
from sqlalchemy import bindparam
from sqlalchemy import select as select_columns
from sqlmodel import col

from base.db import Tx
from base.errors import NotFound
from base.permissions import Permission, needs
from base.prepared import Prepared
from quizbank.attempts import Progress
from quizbank.confidence import Confidence
from quizbank.disclosure import ReviewWindow, may_see
from quizbank.exams import ExamRules, Purpose
from quizbank.kinds.case_shown import Debrief
from quizbank.kinds.item import field_of
from quizbank.kinds.shown import (
    Explanation,
    Mark,
    Prompt,
    State,
)
from quizbank.queries.attempts import NOT_YOURS, item_at, position_exists, progress_of
from quizbank.queries.breaks import Breaks, breaks_of
from quizbank.queries.published import exam_version, form_items, item_version
from quizbank.review_windows import Part
from quizbank.tables.attempts import AttemptRow


@dataclass(frozen=True)
class Feedback:
    """What a learner may see after answering: the mark, every option's reason, the sources.

    A case has a debrief, which tells the reasons stage by stage.
    """

    mark: Mark
    explanations: tuple[Explanation, ...]
    sources: tuple[str, ...]
    debrief: Debrief | None = None


@dataclass(frozen=True)
class SittingItem:
    """The question on the screen.

    `asks_confidence` tells whether to ask how sure the answer is; `confidence` is what was said.
    """

    position: int
    prompt: Prompt
    response: JsonValue
    feedback: Feedback | None
    asks_confidence: bool = False
    confidence: Confidence | None = None


@dataclass(frozen=True)
class Sitting:
    """A running or ended attempt as its learner sees it; positions count from 1.

    `texts` are positions with a text that is only read; a case is `answered` once its last stage is
    done, and `begun` while only some of its stages have answers. `marks` is the sum of an ended
    practice, of so many questions that are marked by themselves; an exam's marks stand in its
    verdict. `unsaid` are positions with an answer that do not say how sure it is, where that is
    asked. `tab` is the only screen that may write, None while no screen has written. `touched` is
    the position that was answered, flagged or opened last.
    """

    attempt_id: str
    exam_id: str
    rules: ExamRules
    revision: int
    started_at: datetime
    deadline: datetime | None
    tab: str | None
    now: datetime
    ended: bool
    size: int
    texts: frozenset[int]
    answered: frozenset[int]
    begun: frozenset[int]
    flagged: frozenset[int]
    item: SittingItem | None
    marks: float | None
    marked: int
    unsaid: frozenset[int] = frozenset()
    breaks: Breaks | None = None
    touched: int | None = None

    @property
    def frozen(self) -> frozenset[int]:
        """Positions of questions that a break has closed."""
        return self.breaks.frozen if self.breaks else frozenset()

    @property
    def questions(self) -> int:
        """How many positions ask something."""
        return self.size - len(self.texts)

    @property
    def unanswered(self) -> tuple[int, ...]:
        """Positions of questions without an answer, in order."""
        passed_over = self.answered | self.texts
        return tuple(place for place in range(1, self.size + 1) if place not in passed_over)

    @property
    def first_open(self) -> int | None:
        """The first position whose question has no answer and can still be given one."""
        return next((place for place in self.unanswered if place not in self.frozen), None)

    @property
    def was_at(self) -> int | None:
        """Where its steps say that the learner was; None where that is not known, or closed.

        That is the position touched last, or the next one where that is answered and the next is
        not: who has answered is mostly reading on.
        """
        if self.touched is None or self.touched in self.frozen:
            return self.first_open if self.frozen else None
        follows = self.touched + 1
        known = self.answered | self.frozen
        reads_on = self.touched in self.answered and follows not in known
        return follows if reads_on and follows <= self.size else self.touched

    def number_of(self, position: int) -> int:
        """Return the question's number: texts to read have none, and are not counted."""
        return position - sum(place < position for place in self.texts)

    def numbers(self, positions: Iterable[int]) -> str:
        """Return the numbers of these questions in order: "3, 7, 12"."""
        return ", ".join(str(self.number_of(place)) for place in sorted(positions))


@dataclass(frozen=True)
class _Standing:
    """What is read of an attempt's row at every click."""

    id: str
    exam_id: str
    exam_version_id: str
    form_id: str
    started_at: datetime
    deadline: datetime | None
    closed_at: datetime | None
    tab: str | None
    time_factor: float
    pause_seconds: int
    paused_until: datetime | None
    window_id: str | None


_UNMARKED = {State.TO_MARK, State.NOT_SCORED}
# Asked at every click, so it is prepared.
_STANDING = Prepared(
    select_columns(
        col(AttemptRow.id),
        col(AttemptRow.exam_id),
        col(AttemptRow.exam_version_id),
        col(AttemptRow.form_id),
        col(AttemptRow.started_at),
        col(AttemptRow.deadline),
        col(AttemptRow.closed_at),
        col(AttemptRow.tab),
        col(AttemptRow.time_factor),
        col(AttemptRow.pause_seconds),
        col(AttemptRow.paused_until),
        col(AttemptRow.window_id),
    ).where(
        col(AttemptRow.id) == bindparam("attempt"), col(AttemptRow.person_id) == bindparam("person")
    )
)


@needs(Permission.EXAM_SIT)
def sitting(tx: Tx, attempt_id: str, position: int = 1) -> Sitting:
    """Return one's own attempt with the question at `position`; raises `NotFound`."""
    attempt = _standing(tx, attempt_id)
    progress = progress_of(tx, attempt.id)
    rules = exam_version(tx.session, attempt.exam_version_id)
    places = form_items(tx.session, attempt.form_id)
    marks, marked = _practice_marks(tx, attempt, rules, progress)
    answered = _answered(tx, attempt.form_id, progress)
    texts = frozenset(place.position for place in places if not place.asks)
    breaks = breaks_of(tx, attempt, progress, position, texts)
    hidden = breaks is not None and breaks.hides
    return Sitting(
        attempt_id=attempt.id,
        exam_id=attempt.exam_id,
        rules=rules,
        revision=progress.revision,
        started_at=attempt.started_at,
        deadline=attempt.deadline,
        tab=attempt.tab,
        now=tx.now,
        ended=attempt.closed_at is not None,
        size=len(places),
        texts=texts,
        answered=answered,
        begun=_begun(progress, answered),
        flagged=progress.flagged,
        item=None if hidden else _item(tx, attempt, rules, progress, position),
        marks=marks,
        marked=marked,
        unsaid=_unsaid(tx, attempt.form_id, rules, progress),
        breaks=breaks,
        touched=progress.touched,
    )


def _answered(tx: Tx, form_id: str, progress: Progress) -> frozenset[int]:
    # Asked at every click, so only what is answered by stages has its item looked up.
    return frozenset(
        place
        for place, response in progress.responses.items()
        if field_of(response, "done") is None or item_at(tx, form_id, place).complete(response)
    )


def _begun(progress: Progress, answered: frozenset[int]) -> frozenset[int]:
    return frozenset(
        place
        for place, response in progress.responses.items()
        if place not in answered and field_of(response, "stages")
    )


def _unsaid(tx: Tx, form_id: str, rules: ExamRules, progress: Progress) -> frozenset[int]:
    if not rules.confidence:
        return frozenset()
    asked = {one.position for one in form_items(tx.session, form_id) if one.asks_confidence}
    return frozenset(asked & progress.responses.keys() - progress.confidences.keys())


def _standing(tx: Tx, attempt_id: str) -> _Standing:
    asked = {"attempt": attempt_id, "person": tx.actor.own_id}
    row = _STANDING.run(tx.connection, asked)
    if row is None:
        raise NotFound(NOT_YOURS)
    return _Standing(*row)


def _item(
    tx: Tx, attempt: _Standing, rules: ExamRules, progress: Progress, position: int
) -> SittingItem | None:
    if not position_exists(tx, attempt.form_id, position):
        return None
    response = progress.responses.get(position)
    item = item_at(tx, attempt.form_id, position)
    shown = may_see(rules, _window(attempt, item.complete(response)))
    if Part.QUESTION not in shown:
        return None
    place = form_items(tx.session, attempt.form_id)[position - 1]
    order = place.option_order
    feedback = None
    if {Part.CORRECTNESS, Part.ANSWER} <= shown:
        feedback = Feedback(
            mark=item.mark(response),
            explanations=item.explain(response, order),
            sources=item.sources,
            debrief=item.debrief(response, order),
        )
    return SittingItem(
        position=position,
        prompt=item.prompt(order, response),
        response=response if Part.RESPONSE in shown else None,
        feedback=feedback,
        asks_confidence=rules.confidence and place.asks_confidence,
        confidence=progress.confidences.get(position) if Part.RESPONSE in shown else None,
    )


def _practice_marks(
    tx: Tx, attempt: _Standing, rules: ExamRules, progress: Progress
) -> tuple[float | None, int]:
    if rules.purpose is not Purpose.PRACTICE or attempt.closed_at is None:
        return None, 0
    given = (
        item_version(tx.session, place.item_version_id).mark(progress.responses.get(place.position))
        for place in form_items(tx.session, attempt.form_id)
    )
    counted = [one.fraction for one in given if one.state not in _UNMARKED]
    return sum(counted), len(counted)


def _window(attempt: _Standing, complete: bool) -> ReviewWindow:
    # An exam that has ended is read through `queries.attempt_review`, never as a sitting.
    if attempt.closed_at is not None:
        return ReviewWindow.HANDED_IN
    return ReviewWindow.ANSWERED if complete else ReviewWindow.OPEN
