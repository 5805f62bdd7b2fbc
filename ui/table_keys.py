"""What is typed into the cells of a table, heard before Streamlit's grid hears it, so none is lost.

Two faults of the grid (Glide Data Grid, as in Streamlit 1.67) lose text where somebody types
quickly or the browser is busy. Look at both at every upgrade of Streamlit:

- Enter or Tab drops the cell's new text where the key before it was not dealt with yet; every key
  starts a timer that may end the cell in Enter's name, without its text
  (https://github.com/glideapps/glide-data-grid/pull/1201). So the two wait until those have run.
- The letters between the first, which opens a cell, and the moment when its field stands start
  the cell anew, and where the table still scrolls to the cell the first does nothing. So they
  wait, and are typed into the field once it stands.
"""

from streamlit.components.v2 import component

_JS = """
const FIELD = ".gdg-clip-region :is(input, textarea)"
const STEP = 50
const PATIENCE = 3000
const ours = new WeakSet()
let opening

const types = (event) => event.key.length === 1 && !event.ctrlKey && !event.metaKey
const ends = (event) => event.key === "Tab" || (event.key === "Enter" && !event.shiftKey)
const composes = (event) => event.isComposing || event.keyCode === 229

function hold(event) {
  event.preventDefault()
  event.stopImmediatePropagation()
}

function send(event, target) {
  const { key, code, keyCode, shiftKey, ctrlKey, altKey, metaKey } = event
  const again = new KeyboardEvent("keydown", {
    key, code, keyCode, shiftKey, ctrlKey, altKey, metaKey, bubbles: true, cancelable: true,
    composed: true,
  })
  ours.add(again)
  target.dispatchEvent(again)
}

function give(field, event) {
  if (ends(event)) send(event, field)
  else document.execCommand(...(types(event) ? ["insertText", false, event.key] : ["delete"]))
}

function wait() {
  const one = opening
  const field = document.querySelector(FIELD)
  // Two looks apart, so that the field has put its cursor where it wants it.
  if (field && field === one.field) {
    opening = undefined
    field.focus()
    for (const event of one.held) give(field, event)
    return
  }
  one.field = field
  if (!field && (one.left -= STEP) < 0) {
    opening = undefined
    for (const event of one.held) send(event, one.canvas)
    return
  }
  if (!field) send(one.first, one.canvas)
  setTimeout(wait, STEP)
}

function heard(event) {
  if (ours.has(event) || composes(event) || !(event.target instanceof Element)) return
  if (opening) {
    if (!types(event) && !ends(event) && event.key !== "Backspace") return
    opening.held.push(event)
    hold(event)
  } else if (event.target.closest(".gdg-clip-region")) {
    if (!ends(event)) return
    hold(event)
    setTimeout(() => send(event, event.target))
  } else if (event.target.matches("[data-testid=stDataFrame] canvas")) {
    if (!types(event) || event.key === " ") return
    opening = { canvas: event.target, first: event, held: [], left: PATIENCE }
    setTimeout(wait, STEP)
  }
}

if (!globalThis.pinpointHearsTables) document.addEventListener("keydown", heard, true)
globalThis.pinpointHearsTables = true

export default function () {}
"""
_COMPONENT = component("pinpoint_table_keys", js=_JS)


def hear_table_keys() -> None:
    """Keep what is typed into this page's tables, however quickly; called once on a page."""
    _COMPONENT(key="table-keys", height="content")
