"""What is typed and not yet saved stays in this tab, for whoever is signed out while writing.

Kept in the tab's own storage under the exam and the place in it, and readable only with a key that
the server gives to the exam's own trainee: the next person at the same browser can read nothing.
It goes when the text is saved, when the exam has ended, and with the tab. A browser that knows no
encryption, because the academy is reached without TLS, keeps nothing.
"""

import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from hmac import digest
from typing import Any

import streamlit as st
from streamlit.components.v2 import component

from base.academy import academy

_KEY = re.compile(r"answer-([0-9a-z]+)-(\d+)@\d+(.*)", re.DOTALL)

# For any part of the page that has a field: `keep`, `forget` and `kept` take its place.
KEEPING = """
const binary = (buffer) =>
  Array.from(new Uint8Array(buffer), (one) => String.fromCharCode(one)).join("")
const bytes = (text) => Uint8Array.from(text, (one) => one.charCodeAt(0))
const NONCE = 12
let turns = 0

function secretOf(place) {
  return crypto.subtle.importKey("raw", bytes(atob(place.secret)), "AES-GCM", false,
    ["encrypt", "decrypt"])
}

async function keep(place, said) {
  if (!place || !globalThis.crypto?.subtle) return
  const turn = ++turns
  const iv = crypto.getRandomValues(new Uint8Array(NONCE))
  const plain = new TextEncoder().encode(JSON.stringify(said))
  const hidden = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await secretOf(place), plain)
  // A tab whose storage is full keeps nothing more; what it says of saving stays true.
  try {
    if (turn === turns) sessionStorage.setItem(place.name, binary(iv) + binary(hidden))
  } catch {}
}

function forget(place) {
  turns += 1
  if (place) sessionStorage.removeItem(place.name)
}

async function kept(place) {
  const found = place && globalThis.crypto?.subtle && sessionStorage.getItem(place.name)
  if (!found) return undefined
  try {
    const [iv, hidden] = [bytes(found.slice(0, NONCE)), bytes(found.slice(NONCE))]
    const secret = await secretOf(place)
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, secret, hidden)
    return JSON.parse(new TextDecoder().decode(plain))
  } catch {
    return undefined
  }
}
"""
_JS = """
export default function ({ data, setTriggerValue }) {
  const mine = Object.keys(sessionStorage).filter((name) => name.startsWith(data.mine))
  if (data.ended) for (const name of mine) sessionStorage.removeItem(name)
  else if (mine.length) setTriggerValue("at", parseInt(mine[0].slice(data.mine.length), 10))
}
"""
_COMPONENT = component("pinpoint_typed", js=_JS)


def typed_key(attempt_id: str, position: int, generation: int) -> str:
    """Return the key of a question's fields, so that what is typed into them is kept."""
    return f"answer-{attempt_id}-{position}@{generation}"


def place_of(key: str) -> dict[str, str] | None:
    """Return where a field keeps what is typed, or None where nothing is to be kept."""
    known = _KEY.fullmatch(key)
    if known is None:
        return None
    attempt_id, position, part = known.groups()
    return {"name": f"{_mine(attempt_id)}{position}{part}", "secret": _secret(attempt_id)}


def find_typed(attempt_id: str, found: Callable[[int], None]) -> None:
    """Call `found` with the position of a question where this tab keeps what was not saved."""
    key = f"find-typed-{attempt_id}"

    def at() -> None:
        state: Any = st.session_state.get(key)
        position = state.get("at") if state else None
        # Whatever a client sends may arrive here.
        if isinstance(position, int):
            found(position)

    _COMPONENT(key=key, data={"mine": _mine(attempt_id), "ended": False}, on_at_change=at)


def forget_typed(attempt_id: str) -> None:
    """Let this tab keep nothing of an exam that has ended."""
    data = {"mine": _mine(attempt_id), "ended": True}
    _COMPONENT(key=f"forget-typed-{attempt_id}", data=data, on_at_change=lambda: None)


def _mine(attempt_id: str) -> str:
    return f"pinpoint-typed:{attempt_id}:"


def _secret(attempt_id: str) -> str:
    secret = academy().config.secret_key.encode()
    return b64encode(digest(secret, f"typed\n{attempt_id}".encode(), sha256)).decode()
