"""The ways into the academy: links and buttons that lead to the plain pages.

A sign-in needs a cookie, which only a plain page can set, so these are HTML and not widgets.
"""

import streamlit as st

_STYLE = """
<style>
  .ways { display: flex; flex-wrap: wrap; gap: 0.75rem; margin: 0; }
  .ways form { margin: 0; }
  .way { display: inline-block; min-height: 2.75rem; padding: 0.55rem 1.1rem; font: inherit;
    line-height: 1.6; border-radius: 0.5rem; border: 1px solid currentColor; color: inherit;
    background: transparent; text-decoration: none; cursor: pointer; }
  .way.main { background: #0b5c63; border-color: #0b5c63; color: #ffffff; }
  .way:hover { text-decoration: underline; }
  .way:focus-visible { outline: 3px solid currentColor; outline-offset: 2px; }
</style>
"""
_WAYS_IN = """
<nav class="ways" aria-label="Ways in">
  <a class="way main" href="/auth/signup" target="_self">Sign up</a>
  <a class="way" href="/auth/login" target="_self">Sign in</a>
  <a class="way" href="/verify" target="_self">Check a certificate</a>
</nav>
"""
_TRY_AS = (
    ("learner", "trainee"),
    ("author", "instructor"),
    ("examiner", "examiner"),
    ("clinic", "clinic"),
)


def draw_ways_in() -> None:
    """Draw the links to sign up, to sign in and to check a certificate."""
    st.html(_STYLE + _WAYS_IN)


def draw_demo_ways() -> None:
    """Draw a button for each demo person that one may look around as."""
    # One form a person: Streamlit's sanitiser takes the names of buttons away.
    forms = "".join(
        f'<form method="post" action="/auth/demo?role={role}">'
        f'<button class="way">Try as {word}</button></form>'
        for role, word in _TRY_AS
    )
    st.html(f'<div class="ways">{forms}</div>')


def draw_checking() -> None:
    """Draw the link to the page that checks certificates."""
    link = '<a class="way" href="/verify" target="_self">Check a certificate</a>'
    st.html(f'{_STYLE}<div class="ways">{link}</div>')
