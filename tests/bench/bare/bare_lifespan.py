"""How the bare pages are served our way: frozen garbage collector, no delayed packets.

Reading the theme once (`ui.theme`) is left out: it is counted as ours.
"""

import gc
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from web.lifespan import answer_without_delay


@asynccontextmanager
async def tuned(_app: object) -> AsyncGenerator[None, None]:
    """Send small messages at once, and keep what is loaded out of every collection."""
    answer_without_delay()
    gc.collect()
    gc.freeze()
    yield
