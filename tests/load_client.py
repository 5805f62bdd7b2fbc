"""A browser tab without a browser: Streamlit's own websocket protocol, hundreds in one process.

It keeps what is drawn and what the widgets hold, sends what the browser would send, and measures
the time from a click to the end of the run that the click started.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import perf_counter
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Radio_pb2 import Radio
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

LONGEST_RUN_SECONDS = 60.0


@dataclass(frozen=True)
class Drawn:
    """An element on the screen, and the run and the fragment that drew it."""

    element: Element
    run: int
    fragment: str

    @property
    def widget_id(self) -> str:
        """The id under which the server knows the widget; empty for what is none."""
        kind = self.element.WhichOneof("type")
        return getattr(getattr(self.element, kind), "id", "") if kind else ""


class Tab:
    """One open tab; `open_tab` makes it."""

    def __init__(self, connection: ClientConnection, address: str) -> None:
        parts = urlsplit(address)
        self._connection = connection
        self._address = address
        self._page_name = parts.path.strip("/")
        self._query = parts.query
        self._page_hash = ""
        self._drawn: dict[tuple[int, ...], Drawn] = {}
        self._values: dict[str, WidgetState] = {}
        self._kept: dict[str, Delta] = {}
        self._run = 0

    async def load(self) -> float:
        """Run the page as a whole, as a browser does at first; returns seconds."""
        return await self._rerun("")

    async def choose(self, radio: Drawn, option: str) -> float:
        """Choose an option of a radio group; returns the seconds until the run had ended."""
        state = WidgetState(id=radio.widget_id, string_value=option)
        self._values[state.id] = state
        return await self._rerun(radio.fragment)

    async def tick(self, checkbox: Drawn) -> float:
        """Tick a checkbox; returns the seconds until the run had ended."""
        state = WidgetState(id=checkbox.widget_id, bool_value=True)
        self._values[state.id] = state
        return await self._rerun(checkbox.fragment)

    async def click(self, button: Drawn) -> float:
        """Click a button; returns the seconds until the run had ended."""
        pressed = WidgetState(id=button.widget_id, trigger_value=True)
        return await self._rerun(button.fragment, pressed)

    def radios(self) -> list[Drawn]:
        """Return the radio groups on the screen."""
        return [one for one in self._drawn.values() if one.element.HasField("radio")]

    def checkbox(self, label: str) -> Drawn:
        """Return the checkbox whose label begins so; raises `LookupError`."""
        return self._one(label, lambda one: one.checkbox.label.startswith(label))

    def button(self, label: str) -> Drawn:
        """Return the button with this label; raises `LookupError`."""
        return self._one(label, lambda one: one.button.label == label)

    def saved(self) -> str:
        """Return what the exam's bar says was saved last, empty where there is no such bar."""
        for one in self._drawn.values():
            bar = one.element.bidi_component
            if bar.component_name.endswith("pinpoint_clock"):
                return str(json.loads(bar.json or bar.mixed.json)["saved"])
        return ""

    def words(self) -> str:
        """Return the headings, texts, alerts and exceptions on the screen, a line each."""
        return "\n".join(_words(one.element) for one in self._drawn.values())

    def _one(self, name: str, fits: Callable[[Element], bool]) -> Drawn:
        for one in self._drawn.values():
            if fits(one.element):
                return one
        raise LookupError(f"There is no {name!r} on the screen: {self.words()}")

    async def _rerun(self, fragment: str, pressed: WidgetState | None = None) -> float:
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string = self._query
        asked.page_script_hash = self._page_hash
        asked.page_name = "" if self._page_hash else self._page_name
        asked.fragment_id = fragment
        asked.context_info.timezone = "UTC"
        asked.context_info.locale = "en-GB"
        asked.context_info.url = self._address
        asked.cached_message_hashes.extend(self._kept)
        asked.widget_states.widgets.extend(self._values.values())
        if pressed is not None:
            asked.widget_states.widgets.append(pressed)
        started = perf_counter()
        async with asyncio.timeout(LONGEST_RUN_SECONDS):
            await self._connection.send(message.SerializeToString())
            while not self._finishes(await self._connection.recv(decode=False)):
                pass
        return perf_counter() - started

    def _finishes(self, received: bytes) -> bool:
        message = ForwardMsg.FromString(received)
        kind = message.WhichOneof("type")
        if kind == "script_finished":
            return self._finish(message.script_finished)
        if kind == "new_session":
            self._run += 1
            self._page_hash = message.new_session.page_script_hash
        elif kind == "navigation":
            self._page_hash = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif kind in {"delta", "ref_hash"}:
            self._draw(message)
        return False

    def _draw(self, message: ForwardMsg) -> None:
        delta = self._kept[message.ref_hash] if message.ref_hash else message.delta
        if message.metadata.cacheable:
            self._kept[message.hash] = delta
        if not delta.HasField("new_element"):
            return
        drawn = Drawn(delta.new_element, self._run, delta.fragment_id)
        self._drawn[tuple(message.metadata.delta_path)] = drawn
        state = _first_state(drawn.element)
        if state is not None and (drawn.widget_id not in self._values or _told(drawn.element)):
            self._values[drawn.widget_id] = state

    def _finish(self, status: ForwardMsg.ScriptFinishedStatus.ValueType) -> bool:
        if status == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return False
        fresh = {one.fragment for one in self._drawn.values() if one.run == self._run}
        whole = status != ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY
        self._drawn = {
            path: one
            for path, one in self._drawn.items()
            if one.run == self._run or not (whole or one.fragment in fresh)
        }
        shown = {one.widget_id for one in self._drawn.values()}
        self._values = {one: state for one, state in self._values.items() if one in shown}
        return True


