"""The quiet clock of an exam: counts down in the browser, from the server's deadline.

A component and not a timer of Streamlit's, which would rerun the page every second for everybody
who sits. It also says, in words that screen readers announce, what was saved. The server alone
decides when time is up; this only shows it, and asks for one rerun when it believes so.

Tabs of one browser hear each other: one that another took over asks for a rerun, which draws it
read-only, and a copy of a tab (with its address, and so its name) asks for a name of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
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
  <span><span id="saved" role="status" aria-live="polite"></span> <span id="newer"></span></span>
  <span id="link" role="alert"></span>
  <span id="announce" role="status" aria-live="polite" class="hidden"></span>
</div>
"""
_CSS = """
.bar { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; justify-content: space-between;
  font-family: var(--st-font); color: var(--st-text-color); font-size: 1rem; line-height: 1.5; }
.left { display: inline-flex; align-items: center; gap: 0.4rem; }
#time { font-variant-numeric: tabular-nums; font-weight: 600; }
#link:not(:empty) { flex-basis: 100%; padding: 0.25rem 0.5rem; font-weight: 600;
  border: 2px solid var(--st-text-color); border-radius: 0.5rem; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; }
"""
_JS = """
const clocks = new WeakMap()
const MARKS = [30, 10, 5, 1]
// One number a loaded page, however often this file is loaded into it.
const PAGE = (globalThis.pinpointPage ??= Math.random())

function hear(known) {
  if (known.channel) return
  known.channel = new BroadcastChannel("pinpoint-exam")
  known.channel.onmessage = ({ data: said }) => {
    const mine = known.data
    if (said.page === PAGE || said.attempt !== mine.attempt || !mine.tab) return
    if (said.tab !== mine.tab) known.trigger("taken", true)
    else if (!said.to) known.channel.postMessage({ ...said, page: PAGE, to: said.page })
    else if (said.to === PAGE) known.trigger("copied", true)
  }
}

function tell(known, before) {
  const { attempt, tab } = known.data
  if (tab && tab !== before) known.channel.postMessage({ attempt, tab, page: PAGE })
}

const LOST = "\u26a0 Connection lost. What you chose since the last \u201csaved\u201d is "
  + "not saved yet. What was saved is safe, the clock goes on, and this page comes back by itself."
const WAITING = "Not saved yet: waiting for the academy"
const TYPING = "Not saved yet: it is saved when you pause"
const NEWER = "What you wrote since is saved when you pause."
const PATIENCE = 1000
const PAUSE = 2500
const LAST = 3
const DRIFT = 5000
const AGAIN = 3000
const TIMES = 2
const LOOKS = ["pointerdown", "keydown"]
let wasLost = false

// Streamlit tells how its connection and its last run stand by two attributes of its frame.
const frame = () => document.querySelector("[data-testid='stApp']")

function lost() {
  const link = frame()?.dataset.testConnectionState
  return !navigator.onLine || (link !== undefined && link !== "CONNECTED")
}

const MAIN = "[data-testid='stMain']"
const FIELDS = `${MAIN} input, ${MAIN} [class*='st-key-answer-'] button[role='radio']`

// What a field holds: a tick, a text, or a pressed button among several.
function held(field) {
  if (field.tagName === "BUTTON") return field.ariaChecked
  return ["radio", "checkbox"].includes(field.type) ? field.checked : field.value
}

// Whether a field holds what the server has not answered yet; new fields hold what it drew.
// Our own parts of the page say so themselves.
function isUnanswered(known) {
  let unanswered = document.querySelector(`${MAIN} [data-unsent='sent']`) !== null
  for (const field of document.querySelectorAll(FIELDS)) {
    if (!known.held.has(field)) known.held.set(field, held(field))
    unanswered ||= known.held.get(field) !== held(field)
  }
  return unanswered
}

function focused() {
  let one = document.activeElement
  while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement
  return one
}

// The text field where somebody is typing what is not handed over; those hand over when left.
function typedInto(known) {
  const one = focused()
  const open = one?.matches("[data-testid='stTextInput'] input") && known.held?.has(one)
  return open && known.held.get(one) !== one.value ? one : undefined
}

// Tells a text field that it was left, so that it hands over; the cursor stays where it is.
function handOver(one) {
  if (!one?.matches("input, textarea")) return
  for (const type of ["blur", "focusout"]) {
    one.dispatchEvent(new FocusEvent(type, { bubbles: type === "focusout" }))
  }
}

// Whoever pauses while typing has it saved, and so has whoever still types at the end.
function minding(known, left) {
  const now = performance.now()
  const one = typedInto(known)
  if (one?.value !== known.typed) [known.typed, known.stopped] = [one?.value, now]
  else if (one && now - known.stopped > PAUSE) [known.stopped] = [Infinity, handOver(one)]
  if (!(left <= LAST)) known.ending = false
  else if (!known.ending) [known.ending] = [true, handOver(focused())]
}

// "Saved" is only ever said of what the server has said it of, and not while it is silent.
function say(known) {
  const now = performance.now()
  if (lost()) {
    known.away = wasLost = true
    known.asked = known.times = 0
  } else if (known.away && now - known.asked > AGAIN) {
    // Streamlit may come back without a word: what could not be sent is sent, or drawn as it
    // stands. A server that was restarted knows no part of a page, only pages.
    known.asked = now
    known.times += 1
    if (known.times > TIMES) location.reload()
    else known.trigger("back", true)
  }
  known.since = isUnanswered(known) ? (known.since ?? now) : undefined
  const waits = known.since !== undefined && now - known.since > PATIENCE
  const back = wasLost ? "Connected again. " : ""
  const why = typedInto(known) ? TYPING : WAITING
  const saved = known.away ? "" : waits ? why : back + known.data.saved
  // No news to whoever writes at length: it would be read aloud every few seconds.
  const writes = !known.away && document.querySelector(`${MAIN} [data-unsent='typed']`)
  const said = { "#saved": saved, "#newer": writes ? NEWER : "", "#link": known.away ? LOST : "" }
  for (const [id, text] of Object.entries(said)) {
    const place = known.find(id)
    if (place.textContent !== text) place.textContent = text
  }
}

function watch(known) {
  if (known.watcher) return
  known.held ??= new WeakMap()
  known.watcher = new MutationObserver(() => {
    if (frame().dataset.testScriptState === "notRunning" && !lost()) known.held = new WeakMap()
    say(known)
  })
  const attributeFilter = ["data-test-connection-state", "data-test-script-state"]
  if (frame()) known.watcher.observe(frame(), { attributeFilter })
  // A field that was drawn a moment ago is known before it is changed for the first time.
  known.look = () => isUnanswered(known)
  for (const type of LOOKS) document.addEventListener(type, known.look, true)
  known.hide = () => { if (document.hidden) handOver(typedInto(known)) }
  document.addEventListener("visibilitychange", known.hide)
}

function stop(known) {
  clearInterval(known.timer)
  known.channel?.close()
  known.watcher?.disconnect()
  for (const type of LOOKS) document.removeEventListener(type, known.look, true)
  document.removeEventListener("visibilitychange", known.hide)
  known.channel = known.watcher = undefined
}

// A laptop that sleeps stops the one clock, and somebody may set the other: where they part, the
// server is asked.
function secondsLeft(known) {
  const [ticked, shown] = [known.end - performance.now(), known.wall - Date.now()]
  if (Math.abs(ticked - shown) > DRIFT && !known.parted) {
    known.parted = true
    known.trigger("back", true)
  }
  return Math.min(ticked, shown) / 1000
}

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
  const before = known.data
  known.data = data
  known.find = find
  known.trigger = setTriggerValue
  watch(known)
  hear(known)
  tell(known, before?.tab)
  // This is also called where the browser alone has something to draw.
  if (data.at !== before?.at) {
    known.away = known.expired = known.parted = false
    known.end = data.seconds === null ? null : performance.now() + data.seconds * 1000
    known.wall = Date.now() + data.seconds * 1000
  }
  if (before && data.saved !== before.saved && !lost()) wasLost = false
  say(known)
  find("#progress").textContent = data.progress
  const tick = () => {
    say(known)
    const left = known.end === null ? undefined : secondsLeft(known)
    minding(known, left)
    if (left === undefined) { find("#time").textContent = "No time limit"; return }
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
  return () => stop(known)
}
"""
_COMPONENT = component("pinpoint_clock", html=_HTML, css=_CSS, js=_JS)


@dataclass(frozen=True)
class Clock:
    """What the bar above a question shows: the time left, the progress, what was saved last.

    Without a deadline there is no limit; `tab` is empty where another tab has the attempt.
    """

    attempt: str
    tab: str
    deadline: datetime | None
    now: datetime
    progress: str
    saved: str


def draw_clock(
    shown: Clock,
    on_news: Callable[[], None],
    on_copied: Callable[[], None],
) -> None:
    """Draw the bar.

    `on_news` is called when time is up, another tab took over, or the connection is back;
    `on_copied` where this tab is a copy of one that is open.
    """
    seconds = (shown.deadline - shown.now).total_seconds() if shown.deadline else None
    _COMPONENT(
        key=f"clock-{shown.attempt}",
        data={
            "attempt": shown.attempt,
            "tab": shown.tab,
            "at": shown.now.isoformat(),
            "seconds": seconds,
            "progress": shown.progress,
            "saved": shown.saved,
        },
        on_expired_change=on_news,
        on_taken_change=on_news,
        on_back_change=on_news,
        on_copied_change=on_copied,
    )
