"""How a certificate looks."""

from pydantic import BaseModel, ConfigDict

from certs.palette import Palette


class Design(BaseModel):
    """One version of a design. Colours are `#rrggbb`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    main: str = Palette.main
    accent: str = Palette.accent

    @property
    def palette(self) -> Palette:
        """The colours to draw with."""
        return Palette(self.main, self.accent)


PLAIN_DESIGN = Design()
