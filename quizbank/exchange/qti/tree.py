"""QTI 2 and 3 in one spelling: `simpleChoice` and `qti-simple-choice` are both `simplechoice`."""

import re
from fractions import Fraction
from functools import lru_cache

from quizbank.exchange.xml_reading import Element

# No exponent beyond what a mark or a clinical number needs: 1e999999999 would never be done.
_NUMBER = re.compile(r"[+-]?(\d{1,15}(\.\d{0,15})?|\.\d{1,15})([eE][+-]?\d{1,2})?")


class Unfit(Exception):
    """Something that no item here can hold as it is: the line, and why."""

    def __init__(self, line: int, message: str) -> None:
        self.line = line
        super().__init__(message)


# QTI 3 puts what is said in feedback, rubrics and templates into one more element.
_CONTENT_BODY = "contentbody"


def plain(element: Element) -> Element:
    """Return the element with every name in small letters, without prefix and dashes.

    What stands in the content body of QTI 3 stands where it did in QTI 2.
    """
    inside: list[Element | str] = []
    for one in element.content:
        if isinstance(one, str):
            inside.append(one)
            continue
        made = plain(one)
        inside += made.content if made.name == _CONTENT_BODY else (made,)
    return Element(
        plain_name(element.name),
        {plain_name(name): said for name, said in element.attributes.items()},
        tuple(inside),
        element.line,
        element.namespace,
    )


@lru_cache(maxsize=2_048)
def plain_name(name: str) -> str:
    """Return the name of an element or an attribute as it is spelled here."""
    return name.lower().removeprefix("qti-").replace("-", "")


def number(text: str) -> Fraction | None:
    """Return the number that a text is, exactly; None where it is none of a sensible size."""
    said = text.strip()
    return Fraction(said) if _NUMBER.fullmatch(said) else None


def whole(element: Element, name: str, otherwise: int) -> int:
    """Return an attribute that counts something."""
    said = element.get(name).strip()
    return int(said) if re.fullmatch(r"\d{1,6}", said) else otherwise


def wanted(element: Element, name: str) -> str:
    """Return an attribute that must be there; raises `Unfit`."""
    said = " ".join(element.get(name).split())
    if not said:
        raise Unfit(element.line, f"The element {element.name} lacks its {name}.")
    return said
