"""Moodle XML: round trips, pictures, single mistakes in long files, and hostile ones."""

import base64
import time
import zipfile
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from PIL import Image

from quizbank.exchange.defaults import NO_REASON, Defaults
from quizbank.exchange.formats import Format, format_of, losses, read_file, write_file
from quizbank.exchange.items_read import ItemsRead
from quizbank.files import address_of, read_picture
from quizbank.items import Item, item_to_data, read_item
from quizbank.kinds.cloze import Cloze
from quizbank.kinds.essay import Essay
from quizbank.kinds.single_choice import SingleChoice
from tests.factories import (
    cloze,
    essay,
    matching,
    multiple_response,
    numeric,
    ordering,
    short_answer,
    single_choice,
    true_false,
)
from tests.unit.quizbank.mutations import mutants
from tests.unit.quizbank.strategies import items_without_stages as items
from tests.unit.quizbank.strategies import texts_with_gaps
from tests.unit.quizbank.test_cloze_syntax import carried as gaps_carried
from tests.unit.quizbank.test_cloze_syntax import sayable as gaps_sayable

DEFAULTS = Defaults(date(2026, 11, 23), objective="MF-01", sources=("S13",))
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def png(width: int = 3, height: int = 2) -> bytes:
    made = BytesIO()
    Image.new("RGB", (width, height), "red").save(made, "PNG")
    return made.getvalue()


def read(text: str | bytes) -> ItemsRead:
    content = text if isinstance(text, bytes) else text.encode()
    return read_file(Format.MOODLE_XML, content, DEFAULTS)


def question(inside: str, kind: str = "truefalse", stem: str = "Is it?", files: str = "") -> str:
    return (
        f'<question type="{kind}"><name><text>Q</text></name><questiontext format="html">'
        f"<text><![CDATA[{stem}]]></text>{files}</questiontext>{inside}</question>"
    )


def answer(share: object, text: str, rest: str = "") -> str:
    return f'<answer fraction="{share}"><text>{text}</text>{rest}</answer>'


STATEMENT = answer(100, "true") + answer(0, "false")


def file(content: bytes, name: str = "a b.png") -> str:
    return f'<file name="{name}" encoding="base64">{base64.b64encode(content).decode()}</file>'


def quiz(*questions: str) -> str:
    return "<quiz>\n" + "\n".join(questions) + "\n</quiz>"


def one_of(text: str | bytes) -> Item:
    found = read(text)
    assert found.errors == ()
    (lined,) = found.items
    return lined.item


def error_of(text: str | bytes) -> str:
    found = read(text)
    assert found.items == ()
    (error,) = found.errors
    return error.message


def carried(item: Item) -> Item:
    """The item as it must come back: without what `losses` and `LEAVES_OUT` name."""
    data: Any = item_to_data(item) | DEFAULTS.head() | {"tags": [*dict.fromkeys(item.tags)]}
    lost = ("critical", "unsafe_answer", "enemies", "seconds", "markers")
    for name in lost + (("tolerance",) if item.kind == "essay" else ()):
        data.pop(name, None)
    if isinstance(item, Cloze):
        data |= {name: gaps_carried(item)[name] for name in ("stem", "gaps")}
    for name in {"options", "answers", "others", "elements"} & {*data}:
        data[name] = [_plain_part(part, LETTERS[place]) for place, part in enumerate(data[name])]
    if item.kind == "ordering":
        data["elements"] = [{**part, "reason": NO_REASON} for part in data["elements"]]
    return read_item(_rematched(data) if item.kind == "matching" else data)


def _plain_part(part: dict[str, Any], name: str) -> dict[str, Any]:
    lost = {"unsafe"} if part.get("weight") else {"unsafe", "weight"}
    return {field: value for field, value in part.items() if field not in lost} | {"id": name}


def _rematched(data: Any) -> Any:
    texts = {part["id"]: part["text"] for part in data["choices"]}
    asked = dict.fromkeys(part["choice"] for part in data["premises"])
    names = {
        one: f"c{n}" for n, one in enumerate([*asked, *(c for c in texts if c not in asked)], 1)
    }
    data["choices"] = [{"id": name, "text": texts[one]} for one, name in names.items()]
    data["premises"] = [
        {**part, "id": f"p{n}", "choice": names[part["choice"]], "reason": NO_REASON}
        for n, part in enumerate(data["premises"], 1)
    ]
    return data


