"""The bare page as our server would run it: frozen garbage collector, no delayed packets."""

import gc
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st

from web.lifespan import answer_without_delay


@asynccontextmanager
async def tuned(_app: object) -> AsyncGenerator[None, None]:
    """Do to the process what our own lifespan does."""
    answer_without_delay()
    gc.collect()
    gc.freeze()
    yield


app = st.App(Path(__file__).with_name("page.py"), lifespan=tuned)
