"""What a page's drawing means: headings, paragraphs, lists and figures, in reading order.

Readers aloud follow this tree and not the drawing (PDF/UA-1, ISO 14289-1; tags of ISO 32000-1,
14.8.4).
"""

from dataclasses import dataclass, field
from typing import Literal

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

Tag = Literal["Document", "Sect", "H1", "H2", "P", "L", "LI", "LBody", "Figure", "Span"]


@dataclass
class Element:
    """One element; its kids are others, or numbers of marked stretches of the page's drawing.

    `language` is a BCP 47 tag where it differs from the one around. A figure has the text that is
    read in its place, and its box on the page.
    """

    tag: Tag
    language: str = ""
    alternative: str = ""
    box: tuple[float, float, float, float] | None = None
    kids: "list[Element | int]" = field(default_factory=list["Element | int"])


def add_structure(file: Pdf, page: Object, root: Element) -> None:
    """Write the tree into the file, and from each marked stretch the way back to its element."""
    tree = file.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    owners: dict[int, Object] = {}
    tree.K = _written(file, page, root, tree, owners)
    of_page = file.make_indirect(Array([owners[number] for number in sorted(owners)]))
    tree.ParentTree = file.make_indirect(Dictionary(Nums=Array([0, of_page])))
    tree.ParentTreeNextKey = 1
    page.StructParents = 0
    page.Tabs = Name.S
    file.Root.StructTreeRoot = tree
    file.Root.MarkInfo = Dictionary(Marked=True)


def _written(
    file: Pdf, page: Object, element: Element, parent: Object, owners: dict[int, Object]
) -> Object:
    written = file.make_indirect(
        Dictionary(Type=Name.StructElem, S=pikepdf.Name(f"/{element.tag}"), P=parent, Pg=page)
    )
    if element.language:
        written.Lang = String(element.language)
    if element.alternative:
        written.Alt = String(element.alternative)
    if element.box:
        sides = Array([round(side, 3) for side in element.box])
        written.A = Dictionary(O=Name.Layout, BBox=sides, Placement=Name.Block)
    kids: list[Object | int] = []
    for kid in element.kids:
        if isinstance(kid, int):
            owners[kid] = written
            kids.append(kid)
        else:
            kids.append(_written(file, page, kid, written, owners))
    written.K = Array(kids)
    return written
