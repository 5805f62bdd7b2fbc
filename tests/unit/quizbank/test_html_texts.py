"""HTML of other systems, as an author reads it here."""

import time
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from quizbank.exchange.html_texts import html_as_markdown, html_as_plain


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("10<sup>-3</sup> cm<sup>2</sup>", "10⁻³ cm²"),
        ("H<sub>2</sub>O", "H₂O"),
        ("10<sup>\u2212x</sup>, CO<sub>max</sub>", "10^(\u2212x), CO_(max)"),
        ("the 1<sup>st</sup> of 2<sup></sup>", "the 1st of 2"),
    ],
)
def test_what_is_raised_or_lowered_is_no_digit_more(html: str, text: str) -> None:
    assert html_as_plain(html) == text
    assert html_as_markdown(html)[0].replace("\\_", "_") == text


def test_cells_of_a_table_do_not_become_one_number() -> None:
    table = (
        "<table><tr><th>Depth</th><th>Site</th></tr>\n<tr> <td>\n<p>0.5</p></td> <td>1.0</td></tr>"
    )
    text, dropped = html_as_markdown(f"{table}</table>")
    assert text == "Depth | Site\n\n0.5 | 1.0"
    assert dropped == ("the lines of a table",)


def test_steps_keep_their_numbers() -> None:
    steps = '<ol start="3"><li>Clean<ul><li>twice</li></ul></li>\n<li><p>Numb</p></li></ol>'
    assert html_as_markdown(steps)[0] == "3. Clean\n   - twice\n4. Numb"


def test_terms_and_what_they_mean_stand_apart() -> None:
    assert html_as_plain("<dl><dt>corium</dt><dd>dermis</dd></dl>") == "corium\n\ndermis"


def test_what_was_struck_out_stays_so() -> None:
    assert html_as_markdown("<s>2.5</s> 0.5 mm") == ("~~2.5~~ 0.5 mm", ())


def test_a_film_and_where_a_link_leads_are_left_out_and_said() -> None:
    film = '<video controls><source src="x.mp4">x.mp4</video>'
    text, dropped = html_as_markdown(f'<p><a href="https://example.org/x">see</a>{film}</p>')
    assert text == "see"
    assert set(dropped) == {"video", "the address of a link"}


SHOWN = MarkdownIt("commonmark", {"html": False}).enable("strikethrough")


def shown(html: str) -> str:
    return SHOWN.render(html_as_markdown(html)[0]).strip()


@pytest.mark.parametrize(
    ("html", "drawn"),
    [
        ("Which is <strong>not </strong>right?", "Which is <strong>not</strong> right?"),
        ("It is<b>&nbsp;deep</b>", "It is\xa0<strong>deep</strong>"),
        ("x<b></b>y", "xy"),
        ("<b>a<strong>b</strong></b>", "<strong>ab</strong>"),
        ("<b>de</b><b>rmis</b>", "<strong>dermis</strong>"),
        ("<p><b>Note:</b>next</p>", "<strong>Note</strong>:next"),
        ('said<i>"no"</i>s', "said&quot;<em>no</em>&quot;s"),
        ("<em><b>x</b></em>", "<em><strong>x</strong></em>"),
        ("<b>a\\</b>c", "a\\c"),
        ("a<i>(+)</i>b", "a(+)b"),
        ("<u>not</u> <mark>here</mark>", "<strong>not here</strong>"),
    ],
)
def test_emphasis_is_shown_and_never_its_marks(html: str, drawn: str) -> None:
    assert shown(html) == f"<p>{drawn}</p>"


def test_what_is_bold_over_two_paragraphs_is_so_in_both() -> None:
    assert html_as_markdown("<b><p>one</p><p>two</p></b>")[0] == "**one**\n\n**two**"


