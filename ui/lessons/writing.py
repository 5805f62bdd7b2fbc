"""The field in which a lesson's text is written: its lines numbered, problems marked at them.

A list beside it holds what can be put in at the cursor.

A component, because `st.text_area` knows neither lines nor a cursor, and hands its text over only
when it is left. The text goes to the server while typing pauses and when the field is left.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st
from pydantic import JsonValue
from streamlit.components.v2 import component

from base.lined_yaml import Problem

_HTML = """
<div class="bar">
  <label for="what">Put in</label>
  <select id="what"></select>
  <button type="button" id="insert">Put it in at the cursor</button>
</div>
<label for="text">Text of the lesson, in Markdown</label>
<div class="sheet">
  <div class="mirror" aria-hidden="true"></div>
  <textarea id="text" spellcheck="true" aria-describedby="found-title"></textarea>
</div>
<p class="foot"><span id="found-title" role="status"></span> <span id="here"></span></p>
<ol id="found"></ol>
"""
_CSS = """
label { font: 0.875rem/1.5 var(--st-font); color: var(--st-text-color); }
.bar { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; margin-bottom: 0.75rem; }
.bar select { flex: 1 1 12rem; min-width: 0; }
select, button { font: 1rem/1.5 var(--st-font); color: var(--st-text-color); min-height: 2.5rem;
  padding: 0.25rem 0.6rem; background: var(--st-background-color); cursor: pointer;
  border: 1px solid color-mix(in srgb, var(--st-text-color) 55%, transparent);
  border-radius: var(--st-base-radius, 0.5rem); }
select option, select optgroup { color: var(--st-text-color);
  background: var(--st-background-color); }
.sheet { display: grid; margin-top: 0.25rem; overflow: hidden;
  background: var(--st-secondary-background-color);
  border: 1px solid color-mix(in srgb, var(--st-text-color) 55%, transparent);
  border-radius: var(--st-base-radius, 0.5rem); }
.sheet:focus-within { border-color: var(--st-primary-color);
  box-shadow: inset 0 0 0 1px var(--st-primary-color); }
.mirror, textarea { grid-area: 1 / 1; box-sizing: border-box; width: 100%; margin: 0; border: 0;
  padding: 0.6rem 0.75rem 0.6rem 3.25rem; font: 0.9375rem/1.6 var(--st-code-font, monospace);
  letter-spacing: normal; tab-size: 4; white-space: pre-wrap; overflow-wrap: break-word;
  word-break: normal; }
.mirror { color: transparent; pointer-events: none; min-height: 14rem; user-select: none; }
.mirror div { position: relative; min-height: 1.6em; }
.mirror div::before { content: attr(data-number); position: absolute; left: -3.25rem;
  width: 2.75rem; text-align: right; font-size: 0.8125rem; line-height: 1.85;
  color: color-mix(in srgb, var(--st-text-color) 75%, transparent); }
