"""The skin in section and the dermis by site, to scale in millimetres."""

from courses.figures.canvas import Canvas, Drawing
from courses.figures.facts import Site, SkinSectionFacts
from courses.figures.palette import Palette
from courses.figures.parts import Reading, lowered
from courses.figures.skin_layers import draw_section
from courses.figures.skin_sites import draw_legend, draw_sites

_NARROW = 500


def skin_drawing(facts: SkinSectionFacts, palette: Palette, width: float) -> Drawing:
    """Draw section and sites side by side, or one below the other where it is narrow."""
    canvas = Canvas(width, palette)
    if width < _NARROW:
        below = draw_section(canvas, facts, left=12, top=26, scale=138)
        bottom = draw_sites(canvas, facts, left=12, top=below + 34, width=width - 24)
        return canvas.finish(draw_legend(canvas, facts, 12, bottom + 22, width - 24) + 14)
    draw_section(canvas, facts, left=16, top=30, scale=244)
    bottom = draw_sites(canvas, facts, left=316, top=30, width=width - 332, names=116)
    return canvas.finish(draw_legend(canvas, facts, 16, bottom + 24, width - 32) + 16)


def skin_alt(facts: SkinSectionFacts) -> str:
    """Return what the figure shows, in words."""
    layers = " ".join(
        f"{layer.label}: {'; '.join(_reading(one) for one in layer.readings)}."
        for layer in facts.layers
    )
    sites = " ".join(
        f"{site.name}: dermis {_dermis(site)}; course ceiling {_ceiling(site)}."
        for site in facts.sites
    )
    needle = facts.needle
    return (
        f"{facts.title}, to scale, with a ruler from 0 to {facts.ruler:g} mm; all figures in mm. "
        f"{layers} The trade line at {facts.convention.mm:g} is a convention, no boundary in the "
        f"skin. {sites} Length is not depth: in {needle.where} a needle of {needle.length:g} made "
        f"channels of {needle.channel:g} on average."
    )


def skin_table(facts: SkinSectionFacts) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the figure's facts as header and rows."""
    rows = [
        (layer.label, "; ".join(_reading(one) for one in layer.readings), "", _keys(layer.readings))
        for layer in facts.layers
    ]
    rows += [
        (f"Dermis, {lowered(site.name)}", _dermis(site), _ceiling(site), _site_keys(facts, site))
        for site in facts.sites
    ]
    convention, needle = facts.convention, facts.needle
    rows.append(
        ("Trade line", f"{convention.mm:g}: a convention", "", " ".join(convention.sources))
    )
    rows.append(
        (
            "Length is not depth",
            f"needle {needle.length:g}, channel {needle.channel:g} ({needle.where})",
            "",
            " ".join(needle.sources),
        )
    )
    header = ("Layer or site", "Thickness in mm", "Course ceiling in mm", "Sources")
    return header, tuple(rows)


def _dermis(site: Site) -> str:
    if not site.readings:
        return "no figure seen"
    shown = "; ".join(_reading(one) for one in site.readings)
    return f"{shown} ({site.measured_at})" if site.measured_at else shown


def _reading(reading: Reading) -> str:
    about = [part for part in (reading.who, reading.method, reading.where) if part]
    return f"{reading.span} ({', '.join(about)})"


def _ceiling(site: Site) -> str:
    if site.never:
        return f"never ({site.never.why})"
    if site.ceiling is None:
        return ""
    off = site.ceiling.signed_off
    return site.ceiling.span + (f" ({off:.1f} if licensed and signed off)" if off else "")


def _keys(readings: tuple[Reading, ...]) -> str:
    return " ".join(dict.fromkeys(key for one in readings for key in one.sources))


def _site_keys(facts: SkinSectionFacts, site: Site) -> str:
    own = site.never.sources if site.never else facts.ceiling_sources
    return f"{_keys(site.readings)} {' '.join(own)}".strip()
