"""HTML of other systems, as an author reads it here."""

import pytest

from quizbank.exchange.texts import html_as_markdown, html_as_plain


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
    assert html_as_markdown(steps)[0] == "3. Clean\n\n- twice\n\n4. Numb"


def test_terms_and_what_they_mean_stand_apart() -> None:
    assert html_as_plain("<dl><dt>corium</dt><dd>dermis</dd></dl>") == "corium\n\ndermis"


def test_what_was_struck_out_stays_so() -> None:
    assert html_as_markdown("<s>2.5</s> 0.5 mm") == ("~~2.5~~ 0.5 mm", ())


def test_a_film_and_where_a_link_leads_are_left_out_and_said() -> None:
    film = '<video controls><source src="x.mp4">x.mp4</video>'
    text, dropped = html_as_markdown(f'<p><a href="https://example.org/x">see</a>{film}</p>')
    assert text == "see"
    assert set(dropped) == {"video", "the address of a link"}
