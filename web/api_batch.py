"""Checking up to a thousand certificates at once, a verdict for each row."""

from collections import Counter
from collections.abc import Sequence

from pydantic import JsonValue
from starlette.responses import JSONResponse, Response

from base.db import Tx
from base.errors import NotFound
from certs.queries.log import newest_checkpoint
from certs.queries.named_lines import checked_by_serial
from certs.rosters.lines import RosterLine
from certs.rosters.verdicts import CheckedLine
from web.api import HEADERS
from web.api_access import Call
from web.api_bodies import AskedRow, AskedRows, read_body
from web.api_verify import need_json


def verify(call: Call) -> Response:
    """Check every row; each counts one of the day's quota, and all are counted or none."""
    need_json(call)
    asked = read_body(AskedRows, call.visit.body)
    call.spend(len(asked.rows))
    with call.visit.read() as tx:
        checked = checked_by_serial(tx, _lines(asked.rows))
        checkpoint = _checkpoint(tx)
    body: dict[str, JsonValue] = {
        "checked_at": call.visit.now.isoformat(),
        "checkpoint": checkpoint,
        "counts": dict(Counter(_word(one) for one in checked)),
        "rows": [_row(number, one) for number, one in enumerate(checked)],
    }
    return JSONResponse(body, headers=HEADERS)


def _checkpoint(tx: Tx) -> str | None:
    try:
        return newest_checkpoint(tx)
    except NotFound:
        return None


def _lines(rows: Sequence[AskedRow]) -> list[RosterLine]:
    return [
        RosterLine(number, row.name, row.email, row.serial, row.course)
        for number, row in enumerate(rows)
    ]


def _row(number: int, one: CheckedLine) -> dict[str, JsonValue]:
    return {
        "row": number,
        "serial": one.serial or one.line.serial,
        "verdict": _word(one),
        "reason": one.reason,
        "expires": one.expires_at.isoformat() if one.expires_at else None,
    }


def _word(one: CheckedLine) -> str:
    return one.verdict.replace(" ", "_")
