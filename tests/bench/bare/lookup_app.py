"""A bare route beside Streamlit: one primary-key look-up, answered as it is stored."""

import os
from pathlib import Path

import streamlit as st
from bare_lifespan import tuned
from sqlalchemy import create_engine, text
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

ENGINE = create_engine(os.environ["BENCH_DATABASE_URL"])
LOOK_UP = text("SELECT facts FROM credential WHERE serial = :serial")


def stored(serial: str) -> str:
    """Return the facts of one certificate."""
    with ENGINE.connect() as connection:
        return connection.execute(LOOK_UP, {"serial": serial}).scalar_one()


async def answer(request: Request) -> Response:
    """Answer with what is stored."""
    return PlainTextResponse(await run_in_threadpool(stored, request.path_params["serial"]))


app = st.App(
    Path(__file__).with_name("page.py"), routes=[Route("/look/{serial}", answer)], lifespan=tuned
)
