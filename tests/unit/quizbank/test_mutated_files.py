"""Changed files of every format that is read by our own grammar end in items or sentences."""

from collections.abc import Sequence
from datetime import date

import pytest

from quizbank.exchange.defaults import Defaults
from quizbank.exchange.formats import CODECS, Format, read_file, write_file
from quizbank.items import Item, item_from_json, item_to_json
from quizbank.kinds.shown import State
from tests.factories import (
    case,
    cloze,
    description,
    essay,
    hotspot,
    matching,
    multiple_response,
    numeric,
    ordering,
    short_answer,
    single_choice,
    true_false,
)
from tests.unit.quizbank.mutations import mutants, zipped_mutants

DEFAULTS = Defaults(date(2026, 11, 23), objective="MF-01", sources=("S13",))
ALL = (single_choice(), multiple_response(), true_false(), numeric(), short_answer(), matching(),
       ordering(), essay(), description(), cloze(), hotspot(), case())  # fmt: skip
MOODLE_GAPS = (
    b"It is {1:MULTICHOICE:=dermis#Yes.~%50%fat~*#No.} and {2:NUMERICAL:=1.5:0.1#Yes.~%50%2:1}, "
    b"or {:SA:%100%hair\\}#Yes.~*}.",
)
WRITTEN_GIFT = (
    b"$CATEGORY: a/b\n\n// [id:q] [tag:t]\n::Name::[html]<b>Which</b>{~%50%a#b ~%-50%c =d####e}",
    b"Match{=a->b =c->d =->e}\n\nNumber{#=%100%1:0.5#a =%50%1..3 ~#b}\n\nTrue{TRUE#a#b####c}",
    b"Order{>2 ALL VERTICAL\na\nb\nc\n}\n\nEssay{}\n\nText only\n\nThe {=word =%50%term} here.",
)
MISSING_WORDS = (
    b"// note\nThis is {=right#why ~%75%half ~wrong} or not.\n\n::Name::Only {word} here",
    b"The \\{skin\\} has {~75%half#b =all\\=1 ~none} layers.\n\n[html]<b>Ends</b> in {=a}",
)
# What means something to each reader, strewn into its files.
WORDS: dict[Format, Sequence[bytes]] = {
    Format.YAML: (
        b"- ", b": ", b"|", b">", b"'", b"&a", b"*a", b"!!python/object:os.system", b"#", b"{",
        b"}", b"[", b"]", b"---", b"...", b"? ", b"null", b"0x1", b"1_0", b"12:30:45", b"options:",
        b"<<:", b"kind: case", b"~", b"!!binary", b"!!set", b".inf", b"=", b"2026-02-30", b"files:",
        b"!!timestamp 2026-13-45",
    ),
    Format.GIFT: (
        b"{", b"}", b"=", b"~", b"#", b"####", b"->", b"%50%", b"::", b"//", b"[html]", b"[id:",
        b"]", b"$CATEGORY:", b"TRUE", b"{#", b":", b"..", b"*", b"{}", b"{>2", b"[markdown]",
        b"<b>", b"<script>", b"&nbsp;", b"%-1e9%", b"\\n",
    ),
    Format.AIKEN: (b"A)", b"B.", b"ANSWER:", b"ANSWER: A", b"ANSWER: Z", b"A) x\n", b"C) "),
    Format.CSV: (
        b",", b";", b'"', b'""', b"|", b"=", b"question", b"right", b"kind", b"A,B", b"'", b"%",
        b"=cmd|' /C calc'!A0", b"->", b"true", b"1,5", b"points",
    ),
    Format.EXCEL: (
        b"<c>", b"<v>", b"</v>", b"<row>", b'r="A1048577"', b't="s"', b't="d"', b't="b"', b"#REF!",
        b"<f>1/0</f>", b"<mergeCell", b"&#0;", b"<", b">", b'"', b'r="ZZZZ1"', b'count="-1"',
        b"2026-99-99", b't="e"', b't="inlineStr"',
    ),
    Format.CLOZE: (
        b"{", b"}", b":", b"{1:MC:", b"=", b"~", b"#", b"%50%", b"*", b"{:SA:", b"{9:NM:",
        b"[[g1]]", b"MULTIRESPONSE", b"SHORTANSWER_C", b"[[g2]]", b"\\}", b"<p>",
    ),
    Format.MISSING_WORD: (
        b"{", b"}", b"=", b"~", b"#", b"%50%", b"50%", b"%%50%%", b"_____", b"\\", b"::", b"//",
        b"[html]", b"[markdown]", b"$CATEGORY:", b"->", b"####", b"<script>", b"{}", b"{=", b"TRUE",
    ),
}  # fmt: skip
BY_HAND = {
    Format.GIFT: WRITTEN_GIFT, Format.CLOZE: MOODLE_GAPS, Format.MISSING_WORD: MISSING_WORDS,
}  # fmt: skip


def seeds_of(file_format: Format) -> list[bytes]:
    """A file for each kind of item that the format can hold, and what people write by hand."""
    holds = [one for one in ALL if not CODECS[file_format].cannot_hold(one)]
    return [*(write_file(file_format, [one]) for one in holds), *BY_HAND.get(file_format, ())]


def marks_itself(item: Item) -> bool:
    mark = item.mark(item.key())
    waits = mark.state in {State.TO_MARK, State.NOT_SCORED}
    return 0 < mark.fraction <= 1 or waits or item.kind == "case"


@pytest.mark.parametrize("file_format", WORDS)
def test_mutated_files_end_in_items_or_sentences(file_format: Format) -> None:
    makes = zipped_mutants if file_format is Format.EXCEL else mutants
    for content in makes(seeds_of(file_format), WORDS[file_format]):
        found = read_file(file_format, content, DEFAULTS)
        assert found.items or found.problems, content
        assert all(one.line >= 1 and one.message for one in found.problems), content
        for one in found.items:
            assert item_from_json(item_to_json(one.item)) == one.item, content
            assert marks_itself(one.item), content
            # PostgreSQL stores no NUL, and no database half a character.
            assert "\\u0000" not in item_to_json(one.item), content


@pytest.mark.parametrize(
    ("file_format", "content"),
    [
        (Format.GIFT, b"// [id:tt-01-009] [tag:tes"),
        (Format.AIKEN, b""),
        (Format.CSV, b"question,right,A,B\r\n"),
    ],
)
def test_a_file_without_a_question_is_told(file_format: Format, content: bytes) -> None:
    # Found by mutation: files that were cut off at the right place said nothing.
    found = read_file(file_format, content, DEFAULTS)
    assert [one.line for one in found.errors] == [1]


@pytest.mark.parametrize("value", ["!!timestamp x", "!!bool x", "!!int ''", "!!float ''"])
def test_a_yaml_value_that_is_not_of_its_type_is_told(value: str) -> None:
    # Found by mutation: PyYAML raises what is no error of YAML.
    (problem,) = read_file(Format.YAML, f"- id: {value}\n".encode(), DEFAULTS).errors
    assert "not valid YAML" in problem.message
