"""The colours of a figure, in light and in dark; every pair of text and ground reaches 4.5:1."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """Colours by what they stand for."""

    paper: str
    panel: str
    ink: str
    soft_ink: str
    rule: str
    horn: str
    epidermis: str
    dermis: str
    fibre: str
    vessel: str
    fat: str
    hollow: str
    pale: str
    bar: str
    bar_line: str
    course: str
    convention: str
    histology: str
    phases: tuple[str, str, str, str]


LIGHT = Palette(
    paper="#fffdf8",
    panel="#f4eee3",
    ink="#1a2a38",
    soft_ink="#4a5865",
    rule="#d3c9b8",
    horn="#b98a5e",
    epidermis="#e7a98a",
    dermis="#f6dccf",
    fibre="#d79f89",
    vessel="#b4483f",
    fat="#f5e3ae",
    hollow="#5a2a20",
    pale="#fffdf8",
    bar="#e9c3b1",
    bar_line="#a1573c",
    course="#0b5c63",
    convention="#77480a",
    histology="#5b3a8c",
    phases=("#f0c2b8", "#f4d59b", "#b9dcc0", "#bcd3ea"),
)

DARK = Palette(
    paper="#132233",
    panel="#1c2f43",
    ink="#e9eef2",
    soft_ink="#b6c3ce",
    rule="#3f5368",
    horn="#d9ad80",
    epidermis="#a8634a",
    dermis="#56342f",
    fibre="#94604f",
    vessel="#ea8b7f",
    fat="#574a2c",
    hollow="#1a0c09",
    pale="#f0d9cc",
    bar="#6b4236",
    bar_line="#e3a48c",
    course="#7fd3d0",
    convention="#f0c878",
    histology="#cdb2ff",
    phases=("#6d3a34", "#67501e", "#275239", "#2b4a6e"),
)
