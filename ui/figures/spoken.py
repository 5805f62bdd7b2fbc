"""Says aloud, to those who listen, what has just changed in a figure.

A component, because Streamlit draws its own elements anew, and a live region must stand before
its words change. The first words are on the page already and stay unsaid.
"""

from streamlit.components.v2 import component

_HTML = """
<span role="status" aria-live="polite" class="hidden"></span>
"""
_CSS = """
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; }
"""
_JS = """
const said = new WeakMap()
// A slider that is held down passes many values; only where it rests is said.
const REST = 500

export default function ({ data, parentElement }) {
  const known = said.get(parentElement) ?? { words: data.words }
  said.set(parentElement, known)
  if (known.words === data.words) return
  known.words = data.words
  clearTimeout(known.timer)
  known.timer = setTimeout(() => {
    parentElement.querySelector("[role=status]").textContent = data.words
  }, REST)
}
"""
_COMPONENT = component("pinpoint_spoken", html=_HTML, css=_CSS, js=_JS)


def say(words: str, key: str) -> None:
    """Announce these words once they differ from the ones before."""
    _COMPONENT(key=key, data={"words": words})
