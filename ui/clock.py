"""The quiet clock of an exam: counts down in the browser, from the server's deadline.

A component and not a timer of Streamlit's, which would rerun the page every second for everybody
who sits. It also says, in words that screen readers announce, what was saved. The server alone
decides when time is up; this only shows it, and asks for one rerun when it believes so.
"""

from collections.abc import Callable
from datetime import datetime

from streamlit.components.v2 import component

_HTML = """
<div class="bar">
  <span class="left">
    <svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true" fill="none"
      stroke="currentColor" stroke-width="2" stroke-linecap="round">
      <circle cx="12" cy="13" r="8"/><path d="M12 9v4l2.5 2M9 2h6"/>
    </svg>
    <span id="time"></span>
  </span>
  <span id="progress"></span>
  <span id="saved" role="status" aria-live="polite"></span>
  <span id="announce" role="status" aria-live="polite" class="hidden"></span>
</div>
"""
_CSS = """
.bar { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; justify-content: space-between;
  font-family: var(--st-font); color: var(--st-text-color); font-size: 1rem; line-height: 1.5; }
.left { display: inline-flex; align-items: center; gap: 0.4rem; }
#time { font-variant-numeric: tabular-nums; font-weight: 600; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; }
"""
_JS = """
const clocks = new WeakMap()
const MARKS = [30, 10, 5, 1]

function words(seconds) {
  const s = Math.max(0, Math.ceil(seconds))
  const minutes = Math.floor(s / 60)
  if (s >= 3600) {
    return `${Math.floor(s / 3600)} h ${String(minutes % 60).padStart(2, "0")} min left`
  }
  return `${minutes}:${String(s % 60).padStart(2, "0")} left`
}

export default function ({ data, parentElement, setTriggerValue }) {
  const find = (id) => parentElement.querySelector(id)
  const known = clocks.get(parentElement) ?? { said: new Set(), expired: false }
  clearInterval(known.timer)
  const end = data.seconds === null ? null : performance.now() + data.seconds * 1000
  if (find("#saved").textContent !== data.saved) find("#saved").textContent = data.saved
  find("#progress").textContent = data.progress
  const tick = () => {
    if (end === null) { find("#time").textContent = "No time limit"; return }
    const left = (end - performance.now()) / 1000
    find("#time").textContent = words(left)
    const mark = MARKS.find((m) => left <= m * 60 && left > m * 60 - 5)
    if (mark && !known.said.has(mark)) {
      known.said.add(mark)
      find("#announce").textContent = mark === 1 ? "1 minute left" : `${mark} minutes left`
    }
    if (left <= -1 && !known.expired) {
      known.expired = true
      setTriggerValue("expired", true)
    }
  }
  tick()
  known.timer = setInterval(tick, 500)
  clocks.set(parentElement, known)
  return () => clearInterval(known.timer)
}
"""
_COMPONENT = component("pinpoint_clock", html=_HTML, css=_CSS, js=_JS)


def draw_clock(
    deadline: datetime | None,
    now: datetime,
    progress: str,
    saved: str,
    key: str,
    on_expired: Callable[[], None],
) -> None:
    """Draw the time left until `deadline` (None: no limit), the progress, what was saved last."""
    seconds = (deadline - now).total_seconds() if deadline else None
    _COMPONENT(
        key=key,
        data={"seconds": seconds, "progress": progress, "saved": saved},
        on_expired_change=on_expired,
    )
