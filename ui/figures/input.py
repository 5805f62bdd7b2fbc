"""A figure to click on: says where, in pixels of the figure, whatever its size on the screen.

It knows nothing of what is right: outlines are drawn only where an author asks for them.
"""

from collections.abc import Callable, Sequence

import streamlit as st
from pydantic import JsonValue
from streamlit.components.v2 import component

from quizbank.files import address_of
from quizbank.kinds.shown import FigureView
from ui.figures.outlines import STYLE, width_of

Point = tuple[float, float]

_HTML = """
<div class="figure-frame">
  <img id="picture" class="picture" alt="">
  <div id="outlines" class="over"></div>
  <div id="pins" class="over"></div>
</div>
<div class="below">
  <span id="hint"></span>
  <button type="button" id="undo" hidden>Take back the point</button>
</div>
<span id="said" role="status" aria-live="polite" class="hidden"></span>
"""
_CSS = (
    STYLE
    + """
  .figure-frame.live { cursor: crosshair; touch-action: manipulation; }
  .pin b { position: absolute; left: 22px; top: -10px; padding: 0 0.35rem; border-radius: 0.75rem;
    background: #fff; color: #0d1722; border: 1.5px solid #0d1722;
    font: 600 0.8125rem/1.4 system-ui, sans-serif; }
  .below { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; align-items: center;
    justify-content: space-between; margin-top: 0.5rem; min-height: 2.25rem;
    font-family: var(--st-font); color: var(--st-text-color); font-size: 1rem; line-height: 1.5; }
  button { font: inherit; color: inherit; background: transparent; min-height: 2.25rem;
    padding: 0 0.75rem; border: 1px solid var(--st-border-color); border-radius: 0.5rem;
    cursor: pointer; }
  button:focus-visible { outline: 3px solid var(--st-link-color); outline-offset: 2px; }
  button[hidden] { display: none; }
  .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden;
    clip-path: inset(50%); white-space: nowrap; }
"""
)
_JS = """
const figures = new WeakMap()
const NEAR = 20

export default function ({ data, parentElement, setTriggerValue }) {
  const find = (id) => parentElement.querySelector(id)
  const known = figures.get(parentElement) ?? { points: [] }
  figures.set(parentElement, known)
  known.points = data.points
  const host = parentElement.getRootNode().host ?? parentElement
  host.dataset.unsent = ""
  const frame = find(".figure-frame")
  const picture = find("#picture")
  frame.setAttribute("style", data.style)
  frame.classList.toggle("live", !data.disabled)
  if (picture.getAttribute("src") !== data.src) picture.src = data.src
  picture.alt = data.alt
  picture.width = data.width
  picture.height = data.height
  find("#hint").textContent = data.hint
  const outlines = find("#outlines")
  if (known.overlay !== data.overlay) outlines.innerHTML = known.overlay = data.overlay

  const draw = () => {
    find("#pins").replaceChildren(...known.points.map(([x, y], place) => {
      const pin = document.createElement("span")
      pin.className = "pin"
      pin.style.left = `${100 * x / data.width}%`
      pin.style.top = `${100 * y / data.height}%`
      if (data.most > 1) {
        pin.appendChild(document.createElement("b")).textContent = place + 1
      }
      return pin
    }))
    const undo = find("#undo")
    undo.hidden = data.disabled || !known.points.length
    undo.textContent = known.points.length > 1 ? "Take back the last point" : "Take back the point"
  }
  const set = (points, said) => {
    known.points = points
    find("#said").textContent = said
    draw()
    // The exam's bar does not call saved what the server has not answered.
    host.dataset.unsent = "sent"
    setTriggerValue("points", points)
  }
  frame.onclick = (event) => {
    if (data.disabled) return
    const box = frame.getBoundingClientRect()
    const place = (at, from, length, whole) =>
      Math.round(10 * Math.min(Math.max((at - from) / length, 0), 1) * whole) / 10
    const x = place(event.clientX, box.left, box.width, data.width)
    const y = place(event.clientY, box.top, box.height, data.height)
    const scale = box.width / data.width
    const near = ([px, py]) => Math.hypot((px - x) * scale, (py - y) * scale) < NEAR
    const many = data.most > 1
    if (many && known.points.some(near)) {
      set(known.points.filter((one) => !near(one)), "Point taken back.")
      return
    }
    const percent = (at, whole) => `${Math.round(100 * at / whole)}%`
    const kept = many ? known.points.slice(0, data.most - 1) : []
    set([...kept, [x, y]],
      `Point ${kept.length + 1} of ${data.most} set, ${percent(x, data.width)} from the left ` +
      `and ${percent(y, data.height)} from the top.`)
  }
  find("#undo").onclick = () => set(known.points.slice(0, -1), "Point taken back.")
  draw()
}
"""
_COMPONENT = component("pinpoint_figure", html=_HTML, css=_CSS, js=_JS)


def draw_clickable(
    figure: FigureView,
    points: Sequence[Point],
    key: str,
    on_points: Callable[[tuple[Point, ...]], None],
    most: int = 1,
    hint: str = "",
    overlay: str = "",
    disabled: bool = False,
) -> None:
    """Draw the figure with its points; `on_points` is told all of them when they change.

    At most `most` points stand: with one, a click moves it. `overlay` is drawn over the figure.
    """

    def clicked() -> None:
        told: JsonValue = st.session_state[key].points
        on_points(read_points(told, figure, most))

    _COMPONENT(
        key=key,
        data={
            "src": address_of(figure.file),
            "alt": figure.alt,
            "width": figure.width,
            "height": figure.height,
            "style": width_of(figure),
            "points": [[*point] for point in points][:most],
            "most": most,
            "hint": hint,
            "overlay": overlay,
            "disabled": disabled,
        },
        on_points_change=clicked,
    )


def read_points(told: JsonValue, figure: FigureView, most: int) -> tuple[Point, ...]:
    """Return the points among what a browser said; whatever else it said is left out."""
    listed = told if isinstance(told, list) else []
    pairs = [one for one in listed if isinstance(one, list) and len(one) == 2]
    points = [
        (float(x), float(y))
        for x, y in pairs
        if isinstance(x, int | float) and isinstance(y, int | float)
        if 0 <= x <= figure.width and 0 <= y <= figure.height
    ]
    return tuple(points[:most])
