"""E-mail addresses on screen."""


def address(email: str) -> str:
    """Return the address as Markdown that makes no link of it."""
    # Two ticks around, because an address may hold one.
    return f"`` {email} ``"