def sayable(item: Item) -> bool:
    """Whether Moodle XML says the item's marking as it is; the others are named."""
    rule = getattr(item, "rule", "weights")
    nominal = getattr(item, "tolerance_type", "nominal") == "nominal"
    if isinstance(item, Cloze):
        return gaps_sayable(item)
    one_key = not isinstance(item, SingleChoice) or all(one.weight != 1 for one in item.options)
    return rule in {"weights", "share"} and nominal and one_key


@given(items.filter(sayable) | texts_with_gaps.filter(sayable))
@settings(max_examples=120, deadline=None)
def test_what_moodle_xml_carries_comes_back_equal(item: Item) -> None:
    back = read(write_file(Format.MOODLE_XML, [item]))
    if back.items:
        assert back.errors == ()
        expected = carried(item)
        theirs = item_to_data(back.items[0].item)
        if isinstance(item, Essay) and isinstance(back.items[0].item, Essay):
            # Its criteria become one text for markers.
            expected = read_item(item_to_data(expected) | {"rubric": theirs["rubric"]})
            assert back.items[0].item.total == item.total
        assert back.items[0].item == expected
    else:
        (said,) = losses(Format.MOODLE_XML, [item])
        assert "is left out" in said


@given(items)
@settings(max_examples=100, deadline=None)
def test_what_comes_back_has_the_same_key(item: Item) -> None:
    for one in read(write_file(Format.MOODLE_XML, [item])).items:
        if item.kind not in {"essay", "description"}:
            assert one.item.mark(one.item.key()).fraction == 1
            assert len(one.item.scored()) == len(item.scored())


ALL = [
    single_choice(),
    multiple_response(),
    true_false(),
    numeric(),
    short_answer(),
    matching(),
    ordering(),
    essay(),
    cloze(),
]


def test_a_file_of_all_kinds_comes_back_whole_and_again() -> None:
    found = read(write_file(Format.MOODLE_XML, ALL))
    assert [one.item.kind for one in found.items] == [item.kind for item in ALL]
    again = read(write_file(Format.MOODLE_XML, [one.item for one in found.items]))
    assert [one.item for one in again.items] == [one.item for one in found.items]


def test_what_is_unsafe_is_named_before_the_export() -> None:
    unsafe = read_item(item_to_data(true_false()) | {"answer": True, "unsafe_answer": False})
    assert "what is unsafe" in losses(Format.MOODLE_XML, [unsafe])[0]


def test_pictures_go_out_and_come_in_again() -> None:
    picture = read_picture(png())
    stem = f"Look: ![the \\] skin]({address_of(picture.digest)}) and say."
    item = read_item(item_to_data(true_false()) | {"stem": stem})
    written = write_file(Format.MOODLE_XML, [item], {picture.digest: picture})
    assert f"@@PLUGINFILE@@/{picture.file_name}".encode() in written
    found = read(written)
    assert found.items[0].item.stem == stem
    assert found.files == {picture.digest: picture}


@pytest.mark.parametrize(
    ("text_format", "stem"),
    [
        ("html", '<p>See <img src="@@PLUGINFILE@@/a%20b.png?time=1" alt="a [b]" width="3"></p>'),
        ("markdown", "See ![a \\[b\\]](@@PLUGINFILE@@/a%20b.png)"),
        ("moodle_auto_format", 'See <img alt="a [b]" src="@@PLUGINFILE@@/a%20b.png">'),
    ],
)
def test_a_picture_is_shown_where_the_text_names_it(text_format: str, stem: str) -> None:
    text = quiz(question(STATEMENT, stem=stem, files=file(png()))).replace(
        'questiontext format="html"', f'questiontext format="{text_format}"'
    )
    digest = read_picture(png()).digest
    assert one_of(text).stem == f"See ![a \\[b\\]](/files/{digest})"


def test_a_picture_inside_the_text_comes_in() -> None:
    inline = base64.b64encode(png()).decode()
    stem = f'<img src="data:image/png;base64,{inline}" alt="red">'
    found = read(quiz(question(STATEMENT, stem=stem)))
    assert set(found.files) == {read_picture(png()).digest}
    assert found.items[0].item.stem.startswith("![red](/files/")


