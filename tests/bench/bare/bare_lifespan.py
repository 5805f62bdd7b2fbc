"""How the bare pages are served our way: frozen garbage collector, no delayed packets.

Reading the theme once (`ui.theme`) is left out: it is counted as ours.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from web.lifespan import answer_without_delay
from web.memory import keep_what_is_loaded


@asynccontextmanager
async def tuned(_app: object) -> AsyncGenerator[None, None]:
    """Send small messages at once, and keep what is loaded out of every collection."""
    answer_without_delay()
    keep_what_is_loaded()
    yield
