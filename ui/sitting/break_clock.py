"""The clock of a break: counts down in the browser, and asks for one rerun when it is over."""

from collections.abc import Callable
from datetime import datetime

from streamlit.components.v2 import component

_HTML = """
<p id="time"></p>
<span id="announce" role="status" aria-live="polite" class="hidden"></span>
"""
_CSS = """
#time { margin: 0; font-family: var(--st-heading-font); color: var(--st-text-color);
  font-size: 2.5rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; }
"""
_JS = """
const clocks = new WeakMap()

// A server that was restarted knows no part of this page, so that "Go on" would do nothing.
function comeBack(known) {
  const link = document.querySelector("[data-testid='stApp']")?.dataset.testConnectionState
  if (link !== undefined && link !== "CONNECTED") known.away = true
  else if (known.away) location.reload()
}

export default function ({ data, parentElement, setTriggerValue }) {
  const find = (id) => parentElement.querySelector(id)
  const known = clocks.get(parentElement) ?? { said: false, over: false }
  clearInterval(known.timer)
  // This is also called where the browser alone has something to draw.
  if (data.at !== known.at) {
    known.at = data.at
    known.end = performance.now() + data.seconds * 1000
    known.wall = Date.now() + data.seconds * 1000
  }
  // A laptop that sleeps stops the one clock, not the other.
  const ends = () => Math.min(known.end - performance.now(), known.wall - Date.now())
  const tick = () => {
    comeBack(known)
    const left = Math.max(0, Math.ceil(ends() / 1000))
    const seconds = String(left % 60).padStart(2, "0")
    find("#time").textContent = `${Math.floor(left / 60)}:${seconds} of your break left`
    if (left <= 60 && !known.said) {
      known.said = true
      find("#announce").textContent = "Your break ends within a minute"
    }
    if (ends() <= -1000 && !known.over) {
      known.over = true
      setTriggerValue("over", true)
    }
  }
  tick()
  known.timer = setInterval(tick, 500)
  clocks.set(parentElement, known)
  return () => clearInterval(known.timer)
}
"""
_COMPONENT = component("pinpoint_break_clock", html=_HTML, css=_CSS, js=_JS)


def draw_break_clock(key: str, until: datetime, now: datetime, on_over: Callable[[], None]) -> None:
    """Draw how much of a break is left; `on_over` is called when it has ended by itself."""
    left = (until - now).total_seconds()
    _COMPONENT(key=key, data={"at": now.isoformat(), "seconds": left}, on_over_change=on_over)
