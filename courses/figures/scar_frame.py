"""The frame that every picture of a scar stands in."""

from dataclasses import dataclass

from courses.figures.canvas import Canvas


@dataclass(frozen=True)
class Box:
    """Where a picture stands."""

    x: float
    y: float
    width: float
    height: float

    def at(self, across: float, down: float) -> tuple[float, float]:
        """Return a point by its share of the width and of the height."""
        return self.x + across * self.width, self.y + down * self.height


def clip_to(canvas: Canvas, name: str, box: Box) -> str:
    """Keep a picture within its frame; returns what its shapes name as their clip path."""
    canvas.define(
        name,
        f'<clipPath id="{name}"><rect x="{box.x}" y="{box.y}" width="{box.width}" '
        f'height="{box.height}" rx="5"/></clipPath>',
    )
    return f"url(#{name})"


def draw_edge(canvas: Canvas, box: Box) -> None:
    """Draw the frame itself, over the picture."""
    canvas.rect(
        box.x, box.y, box.width, box.height, "none",
        stroke=canvas.palette.soft_ink, stroke_width=1, rx=5,
    )  # fmt: skip
