"""Asking from in front of the hall whether there is a seat: a small answer, and no rerun."""

from starlette.responses import JSONResponse, Response

from quizbank.commands.hall import queue_up
from web.site import Visit


def show(visit: Visit) -> Response:
    """Answer with one's number in the queue, 0 where a seat is free, and keep the place."""
    actor = visit.actor()
    with visit.write(actor) as tx:
        place = queue_up(tx)
    return JSONResponse({"place": place}, headers={"Cache-Control": "no-store"})
