r"""Formulas in TeX: `$..$` and `$$..$$` in the Markdown here, `\(..\)` and `\[..\]` elsewhere."""

import re
from collections.abc import Callable

# TeX as others write it: \\ breaks a row there. Noncharacters hold the places of gaps.
_TEX = r"(?:\\\\|\\[^()\[\]\\$\n]|[^\\$\n\ufdd0-\ufdef]|\n(?!\n))++"
# A formula as Moodle and others write it in plain text and HTML; for use within a larger pattern.
ELSEWHERE = (
    rf"(?<!\\)\\\((?!\s*\\\))(?P<inline>{_TEX})\\\)|(?<!\\)\\\[(?!\s*\\\])(?P<block>{_TEX})\\\]"
    rf"|(?<![\\$])\$\$(?!\s*\$)(?P<double>(?:[^$\n\ufdd0-\ufdef]|\n(?!\n))++)\$\$(?!\$)"
)
_NEXT = re.compile(ELSEWHERE)
_NEXT_THERE = re.compile(r"\\\\[(\[]")
# Markdown here: what is code or escaped is no formula, nor is a longer run of dollars.
_INSIDE = r"(?:[^$\n\ufdd0-\ufdef]|\n(?!\n))++"
_HERE = re.compile(
    r"`[^`\n]+`|\\\\(?P<joiners>\u2060*)(?P<bracket>[()\[\]])|\\(?P<sign>[!-/:-@\[-`{-~])|\${3,}"
    rf"|\$\$(?P<double>{_INSIDE})\$\$(?!\$)|\$\$|\$(?P<inline>{_INSIDE})\$(?!\$)"
)
# Markdown elsewhere, which shows \\( as the \( that begins a formula there.
_ESCAPED_TEX = r"(?:\\\\(?![()\[\]])|\\[^\\$\n]|[^\\$\n\ufdd0-\ufdef]|\n(?!\n))++"
_THERE = re.compile(
    rf"`[^`\n]+`|\\\\\((?P<inline>{_ESCAPED_TEX})\\\\\)|\\\\\[(?P<block>{_ESCAPED_TEX})\\\\\]"
    r"|\\\\(?P<joiners>\u2060+)(?P<bracket>[()\[\]])|\\[!-/:-@\[-`{-~]"
)
_SIGNS = re.compile(r"[\\`*_\[\]()]")
_ESCAPES = re.compile(r"\\([\\`*_{}\[\]()>#+\-.!:|])")
_ALONE = re.compile(r"\s*\$\$([^$]+)\$\$\s*")
# Keeps a backslash and a bracket that only look like a formula apart; nobody sees it.
_JOINER = "\u2060"


def here(found: re.Match[str]) -> str:
    """Return a formula that `ELSEWHERE` found as Markdown here."""
    tex = " ".join((found["inline"] or found["block"] or found["double"]).split())
    # A backslash before the last dollar would escape it for some readers.
    tex += " " if tex.endswith("\\") else ""
    dollars = "$" if found["inline"] else "$$"
    # Two formulas that touch would read as one.
    return f"{dollars}{tex}{dollars}{' ' if _NEXT.match(found.string, found.end()) else ''}"


def displayed(markdown: str) -> str:
    """Let every `$$..$$` that has a line for itself among others stand as a block."""
    if "$$" not in markdown or "\n" not in markdown:
        return markdown
    lines = [_ALONE.sub(r"\n$$\n\1\n$$\n", line) for line in markdown.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def plain_formulas(markdown: str) -> str:
    r"""Return Markdown without its escapes, and formulas between `\(` and `\)` or `\[` and `\]`."""
    return _HERE.sub(_as_plain, markdown)


def for_others(markdown: str) -> str:
    r"""Return Markdown in which others find the formulas: `\\(` is shown as `\(`.

    What would only look like a formula there is kept apart; `from_others` gives it all back.
    """
    return _HERE.sub(_as_theirs, markdown)


def from_others(markdown: str) -> str:
    """Return Markdown of others with its formulas as they are written here."""
    return _THERE.sub(_as_ours, markdown)


def _as_plain(found: re.Match[str]) -> str:
    if found["bracket"]:
        return f"\\{found['joiners']}{found['bracket']}"
    return found["sign"] or _between(found, lambda tex: tex.strip("\n"), "\\")


def _as_theirs(found: re.Match[str]) -> str:
    if found["bracket"]:
        return f"\\\\{_JOINER}{found['joiners']}{found['bracket']}"
    return _between(found, lambda tex: _SIGNS.sub(r"\\\g<0>", tex), "\\\\")


def _between(found: re.Match[str], tex: Callable[[str], str], slash: str) -> str:
    if found["inline"]:
        return f"{slash}({tex(found['inline'])}{slash})"
    return f"{slash}[{tex(found['double'])}{slash}]" if found["double"] else found[0]


def _as_ours(found: re.Match[str]) -> str:
    if found["bracket"]:
        return f"\\\\{found['joiners'][1:]}{found['bracket']}"
    tex = _ESCAPES.sub(r"\1", found["inline"] or found["block"] or "")
    dollars = "$" if found["inline"] else "$$"
    space = " " if _NEXT_THERE.match(found.string, found.end()) else ""
    return f"{dollars}{tex}{dollars}{space}" if tex else found[0]
