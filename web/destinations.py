"""Where a person goes after signing in: only to a page of this site."""

from urllib.parse import urlsplit

HOME = "/"
_LONGEST = 500


def same_site_path(text: str) -> str:
    """Return the path when it is one of this site, otherwise the first page.

    Browsers drop control characters and read a backslash as a slash, so a path with either, or
    with two slashes in front, could lead to another site.
    """
    if not text.startswith("/") or text.startswith("//") or len(text) > _LONGEST:
        return HOME
    if "\\" in text or any(not " " < ch < "\x7f" for ch in text):
        return HOME
    try:
        parts = urlsplit(text)
    except ValueError:
        return HOME
    return HOME if parts.scheme or parts.netloc else text
