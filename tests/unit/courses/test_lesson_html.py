"""A lesson's Markdown as HTML: places, citations, explained words, and nothing that runs."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.handbook import Term
from courses.lesson_html import Written, write_lesson, write_texts
from courses.lessons import FigureBlock, blocks


def write_text(text: str) -> str:
    (html,) = write_texts([text])
    return html


def term(name: str, *also: str, meaning: str = "It means something [S01].") -> Term:
    return Term(term=name, also=also, meaning=meaning, sources=("S01",))


def written(body: str, *terms: Term) -> Written:
    return write_lesson(blocks(body), ["A point [S02]"], terms)


def explained(html: str) -> list[str]:
    return re.findall(r'class="term"[^>]*>([^<]+)<', html)


def test_citations_lead_to_their_sources_and_the_first_can_be_led_back_to():
    html = write_text("Thin [S33][CR], and again [S33].")
    assert html.count('href="#source-S33"') == 2
    assert html.count('id="cited-S33"') == 1
    assert ">33</a>, " in html
    assert ">course rule</a>]" in html


def test_headings_are_places_and_equal_ones_are_told_apart():
    made = written("## Depth\n\nOne [S01].\n\n## Dépth\n\nTwo.")
    assert [(one.place, one.title, one.words) for one in made.sections[1:]] == [
        ("part-depth", "Depth", "One."),
        ("part-depth-2", "Dépth", "Two."),
        ("part-key-points", "Key points", "A point"),
    ]
    assert 'id="part-depth-2"' in made.parts[0]


def test_figures_keep_their_place():
    made = written("Before\n\n{{figure: skin-section}}\n\nAfter")
    assert [isinstance(one, FigureBlock) for one in made.parts] == [False, True, False]


def test_a_word_is_explained_once_in_a_section_and_never_in_a_heading():
    body = "## Dermis\n\nThe dermis and the dermis.\n\n## Next\n\nDermal layers, `dermis`."
    made = written(body, term("Dermis", "dermal"))
    assert explained(str(made.parts[0])) == ["dermis", "Dermal"]
    assert 'id="meaning-term-dermis"' in made.meanings
    assert "It means something." in made.meanings
    assert [one.term for one in made.explained] == ["Dermis"]


def test_a_figure_does_not_end_a_section():
    made = written("A papule.\n\n{{figure: skin-section}}\n\nA papule.", term("papule"))
    assert explained("".join(map(str, made.parts))) == ["papule"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Two keloids", ["keloids"]),
        ("a keloidal look", []),
        ("anti-keloid", []),
        ("PIH and pih", ["PIH"]),
        ("the facial keloid", ["facial keloid"]),
        ("Keloid", ["Keloid"]),
    ],
)
def test_words_are_found_whole_in_the_plural_and_the_longest_first(text, found):
    terms = [term("keloid"), term("PIH"), term("facial keloid")]
    assert explained(str(written(text, *terms).parts[0])) == found


def test_a_question_to_oneself_unfolds_and_another_quotation_keeps_its_lines():
    folded = write_text("> **Ask yourself.** Why?\n>\n> Because.")
    assert folded.startswith('<details class="ask">')
    assert "<summary><strong>Ask yourself.</strong> Why?</summary>" in folded
    talk = write_text("> You: a\n> She: b")
    assert talk.startswith("<blockquote>")
    assert "<br>" in talk


def test_a_table_scrolls_in_a_frame_that_says_what_it_holds():
    html = write_text("| Site | **Depth** |\n|---|---|\n| Nose | 0.5 |")
    assert 'role="region"' in html
    assert 'aria-label="Table: Site, Depth"' in html
    assert '<th scope="col">Site</th>' in html


def test_a_cell_of_a_wide_table_knows_its_column_for_a_screen_that_stacks_rows():
    wide = write_text("| Site | *Depth* | Source |\n|---|---|---|\n| Nose | 0.5 | here |")
    assert "<td>Nose</td>" in wide
    assert '<td data-label="Source">here</td>' in wide
    assert "data-label" not in write_text("| Site | Depth |\n|---|---|\n| Nose | 0.5 |")


def test_cells_of_a_row_keep_apart_in_what_a_search_shows():
    lesson = written("## Waits\n\n| Row | Wait |\n|---|---|\n| R9 | 6 months |")
    assert lesson.sections[1].words == "Row · Wait\nR9 · 6 months"


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "![x](https://evil.example/x.png)",
    "[x]: javascript:alert(1)\n\n[x]",
    "<https://evil.example>",
    '| a" onmouseover="x |\n|---|\n| b |',
]


class _Elements(HTMLParser):
    """Which elements and attributes stand in HTML, as a browser reads it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links |= {value or "" for name, value in attrs if name in {"href", "src"}}


def is_harmless(html: str) -> bool:
    found = _Elements(html)
    return not (
        found.tags & {"script", "img", "iframe", "object", "style", "form", "link"}
        or any(name.startswith("on") for name in found.attributes)
        or any(not link.startswith("#") for link in found.links)
    )


def test_a_picture_of_the_academy_is_shown_and_no_other():
    own = f"![A nose](/files/{'a' * 64})"
    assert f'<img src="/files/{"a" * 64}" alt="A nose">' in write_text(own)
    assert write_text("![A nose](/files/../api)") == "<p>A nose</p>\n"


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_runs_and_nothing_is_fetched(text):
    assert is_harmless(write_text(text))


@given(st.text(max_size=200), st.text(min_size=1, max_size=20).filter(str.strip))
def test_whatever_is_written_becomes_html_without_scripts(text, word):
    made = written(text, term(word))
    assert is_harmless("".join(one for one in made.parts if isinstance(one, str)) + made.meanings)