def zipped() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.png", png())
    return made.getvalue()


BAD_FILES = {
    "no base64": ('<file name="a.png" encoding="base64">§$%</file>', "no base64"),
    "cut off": ('<file name="a.png" encoding="base64">iVBOR</file>', "cut off"),
    "no picture": (file(b"hello", "a.png"), "no picture"),
    "a zip": (file(zipped(), "a.png"), "no picture"),
    "an SVG": (file(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.png"), "no picture"),
    "half a picture": (file(png(300, 300)[:-40], "a.png"), "no picture"),
    "too large": (file(png() + b"\0" * 5_000_000, "a.png"), "larger than 5 MB"),
    "another encoding": ('<file name="a.png" encoding="uuencode">x</file>', "not encoded"),
    "missing": ("", "not there"),
}


@pytest.mark.parametrize(("files", "sentence"), BAD_FILES.values(), ids=BAD_FILES.keys())
def test_a_bad_picture_is_left_out_with_its_line(files: str, sentence: str) -> None:
    stem = 'See <img src="@@PLUGINFILE@@/a.png" alt="the skin">'
    found = read(quiz(question(STATEMENT), question(STATEMENT, stem=stem, files=f"\n{files}")))
    assert found.files == {}
    assert "[the skin]" in found.items[1].item.stem
    (said,) = (one for one in found.problems if sentence in one.message)
    assert (said.severity, said.line in {3, 4}) == ("warning", True)


def test_a_picture_where_only_plain_text_goes_is_left_out_with_a_sentence() -> None:
    pairs = "".join(
        f'<subquestion format="html"><text>&lt;img src="@@PLUGINFILE@@/a%20b.png" alt="{n}"&gt;'
        f"</text>{file(png())}<answer><text>{n}!</text></answer></subquestion>"
        for n in "ab"
    )
    found = read(quiz(question(pairs, "ddmatch")))
    assert [one.text for one in found.items[0].item.scored()] == ["[a] → a!", "[b] → b!"]
    assert any("plain text" in one.message for one in found.problems)


REFUSED = {
    "no right option": (question(answer(50, "a") + answer(0, "b"), "multichoice"), "No option"),
    "a share above all": (question(answer(150, "a"), "shortanswer"), "more than the whole"),
    "a share of words": (question(answer("all", "a"), "shortanswer"), "is no share"),
    "a word for a number": (question(answer(100, "abc"), "numerical"), "is no number"),
    "a comma": (question(answer(100, "3,14"), "numerical"), "is no number"),
    "a star that is right": (question(answer(100, "*"), "numerical"), "every number"),
    "every answer right": (question(answer(100, "*"), "shortanswer"), "every answer"),
    "both true": (question(answer(100, "true") + answer(100, "false")), "One of true"),
    "neither": (question(answer(100, "yes") + answer(0, "perhaps")), "two answers"),
    "no stem": (question(STATEMENT, stem=""), "stem"),
    "calculated": (question("", "calculated"), "made anew"),
    "random": (question("", "random"), "blueprint"),
    "a gap without a key": (question("", "cloze", stem="{1:MC:a~b}"), "no option earns"),
    "no gap": (question("", "cloze", stem="Nothing."), "There is no gap"),
    "unheard of": (question("", "stack"), "“stack”"),
    "one pair": (
        question(
            "<subquestion><text>a</text><answer><text>b</text></answer></subquestion>", "matching"
        ),
        "at least 2",
    ),
}


@pytest.mark.parametrize(("text", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_item_is_refused_and_stops_no_other(text: str, sentence: str) -> None:
    found = read(quiz(question(STATEMENT), text, question(STATEMENT, stem="And?")))
    assert len(found.items) == 2
    assert {one.line for one in found.errors} == {3}
    assert sentence in " ".join(one.message for one in found.errors)


UNITS = (
    answer(100, "7.5", "<tolerance>0.5</tolerance>")
    + "<unitgradingtype>{}</unitgradingtype><unitpenalty>0.25</unitpenalty>"
    "<showunits>{}</showunits><units>"
    "<unit><multiplier>0.1</multiplier><unit_name>cm</unit_name></unit>"
    "<unit><multiplier>1</multiplier><unit_name>mm</unit_name></unit></units>"
)


@pytest.mark.parametrize(
    ("grading", "shown", "earned"),
    [
        # Of "7.5 mm", "0.75 cm" and "7.5".
        (0, 0, [1, 1, 1]),
        (1, 0, [1, 1, 0.75]),
        (2, 0, [1, 1, 0.75]),
        (0, 3, [1, 0, 1]),
    ],
)
def test_units_come_in_with_their_penalty(grading: int, shown: int, earned: list[float]) -> None:
    item = one_of(quiz(question(UNITS.format(grading, shown), "numerical")))
    typed = ("7.5 mm", "0.75 cm", "7.5")
    assert [item.mark({"text": text}).fraction for text in typed] == earned


def test_units_without_the_answers_own_are_refused() -> None:
    text = UNITS.format(0, 0).replace(">1<", ">2<")
    assert "multiplier 1" in error_of(quiz(question(text, "numerical")))


WORDS = "".join(
    f"<{{0}}><text>{word}</text><group>{group}</group></{{0}}>"
    for word, group in (("skin", 1), ("eye", 1), ("thin", 2), ("thick", 2), ("skin", 1))
)


@pytest.mark.parametrize(("kind", "tag"), [("gapselect", "selectoption"), ("ddwtos", "dragbox")])
def test_words_to_choose_become_gaps(kind: str, tag: str) -> None:
    stem = "<p>The [[1]] is <b>[[3]]</b>, the [[2]] too.</p>"
    item = one_of(quiz(question(WORDS.format(tag), kind, stem=stem)))
    assert item.stem == "The [[g1]] is **[[g2]]**, the [[g3]] too."
    assert item.key() == {"gaps": {"g1": "a", "g2": "a", "g3": "b"}}
    offered = [answer.text for answer in item.scored()]
    assert offered == ["(1) skin", "(1) eye", "(2) thin", "(2) thick", "(3) skin", "(3) eye"]


def test_a_gap_without_its_word_is_refused() -> None:
    text = question(WORDS.format("dragbox"), "ddwtos", stem="The [[9]].")
    assert "choice 9" in error_of(quiz(text))
    assert "no gap" in error_of(quiz(text.replace("[[9]]", "end")))


GAPS = "<p>Is it {1:SA:=&lt;7#<b>Yes</b>~*} <i>or</i> {2:MC:~=a &amp; b~%25%c}?</p>"


@pytest.mark.parametrize("kind", ["cloze", "multianswer"])
def test_a_text_with_gaps_written_into_it_comes_in(kind: str) -> None:
    general = "<generalfeedback format='html'><text>&lt;i&gt;So.&lt;/i&gt;</text></generalfeedback>"
    item = one_of(quiz(question(general, kind, stem=GAPS)))
    assert item.stem == "Is it [[g1]] *or* [[g2]]?"
    assert item.key() == {"gaps": {"g1": "<7", "g2": "a"}}
    told = [(one.text, one.fraction, one.reason) for one in item.scored()]
    assert told[0] == ("(1) <7", 1 / 3, "**Yes**\n\n*So.*")
    assert told[2:] == [("(2) a & b", 2 / 3, "*So.*"), ("(2) c", 0.25 * 2 / 3, NO_REASON)]


@pytest.mark.parametrize(
    ("text_format", "stem", "options"),
    [
        ("html", "**x** & <i>", ["a<i>", "*b*"]),
        ("markdown", "<b>x</b> &amp; &lt;i&gt;", ["a<i>", "*b*"]),
        ("plain_text", r"<b>x</b> &amp; &lt;i&gt;", ["a&lt;i&gt;", "*b*"]),
        ("moodle_auto_format", "**x** & <i>", ["a<i>", "*b*"]),
    ],
)
def test_gaps_are_read_in_the_format_of_their_text(
    text_format: str, stem: str, options: list[str]
) -> None:
    text = quiz(question("", "cloze", stem="<b>x</b> &amp; &lt;i&gt; {1:MC:=a&lt;i&gt;~*b*}"))
    item: Any = one_of(text.replace('format="html"', f'format="{text_format}"'))
    assert item.stem == f"{stem} [[g1]]"
    assert [one.text for one in item.gaps[0].options] == options


def test_pictures_in_a_text_with_gaps_go_out_and_come_in() -> None:
    picture = read_picture(png())
    shown = f"![the skin]({address_of(picture.digest)})"
    data: Any = item_to_data(cloze())
    data["gaps"][0]["options"][0]["reason"] = f"See {shown}"
    item = read_item({**data, "stem": f"{shown} {data['stem']}"})
    found = read(write_file(Format.MOODLE_XML, [item], {picture.digest: picture}))
    assert found.files == {picture.digest: picture}
    back: Any = found.items[0].item
    assert back.stem == item.stem
    assert back.gaps[0].options[0].reason == f"See {shown}"


def test_line_breaks_in_gaps_are_named_before_the_export() -> None:
    data: Any = item_to_data(cloze())
    data["gaps"][0]["options"][0]["reason"] = "One.\n\nTwo."
    assert "line breaks" in losses(Format.MOODLE_XML, [read_item(data)])[0]


HOSTILE_GAPS = {
    "script in an answer": "{1:MC:=a<script>alert(1)</script>~b<img src=x onerror=alert(1)>}",
    "script in a reason": "{1:SA:=a#<svg onload=alert(1)>~*#<iframe src=//e>}",
    "script behind signs of HTML": "{1:MC:=&lt;script&gt;alert(1)&lt;/script&gt;~b}",
    "a gap in a gap": "{1:SA:={1:SA:=a}}",
    "a tag around the end": "{1:SA:=a<b title='}'>}</b>",
    "the end of the section": "{1:SA:=a]]&gt;b}",
    "a place that is no gap": "[[g1]] [[g2]] {1:SA:=a}",
    "no end": "{1:SA:=" + "a~=" * 5_000,
    "many gaps": "{1:SA:=a}" * 3_000,
    "signs alone": "{1:MC:" + "\\" * 20_000 + "}",
}


@pytest.mark.parametrize("stem", HOSTILE_GAPS.values(), ids=HOSTILE_GAPS.keys())
def test_hostile_gaps_are_cleaned_or_refused_and_stop_no_other(stem: str) -> None:
    begin = time.process_time()
    found = read(quiz(question("", "cloze", stem=stem), question(STATEMENT)))
    assert time.process_time() - begin < 5
    assert found.items[-1].item.kind == "true_false"
    assert len(found.items) + len(found.errors) >= 2
    for one in found.items[:-1]:
        assert isinstance(one.item, Cloze)
        assert one.item.mark(one.item.key()).fraction == 1
        # Words in gaps are shown as they are; stem and reasons are Markdown, and hold no tag.
        reasons = [part.reason for part in one.item.scored()]
        assert not any("<" in text for text in (one.item.stem, *reasons))


MARKER = "<drag><no>1</no><text>Dermis &amp;lt;7</text><noofdrags>{0}</noofdrags></drag>"
PLACES = {"circle": "30,20;10", "rectangle": "30,20;10,5", "polygon": "0,0;9,0;0,9"}


def place(shape: str, coords: str, marker: int = 1) -> str:
    return f"<drop><shape>{shape}</shape><coords>{coords}</coords><choice>{marker}</choice></drop>"


def marked(*places: str, times: object = 1, picture: str = "", marker: str = MARKER) -> str:
    inside = (picture or file(png(60, 40))) + marker.format(times) + "".join(places)
    return question(inside, "ddmarker", stem="Where is it?")


@pytest.mark.parametrize(
    ("shape", "inside", "outside"),
    [
        ("circle", [[40, 20], [30, 10]], [[41, 20], [38, 28]]),
        ("rectangle", [[30, 20], [40, 25]], [[41, 20], [30, 26], [29, 20]]),
        ("polygon", [[0, 0], [4.5, 4.5]], [[5, 5], [9, 9]]),
    ],
)
def test_one_marker_becomes_a_place_to_find(shape: str, inside: Any, outside: Any) -> None:
    found = read(quiz(marked(place(shape, PLACES[shape]))))
    item = found.items[0].item
    assert item.stem == "Where is it?\n\n**Dermis <7**"
    assert (set(found.files), found.errors) == ({read_picture(png(60, 40)).digest}, ())
    assert {item.mark({"points": [one]}).fraction for one in inside} == {1}
    assert {item.mark({"points": [one]}).fraction for one in outside} == {0}
    said = " ".join(one.message for one in found.problems)
    assert "right places only" in said
    assert "no words" in said


def test_a_marker_with_several_places_earns_a_share_for_each() -> None:
    item = one_of(quiz(marked(place("circle", "10,10;5"), place("circle", "40,10;5"), times=2)))
    points = ([10, 10], [40, 10], [1, 39])
    chosen = [points[:2], points[:1], [points[0], points[2]], points[2:]]
    assert [item.mark({"points": [*one]}).fraction for one in chosen] == [1, 0.5, 0.5, 0]


@pytest.mark.parametrize("times", [3, 0])
def test_more_markers_than_places_are_told(times: int) -> None:
    found = read(quiz(marked(place("circle", "10,10;5"), times=times)))
    assert found.items[0].item.key() == {"regions": ["r1"]}
    assert any("more markers than places" in one.message for one in found.problems)


def test_places_that_overlap_are_told() -> None:
    found = read(quiz(marked(place("circle", "10,10;5"), place("circle", "12,10;5"), times=2)))
    assert any("overlap" in one.message for one in found.problems)


SPOT = place("circle", "10,10;5")
NO_MARKERS = {
    "two markers": (marked(SPOT, marker=MARKER + MARKER), "2 different markers"),
    "too few": (marked(SPOT, place("circle", "40,10;5")), "1 times only"),
    "no marker": (marked(SPOT, marker="<drag/>"), "no marker"),
    "no place": (marked(), "no place"),
    "another marker's place": (marked(place("circle", "1,1;1", 2)), "is not there"),
    "a star": (marked(place("star", "1,1;1")), "no shape"),
    "words": (marked(place("circle", "a,b;c")), "no coordinates"),
    "no end of numbers": (marked(place("circle", "1e999,1;1")), "no coordinates"),
    "half a circle": (marked(place("circle", "1,1")), "3 numbers"),
    "no size": (marked(place("rectangle", "1,1;0,5")), "above 0"),
    "outside": (marked(place("circle", "900,900;5")), "outside the figure"),
    "no picture": (marked(SPOT, picture="<file/>"), "under the markers"),
    "an SVG": (marked(SPOT, picture=file(b"<svg/>")), "under the markers"),
}


@pytest.mark.parametrize(("text", "sentence"), NO_MARKERS.values(), ids=NO_MARKERS.keys())
def test_markers_that_are_no_places_are_refused(text: str, sentence: str) -> None:
    assert sentence in error_of(quiz(text))


def test_a_file_without_a_question_says_so() -> None:
    assert "no question" in error_of("<quiz><item/></quiz>")


def test_zero_is_a_number() -> None:
    assert one_of(quiz(question(answer(100, "0"), "numerical"))).key() == {"text": "0"}


def test_capitals_matter_where_the_file_says_so() -> None:
    text = quiz(question("<usecase>1</usecase>" + answer(100, "Botox"), "shortanswer"))
    assert one_of(text).mark({"text": "botox"}).fraction == 0


def test_an_essay_brings_its_limits_points_and_what_markers_look_for() -> None:
    inside = (
        "<defaultgrade>5</defaultgrade><minwordlimit>20</minwordlimit><maxwordlimit>90"
        "</maxwordlimit><graderinfo format='html'><text>Names &lt;b&gt;two&lt;/b&gt;</text>"
        "</graderinfo><responsetemplate><text>First, </text></responsetemplate>"
        "<generalfeedback><text>Both.</text></generalfeedback>"
    )
    data = item_to_data(one_of(quiz(question(inside, "essay"))))
    assert data["rubric"] == [{"id": "a", "text": "Names **two**", "points": 5}]
    assert (data["min_words"], data["max_words"]) == (20, 90)
    assert (data["template"], data["model_answer"]) == ("First,", "Both.")


def test_what_is_lost_is_named_once_with_its_lines() -> None:
    one = question(STATEMENT + "<hint><text>h</text></hint><defaultgrade>3</defaultgrade>")
    said = [one.message for one in read(quiz(one, one.replace("Is it", "Was it"))).problems]
    assert any("hints" in message and "2, 3" in message for message in said)
    assert any("marks other than 1" in message for message in said)


def test_scripts_in_stems_are_left_out_with_a_sentence() -> None:
    stem = "<p onclick=x()>Is <b>it</b>?<script>alert(1)</script><iframe src=//e></iframe></p>"
    found = read(quiz(question(STATEMENT, stem=stem)))
    assert found.items[0].item.stem == "Is **it**?"
    assert any("script, iframe" in one.message for one in found.problems)


def test_html_that_nobody_escaped_is_read_all_the_same() -> None:
    text = quiz(question(STATEMENT)).replace("<![CDATA[Is it?]]>", "<p>Is <em>it</em>?</p>")
    assert one_of(text).stem == "Is *it*?"


def test_categories_become_topics() -> None:
    category = '<question type="category"><category><text>$course$/top/Skin &amp; eye</text>'
    text = quiz(f"{category}</category></question>", question(STATEMENT))
    assert one_of(text).tags == ("skin-eye",)


def test_the_same_identifier_twice_is_an_error() -> None:
    one = question(STATEMENT + "<idnumber>q-1</idnumber>")
    found = read(quiz(one, one))
    assert [one.item.id for one in found.items] == ["q-1"]
    assert "Line 2 has the same identifier" in found.errors[0].message


@pytest.mark.parametrize("broken", ["<b>", "</text>", "&", "<![CDATA[", "\x01"])
def test_one_broken_question_stops_no_other(broken: str) -> None:
    text = quiz(
        question(STATEMENT),
        question(STATEMENT).replace("<name>", f"<name>{broken}"),
        question(STATEMENT, stem="And?"),
    )
    found = read(text)
    assert [one.item.stem for one in found.items] == ["Is it?", "And?"]
    assert 3 in {one.line for one in found.errors}


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE quiz [<!ENTITY a "b">]><quiz>&a;</quiz>',
        b'<!DOCTYPE q [<!ENTITY a SYSTEM "file:///etc/passwd">]><q>&a;</q>',
        b"<quiz>" + b"<question>" * 100_000,
        b"<quiz>" + b"x" * 100_000_000,
        "<quiz>é</quiz>".encode("latin-1"),
        b"PK\x03\x04",
        b"",
    ],
    ids=["entity", "external", "deep", "long line", "encoding", "zip", "empty"],
)
def test_hostile_files_end_in_a_report(content: bytes) -> None:
    begin = time.process_time()
    found = read(content)
    assert found.items == ()
    assert found.errors
    assert time.process_time() - begin < 5


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xml", b"<quiz>"),
        ("b.xml", b"\n<!-- c --><quiz>"),
        ("a.XML", "<?xml?><quiz>".encode("utf-16")),
    ],
)
def test_moodle_xml_is_known_by_its_ending_or_its_first_word(name: str, content: bytes) -> None:
    assert format_of(name, content) is Format.MOODLE_XML


