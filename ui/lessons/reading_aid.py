"""What a long text does in the browser: words explain themselves, citations jump and lead back.

The text stands on the page without it; this component, which shows nothing by itself, listens to
the page. A word's meaning shows while it is pointed at or focused, can be pointed at itself, and
Escape closes it (WCAG 1.4.13).
"""

from streamlit.components.v2 import component

_HTML = '<div id="tip" role="tooltip" popover="manual"></div>'
_CSS = """
#tip { position: fixed; inset: auto; margin: 0; max-width: min(22rem, calc(100vw - 1.5rem));
  box-sizing: border-box; padding: 0.6rem 0.8rem; border: 1px solid var(--st-text-color);
  border-radius: 0.5rem; background: var(--st-background-color); color: var(--st-text-color);
  font-family: var(--st-font); font-size: 0.95rem; line-height: 1.5;
  box-shadow: 0 4px 16px rgb(0 0 0 / 0.2); }
"""
_JS = """
const known = new WeakMap()
const MARGIN = 12
const PATIENCE = 250
const LIT = 1600

function show(aid, word) {
  const meaning = document.getElementById(word.getAttribute("aria-describedby"))
  if (!meaning) return
  clearTimeout(aid.leaving)
  aid.word = word
  aid.tip.textContent = meaning.textContent
  if (!aid.tip.matches(":popover-open")) aid.tip.showPopover()
  place(aid)
}

function place(aid) {
  if (!aid.word) return
  if (!aid.word.isConnected) { hide(aid); return }
  // A word may stand on two lines; its meaning belongs to the first.
  const at = aid.word.getClientRects()[0] ?? aid.word.getBoundingClientRect()
  const tip = aid.tip.getBoundingClientRect()
  const left = Math.min(Math.max(at.left, MARGIN), window.innerWidth - tip.width - MARGIN)
  const below = at.bottom + 6
  const fits = below + tip.height < window.innerHeight - MARGIN
  aid.tip.style.left = `${Math.max(left, MARGIN)}px`
  aid.tip.style.top = `${fits ? below : Math.max(MARGIN, at.top - tip.height - 6)}px`
}

function hide(aid) {
  clearTimeout(aid.leaving)
  aid.word = undefined
  if (aid.tip.matches(":popover-open")) aid.tip.hidePopover()
}

function hideSoon(aid) {
  clearTimeout(aid.leaving)
  aid.leaving = setTimeout(() => hide(aid), PATIENCE)
}

function jump(id) {
  const target = document.getElementById(id)
  if (!target) return false
  for (let one = target.closest("details"); one; one = one.parentElement.closest("details")) {
    one.open = true
  }
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches
  if (!target.matches("a, button, [tabindex]")) target.tabIndex = -1
  target.scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" })
  target.focus({ preventScroll: true })
  target.classList.add("lit")
  setTimeout(() => target.classList.remove("lit"), LIT)
  return true
}

// The place that the address names is drawn a moment before or after this.
function arrive(id, tries) {
  if (!jump(id) && tries > 0) setTimeout(() => arrive(id, tries - 1), 100)
}

const termAt = (event) => event.target instanceof Element && event.target.closest(".lesson .term")

function listen(aid) {
  const over = (event) => {
    const word = termAt(event)
    if (word && event.pointerType === "mouse") show(aid, word)
    else if (aid.word && event.composedPath().includes(aid.tip)) clearTimeout(aid.leaving)
    else if (aid.word && event.pointerType === "mouse" && aid.word !== document.activeElement) {
      hideSoon(aid)
    }
  }
  const focus = (event) => { const word = termAt(event); if (word) show(aid, word) }
  const blur = (event) => { if (termAt(event)) hideSoon(aid) }
  const key = (event) => {
    if (event.key === "Escape" && aid.word) { hide(aid); event.stopPropagation(); return }
    const word = termAt(event)
    if (!word || !["Enter", " "].includes(event.key)) return
    event.preventDefault()
    aid.word ? hide(aid) : show(aid, word)
  }
  const click = (event) => {
    const word = termAt(event)
    if (word) { show(aid, word); return }
    if (aid.word && !event.composedPath().includes(aid.tip)) hide(aid)
    const link = event.target instanceof Element && event.target.closest(".lesson a[href^='#']")
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    const id = link.getAttribute("href").slice(1)
    const back = link.classList.contains("back") && aid.cameFrom?.isConnected
      && aid.cameFrom.getAttribute("href") === `#${link.closest("li").id}`
    if (back) {
      event.preventDefault()
      aid.cameFrom.scrollIntoView({ block: "center" })
      aid.cameFrom.focus({ preventScroll: true })
    } else if (jump(id)) {
      event.preventDefault()
      aid.cameFrom = link
    }
  }
  const move = () => place(aid)
  const heard = [
    ["pointerover", over], ["focusin", focus], ["focusout", blur], ["keydown", key],
    ["click", click], ["scroll", move],
  ]
  for (const [type, act] of heard) document.addEventListener(type, act, true)
  return () => { for (const [type, act] of heard) document.removeEventListener(type, act, true) }
}

export default function ({ data, parentElement }) {
  const aid = known.get(parentElement) ?? { tip: parentElement.querySelector("#tip") }
  aid.stop?.()
  aid.stop = listen(aid)
  known.set(parentElement, aid)
  // Once for an address, however often the page is drawn again.
  const wanted = `${data.place} ${data.at}`
  if (data.at && globalThis.pinpointArrived !== wanted) arrive(data.at, 30)
  globalThis.pinpointArrived = wanted
  return () => { hide(aid); aid.stop() }
}
"""
_COMPONENT = component("pinpoint_reading_aid", html=_HTML, css=_CSS, js=_JS)


def draw_reading_aid(at: str = "", place: str = "") -> None:
    """Listen to the long texts of this page, and go to the element with the id `at`, once.

    `place` tells pages apart that have elements of the same id, such as two lessons.
    """
    _COMPONENT(key="reading-aid", data={"at": at, "place": place}, height="content")
