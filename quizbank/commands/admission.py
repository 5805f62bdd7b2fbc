"""Being admitted to a window: by a code, once, or by the password that is read out in the room."""

import hmac
from collections.abc import Iterable
from datetime import timedelta

from sqlmodel import col, select, update

from base.audit import record
from base.db import Tx
from base.errors import NotAllowed, Throttled
from base.ids import code_digest, new_id
from base.permissions import Permission, needs
from base.throttle import TRIES_PER_SITTING, WINDOW, wait_after
from quizbank.queries.exams import ExamOffer
from quizbank.queries.windows import windows_for
from quizbank.sittings import Window, open_windows
from quizbank.tables.sittings import ExamWindowRow, InvitationRow, SecretFailureRow

WRONG = "This is not right, or no longer. Check it with whoever gave it to you, and try again."


@needs(Permission.EXAM_SIT)
def use_code(tx: Tx, exam_id: str, code: str) -> bool:
    """Let a code admit the acting person to its window; True where it does, now or already.

    A wrong, an unknown and a used one are not told apart. Too many of them raise `Throttled`.
    """
    _refuse_if_throttled(tx, exam_id)
    windows = {one.id for one in windows_for(tx, exam_id)}
    taken = tx.session.exec(
        update(InvitationRow)
        .where(
            col(InvitationRow.code) == code_digest(code),
            col(InvitationRow.window_id).in_(windows),
            col(InvitationRow.person_id).is_(None),
            col(InvitationRow.withdrawn_at).is_(None),
        )
        .values(person_id=tx.actor.own_id, used_at=tx.now)
        .returning(col(InvitationRow.id), col(InvitationRow.window_id))
    ).first()
    if taken:
        record(tx, "window:enter", taken[1], {"invitation": taken[0]})
        return True
    return _is_mine(tx, windows, code) or _note_failure(tx, exam_id)


@needs(Permission.EXAM_SIT)
def knows_password(tx: Tx, exam_id: str, password: str) -> bool:
    """Tell whether this opens a window that admits the person now; notes it where it does not.

    Asked before a start, which asks again: too many wrong ones raise `Throttled`.
    """
    _refuse_if_throttled(tx, exam_id)
    return _opened_by(tx, exam_id, password) is not None or _note_failure(tx, exam_id)


def window_to_sit_in(tx: Tx, offer: ExamOffer, password: str) -> Window | None:
    """Return the window that a start with this password is in, None for an exam without windows.

    Raises `NotAllowed` where none opens.
    """
    if not offer.rules.windowed:
        return None
    window = _opened_by(tx, offer.exam_id, password)
    if window is None:
        raise NotAllowed(WRONG)
    return window


def _opened_by(tx: Tx, exam_id: str, password: str) -> Window | None:
    for window in open_windows(windows_for(tx, exam_id), tx.now):
        wanted = tx.session.get_one(ExamWindowRow, window.id).password
        if wanted is None or _same(wanted, password):
            return window
    return None


def _same(wanted: str, given: str) -> bool:
    # Read out in a room and typed by hand, so that case and blanks do not matter.
    def digest(text: str) -> bytes:
        return "".join(text.casefold().split()).encode()

    return hmac.compare_digest(digest(wanted), digest(given))


def _is_mine(tx: Tx, windows: Iterable[str], code: str) -> bool:
    mine = select(InvitationRow.id).where(
        InvitationRow.code == code_digest(code),
        InvitationRow.person_id == tx.actor.own_id,
        col(InvitationRow.window_id).in_(windows),
        col(InvitationRow.withdrawn_at).is_(None),
    )
    return tx.session.exec(mine).first() is not None


def _note_failure(tx: Tx, exam_id: str) -> bool:
    tx.session.add(
        SecretFailureRow(id=new_id(), person_id=tx.actor.own_id, exam_id=exam_id, at=tx.now)
    )
    return False


def _refuse_if_throttled(tx: Tx, exam_id: str) -> None:
    tries = tx.session.exec(
        select(SecretFailureRow.at, SecretFailureRow.person_id).where(
            SecretFailureRow.at > tx.now - WINDOW,
            (SecretFailureRow.person_id == tx.actor.own_id) | (SecretFailureRow.exam_id == exam_id),
        )
    ).all()
    own = [at for at, person_id in tries if person_id == tx.actor.own_id]
    wait = wait_after(own, tx.now)
    # Who has given nothing wrong is not kept out by those who guess.
    if own:
        wait = max(wait, wait_after([at for at, _ in tries], tx.now, free=TRIES_PER_SITTING))
    if wait > timedelta(0):
        seconds = max(1, round(wait.total_seconds()))
        raise Throttled(
            f"Too many wrong passwords or codes. Wait {seconds} seconds, then try again."
        )
