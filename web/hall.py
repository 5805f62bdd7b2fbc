"""Asking from in front of the hall whether there is a seat: a small answer, and no rerun."""

from starlette.responses import JSONResponse, Response

from quizbank.commands.hall import queue_up
from quizbank.queries.hall import place_in_queue
from web.site import Visit


def show(visit: Visit) -> Response:
    """Answer with one's number in the queue, 0 where a seat is free, and keep the place.

    Most of those who ask write nothing, so that they do not stand before those who answer.
    """
    actor = visit.actor()
    with visit.read(actor) as tx:
        waiting = place_in_queue(tx)
    place = waiting.number
    if waiting.to_note:
        with visit.write(actor) as tx:
            place = queue_up(tx)
    return JSONResponse({"place": place}, headers={"Cache-Control": "no-store"})
