"""The left half of the depth explorer: skin in section to true scale, with a needle in it."""

from courses.figures.canvas import Canvas, path_of, wave, wrapped
from courses.figures.depth_callouts import Frame, draw_callouts
from courses.figures.depth_model import Shown
from courses.figures.skin_layers import draw_fat

DEEPEST = 3.04
_RULER = 3.0
_SMALL = 11.5
_LINE = 14.0
_HANDLE = 46


def draw_section(
    canvas: Canvas, now: Shown, left: float, top: float, block: float, right: float
) -> float:
    """Draw the section with its title at `top`; returns the y of its lower edge."""
    canvas.text(left, top, "Skin in section", size=14.5, bold=True)
    said = f"{now.site.name} · {now.view.label.lower()} · mm, to scale"
    lines = wrapped(said, right - left, _SMALL)
    for number, line in enumerate(lines):
        canvas.text(left, top + 17 + _LINE * number, line, size=_SMALL, fill=_soft(canvas))
    surface = top + 31 + _LINE * len(lines) + _HANDLE
    frame = Frame(left + 34, left + 34 + block, surface, 122)
    _draw_tissue(canvas, now, frame)
    _draw_needle(canvas, now, frame)
    _draw_ruler(canvas, frame)
    return max(frame.y(DEEPEST), draw_callouts(canvas, now, frame, right))


def _soft(canvas: Canvas) -> str:
    return canvas.palette.soft_ink


def _draw_tissue(canvas: Canvas, now: Shown, frame: Frame) -> None:
    colours = canvas.palette
    box = (frame.left, frame.surface, frame.width, DEEPEST * frame.scale)
    canvas.define(
        "skin",
        f'<clipPath id="skin"><rect x="{box[0]}" y="{box[1]}" width="{box[2]}" '
        f'height="{box[3]:.1f}" rx="4"/></clipPath>',
    )
    floor = now.floor
    canvas.rect(*box, colours.fat if floor else colours.dermis, clip_path="url(#skin)")
    if floor:
        draw_fat(canvas, (frame.left, frame.right), frame.y(floor.mean_low), frame.y(DEEPEST) + 12)
        end = (floor.mean_low + floor.mean_high) / 2
        _fill_down_to(canvas, frame, wave(frame.left, frame.right, frame.y(end), 5, 74))
        _draw_fibres(canvas, frame, end)
        _draw_spread(canvas, frame, floor.shallow, floor.deep)
        _fade(canvas, frame, floor.mean_high)
    else:
        _fade(canvas, frame, now.epidermis_ends[1])
    _draw_epidermis(canvas, now, frame)
    canvas.rect(*box, "none", stroke=colours.ink, stroke_width=1.2, rx=4)


def _fill_down_to(canvas: Canvas, frame: Frame, edge: list[tuple[float, float]]) -> None:
    corners = [(frame.right, frame.surface), (frame.left, frame.surface)]
    canvas.path(
        path_of([*edge, *corners], closed=True),
        fill=canvas.palette.dermis,
        stroke=canvas.palette.bar_line,
        stroke_width=1.2,
        clip_path="url(#skin)",
    )


def _draw_epidermis(canvas: Canvas, now: Shown, frame: Frame) -> None:
    colours = canvas.palette
    thin, thick = now.epidermis_ends
    height = (thick - thin) / 2 * frame.scale
    # The ridges run between the thinnest and the thickest reading, so the border is the range.
    ridges = wave(frame.left, frame.right, frame.y((thin + thick) / 2), height, 27)
    corners = [(frame.right, frame.surface), (frame.left, frame.surface)]
    canvas.path(
        path_of([*ridges, *corners], closed=True),
        fill=colours.epidermis,
        stroke=colours.bar_line,
        stroke_width=1,
        clip_path="url(#skin)",
    )
    horn = now.facts.horn.high * frame.scale
    canvas.rect(frame.left, frame.surface, frame.width, horn, colours.horn, clip_path="url(#skin)")


def _draw_fibres(canvas: Canvas, frame: Frame, floor: float) -> None:
    y, row = frame.y(0.28), 0
    while y < frame.y(floor) - 10:
        reach = 24 + (row * 37) % 30
        start = frame.left - 8 + (row * 23) % 34
        while start < frame.right:
            canvas.path(
                path_of(wave(start, start + reach, y + (row % 3), 2.4, 27, phase=row)),
                fill="none",
                stroke=canvas.palette.fibre,
                stroke_width=1.2 + (row % 3) * 0.5,
                stroke_linecap="round",
                clip_path="url(#skin)",
            )
            start += reach + 9
        y += 9.5
        row += 1


