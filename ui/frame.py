"""What stands around every page: the demo mark, who is signed in, and small repairs by CSS."""

import streamlit as st

from accounts.queries.people import is_demo_academy
from base.permissions import Actor, Permission
from courses.queries.content_reviews import waiting_content
from quizbank.queries.proposals import waiting_reviews
from ui.act import look

# WCAG 2.5.8 wants targets of 24 px; Streamlit's radio labels and small buttons are lower.
# Links in text are told apart by more than colour. Where the keyboard stands shows as a ring
# everywhere; Streamlit marks these places by a faint tint, or not at all. The chosen one of a group
# is as legible as the others, in the dark too. Pictures in options are pictures, not icons.
# Labels of page links wrap instead of being cut on a phone, their icon beside the first line; a
# link back to the same page's list is no chosen tab.
_STYLE = """
<style>
  [data-testid="stRadio"] label, [data-testid="stCheckbox"] label { min-height: 2.25rem; }
  [data-testid="stRadio"] [role="radiogroup"] { gap: 0.6rem; }
  [data-testid="stMainBlockContainer"] { padding-top: 4.5rem; padding-bottom: 4rem; }
  [data-testid="stMarkdown"] a { text-decoration: underline; }
  [data-testid="stPageLink-NavLink"], [data-testid="stPageLink-NavLink"] * {
    white-space: normal; overflow: visible; height: auto; }
  [data-testid="stPageLink-NavLink"] { align-items: flex-start; min-height: 2.25rem; }
  [data-testid="stPageLink-NavLink"]:not(:hover, :focus-visible) { background: none; }
  [data-testid="stPageLink-NavLink"] [data-testid="stIconMaterial"] { line-height: 1.75rem; }
  :is([data-testid="stTopNavLink"], [data-testid="stSidebarNavLink"],
    [data-testid="stTopNavSection"], [data-testid="stTopNavDropdownLink"],
    [data-testid="stPageLink-NavLink"]):focus-visible,
  :is([data-testid="stCheckbox"], [data-testid="stRadio"]) label:has(:focus-visible) {
    outline: 3px solid currentColor; outline-offset: 2px; border-radius: 0.25rem; }
  [data-testid="stButtonGroup"] [role="radio"][aria-checked="true"] {
    color: inherit; font-weight: 600; }
  [data-testid="stMarkdown"] table { display: block; overflow-x: auto; }
  [data-testid="stMarkdownContainer"] img { max-width: 100%; max-height: 80vh; }
  :is([data-testid="stRadio"], [data-testid="stCheckbox"]) label img {
    display: block; width: auto; height: auto; max-height: 18rem; margin-block: 0.25rem; }
</style>
"""
_DEMO = """
<p class="demo"><strong>DEMO</strong> People, results and certificates here are for trying out
only.</p>
<style>
  .demo { margin: 0; padding: 0.35rem 0.75rem; border-radius: 0.5rem; font-size: 0.9rem;
    color: #5b3a00; background: #fbe9c6; }
  .demo strong { margin-right: 0.5rem; padding: 0.05rem 0.4rem; border-radius: 0.25rem;
    color: #fbe9c6; background: #5b3a00; letter-spacing: 0.06em; }
</style>
"""


def draw_frame() -> tuple[Actor, dict[str, int]]:
    """Draw the frame and return who is at the screen, and how much waits for them by page."""
    with look() as tx:
        actor, demo = tx.actor, is_demo_academy(tx)
        waiting: dict[str, int] = {}
        if actor.may(Permission.ITEM_PUBLISH):
            waiting["reviews"] = waiting_reviews(tx) + waiting_content(tx)
    st.html(_STYLE + (_DEMO if demo else ""))
    return actor, waiting
