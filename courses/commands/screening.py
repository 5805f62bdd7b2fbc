"""Screening a client: they come, are asked, noted down and decided on, and reasons are given."""

from collections import Counter
from collections.abc import Sequence
from random import Random

from sqlalchemy.exc import IntegrityError

from base.db import Tx
from base.errors import Conflict, Invalid, NotFound
from base.ids import new_id, new_seed
from base.permissions import Permission, needs
from courses.queries.screening_stored import (
    PlayRecord,
    case_versions,
    play_record,
    plays_of,
    standing_cases,
)
from courses.screening.case import LONGEST_WAIT, Decision
from courses.screening.play import Ask, Decide, Explain, Note, Stage, Step, after, refused
from courses.tables.screening import ScreeningPlayRow, ScreeningStepRow


@needs(Permission.COURSE_STUDY)
def start_client(tx: Tx, slug: str) -> int:
    """Let the next client come and return their number, or that of the one who is there.

    Whoever was seen least often may come next, by a seed that is stored; never the same client
    twice in a row where there is another. Raises `NotFound` where a course has no clients.
    """
    cases = standing_cases(tx.session, slug)
    plays = plays_of(tx.session, tx.actor.own_id, slug)
    if plays and plays[-1].play.stage is not Stage.OVER:
        return plays[-1].number
    if not cases:
        raise NotFound("This course has no clients to screen. Go back to the course.")
    seed = new_seed()
    row = ScreeningPlayRow(
        id=new_id(),
        person_id=tx.actor.own_id,
        course_slug=slug,
        number=plays[-1].number + 1 if plays else 1,
        case_version_id=cases[_next_case(tuple(cases), plays, seed)],
        seed=str(seed),
        started_at=tx.now,
    )
    _store(tx, row)
    return row.number


@needs(Permission.COURSE_STUDY)
def ask_client(tx: Tx, play_id: str, fact_ids: Sequence[str]) -> None:
    """Ask these questions; asking again changes nothing."""
    _take(tx, play_id, [Ask(fact=one) for one in fact_ids])


@needs(Permission.COURSE_STUDY)
def note_finding(tx: Tx, play_id: str, fact_id: str, noted: bool) -> None:
    """Put an answer that was heard on the record as a finding, or take it off."""
    _take(tx, play_id, [Note(fact=fact_id, noted=noted)])


@needs(Permission.COURSE_STUDY)
def decide_on_client(tx: Tx, play_id: str, decision: Decision, wait_days: int = 0) -> None:
    """Decide; the interview ends. `wait_days` from today counts for who defers.

    Raises `Conflict` where another decision stands.
    """
    if not 0 <= wait_days <= LONGEST_WAIT:
        raise Invalid([f"Give a wait from 0 to {LONGEST_WAIT} days."])
    waits = wait_days if decision is Decision.DEFER else 0
    _take(tx, play_id, [Decide(decision=decision, wait_days=waits)])


@needs(Permission.COURSE_STUDY)
def give_reasons(tx: Tx, play_id: str, reasons: Sequence[str]) -> None:
    """Say why; then the client's story is told. Raises `Invalid` where no reason is chosen."""
    _take(tx, play_id, [Explain(reasons=tuple(sorted({*reasons})))])


def _next_case(cases: Sequence[str], plays: Sequence[PlayRecord], seed: int) -> str:
    seen = Counter(one.case_id for one in plays)
    last = plays[-1].case_id if plays else ""
    others = [one for one in cases if one != last] or [*cases]
    fewest = min(seen[one] for one in others)
    return Random(seed).choice([one for one in others if seen[one] == fewest])  # noqa: S311 an order of clients, no secret


def _take(tx: Tx, play_id: str, steps: Sequence[Step]) -> None:
    """Append the steps that change something; raises where one may not be taken now."""
    record = play_record(tx.session, tx.actor.own_id, play_id)
    if record is None:
        raise NotFound("You screen no such client. Go back to the simulator.")
    case = case_versions(tx.session, [record.version_id])[record.version_id]
    play, place = record.play, record.steps
    for step in steps:
        if after(play, step) == play:
            continue
        sentence = refused(case, play, step)
        if sentence:
            raise (Invalid([sentence]) if play.stage is _stage_of(step) else Conflict(sentence))
        place += 1
        _store(tx, _row(tx, play_id, place, step))
        play = after(play, step)


def _stage_of(step: Step) -> Stage:
    return Stage.REASONS if isinstance(step, Explain) else Stage.INTERVIEW


def _row(tx: Tx, play_id: str, place: int, step: Step) -> ScreeningStepRow:
    payload = step.model_dump_json()
    return ScreeningStepRow(
        play_id=play_id, place=place, kind=step.kind, payload=payload, at=tx.now
    )


def _store(tx: Tx, row: ScreeningPlayRow | ScreeningStepRow) -> None:
    try:
        with tx.session.begin_nested():
            tx.session.add(row)
    except IntegrityError as error:
        # Another tab took the same place in the same moment.
        raise Conflict("Another tab went on with this client. Reload the page.") from error
