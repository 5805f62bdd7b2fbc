"""Which exams there are, and whether one may be started now."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select

from base.db import Tx
from base.errors import NotFound
from base.permissions import Permission, needs
from quizbank.exams import ExamRules, Outcome, Purpose, Refusal, counting, retake_refusal
from quizbank.queries.accommodations import own_adjustment
from quizbank.queries.certain_mistakes import open_certain_mistakes
from quizbank.queries.published import exam_version
from quizbank.queries.windows import windows_for
from quizbank.sittings import Adjustment, Window, next_window, open_windows, time_to_sit
from quizbank.tables.attempts import AttemptRow
from quizbank.tables.decisions import DecisionRow
from quizbank.tables.exams import ExamRow

_SENTENCES = {
    Refusal.BEING_MARKED: (
        "Your last attempt is handed in and being marked by people. "
        "The result appears here; until then no new attempt is started."
    ),
    Refusal.TO_BE_RELEASED: (
        "Your last attempt is handed in; its result will be released by the academy. "
        "It appears here; until then no new attempt is started."
    ),
}


@dataclass(frozen=True)
class ExamOffer:
    """An exam as a learner finds it: its rules, and whether it can be started now.

    `running` is the id of a running attempt and `deadline` when it must end; `opens_at` says from
    when on a wait is over, or when the next window opens. `last` is the attempt that ended last.
    `adjustment` is what the learner is granted from the next start on; `window` is the one that a
    start would be in, `next_window` the one that opens next; `takes_code` tells whether a code may
    admit to another. `to_put_right` counts the unsafe certainties to put right before it.
    """

    exam_id: str
    rules: ExamRules
    running: str | None
    deadline: datetime | None
    attempts_used: int
    refusal: Refusal | None
    opens_at: datetime | None
    adjustment: Adjustment
    last: str | None
    window: Window | None = None
    next_window: Window | None = None
    takes_code: bool = False
    to_put_right: int = 0

    @property
    def time(self) -> timedelta | None:
        """How long the learner may sit; None without a limit."""
        minutes = self.rules.minutes
        return time_to_sit(minutes, self.adjustment.time_factor) if minutes else None

    @property
    def rest(self) -> timedelta:
        """How long the learner's clock may rest in all."""
        if self.rules.purpose is not Purpose.EXAM:
            return timedelta(0)
        return timedelta(minutes=self.rules.break_minutes + self.adjustment.pause_minutes)


@needs(Permission.EXAM_SIT)
def exam_offer(tx: Tx, exam_id: str) -> ExamOffer:
    """Return the exam with its standing rules; raises `NotFound`."""
    exam = tx.session.get(ExamRow, exam_id)
    if exam is None:
        raise NotFound("There is no such exam. Go to your course and start from there.")
    rules = exam_version(tx.session, exam.version_id)
    rows = tx.session.exec(
        select(AttemptRow, DecisionRow.passed)
        .outerjoin(DecisionRow, col(DecisionRow.id) == col(AttemptRow.released_id))
        .where(AttemptRow.person_id == tx.actor.own_id, AttemptRow.exam_id == exam_id)
    ).all()
    running = next((attempt for attempt, _ in rows if attempt.closed_at is None), None)
    ended = [(one.closed_at, _outcome(rules, one, passed)) for one, passed in rows if one.closed_at]
    closed = [(one.closed_at, one.id) for one, _ in rows if one.closed_at]
    mistakes = len(open_certain_mistakes(tx, exam_id)) if ended else 0
    policy = rules.retakes
    refused = retake_refusal(policy, ended, tx.now, mistakes) if policy else None
    refusal, opens_at = refused or (None, None)
    windows = windows_for(tx, exam_id) if rules.windowed else ()
    window = next(iter(open_windows(windows, tx.now)), None)
    coming = next_window(windows, tx.now)
    if rules.windowed and refusal is None and window is None:
        refusal, opens_at = Refusal.NO_WINDOW, coming.opens_at if coming else None
    return ExamOffer(
        exam_id=exam_id,
        rules=rules,
        running=running.id if running else None,
        deadline=running.deadline if running else None,
        attempts_used=len(counting(ended)),
        refusal=refusal,
        opens_at=opens_at,
        adjustment=own_adjustment(tx),
        window=window,
        next_window=coming,
        takes_code=any(one.takes_code for one in windows),
        last=max(closed)[1] if closed else None,
        to_put_right=mistakes,
    )


def _outcome(rules: ExamRules, attempt: AttemptRow, passed: bool | None) -> Outcome:
    # Only an exam waits for a verdict; practice never gets one.
    if passed is None and rules.purpose is Purpose.EXAM:
        return Outcome.TO_BE_RELEASED if attempt.decision_id else Outcome.BEING_MARKED
    return Outcome.PASSED if passed else Outcome.FAILED


def refusal_sentence(offer: ExamOffer) -> str:
    """Say why the exam cannot be started, and what to do."""
    if offer.refusal and offer.refusal in _SENTENCES:
        return _SENTENCES[offer.refusal]
    if offer.refusal is Refusal.PASSED:
        return _passed(offer.opens_at)
    if offer.refusal is Refusal.NO_ATTEMPTS_LEFT:
        return (
            f"You have used all {offer.attempts_used} attempts. "
            "Talk to your instructor about what to do next."
        )
    if offer.refusal is Refusal.NO_WINDOW:
        return _when_it_opens(offer.next_window)
    if offer.refusal is Refusal.REMEDIATE:
        return _put_right_first(offer)
    opens = f"{offer.opens_at:%-d %B %Y, %H:%M} UTC" if offer.opens_at else "later"
    return f"The next attempt opens on {opens}. Use the time to study what was missed."


def _passed(renews_at: datetime | None) -> str:
    said = "You have passed this exam. Your certificate is under My certificates."
    return f"{said} You can renew it from {renews_at:%-d %B %Y} on." if renews_at else said


def _when_it_opens(window: Window | None) -> str:
    if window is None:
        return (
            "This exam is sat at set times, and none is planned for you now. "
            "Ask the academy when the next one is."
        )
    return (
        f"This exam opens for you on {window.opens_at:%-d %B %Y, %H:%M} UTC "
        f"and closes at {window.closes_at:%H:%M} UTC on {window.closes_at:%-d %B}."
    )


def _put_right_first(offer: ExamOffer) -> str:
    many = offer.to_put_right > 1
    what = f"{offer.to_put_right} unsafe answers" if many else "an unsafe answer"
    said = f"You were certain of {what}. Put {'them' if many else 'it'} right before you try again."
    if offer.opens_at:
        said += f" The next attempt opens on {offer.opens_at:%-d %B %Y, %H:%M} UTC."
    return said
