"""Roles for the grouped menu on narrow screens, whose lists Streamlit leaves out of order."""

from streamlit.components.v2 import component

# Streamlit puts each group as a `div` with a heading into the one list, so that screen readers
# lose their place; each group becomes a list of its own.
_JS = """
export default function () {
  const mend = () => {
    for (const all of document.querySelectorAll('[data-testid="stSidebarNavItems"]')) {
      all.setAttribute("role", "none")
      for (const group of all.querySelectorAll(":scope > div")) group.setAttribute("role", "list")
    }
  }
  mend()
  const watching = new MutationObserver(mend)
  watching.observe(document.body, { childList: true, subtree: true })
  return () => watching.disconnect()
}
"""
_COMPONENT = component("pinpoint_menu_roles", js=_JS)


def mend_menu_roles() -> None:
    """Give every group of the menu its list; draws nothing."""
    _COMPONENT(key="menu-roles")
