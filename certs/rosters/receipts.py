"""A receipt: what a clinic checked, when, by whom, against which checkpoint, as data."""

import json
from base64 import b64encode
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import JsonValue

from certs.checkpoints import read_checkpoint, verified_checkpoint
from certs.merkle import extends
from certs.rosters.verdicts import CheckedLine, RosterVerdict

FORMAT = "pinpoint-receipt-1"


@dataclass(frozen=True)
class Receipt:
    """What was checked; `checkpoint` is the issuance log's signed note of that moment, or empty."""

    id: str
    academy: str
    address: str
    clinic: str
    title: str
    checked_by: str
    checked_at: datetime
    checkpoint: str
    lines: tuple[CheckedLine, ...]
    demo: bool

    @property
    def counts(self) -> dict[RosterVerdict, int]:
        """How many lines have each verdict, those alone that any line has."""
        found = Counter(one.verdict for one in self.lines)
        return {one: found[one] for one in RosterVerdict if found[one]}


def receipt_data(receipt: Receipt) -> dict[str, JsonValue]:
    """Return the receipt as plain data; instants in UTC, ISO 8601."""
    return {
        "format": FORMAT,
        "id": receipt.id,
        "demo": receipt.demo,
        "academy": receipt.academy,
        "address": receipt.address,
        "clinic": receipt.clinic,
        "title": receipt.title,
        "checked_by": receipt.checked_by,
        "checked_at": _instant(receipt.checked_at),
        "checkpoint": receipt.checkpoint or None,
        "counts": {verdict.value: number for verdict, number in receipt.counts.items()},
        "lines": [_line(one) for one in receipt.lines],
    }


def receipt_json(receipt: Receipt) -> str:
    """Return the receipt as JSON; the same receipt always gives the same text."""
    return json.dumps(receipt_data(receipt), ensure_ascii=False, indent=1) + "\n"


def log_in_words(note: str) -> str:
    """Return which log and which state of it a checkpoint names; empty where it is none."""
    said = read_checkpoint(note)
    if said is None:
        return ""
    return f"{said.origin}, {said.size} entries, root {b64encode(said.root).decode()}"


def log_size_in(note: str) -> int:
    """Return how many entries a checkpoint names; 0 where it is none."""
    said = read_checkpoint(note)
    return said.size if said else 0


def continues(old: str, new: str, proof: Sequence[bytes], keys: Sequence[bytes]) -> bool:
    """Tell whether the log of the new checkpoint begins with all of the old one's.

    Both must be signed by one of the keys and be of the same log.
    """
    before, after = (verified_checkpoint(note, keys) for note in (old, new))
    if before is None or after is None or before.origin != after.origin:
        return False
    return extends(before.size, after.size, before.root, after.root, proof)


def _line(one: CheckedLine) -> JsonValue:
    return {
        "line": one.line.line,
        "name": one.line.name,
        "email_or_staff_no": one.line.contact,
        "credential_id": one.line.serial,
        "course": one.line.course,
        "result": one.verdict.value,
        "reason": one.reason,
        "checked_credential": one.serial,
        "expires": _instant(one.expires_at) if one.expires_at else None,
    }


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
