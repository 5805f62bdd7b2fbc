"""What our own lifespan does to the process, for the bare pages that are served our way."""

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
