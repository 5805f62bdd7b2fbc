r"""Formulas: drawn here between dollars, written elsewhere between \( and \)."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbank.exchange.defaults import Defaults
from quizbank.exchange.formats import Format, read_file, write_file
from quizbank.exchange.formulas import for_others, from_others
from quizbank.exchange.html_texts import html_as_markdown
from quizbank.exchange.qti.markup import rendered
from quizbank.exchange.texts import as_markdown, as_plain
from quizbank.items import Item
from tests.factories import essay, single_choice

DEFAULTS = Defaults(date(2026, 11, 23), objective="MF-01", sources=("S01",))
signs = st.text("$\\()[]{}ax_*` \n\u2060", max_size=40)
tex = st.text("\\{}ax_^*[2]= <", min_size=1, max_size=20).map(str.strip)


@pytest.mark.parametrize(
    ("plain", "markdown"),
    [
        (r"Is \(a_1 < b*c\) so?", "Is $a_1 < b*c$ so?"),
        (r"So \[\frac{a}{b} \\[2pt] c\] is", r"So $$\frac{a}{b} \\[2pt] c$$ is"),
        ("Look:\n$$x^2$$\nWell?", "Look:  \n\n$$\nx^2\n$$\n\nWell?"),
        ("$$x$$", "$$x$$"),
        (r"\(a\)\(b\)", "$a$ $b$"),
        ("\\(a\n+ b\\)", "$a + b$"),
        ("It costs $5 or $10.", r"It costs \$5 or \$10."),
        (r"\( \) and \(a$b\)", r"\\( \\) and \\(a\$b\\)"),
        (r"C:\dir (a\b)", r"C:\dir (a\b)"),
        (r"a row ends \\(here\\)", r"a row ends \\\\(here\\\\)"),
        (r"\(one", r"\\(one"),
    ],
)
def test_tex_is_drawn_and_what_is_none_stays_text(plain: str, markdown: str) -> None:
    assert as_markdown(plain) == markdown


def test_formulas_of_html_are_drawn() -> None:
    html = r"<p>So <b>x</b> is \(a_1 &lt; b\)</p><p>$$\sum x$$</p><p>Well?</p>"
    assert html_as_markdown(html)[0] == "So **x** is $a_1 < b$\n\n$$\n\\sum x\n$$\n\nWell?"


def test_a_formula_goes_back_as_others_write_it() -> None:
    assert as_plain(r"Is $a_1$, \$5, $$b$$ so?") == r"Is \(a_1\), $5, \[b\] so?"
    assert rendered("Is $a_1*b*c < d$ so?") == r"<p>Is \(a_1*b*c &lt; d\) so?</p>"
    assert for_others("`$x$` costs $$$") == "`$x$` costs $$$"


@given(tex.filter(lambda said: bool(said.strip("\\ "))))
@settings(max_examples=150, deadline=None)
def test_a_formula_survives_the_way_to_others_and_back(said: str) -> None:
    assert from_others(for_others(f"Is ${said}$ so?")) == f"Is ${said}$ so?"


@given(signs)
@settings(max_examples=400, deadline=None)
def test_markdown_survives_the_way_to_others_and_back(markdown: str) -> None:
    assert from_others(for_others(markdown)) == markdown


@given(signs.filter(lambda text: "$$" not in text and "\\[" not in text and "\\(" not in text))
@settings(max_examples=200, deadline=None)
def test_text_without_formulas_survives_as_markdown(text: str) -> None:
    plain = " ".join(text.split())
    assert as_plain(as_markdown(plain)) == plain


FORMULAS = [
    single_choice(stem="Is $\\frac{a_1}{b}$ more than \\$5?\n\n$$\nx = 1\n$$"),
    essay(model_answer="It is $a_1 = b$."),
]


@pytest.mark.parametrize("file_format", [Format.GIFT, Format.MOODLE_XML, Format.QTI])
@pytest.mark.parametrize("item", FORMULAS, ids=["in the question", "in what is wanted"])
def test_formulas_come_back_from_every_format(item: Item, file_format: Format) -> None:
    (back,) = read_file(file_format, write_file(file_format, [item]), DEFAULTS).items
    assert back.item.stem == item.stem
    wanted = getattr(item, "model_answer", "")
    assert file_format is Format.QTI or getattr(back.item, "model_answer", "") == wanted


def test_gift_frees_its_escapes_before_it_looks_for_formulas() -> None:
    gift = r"Is \(\\frac\{a\}\{b\} \= c\: d\) so?{T}"
    (found,) = read_file(Format.GIFT, gift.encode(), DEFAULTS).items
    assert found.item.stem == r"Is $\frac{a}{b} = c: d$ so?"
    assert rb"\\\\(\\\\frac\{a\}\{b\} \= c\: d\\\\)" in write_file(Format.GIFT, [found.item])


@pytest.mark.parametrize("piece", ["\\(", "$$", "\\[", "$", "\\\\(", "\\(a", "$$ ", "\\\\", "`$"])
def test_hostile_formulas_are_read_at_once(piece: str) -> None:
    begin = time.process_time()
    text = piece * 50_000
    as_plain(as_markdown(text))
    from_others(for_others(text))
    assert time.process_time() - begin < 3
