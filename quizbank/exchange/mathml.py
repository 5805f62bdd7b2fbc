r"""Formulas in MathML as TeX between `\(` and `\)`: the elements that questions mostly use."""

import re
from collections.abc import Sequence
from html import escape

from quizbank.exchange.xml_reading import Element, parse_xml
from quizbank.exchange.xml_text import with_named_characters

_TAG = re.compile(r"[<«](/?)(?:[\w-]{1,20}:)?math\b[^<>«»]{0,2000}[>»]", re.IGNORECASE)
_PREFIX = re.compile(r"(</?)[\w-]{1,20}:")
# How an editor for Moodle writes MathML where < and > would be lost.
_GUILLEMETS = str.maketrans("«»¨§", '<>"&')
_FUNCTIONS = frozenset({"sin", "cos", "tan", "log", "ln", "exp", "lim", "max", "min"})
_SIGNS = {
    "×": r"\times ",
    "÷": r"\div ",
    "⋅": r"\cdot ",
    "·": r"\cdot ",
    "±": r"\pm ",
    "≤": r"\le ",
    "≥": r"\ge ",
    "≠": r"\ne ",
    "≈": r"\approx ",
    "→": r"\to ",
    "∞": r"\infty ",
    "∑": r"\sum ",
    "∫": r"\int ",
    "√": r"\surd ",
    "\u2212": "-",
    "%": r"\%",
    "{": r"\{",
    "}": r"\}",
    "#": r"\#",
    "&": r"\&",
    "_": r"\_",
    # These say to machines what stands side by side.
    **dict.fromkeys("\u2061\u2062\u2063\u2064", ""),
}
_GROUPS = frozenset({"math", "mrow", "mstyle", "mpadded", "mtd"})
_OVER = {"¯": r"\overline", "‾": r"\overline", "^": r"\hat", "→": r"\vec", "˙": r"\dot"}


class _NotKnown(Exception):
    """An element that no TeX here stands for."""


def with_formulas(html: str) -> str:
    r"""Return HTML whose MathML is TeX between `\(` and `\)`; what is not known stays MathML."""
    parts: list[str] = []
    done, begin = 0, None
    for tag in _TAG.finditer(html):
        if not tag[1]:
            begin = tag.start() if begin is None else begin
        elif begin is not None:
            formula = _formula(html[begin : tag.end()])
            parts += [html[done:begin], formula or html[begin : tag.end()]]
            done, begin = tag.end(), None
    return "".join([*parts, html[done:]])


def _formula(markup: str) -> str:
    if markup.startswith("«"):
        markup = markup.translate(_GUILLEMETS)
    root = parse_xml(with_named_characters(_PREFIX.sub(r"\1", markup)))
    if not isinstance(root, Element):
        return ""
    try:
        tex = _tex(root).strip()
    except _NotKnown:
        return ""
    return f"\\({escape(tex, quote=False)}\\)" if tex else ""


def _tex(one: Element) -> str:
    name = one.name.lower()
    if name in _GROUPS:
        return _row(one.children)
    if name in {"mi", "mn", "mo", "mtext", "mspace"}:
        return _token(name, " ".join(one.full_text.split()))
    if name in {"msqrt", "semantics"}:
        # What stands behind the first in `semantics` says the same once more.
        return f"\\sqrt{{{_row(one.children)}}}" if name == "msqrt" else _row(one.children[:1])
    if name == "mfenced":
        return _fenced(one)
    return _built(name, one.children)


def _row(children: Sequence[Element]) -> str:
    return "".join(map(_tex, children))


def _token(name: str, text: str) -> str:
    if set(text) & set("\\$~`"):
        raise _NotKnown
    if name == "mspace":
        return r"\ "
    said = "".join(_SIGNS.get(sign, sign) for sign in text)
    if name == "mtext":
        return f"\\text{{{said}}}" if said else r"\ "
    if name == "mi" and len(text) > 1:
        return f"\\{text} " if text in _FUNCTIONS else f"\\mathrm{{{said}}}"
    return said.replace("^", r"\hat{}")


def _fenced(one: Element) -> str:
    begin, end = one.get("open", "("), one.get("close", ")")
    parting = one.get("separators", ",").strip()[:1]
    if begin not in {"(", "[", "|"} or end not in {")", "]", "|"}:
        raise _NotKnown
    return f"\\left{begin}{parting.join(map(_tex, one.children))}\\right{end}"


def _built(name: str, children: Sequence[Element]) -> str:
    wanted = 3 if name in {"msubsup", "munderover"} else 2
    if len(children) != wanted:
        raise _NotKnown
    first, *others = (_tex(child) for child in children)
    if name == "mover" and (sign := _OVER.get(children[1].full_text.strip())):
        return f"{sign}{{{first}}}"
    base = first if re.fullmatch(r"\w|\\sum |\\int |\\lim ", first) else f"{{{first}}}"
    match name:
        case "mfrac":
            return f"\\frac{{{first}}}{{{others[0]}}}"
        case "mroot":
            return f"\\sqrt[{others[0]}]{{{first}}}"
        case "msup" | "mover":
            return f"{base}^{{{others[0]}}}"
        case "msub" | "munder":
            return f"{base}_{{{others[0]}}}"
        case "msubsup" | "munderover":
            return f"{base}_{{{others[0]}}}^{{{others[1]}}}"
        case _:
            raise _NotKnown
