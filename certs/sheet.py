"""One PDF page: fonts embedded as subsets, shaped text, vector drawing, tags, fixed bytes.

reportlab writes the page; pikepdf adds what archives and readers aloud need. Text is written by
glyph numbers instead of strings, because libraries give one font per string and leave private
characters in the text that a reader copies.
"""

import io
from collections.abc import Generator, Sequence
from contextlib import contextmanager

from pikepdf import Array, Dictionary, Name, Page, Pdf
from reportlab.pdfgen.canvas import Canvas

from certs.archive_file import About, attach, describe, written
from certs.attachments import Attachment
from certs.embedded_font import EmbeddedFont
from certs.embedded_picture import EmbeddedPicture
from certs.lettering import Line, Run
from certs.packing import packed
from certs.palette import Colour
from certs.structure import Element, Tag, add_structure

Box = tuple[float, float, float, float]


class Sheet:
    """A page that collects drawing operators, the glyphs that they use, and what they mean.

    The ground lies under everything else, and pages usually share it.
    What is drawn outside an element is an ornament, which no reader aloud mentions; of what is
    drawn inside one, text counts, and in a figure everything.
    """

    def __init__(self, width: float, height: float, ground: str) -> None:
        self._size = (width, height)
        self._ground = ground
        self._operators: list[str] = []
        self._fonts: dict[str, EmbeddedFont] = {}
        self._pictures: list[EmbeddedPicture] = []
        self._root = Element("Document")
        self._open: list[Element] = [self._root]
        self._marks = 0

    @contextmanager
    def element(
        self,
        tag: Tag,
        language: str = "",
        alternative: str = "",
        box: Box | None = None,
    ) -> Generator[None]:
        """Say what everything drawn inside is; elements nest and are read in this order."""
        element = Element(tag, language, alternative, box)
        self._open[-1].kids.append(element)
        self._open.append(element)
        yield
        self._open.pop()

    def draw(self, operators: str) -> None:
        """Add vector drawing in PDF operators; its settings end with it."""
        with self._marked(self._open[-1].tag == "Figure"):
            self._operators.append(f"q {operators} Q")

    @contextmanager
    def placed(self, matrix: str) -> Generator[None]:
        """Move, turn or scale everything drawn inside, by the six numbers of a PDF matrix."""
        self._operators.append(f"q {matrix} cm")
        yield
        self._operators.append("Q")

    def write(self, line: Line, x: float, y: float, size: float, colour: Colour) -> None:
        """Write a line from the left end of its baseline."""
        with self._marked(len(self._open) > 1):
            for run in line.runs:
                self._write_run(run, x, y, size, colour)
                x += run.width * size

    def show(self, picture: EmbeddedPicture, alternative: str, box: Box) -> None:
        """Show a picture in its box (left, bottom, right, top), with words for who can't see it."""
        left, bottom, right, top = box
        self._pictures.append(picture)
        placed = f"{right - left:.3f} 0 0 {top - bottom:.3f} {left:.3f} {bottom:.3f} cm"
        with self.element("Figure", alternative=alternative, box=box):
            # White around a logo must not hide what lies under it.
            self.draw(f"/Multiplied gs {placed} /I{len(self._pictures)} Do")

    @contextmanager
    def _marked(self, counts: bool) -> Generator[None]:
        if counts:
            self._open[-1].kids.append(self._marks)
            self._operators.append(f"/{self._open[-1].tag} <</MCID {self._marks}>> BDC")
            self._marks += 1
        else:
            self._operators.append("/Artifact BMC")
        yield
        self._operators.append("EMC")

    def _write_run(self, run: Run, x: float, y: float, size: float, colour: Colour) -> None:
        label = len(self._fonts) + 1
        font = self._fonts.setdefault(run.typeface, EmbeddedFont(run.typeface, label))
        size *= font.face.scale
        red, green, blue = colour
        spacing = f"{run.tracking * size:.3f} Tc" if run.tracking else ""
        start = f"{red} {green} {blue} rg /{font.label} {size:.3f} Tf {spacing} {x:.3f} {y:.3f} Td"
        self._operators.append(f"q BT {start} {font.show(run, size)} ET Q")

    def finish(self, about: About, attachments: Sequence[Attachment] = ()) -> bytes:
        """The finished file; the same drawing, words and attachments always give the same bytes."""
        file = Pdf.open(io.BytesIO(self._drawn()))
        page = self._page(file)
        describe(file, about)
        add_structure(file, page.obj, self._root)
        attach(file, attachments, about.dated)
        return written(file)

    def _drawn(self) -> bytes:
        """The page as reportlab writes it, whose own tagging and metadata are not enough for us."""
        made = io.BytesIO()
        canvas = _Canvas(made, pagesize=self._size, pageCompression=0, invariant=1)
        canvas.addLiteral("\n".join(self._operators))
        canvas.showPage()
        canvas.save()
        return made.getvalue()

    def _page(self, file: Pdf) -> Page:
        """Lay the ground under what was drawn, and give it the fonts and pictures that it names."""
        page = file.pages[0]
        ground = f"/Artifact BMC\n{self._ground}\nEMC\n".encode("ascii")
        layers = (ground, page.Contents.read_bytes())
        page.Contents = Array([packed(file, layer) for layer in layers])
        page.Resources = self._resources(file)
        # What reportlab says beside the page: nothing of it, or the hour of its making.
        for unneeded in ("/Trans", "/Rotate"):
            del page[unneeded]
        del file.Root.PageMode, file.trailer.ID, file.trailer.Info
        return page

    def _resources(self, file: Pdf) -> Dictionary:
        fonts = {f"/{font.label}": font.embedded(file) for font in self._fonts.values()}
        resources = Dictionary(Font=Dictionary(fonts))
        if self._pictures:
            numbered = enumerate(self._pictures, 1)
            shown = {f"/I{number}": picture.embedded(file) for number, picture in numbered}
            resources.XObject = Dictionary(shown)
            resources.ExtGState = Dictionary(Multiplied=Dictionary(BM=Name.Multiply))
        return resources


class _Canvas(Canvas):
    """A canvas that begins with nothing: reportlab would name a font that is not embedded."""

    def _make_preamble(self) -> None:
        # No public face leaves it out, so reportlab's version is pinned.
        self._preamble = ""
