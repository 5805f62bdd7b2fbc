"""A field for long texts that counts words as they are typed and hands the text over in time.

A component and not `st.text_area`, which hands its text over only when it is left: whoever writes
for half an hour would lose it all to a closed laptop or to the deadline. The text goes to the
server when the field is left, when the tab is hidden, and while typing pauses, but not more often
than every ten seconds, so that an attempt does not grow by a step for every word; whoever never
pauses hands over that often, too. In an exam this tab keeps what was typed since (`ui/typed.py`),
and fills it in again once: afterwards it only offers to, or what is refused would be sent for ever.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.components.v2 import component

from quizbank.kinds.essay import WORD
from ui.typed import KEEPING, place_of

LONGEST = 40_000

_HTML = """
<label for="text">Your answer</label>
<textarea id="text" rows="14" aria-describedby="length"></textarea>
<p id="length"></p>
<p id="kept" role="status"></p>
<button id="back" type="button" hidden>Put it back</button>
"""
_CSS = """
label { display: block; font: 0.875rem/1.5 var(--st-font); color: var(--st-text-color);
  margin-bottom: 0.25rem; }
textarea { box-sizing: border-box; width: 100%; min-height: 12rem; resize: vertical;
  padding: 0.6rem 0.75rem; font: 1rem/1.55 var(--st-font); color: var(--st-text-color);
  background: var(--st-secondary-background-color);
  border: 1px solid color-mix(in srgb, var(--st-text-color) 55%, transparent);
  border-radius: var(--st-base-radius, 0.5rem); }
textarea:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 1px; }
textarea:disabled { opacity: 0.7; }
p { margin: 0.25rem 0 0; font: 1rem/1.5 var(--st-font); color: var(--st-text-color); }
p[data-outside="true"], #kept { font-weight: 600; }
#kept:empty { display: none; }
button { min-height: 2.5rem; padding: 0.25rem 0.75rem; font: 1rem/1.5 var(--st-font);
  color: var(--st-text-color); background: transparent; cursor: pointer;
  border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius, 0.5rem); }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 1px; }
"""
_JS = (
    KEEPING
    + """
const fields = new WeakMap()
// What was typed outlives a redraw that makes the field anew.
const typed = new Map()
const IDLE = 2000
const APART = 10000
const BACK = "What you had typed here is back."
const OTHER = "You had typed another text here that was not saved."
// Where a text came back by itself, or was typed since this page was loaded.
const mine = new Set()

export default function ({ data, parentElement, setStateValue }) {
  const area = parentElement.querySelector("textarea")
  const known = fields.get(parentElement) ?? { left: 0 }
  fields.set(parentElement, known)
  const isNew = known.field !== data.field
  if (isNew) {
    known.field = data.field
    known.offered = known.since = undefined
    known.finding = Boolean(data.place)
    known.sent = typed.get(data.field) ?? data.text
    area.value = known.sent
    known.away = false
  }
  area.disabled = data.disabled
  area.maxLength = data.longest
  parentElement.querySelector("label").textContent = data.label

  // The bar above says so, too.
  const host = parentElement.getRootNode().host ?? parentElement
  const tell = () => {
    const saved = area.value.trim() === data.text.trim()
    host.dataset.unsent = saved ? "" : area.value === known.sent ? "sent" : "typed"
    if (known.finding || data.disabled) return
    if (!saved) keep(data.place, { text: area.value, over: data.text })
    else if (!known.offered) forget(data.place)
  }
  const count = () => {
    tell()
    const found = area.value.match(new RegExp(data.word, "gu")) ?? []
    const words = found.filter((one) => /[\\p{L}\\p{N}]/u.test(one)).length
    const few = data.fewest !== null && words < data.fewest
    const many = data.most !== null && words > data.most
    // Too few is no news to somebody who has only begun.
    const outside = many || (few && words > 0 && known.away)
    const said = `${words} ${words === 1 ? "word" : "words"}`
    const line = parentElement.querySelector("#length")
    const sign = outside ? "\\u26a0 " : ""
    line.textContent = data.wanted ? `${sign}${said}; ${data.wanted}.` : `${said}.`
    line.dataset.outside = String(outside)
  }
  const send = () => {
    clearTimeout(known.timer)
    known.timer = known.since = undefined
    if (area.value === known.sent) return
    known.sent = area.value
    known.at = performance.now()
    tell()
    setStateValue("text", area.value)
  }
  area.oninput = () => {
    mine.add(data.place?.name)
    known.away = false
    enter()
  }
  area.onblur = () => { known.away = true; count(); send() }
  const enter = () => {
    typed.set(data.field, area.value)
    count()
    clearTimeout(known.timer)
    const now = performance.now()
    known.since ??= now
    const idle = Math.max(IDLE, APART - (now - (known.at ?? -APART)))
    known.timer = setTimeout(send, Math.min(idle, Math.max(0, APART - (now - known.since))))
  }
  const show = (said, offered) => {
    known.offered = offered
    parentElement.querySelector("#kept").textContent = said
    parentElement.querySelector("#back").hidden = offered === undefined
  }
  const putBack = (text) => {
    area.value = text
    show(BACK, undefined)
    enter()
  }
  parentElement.querySelector("#back").onclick = () => { putBack(known.offered); area.focus() }
  const find = async () => {
    const found = await kept(data.place)
    if (known.field !== data.field) return
    known.finding = false
    const untouched = area.value === known.sent && !mine.has(data.place.name)
    if (found && found.text.trim() !== area.value.trim()) {
      if (untouched && found.over.trim() === data.text.trim()) putBack(found.text)
      else show(OTHER, found.text)
    }
    mine.add(data.place.name)
    count()
  }
  if (isNew) show("", undefined)
  if (isNew && data.place && !data.disabled) find()
  const hide = () => { if (document.hidden) send() }
  document.addEventListener("visibilitychange", hide)
  count()
  return () => document.removeEventListener("visibilitychange", hide)
}
"""
)
_COMPONENT = component("pinpoint_writing", html=_HTML, css=_CSS, js=_JS)


def ask_text(
    label: str,
    text: str,
    key: str,
    limits: tuple[int | None, int | None],
    changed: Callable[[], None],
    disabled: bool,
) -> str:
    """Draw the field with this text, and return the text as it was handed over last.

    `limits` are the fewest and the most words that are expected. `changed` is called when the
    text was handed over; it finds it by `text_in(key)`.
    """
    fewest, most = limits
    _COMPONENT(
        key=key,
        data={
            "field": key,
            "label": label,
            "text": text,
            "word": WORD,
            "fewest": fewest,
            "most": most,
            "wanted": wanted_words(fewest, most),
            "longest": LONGEST,
            "disabled": disabled,
            "place": place_of(key),
        },
        on_text_change=changed,
    )
    handed = text_in(key)
    return text if handed is None else handed


def text_in(key: str) -> str | None:
    """Return what the field handed over, or None before it did."""
    state: Any = st.session_state.get(key)
    # Whatever a client sends may arrive here.
    text = state.get("text") if state else None
    return text if isinstance(text, str) else None


def wanted_words(fewest: int | None, most: int | None) -> str:
    """Say how many words a text should have, or nothing where it does not matter."""
    if fewest and most:
        return f"{fewest} to {most} are expected"
    if fewest:
        return f"{fewest} or more are expected"
    return f"{most} at most are expected" if most else ""
