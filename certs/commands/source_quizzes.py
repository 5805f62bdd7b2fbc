"""Sending a short quiz about a changed source to everybody whose certificate rests on it."""

from accounts.commands.outbox import put_message
from accounts.queries.people import sign_in_email
from base.audit import record
from base.db import Tx
from base.permissions import Permission, needs
from certs.queries.source_holders import SourceHolder, holders_of_source
from courses.commands.source_changes import put_update_quiz
from courses.queries.source_changes import change_row
from courses.queries.stored import manifest_of


@needs(Permission.CONTENT_WRITE)
def send_update_quizzes(tx: Tx, change_id: str) -> int:
    """Send the quiz of a change to those who hold a valid certificate that rests on its source.

    Everybody gets it once, by mail and on their first page; sent again, it reaches those who hold
    a certificate since. Returns how many were reached now.
    """
    change = change_row(tx, change_id)
    reached = 0
    for holder in holders_of_source(tx, change.source_key):
        if put_update_quiz(tx, change_id, holder.person_id, holder.course):
            _write(tx, change_id, change.note, holder)
            reached += 1
    facts = {"source": change.source_key, "reached": reached}
    record(tx, "source:send-quiz", change_id, facts)
    return reached


def _write(tx: Tx, change_id: str, note: str, holder: SourceHolder) -> None:
    course = manifest_of(tx.session, holder.course).course.title
    body = (
        f"Dear {holder.name},\n\n"
        f"something changed that your certificate “{course}” rests on:\n\n{note}\n\n"
        "A short quiz about it waits for you on your first page. It is practice: nothing counts, "
        f"and your certificate stays as it is.\n\n{tx.config.public_url}\n"
    )
    address = sign_in_email(tx, holder.person_id)
    subject = f"Something changed: a short quiz for {course}"
    put_message(tx, f"update-quiz:{change_id}:{holder.person_id}", address, subject, body)