.mirror div.wrong { background: color-mix(in srgb, #c27800 22%, transparent); }
.mirror div.wrong::before { content: "\\26a0" attr(data-number); font-weight: 700;
  color: var(--st-text-color); }
textarea { resize: none; overflow: hidden; background: transparent; outline: 0;
  color: var(--st-text-color); caret-color: var(--st-text-color); }
.foot { position: sticky; bottom: 0; margin: 0; padding: 0.5rem 0; font: 1rem/1.5 var(--st-font);
  color: var(--st-text-color); background: var(--st-background-color); }
#found { list-style: none; margin: 0.25rem 0 0; padding: 0; }
#found button { width: 100%; text-align: left; margin-top: 0.25rem; }
button:focus-visible, select:focus-visible { outline: 3px solid var(--st-link-color);
  outline-offset: 2px; }
"""
_JS = """
const fields = new WeakMap()
// What was typed outlives a redraw that makes the field anew.
const typed = new Map()
const PAUSE = 700

export default function ({ data, parentElement, setStateValue }) {
  const find = (id) => parentElement.querySelector(id)
  const area = find("#text")
  const mirror = find(".mirror")
  const known = fields.get(parentElement) ?? {}
  fields.set(parentElement, known)
  known.data = data
  if (known.field !== data.field) {
    known.field = data.field
    known.sent = typed.get(data.field) ?? data.text
    area.value = known.sent
  }

  const draw = () => {
    const wrong = new Set(known.data.problems.map((one) => one.line))
    const lines = area.value.split("\\n")
    while (mirror.children.length > lines.length) mirror.lastChild.remove()
    while (mirror.children.length < lines.length) {
      mirror.appendChild(document.createElement("div"))
    }
    lines.forEach((line, place) => {
      const row = mirror.children[place]
      const shown = line || "\\u200b"
      if (row.textContent !== shown) row.textContent = shown
      row.dataset.number = place + 1
      row.classList.toggle("wrong", wrong.has(place + 1))
    })
  }
  const goTo = (line) => {
    const lines = area.value.split("\\n")
    const before = lines.slice(0, line - 1).join("\\n").length + (line > 1 ? 1 : 0)
    area.focus()
    area.setSelectionRange(before, before + (lines[line - 1] ?? "").length)
    mirror.children[line - 1]?.scrollIntoView({ block: "center" })
  }
  const tell = () => {
    const line = area.value.slice(0, area.selectionStart).split("\\n").length
    const own = known.data.problems.filter((one) => one.line === line)
    find("#here").textContent = own.map((one) => `Line ${line}: ${one.message}`).join(" ")
  }
  const list = () => {
    const told = JSON.stringify(data.problems)
    if (known.told === told) return
    known.told = told
    const number = data.problems.length
    find("#found-title").textContent = number
      ? `\\u26a0 ${number} ${number === 1 ? "thing" : "things"} to put right in the text.`
      : "\\u2713 Nothing is wrong in the text."
    find("#found").replaceChildren(...data.problems.map((one) => {
      const item = document.createElement("li")
      const button = item.appendChild(document.createElement("button"))
      button.type = "button"
      button.textContent = `Line ${one.line}: ${one.message}`
      button.onclick = () => goTo(one.line)
      return item
    }))
  }
  const offer = () => {
    const told = JSON.stringify([data.choices, data.chosen])
    if (known.offered === told) return
    known.offered = told
    const what = find("#what")
    const kept = what.value
    what.replaceChildren(...Object.entries(data.choices).map(([name, choices]) => {
      const group = document.createElement("optgroup")
      group.label = name
      group.append(...choices.map(([label, text]) => new Option(label, text)))
      return group
    }))
    const values = [...what.options].map((one) => one.value)
    what.value = data.chosen || (values.includes(kept) ? kept : values[0] ?? "")
    find("#insert").disabled = !values.length
  }
  const send = () => {
    clearTimeout(known.timer)
    known.timer = undefined
    if (area.value === known.sent) return
    known.sent = area.value
    setStateValue("text", area.value)
  }
  const changed = () => {
    typed.set(data.field, area.value)
    draw()
    clearTimeout(known.timer)
    known.timer = setTimeout(send, PAUSE)
  }
  area.oninput = changed
  area.onblur = send
  area.onkeyup = area.onclick = tell
  find("#insert").onclick = () => {
    const text = find("#what").value
    const alone = text.startsWith("{{") || text.startsWith("![")
    const [from, to] = [area.selectionStart, area.selectionEnd]
    const before = area.value.slice(0, from)
    const after = area.value.slice(to)
    // What stands alone on its line gets an empty line above and below.
    const breaks = (there) => "\\n".repeat(Math.max(0, 2 - there))
    const above = alone && before ? breaks(before.match(/\\n*$/)[0].length) : ""
    const below = alone ? breaks(after.match(/^\\n*/)[0].length) : ""
    area.focus()
    area.setRangeText(above + text + below, from, to, "end")
    changed()
  }
  const hide = () => { if (document.hidden) send() }
  document.addEventListener("visibilitychange", hide)
  draw()
  list()
  tell()
  offer()
  return () => document.removeEventListener("visibilitychange", hide)
}
"""
_COMPONENT = component("pinpoint_lesson_writing", html=_HTML, css=_CSS, js=_JS)

# What can be put in, by group: how the list calls it, and the text.
Choices = Mapping[str, Sequence[tuple[str, str]]]


def ask_lesson_text(
    text: str,
    key: str,
    problems: Sequence[Problem],
    choices: Choices,
    chosen: str,
    changed: Callable[[], None],
) -> None:
    """Draw the field; `changed` is called when the text was handed over, and finds it by the key.

    Problems carry the line of the text, from 1. `chosen` is the text that the list offers first.
    """
    listed: JsonValue = [{"line": one.line, "message": one.message} for one in problems]
    offered: JsonValue = {
        name: [[label, said] for label, said in some] for name, some in choices.items() if some
    }
    _COMPONENT(
        key=key,
        data={
            "field": key,
            "text": text,
            "problems": listed,
            "choices": offered,
            "chosen": chosen,
        },
        on_text_change=changed,
    )


def lesson_text_in(key: str) -> str | None:
    """Return what the field handed over, or None before it did."""
    state: Any = st.session_state.get(key)
    # Whatever a client sends may arrive here.
    text = state.get("text") if state else None
    return text if isinstance(text, str) else None
