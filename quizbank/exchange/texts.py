"""Texts of other systems as the Markdown that items are written in, and back."""

import re

from quizbank.exchange.formulas import ELSEWHERE, displayed, here, plain_formulas

# A mark that Markdown, or the app's own colours and icons, would take for formatting.
_MARKS = re.compile(
    rf"{ELSEWHERE}|"
    r"\\(?=[!-/:-@\[-`{-~])|[*`$]|~~|(?<![\w_])_(?!_)|(?<!_)_(?![\w_])"
    r"|\](?=\()|:(?=[a-z][a-z_/+-]*[:\[])"
)
# Each begins where its run of blanks begins: a long one would be gone through again and again.
_LINE_ENDS = re.compile(r"(?<![ \t])[ \t]*\n")
_LINE_STARTS = re.compile(r"^([^\S\n]*)(#{1,6}(?=\s)|>|[-+](?=\s)|\d{1,9}(?=[.)]\s))", re.MULTILINE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")


def as_markdown(plain: str) -> str:
    r"""Return the text so that Markdown shows it as it stands, line by line.

    Formulas between `\(` and `\)`, `\[` and `\]` or double dollars are drawn.
    """
    escaped = _MARKS.sub(_marked, plain)
    escaped = _LINE_STARTS.sub(_guard_start, escaped)
    return displayed(_LINE_ENDS.sub("  \n", escaped))


def as_plain(markdown: str) -> str:
    r"""Return the text without Markdown's escapes; what `as_markdown` made comes back as it was.

    Formulas stand between `\(` and `\)`, those of a line of their own between `\[` and `\]`.
    """
    return plain_formulas(markdown.replace("  \n", "\n"))


def has_tags(text: str) -> bool:
    """Tell whether a text holds HTML."""
    return bool(_TAG.search(text))


def _marked(found: re.Match[str]) -> str:
    return here(found) if found.lastgroup else f"\\{found.group()}"


def _guard_start(found: re.Match[str]) -> str:
    indent, mark = found.groups()
    # "1." is escaped behind its number, everything else before it.
    return f"{indent}{mark}\\" if mark.isdigit() else f"{indent}\\{mark}"
