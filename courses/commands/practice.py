"""Practising: a session is put together, its answers are reviews, and reviews make the schedule."""

from datetime import date

from fsrs import Rating
from pydantic import JsonValue
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from base.db import Tx
from base.errors import Invalid
from base.ids import new_seed
from base.permissions import Permission, needs
from courses.commands.study import start_practice
from courses.habit import GOALS
from courses.practice_choice import LENGTHS, FamilyKey, Mode, Wanted, choose
from courses.queries.practice import own_past, practice_bank
from courses.queries.stored import manifest_of
from courses.scheduling import CardState, Review, card_of, rating_of
from courses.tables.courses import CourseRow
from courses.tables.practice import PracticeSessionRow, ReviewCardRow, ReviewRow, StudyPlanRow
from quizbank.commands.attempts import answer_practice
from quizbank.commands.practice import start_chosen_practice
from quizbank.confidence import Confidence
from quizbank.practice import PractisedAnswer
from quizbank.queries.exams import exam_offer
from quizbank.queries.practised import practised_answer
from quizbank.remediation import remediation_id

_NOTHING_FITS = {
    Mode.DUE: "Nothing is due for review now. Choose another practice.",
    Mode.MISSED: "No question that you missed is open. Choose another practice.",
}
_NO_QUESTION = "There is no such question to practise now. Choose another practice."


@needs(Permission.EXAM_SIT)
def start_session(tx: Tx, slug: str, practice: Wanted) -> str:
    """Start practising what is wanted, or return the practice of this course that is running.

    The questions come from the pool of practice alone; the seed that chose them is stored. Raises
    `Invalid` where none fits.
    """
    course = manifest_of(tx.session, slug).course
    if running := exam_offer(tx, course.practice_id).running:
        return running
    if practice.mode is Mode.QUIZ:
        return start_practice(tx, slug)
    if practice.length not in LENGTHS:
        raise Invalid(["Choose 5, 10 or 20 questions."])
    seed = new_seed()
    chosen = choose(practice, practice_bank(tx, course), own_past(tx, slug), seed)
    if not chosen:
        raise Invalid([_NOTHING_FITS.get(practice.mode, _NO_QUESTION)])
    versions = [one.version_id for one in chosen]
    attempt_id = start_chosen_practice(tx, course.practice_id, versions, seed)
    tx.session.add(
        PracticeSessionRow(
            attempt_id=attempt_id,
            person_id=tx.actor.own_id,
            course_slug=slug,
            mode=practice.mode,
            seed=str(seed),
            at=tx.now,
        )
    )
    tx.session.flush()
    return attempt_id


@needs(Permission.EXAM_SIT)
def answer_question(
    tx: Tx,
    attempt_id: str,
    revision: int,
    position: int,
    response: JsonValue,
    confidence: Confidence | None = None,
) -> int:
    """Give the one answer to a practice question, as `answer_practice` does, and schedule it.

    Once the answer is complete it is a review of its family, which says when that is asked again.
    """
    reached = answer_practice(tx, attempt_id, revision, position, response, confidence)
    done = practised_answer(tx, attempt_id, position)
    slug = _course_practised(tx, done.exam_id) if done else None
    if done and slug:
        _review(tx, slug, attempt_id, position, done)
    return reached


@needs(Permission.EXAM_SIT)
def set_study_plan(tx: Tx, slug: str, daily_goal: int, exam_on: date | None) -> None:
    """Set one's daily goal in a course, and the day of the exam; None takes that away.

    Raises `Invalid` for a goal that is not offered or a day that has gone by.
    """
    manifest_of(tx.session, slug)
    if daily_goal not in GOALS:
        raise Invalid(["Choose one of the goals that are offered."])
    if exam_on and exam_on < tx.now.date():
        raise Invalid(["That day has gone by. Choose the day of your next exam, or none."])
    row = StudyPlanRow(
        person_id=tx.actor.own_id,
        course_slug=slug,
        daily_goal=daily_goal,
        exam_on=exam_on.isoformat() if exam_on else "",
        at=tx.now,
    )
    tx.session.add(row)
    tx.session.flush()


def _course_practised(tx: Tx, exam_id: str) -> str | None:
    """Return the course whose practice, or whose putting right, this is."""
    rows = tx.session.exec(select(CourseRow.slug, CourseRow.exam_id, CourseRow.practice_id))
    return next(
        (slug for slug, exam, quiz in rows if exam_id in {quiz, remediation_id(exam)}), None
    )


def _review(tx: Tx, slug: str, attempt_id: str, position: int, done: PractisedAnswer) -> None:
    tx.session.add(
        ReviewRow(
            person_id=tx.actor.own_id,
            course_slug=slug,
            objective=done.objective,
            family=done.family,
            item_version_id=done.version_id,
            attempt_id=attempt_id,
            position=position,
            fraction=done.fraction,
            confidence=done.confidence,
            rating=rating_of(done.fraction, done.confidence),
            at=tx.now,
        )
    )
    tx.session.flush()
    _schedule(tx, slug, (done.objective, done.family))


def _schedule(tx: Tx, slug: str, key: FamilyKey) -> None:
    """Derive a family's card from all of its reviews, and keep it."""
    row = _held_card(tx, key) or _new_card(tx, slug, key)
    card = _derived(tx, key)
    row.course_slug, row.payload, row.due_at = slug, card.model_dump_json(), card.due
    tx.session.add(row)
    tx.session.flush()


def _derived(tx: Tx, key: FamilyKey) -> CardState:
    rows = tx.session.exec(
        select(ReviewRow.at, ReviewRow.rating)
        .where(
            ReviewRow.person_id == tx.actor.own_id,
            ReviewRow.objective == key[0],
            ReviewRow.family == key[1],
        )
        .order_by(col(ReviewRow.at), col(ReviewRow.number))
    )
    return card_of(Review(at, Rating(rating)) for at, rating in rows)


def _held_card(tx: Tx, key: FamilyKey) -> ReviewCardRow | None:
    # Held, so that an answer in another tab reads this one's review before it writes the card.
    return tx.session.get(ReviewCardRow, (tx.actor.own_id, *key), with_for_update=True)


def _new_card(tx: Tx, slug: str, key: FamilyKey) -> ReviewCardRow:
    row = ReviewCardRow(
        person_id=tx.actor.own_id,
        objective=key[0],
        family=key[1],
        course_slug=slug,
        payload="",
        due_at=tx.now,
    )
    try:
        with tx.session.begin_nested():
            tx.session.add(row)
    except IntegrityError:
        # Another tab was faster; its card is held and derived anew.
        return _held_card(tx, key) or row
    return row
