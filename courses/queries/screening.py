"""The clients of a course as one person screens them: never an answer before its question."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from base.db import Tx
from base.errors import NotFound
from base.permissions import Permission, needs
from courses.handbook import Contraindication
from courses.queries.handbook import standing_handbook
from courses.queries.screening_stored import (
    PlayRecord,
    case_versions,
    plays_of,
    standing_cases,
)
from courses.queries.stored import manifest_of
from courses.screening.case import Decision
from courses.screening.play import Stage, mark_of
from courses.screening.scoring import CaseMark, ScreeningStanding
from courses.screening.shown import ClientShown, shown
from quizbank.queries.bank import sources
from quizbank.sources import Source


@dataclass(frozen=True)
class DecidedClient:
    """A client that was decided on, the newest time: their number, and what it was worth."""

    number: int
    client: str
    title: str
    decision: Decision
    right: Decision
    mark: CaseMark


@dataclass(frozen=True)
class ScreeningView:
    """The simulator of a course now.

    `play_id` and `now` are the client on screen, None before the first; `rows` and `sources`
    stand behind their debrief. `newest` is the number of the client who came last.
    """

    course_slug: str
    course_title: str
    standing_note: str
    clients: int
    number: int
    newest: int
    play_id: str | None
    now: ClientShown | None
    rows: tuple[Contraindication, ...]
    sources: tuple[Source, ...]
    standing: ScreeningStanding
    decided: tuple[DecidedClient, ...]


@dataclass(frozen=True)
class ScreeningOffer:
    """What a course page says of its simulator; `running` while a client waits for a decision."""

    clients: int
    running: bool
    standing: ScreeningStanding


@needs(Permission.COURSE_STUDY)
def screening_view(tx: Tx, slug: str, number: int = 0) -> ScreeningView:
    """Return the client who came last, or one's own client of this number, and how one stands.

    Raises `NotFound` where the course has no clients, or this person none of this number.
    """
    course = manifest_of(tx.session, slug).course
    cases = standing_cases(tx.session, slug)
    plays = plays_of(tx.session, tx.actor.own_id, slug)
    if not cases and not plays:
        raise NotFound("This course has no clients to screen. Go back to the course.")
    record = _chosen(plays, number)
    now = _shown(tx.session, record) if record else None
    debrief = now.debrief if now else None
    decided = _decided(tx.session, plays, cases)
    return ScreeningView(
        course_slug=slug,
        course_title=course.title,
        standing_note=course.standing_note,
        clients=len(cases),
        number=record.number if record else 0,
        newest=plays[-1].number if plays else 0,
        play_id=record.id if record else None,
        now=now,
        rows=_rows(tx.session, debrief.rows if debrief else ()),
        sources=sources(tx, debrief.sources) if debrief else (),
        standing=ScreeningStanding(len(cases), tuple(one.mark for one in decided)),
        decided=decided,
    )


@needs(Permission.COURSE_STUDY)
def screening_offer(tx: Tx, slug: str) -> ScreeningOffer | None:
    """Return what a course offers to screen; None where it has no clients."""
    cases = standing_cases(tx.session, slug)
    if not cases:
        return None
    plays = plays_of(tx.session, tx.actor.own_id, slug)
    marks = tuple(one.mark for one in _decided(tx.session, plays, cases))
    running = bool(plays) and plays[-1].play.stage is not Stage.OVER
    return ScreeningOffer(len(cases), running, ScreeningStanding(len(cases), marks))


@needs(Permission.COURSE_STUDY)
def has_clients(tx: Tx, slug: str, objectives: Sequence[str]) -> bool:
    """Tell whether a course has clients to screen for any of these objectives."""
    found = case_versions(tx.session, standing_cases(tx.session, slug).values())
    return any({*case.objectives} & {*objectives} for case in found.values())


def _chosen(plays: Sequence[PlayRecord], number: int) -> PlayRecord | None:
    if not number:
        return plays[-1] if plays else None
    for one in plays:
        if one.number == number:
            return one
    raise NotFound("You have screened no such client. Go back to the simulator.")


def _shown(session: Session, record: PlayRecord) -> ClientShown:
    case = case_versions(session, [record.version_id])[record.version_id]
    return shown(case, record.play, record.seed)


def _decided(
    session: Session, plays: Sequence[PlayRecord], cases: Collection[str]
) -> tuple[DecidedClient, ...]:
    """Return the newest decision on each client of the course, in the order in which they came."""
    newest = {one.case_id: one for one in plays if one.play.stage is Stage.OVER}
    counted = sorted(
        (one for one in newest.values() if one.case_id in cases), key=lambda one: one.number
    )
    found = case_versions(session, [one.version_id for one in counted])
    decided: list[DecidedClient] = []
    for one in counted:
        case, mark = found[one.version_id], mark_of(found[one.version_id], one.play)
        if mark is not None and one.play.decision is not None:
            decision = one.play.decision
            row = (one.number, case.client, case.title, decision, case.decision, mark)
            decided.append(DecidedClient(*row))
    return tuple(decided)


def _rows(session: Session, codes: Sequence[str]) -> tuple[Contraindication, ...]:
    known = {row.id: row for row in standing_handbook(session).handbook.rows}
    return tuple(known[code] for code in codes if code in known)
