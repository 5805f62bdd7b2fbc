import subprocess
import sys

import pytest

from certs.typefaces import SERIF, script, typeface, typeface_for, unprintable

ARABIC = "NotoNaskhArabic-Regular"
DEVANAGARI = "NotoSerifDevanagari-Regular"
NAMES = {
    "Latin": "Alba Ruiz-O’Hara",
    "Vietnamese": "Nguyễn Thị Ánh Hường",
    "Cyrillic": "Екатерина Щукина Ґжицька",
    "Greek": "Ελένη Παπαδοπούλου",
    "Arabic": "محمد بن عبد الله",
    "Hebrew": "שָׂרָה בן־דוד",
    "simplified Chinese": "欧阳喆祎",
    "traditional Chinese": "歐陽曉明",
    "Devanagari": "श्रीमती कृष्णमूर्ति",
    "mixed": "王小明 (Xiaoming) محمد कृष्ण",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_names_of_every_supported_script_print(name: str) -> None:
    assert unprintable(name) == ""


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", ""),
        ("Alba 😀 Ruiz 😀", "😀"),
        ("a\ue000b\uf8ff", "\ue000\uf8ff"),
        ("a\nb\tc\x00\n", "\n\t\x00"),
        ("Al\u202eba\u200b\u2066", "\u202e\u200b\u2066"),
        ("a\ufffd\u3164\u034f", "\ufffd\u3164\u034f"),
        ("\ud800", "\ud800"),
        ("สมชาย", "สมชาย"),
    ],
    ids=["empty", "emoji", "private", "control", "invisible", "blank", "surrogate", "no font"],
)
def test_unprintable_lists_each_wrong_character_once_in_order(text: str, wrong: str) -> None:
    assert unprintable(text) == wrong


def test_a_joiner_prints_only_where_a_script_uses_it() -> None:
    assert unprintable("می\u200cخواهم") == ""
    assert unprintable("क्\u200dष") == ""
    assert unprintable("Al\u200cba") == "\u200c"
    assert unprintable("\u200dक") == "\u200d"


def test_decomposed_letters_count_as_composed() -> None:
    assert unprintable("Nguye\u0302\u0303n") == ""


def test_arabic_letters_are_joined_and_run_right_to_left() -> None:
    word = "محمد"
    face = typeface(ARABIC)
    joined = face.shape(word, False, ())
    alone = [face.shape(letter, False, ())[0].number for letter in word]
    assert "".join(glyph.text for glyph in joined) == word[::-1]
    assert {glyph.number for glyph in joined if glyph.text} != set(alone)
    assert len({glyph.number for glyph in joined if glyph.text == "م"}) == 2


def test_devanagari_forms_conjuncts_and_moves_vowel_signs() -> None:
    face = typeface(DEVANAGARI)
    conjunct = face.shape("क्ष", True, ())
    assert [glyph.text for glyph in conjunct] == ["क्ष"]
    sign = face.shape("ि", True, ())
    syllable = face.shape("कि", True, ())
    letter = face.shape("क", True, ())[0].number
    assert [glyph.number for glyph in syllable][-1] == letter
    assert syllable[0].number != letter
    assert len(sign) == 2  # a sign without its letter gets a dotted circle


def test_a_ligature_stands_for_all_its_letters() -> None:
    texts = [glyph.text for glyph in typeface(SERIF).shape("Office", True, ())]
    assert texts == ["O", "ffi", "c", "e"]


def test_signs_stay_in_the_typeface_before_them() -> None:
    assert typeface_for(" ", SERIF, ARABIC) == ARABIC
    assert typeface_for("م", SERIF, SERIF) == ARABIC
    assert typeface_for("x", SERIF, ARABIC) == SERIF
    assert [script(char) for char in "aж中1 "] == ["Latn", "Cyrl", "Hani", "", ""]


def test_a_subset_holds_the_wanted_glyphs_only() -> None:
    face = typeface(SERIF)
    wanted = face.shape("Alba", True, ())
    data, numbers = face.subset(glyph.number for glyph in wanted)
    assert len(data) < 10_000
    assert all(glyph.number in numbers for glyph in wanted)


def test_a_latin_name_never_opens_the_other_fonts() -> None:
    program = (
        "from certs.typefaces import typeface, unprintable\n"
        "assert not unprintable('Nguyễn Щ Ω')\n"
        "print(typeface.cache_info().currsize)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "1"