def test_ten_thousand_questions_take_seconds() -> None:
    text = quiz(*(question(STATEMENT, stem=f"<p>Is it {n}?</p>") for n in range(10_000)))
    begin = time.process_time()
    assert len(read(text).items) == 10_000
    assert time.process_time() - begin < 20


def test_mutated_files_end_in_a_report() -> None:
    picture = question(STATEMENT, stem='<img src="@@PLUGINFILE@@/a.png">', files=file(png()))
    gaps = question(WORDS.format("dragbox"), "ddwtos", stem="The [[1]] and [[3]].")
    units = question(UNITS.format(1, 0), "numerical")
    written = question("", "cloze", stem=GAPS)
    seeds = [write_file(Format.MOODLE_XML, [item]) for item in ALL]
    seeds += [quiz(one, one).encode() for one in (picture, gaps, units, written, marked(SPOT))]
    words = (b"<", b">", b"&", b"<![CDATA[", b"]]>", b"</question>", b"<question>", b"<text>",
             b"&#0;", b"&nbsp;", b"<!DOCTYPE", b"100", b"*")  # fmt: skip
    for content in mutants(seeds, words):
        found = read(content)
        assert found.items or found.problems
        for one in found.items:
            assert 0 <= one.item.mark(one.item.key()).fraction <= 1
