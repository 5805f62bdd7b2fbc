"""The first page: what this is, and the way in; for who is signed in, what comes next."""

import streamlit as st

from accounts.queries import is_demo_academy
from base.permissions import Permission
from ui.act import look
from ui.figures import draw_figure
from ui.nav import link
from ui.words import plain

_PROMISE = """
Learn needling from sourced lessons, practise with a reason for every answer, prove it in an exam
that a clinic can trust, and hold a certificate that anyone can check in seconds.
"""
# Buttons of the plain pages: a sign-in needs a cookie, which only a plain page can set.
_WAYS_IN = """
<nav class="ways" aria-label="Ways in">
  <a class="way main" href="/auth/signup" target="_self">Sign up</a>
  <a class="way" href="/auth/login" target="_self">Sign in</a>
  <a class="way" href="/verify" target="_self">Check a certificate</a>
</nav>
"""
_DEMO = """
<form method="post" action="/auth/demo" class="ways" aria-label="Try the demo">
  <button class="way" name="role" value="learner">Try as trainee</button>
  <button class="way" name="role" value="author">Try as instructor</button>
  <button class="way" name="role" value="clinic">Try as clinic</button>
  <button class="way" name="role" value="administrator">Try as administrator</button>
</form>
"""
_STYLE = """
<style>
  .ways { display: flex; flex-wrap: wrap; gap: 0.75rem; margin: 0; }
  .way { display: inline-block; min-height: 2.75rem; padding: 0.55rem 1.1rem; font: inherit;
    line-height: 1.6; border-radius: 0.5rem; border: 1px solid currentColor; color: inherit;
    background: transparent; text-decoration: none; cursor: pointer; }
  .way.main { background: #0f5c5c; border-color: #0f5c5c; color: #ffffff; }
  .way:hover { text-decoration: underline; }
  .way:focus-visible { outline: 3px solid #c98a2b; outline-offset: 2px; }
</style>
"""


def _draw_welcome(demo: bool) -> None:
    st.title("Microneedling, taught and examined with care")
    st.markdown(_PROMISE)
    st.html(_STYLE + _WAYS_IN)
    if demo:
        st.subheader("Look around without signing up")
        st.html(_DEMO)
    draw_figure("microneedling-fundamentals", "skin-section")


def _draw_next_steps(name: str, may_study: bool, may_author: bool, may_manage: bool) -> None:
    st.title(f"Welcome, {plain(name)}")
    if may_study:
        link("Go to the course", "course", icon=":material/menu_book:")
    if may_author:
        link("Open the item bank", "bank", icon=":material/quiz:")
    if may_manage:
        link("Manage people", "people", icon=":material/group:")
    st.html(_STYLE + '<a class="way" href="/verify" target="_self">Check a certificate</a>')


with look() as tx:
    visitor, demo = tx.actor, is_demo_academy(tx)

if visitor.person_id is None:
    _draw_welcome(demo)
else:
    _draw_next_steps(
        visitor.name,
        may_study=visitor.may(Permission.COURSE_STUDY),
        may_author=visitor.may(Permission.ITEM_READ),
        may_manage=visitor.may(Permission.PERSON_MANAGE),
    )
