"""The colours of a certificate, and whether they can be read on white paper."""

import re
from dataclasses import dataclass
from functools import cached_property
from math import floor

Colour = tuple[float, float, float]

# WCAG 2.2, success criterion 1.4.3: the least contrast of text.
READABLE = 4.5
_HEX = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True)
class Palette:
    """Two colours as `#rrggbb`: one for titles and frame, one for rules and ornaments."""

    main: str = "#0e4d4f"
    accent: str = "#ac6333"

    @cached_property
    def main_ink(self) -> Colour:
        """The first colour, in parts of red, green and blue."""
        return ink_of(self.main)

    @cached_property
    def accent_ink(self) -> Colour:
        """The second colour, in parts of red, green and blue."""
        return ink_of(self.accent)

    @cached_property
    def haze(self) -> Colour:
        """The first colour so pale that text lies on it unhindered."""
        return _paler(self.main_ink, 0.09)

    @cached_property
    def blush(self) -> Colour:
        """The second colour so pale that text lies on it unhindered."""
        return _paler(self.accent_ink, 0.17)


def is_colour(colour: str) -> bool:
    """Tell whether this is `#rrggbb`."""
    return bool(_HEX.fullmatch(colour))


def ink_of(colour: str) -> Colour:
    """Return parts of red, green and blue from 0 to 1; raises ValueError for no `#rrggbb`."""
    if not is_colour(colour):
        raise ValueError(f"{colour!a} is no colour. Write it as # and six digits, like #0e4d4f.")
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return round(red, 4), round(green, 4), round(blue, 4)


def contrast_on_white(colour: str) -> float:
    """Return the contrast ratio to white, 1 to 21, by WCAG 2.2's relative luminance."""
    red, green, blue = (_linear(part) for part in ink_of(colour))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def contrast_sentence(colour: str) -> str:
    """Say how well a colour reads on white paper."""
    ratio = contrast_on_white(colour)
    # Cut, not rounded: 4.48 must not be called 4.5 and refused.
    said = f"contrast {floor(ratio * 10) / 10} to 1, at least {READABLE} is needed."
    fair = ratio >= READABLE
    return f"Reads well on white: {said}" if fair else f"Too pale to read on white: {said}"


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _paler(ink: Colour, strength: float) -> Colour:
    red, green, blue = (round(1 - strength * (1 - part), 4) for part in ink)
    return red, green, blue