@asynccontextmanager
async def open_tab(address: str, cookies: str = "") -> AsyncGenerator[Tab, None]:
    """Open a tab at a page's address, with a Cookie header; the page is not run yet."""
    parts = urlsplit(address)
    async with connect(
        f"ws://{parts.netloc}/_stcore/stream",
        origin=Origin(f"http://{parts.netloc}"),
        subprotocols=[Subprotocol("streamlit"), Subprotocol("PLACEHOLDER_AUTH_TOKEN")],
        additional_headers={"Cookie": cookies} if cookies else None,
        open_timeout=LONGEST_RUN_SECONDS,
        max_size=None,
        ping_interval=None,
        proxy=None,
    ) as connection:
        yield Tab(connection, address)


def options_of(radio: Drawn) -> list[str]:
    """Return the texts of a radio group's options."""
    return list(radio.element.radio.options)


def _told(element: Element) -> bool:
    """Whether the server tells the browser what the widget holds now."""
    kind = element.WhichOneof("type")
    return bool(kind) and bool(getattr(getattr(element, kind), "set_value", False))


def _first_state(element: Element) -> WidgetState | None:
    """What the browser registers when a widget appears."""
    kind = element.WhichOneof("type")
    if kind == "radio":
        value = _radio_value(element.radio)
        return WidgetState(id=element.radio.id, string_value=value) if value else None
    if kind == "checkbox":
        box = element.checkbox
        return WidgetState(id=box.id, bool_value=box.value if box.set_value else box.default)
    if kind == "text_input":
        field = element.text_input
        text = field.value if field.set_value else field.default
        return WidgetState(id=field.id, string_value=text)
    if kind == "button_group":
        group = element.button_group
        state = WidgetState(id=group.id)
        chosen = [group.options[one].content for one in group.default]
        state.string_array_value.data.extend(group.raw_values if group.set_value else chosen)
        return state
    return None


def _radio_value(radio: Radio) -> str:
    if radio.set_value:
        return radio.raw_value
    return radio.options[radio.default] if radio.HasField("default") else ""


def _words(element: Element) -> str:
    kind = element.WhichOneof("type")
    shown = getattr(element, kind) if kind and kind != "html" else None
    texts = [getattr(shown, name, "") for name in ("label", "body", "message")]
    return " ".join(str(one) for one in texts if one)
