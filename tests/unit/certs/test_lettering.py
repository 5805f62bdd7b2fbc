import pytest
from hypothesis import given
from hypothesis import strategies as st

from certs.bidi import levels, visual_order
from certs.lettering import Style, balanced, fit, set_line

PLAIN = Style()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("abc", "000"),
        ("אבג", "111"),
        ("ab אב", "00011"),
        ("אב ab", "11122"),
        ("אב 12", "11122"),
        ("אב (ab) cd", "1111221122"),
        ("ab (אב) cd", "0000110000"),
        ("אב (12)", "1111221"),
        ("م 1-2 م", "1121211"),
        ("ab 12", "00000"),
        ("אב 5%", "11122"),
        ("", ""),
    ],
)
def test_each_character_gets_its_unicode_direction(text: str, expected: str) -> None:
    assert "".join(map(str, levels(text))) == expected


def test_runs_are_drawn_in_visual_order() -> None:
    assert visual_order([0, 1, 0]) == [0, 1, 2]
    assert visual_order([1, 2, 1]) == [2, 1, 0]
    assert visual_order([0, 1, 2, 1, 0]) == [0, 3, 2, 1, 4]
    assert visual_order([]) == []


@given(st.text(alphabet="ab אب1٣.,-(%)[]+ ́ﬀ"))
def test_every_text_has_levels_and_an_order(text: str) -> None:
    found = levels(text)
    assert len(found) == len(text)
    assert sorted(visual_order(found)) == list(range(len(text)))


def test_a_mixed_name_changes_typeface_and_direction() -> None:
    line = set_line("Wang محمد 王", PLAIN)
    assert [run.typeface.split("-")[0] for run in line.runs] == [
        "EBGaramond", "NotoNaskhArabic", "NotoNaskhArabic", "NotoSerifSC",
    ]  # fmt: skip
    assert [run.rightwards for run in line.runs] == [True, False, True, True]
    assert line.width == pytest.approx(sum(run.width for run in line.runs))


def test_a_character_without_typeface_is_refused() -> None:
    with pytest.raises(ValueError, match="No typeface"):
        set_line("😀", PLAIN)


def test_short_text_keeps_the_largest_size() -> None:
    assert fit(["Alba"], PLAIN, (500, 50), 40, 1.2).size == 40


@pytest.mark.parametrize("text", ["word " * 30, "x" * 200, "王" * 150, "محمد " * 40, "क्षि" * 60])
def test_long_text_shrinks_and_wraps_into_its_box_whole(text: str) -> None:
    block = fit([text], PLAIN, (300, 60), 40, 1.2)
    assert "".join(block.lines).replace(" ", "") == text.replace(" ", "")
    assert len(block.lines) * 1.2 * block.size <= 60
    assert all(set_line(line, PLAIN).width * block.size <= 300.5 for line in block.lines)


def test_chinese_breaks_between_characters_but_not_before_a_comma() -> None:
    block = fit(["王小明，王小明"], PLAIN, (30, 100), 10, 1.2)
    assert len(block.lines) > 1
    assert not any(line.startswith("，") for line in block.lines)


def test_balanced_lines_are_about_equally_long() -> None:
    block = fit(["Maria Consuelo Josefa Teresa de la Luz Ruiz"], PLAIN, (300, 50), 30, 1.2)
    first, second = (set_line(line, PLAIN).width for line in balanced(block, PLAIN).lines)
    assert abs(first - second) < 4
    assert " ".join(balanced(block, PLAIN).lines) == " ".join(block.lines)


def test_letter_spacing_leaves_joined_scripts_alone() -> None:
    spaced = Style(tracking=0.1)
    assert set_line("Alba", spaced).width == pytest.approx(set_line("Alba", PLAIN).width + 0.4)
    assert set_line("محمد", spaced).width == set_line("محمد", PLAIN).width


def test_a_unit_stays_with_its_number() -> None:
    text = "Needles down to 0.5 mm, or 1 mm by turns"
    for width in range(45, 200):
        lines = fit([text], Style(), (width, 1e9), 10, 1.2).lines
        assert not any(line.startswith("mm") for line in lines)
        assert " ".join(lines) == text