def _draw_spread(canvas: Canvas, frame: Frame, shallow: float, deep: float) -> None:
    hatch = canvas.hatch("floor", canvas.palette.bar_line, gap=8)
    canvas.rect(
        frame.left, frame.y(shallow), frame.width, (deep - shallow) * frame.scale, hatch,
        opacity=0.5, clip_path="url(#skin)",
    )  # fmt: skip


def _fade(canvas: Canvas, frame: Frame, depth: float) -> None:
    """Let the block fade below a depth, where nobody measured what follows."""
    paper = canvas.palette.paper
    canvas.define(
        "fade",
        f'<linearGradient id="fade" x1="0" y1="0" x2="0" y2="1"><stop offset="0.1" '
        f'stop-color="{paper}" stop-opacity="0"/><stop offset="0.85" stop-color="{paper}"/>'
        f"</linearGradient>",
    )
    top = frame.y(depth)
    height = frame.y(DEEPEST) - top
    canvas.rect(frame.left, top, frame.width, height, "url(#fade)", clip_path="url(#skin)")


def _draw_needle(canvas: Canvas, now: Shown, frame: Frame) -> None:
    """Draw the needle at its full length, and around it the band that it may reach."""
    colours, x = canvas.palette, frame.middle
    tip = frame.y(now.length)
    canvas.define(
        "reach",
        f'<linearGradient id="reach" x1="0" y1="0" x2="0" y2="1"><stop offset="0" '
        f'stop-color="{colours.histology}" stop-opacity="0.62"/><stop offset="1" '
        f'stop-color="{colours.histology}" stop-opacity="0.12"/></linearGradient>',
    )
    canvas.rect(
        x - 21, frame.surface, 42, tip - frame.surface, "url(#reach)",
        stroke=colours.histology, stroke_width=1.4, stroke_dasharray="4 3",
    )  # fmt: skip
    canvas.rect(
        x - 17, frame.surface - _HANDLE, 34, 30, colours.panel,
        stroke=colours.ink, stroke_width=1.4, rx=4,
    )  # fmt: skip
    canvas.rect(
        x - 9, frame.surface - _HANDLE + 30, 18, _HANDLE - 31, colours.panel,
        stroke=colours.ink, stroke_width=1.4, rx=2,
    )  # fmt: skip
    point = min(9.0, (tip - frame.surface) * 0.6)
    canvas.path(
        f"M{x - 2.6:.1f} {frame.surface}V{tip - point:.1f}L{x:.1f} {tip:.1f}"
        f"L{x + 2.6:.1f} {tip - point:.1f}V{frame.surface}Z",
        fill=colours.paper,
        stroke=colours.ink,
        stroke_width=1.3,
        stroke_linejoin="round",
    )
    _draw_ceiling(canvas, now, frame)


def _draw_ceiling(canvas: Canvas, now: Shown, frame: Frame) -> None:
    colours = canvas.palette
    ceiling = now.site.ceiling
    if ceiling is None:
        x, y = frame.middle, frame.surface - _HANDLE + 15
        cross = f"M{x - 24} {y - 24}l48 48m0 -48l-48 48"
        for stroke, width in ((colours.paper, 9), (colours.course, 4.6)):
            canvas.path(cross, stroke=stroke, stroke_width=width, stroke_linecap="round")
        return
    depths = dict.fromkeys((ceiling.low, ceiling.high))
    for depth in depths:
        _ceiling_line(canvas, frame, depth, solid=depth == ceiling.high)
    if ceiling.signed_off:
        _ceiling_line(canvas, frame, ceiling.signed_off, solid=False)


def _ceiling_line(canvas: Canvas, frame: Frame, depth: float, solid: bool) -> None:
    colours, y = canvas.palette, frame.y(depth)
    dashes: dict[str, str | float] = {} if solid else {"stroke_dasharray": "7 4"}
    canvas.line(frame.left - 4, y, frame.right + 4, y, colours.paper, stroke_width=5.4)
    canvas.line(frame.left - 4, y, frame.right + 4, y, colours.course, stroke_width=2.6, **dashes)


def _draw_ruler(canvas: Canvas, frame: Frame) -> None:
    ink, edge = canvas.palette.soft_ink, frame.left - 3
    canvas.line(edge, frame.y(0), edge, frame.y(_RULER), ink, stroke_width=1.2)
    for tenth in range(round(_RULER * 10) + 1):
        y = frame.y(tenth / 10)
        canvas.line(edge - (8 if tenth % 5 == 0 else 4), y, edge, y, ink, stroke_width=1.2)
        if tenth % 5 == 0:
            canvas.text(edge - 10, y + 4, f"{tenth / 10:g}", size=12, anchor="end")
