"""What leads from the account page to the plain pages: signing out, changing the password.

These are plain forms and links, because only a plain request can take the cookie away.
"""

import streamlit as st

_STYLE = """
<style>
  .sign-out { display: flex; flex-wrap: wrap; gap: .75rem; }
  .sign-out form { margin: 0; }
  .sign-out button {
    min-height: 2.75rem; padding: 0 1.1rem; font: inherit; color: inherit; cursor: pointer;
    background: transparent; border: 1px solid currentColor; border-radius: .5rem;
  }
  .sign-out button:hover { text-decoration: underline; }
  .sign-out button:focus-visible { outline: 3px solid currentColor; outline-offset: 2px; }
</style>
"""


def draw_sign_out() -> None:
    """Draw the two ways to sign out."""
    st.html(
        _STYLE + '<div class="sign-out">'
        '<form method="post" action="/auth/logout"><button type="submit">Sign out</button></form>'
        '<form method="post" action="/auth/logout-everywhere">'
        '<button type="submit">Sign out everywhere</button></form></div>'
    )


def draw_password_link() -> None:
    """Draw the link to the page that changes the password."""
    st.html('<p><a href="/auth/password" target="_self">Change your password</a></p>')