def _around(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    tags = st.sampled_from(["b", "i", "s", "p", "u"])
    one = st.builds(lambda tag, text: f"<{tag}>{text}</{tag}>", tags, inside)
    return st.lists(one | inside, min_size=1, max_size=3).map("".join)


_HTML = st.recursive(st.sampled_from([" ", "a", "9b", "a.", "(b", ": ", "<br>", "“a”"]), _around)


@given(_HTML)
def test_no_mark_of_emphasis_is_ever_read_as_text(html: str) -> None:
    # Tags that touch share one run of marks, where some emphasis may give way.
    assume("><" not in html)
    assert not {*"*~"} & {*shown(html)}


def test_lines_break_where_html_says_so() -> None:
    assert html_as_markdown("<p>one\ntwo<br>three</p>")[0] == "one two  \nthree"
    assert html_as_plain("<pre>one\ntwo</pre>") == "one\ntwo"


@pytest.mark.parametrize(
    ("style", "first", "second"),
    [
        ('type="A"', "A", "B"),
        ('style="list-style-type: lower-roman;"', "i", "ii"),
        ('type="a" start="3"', "c", "d"),
        ("", "1", "2"),
    ],
)
def test_statements_keep_the_letters_that_answers_name(style: str, first: str, second: str) -> None:
    html = f"Which?<ol {style}><li>red</li><li>dry</li></ol>"
    assert html_as_plain(html) == f"Which?\n\n{first}. red\n{second}. dry"
    assert f"{second}. dry" in html_as_markdown(html)[0]


def test_steps_within_steps_are_not_counted_on() -> None:
    html = "<ol><li>a<ol><li>x</li></ol>more</li><li>b</li></ol>"
    assert html_as_markdown(html)[0] == "1. a\n   1. x\n\nmore\n\n2. b"
    lettered = '<ol type="A"><li>a<ul><li>x</li></ul></li><li>b</li></ol>'
    assert html_as_markdown(lettered)[0] == "A. a\n\n- x\n\nB. b"


def test_lists_in_one_another_thousands_of_times_end_soon() -> None:
    started = time.process_time()
    text, _ = html_as_markdown("<ol><li>" * 6_000)
    assert time.process_time() - started < 2
    assert len(text) < 400_000


def test_code_is_shown_as_it_is_written() -> None:
    assert html_as_markdown("<code>a*b_c</code> <tt>`</tt>")[0] == "`a*b_c` \\`"


def test_an_underlined_space_is_a_blank_to_fill() -> None:
    blank = "The <u>&nbsp;&nbsp;&nbsp;</u> is deep, said he: <q>no</q>"
    assert html_as_plain(blank) == "The _____ is deep, said he: “no”"


def test_a_formula_that_is_a_picture_elsewhere_is_a_formula() -> None:
    html = '<img class="equation_image" src="/equation_images/x" alt="LaTeX: \\frac{1}{2}">'
    assert html_as_markdown(html) == ("$\\frac{1}{2}$", ())


def mathml(inside: str) -> Any:
    return html_as_markdown(f'<math xmlns="http://www.w3.org/1998/Math/MathML">{inside}</math>')


def test_formulas_in_mathml_become_tex() -> None:
    half = "<mfrac><mn>1</mn><msup><mi>x</mi><mn>2</mn></msup></mfrac><mo>&le;</mo><mi>sin</mi>"
    assert mathml(half) == ("$\\frac{1}{x^{2}}\\le \\sin$", ())
    assert html_as_plain("«math»«msqrt»«mn»2«/mn»«/msqrt»«/math» mm") == "\\(\\sqrt{2}\\) mm"
    fenced = '<mfenced close="]"><mi>a</mi><mi>b</mi></mfenced><msub><mi>mm</mi><mn>1</mn></msub>'
    assert mathml(fenced)[0] == "$\\left(a,b\\right]{\\mathrm{mm}}_{1}$"


@pytest.mark.parametrize("inside", ["<mtable/>", "<mfrac><mn>1</mn></mfrac>", "<mo>$</mo>", "<mi>"])
def test_a_formula_that_is_not_understood_is_named(inside: str) -> None:
    assert mathml(f"{inside}<mn>7</mn>") == ("", ("math",))
