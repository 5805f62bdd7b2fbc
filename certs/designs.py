"""How a certificate looks: paper, colours, logo, signatures, a second language.

Pictures stand in a design as base64 of the PNG that `design_pictures` makes of an upload, so that
a stored version is whole.
"""

from collections.abc import Iterator
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from certs.palette import READABLE, Palette, contrast_on_white, contrast_sentence, is_colour
from certs.second_language import LANGUAGES
from certs.typefaces import unprintable

MOST_SIGNATURES = 2
_LONGEST = 120
_LARGEST_PICTURE = 200_000


class Format(StrEnum):
    """The paper: A4 across, A4 upright, or a card (A6 across)."""

    LANDSCAPE = "landscape"
    PORTRAIT = "portrait"
    CARD = "card"


class Signatory(BaseModel):
    """Who signs: name and title under the picture; without a picture there is room for ink."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    title: str = ""
    picture: str = ""


class Design(BaseModel):
    """One version of a design. Colours are `#rrggbb`.

    `achievement` is what was earned, in the second language; a card has no room for signatures.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Format = Format.LANDSCAPE
    main: str = Palette.main
    accent: str = Palette.accent
    logo: str = ""
    signatories: tuple[Signatory, ...] = ()
    language: str = ""
    achievement: str = ""

    @property
    def palette(self) -> Palette:
        """The colours to draw with."""
        return Palette(self.main, self.accent)


PLAIN_DESIGN = Design()


def design_problems(design: Design) -> list[str]:
    """Return what keeps a design from being used, a sentence each; empty where nothing does."""
    return [*_colour_problems(design), *_text_problems(design), *_picture_problems(design)]


def _colour_problems(design: Design) -> Iterator[str]:
    for name, colour in (("main", design.main), ("second", design.accent)):
        if not is_colour(colour):
            yield f"The {name} colour is no colour. Write it as # and six digits, like #0e4d4f."
        elif contrast_on_white(colour) < READABLE:
            yield f"The {name} colour: {contrast_sentence(colour)} Choose a darker one."


def _text_problems(design: Design) -> Iterator[str]:
    if design.language and design.language not in LANGUAGES:
        yield f"There are no words for the language {design.language!a}. Choose another."
    if len(design.signatories) > MOST_SIGNATURES:
        yield f"There is room for {MOST_SIGNATURES} signatures. Take one away."
    texts = [("The title in the second language", design.achievement)]
    for one in design.signatories:
        if not one.name.strip():
            yield "A signature has no name. Write whose it is, or take it away."
        texts += [("A signature's name", one.name), ("A signature's title", one.title)]
    for what, text in texts:
        if len(text) > _LONGEST:
            yield f"{what} has more than {_LONGEST} characters. Write it shorter."
        if wrong := unprintable(text):
            yield f"{what} has characters that cannot be printed: {wrong!a}. Write it without."


def _picture_problems(design: Design) -> Iterator[str]:
    for picture in (design.logo, *(one.picture for one in design.signatories)):
        if len(picture) > _LARGEST_PICTURE:
            yield "A picture is too large for a certificate. Upload it again, smaller."
