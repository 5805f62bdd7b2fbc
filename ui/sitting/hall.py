"""In front of a full hall: one's number in the queue, asked for by the browser alone.

A rerun every few seconds for everybody who waits would be felt by those who sit.
"""

import streamlit as st
from streamlit.components.v2 import component

from quizbank.commands.hall import queue_up
from ui.act import act

_HTML = """
<div class="hall" role="status" aria-live="polite">
  <p id="number"></p>
  <p>This page asks by itself for a seat. People get in in the order in which they came;
    whoever closes the page loses the place after two minutes.</p>
</div>
"""
_CSS = """
.hall { font-family: var(--st-font); color: var(--st-text-color); line-height: 1.5;
  border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius);
  padding: 0.5rem 1rem; }
#number { font-size: 1.25rem; font-weight: 600; }
"""
_JS = """
const EVERY = 15000
const waits = new WeakMap()

export default function ({ data, parentElement, setTriggerValue }) {
  const line = parentElement.querySelector("#number")
  clearTimeout(waits.get(parentElement))
  const show = (place) => {
    const text = `The hall is full, you are number ${place}.`
    if (line.textContent !== text) line.textContent = text
  }
  const again = () => waits.set(parentElement, setTimeout(ask, EVERY * (0.8 + 0.4 * Math.random())))
  async function ask() {
    const answer = await fetch(data.address, { cache: "no-store" }).catch(() => null)
    const place = answer?.ok ? (await answer.json()).place : null
    if (place === 0) { setTriggerValue("free", true); return }
    if (place) show(place)
    again()
  }
  show(data.place)
  again()
  return () => clearTimeout(waits.get(parentElement))
}
"""
_COMPONENT = component("pinpoint_hall", html=_HTML, css=_CSS, js=_JS)
_WAITS = "waits-in-front-of-the-hall"


def has_seat() -> bool:
    """Tell whether there is a seat to start in; where there is none, queue up and say so.

    Asked when somebody wants to start, and from then on at every run until there is one.
    """
    place = 0
    acting = act()
    with acting as tx:
        place = queue_up(tx)
    if not acting.committed:
        return False
    waited = st.session_state.pop(_WAITS, False)
    if place:
        st.session_state[_WAITS] = True
        _COMPONENT(
            key="hall", data={"address": "/hall", "place": place}, on_free_change=lambda: None
        )
    elif waited:
        st.success(
            "**There is a seat for you now.** Start within two minutes.",
            icon=":material/door_open:",
        )
    return not place


def is_waiting() -> bool:
    """Tell whether this tab waits for a seat."""
    return bool(st.session_state.get(_WAITS))
