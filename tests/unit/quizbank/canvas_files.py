"""Questions of QTI 1.2, written by hand for the tests."""

from datetime import date
from typing import Any

from quizbank.exchange.defaults import Defaults
from quizbank.exchange.formats import Format, read_file
from quizbank.exchange.items_read import ItemsRead

DEFAULTS = Defaults(date(2026, 11, 23), objective="MF-01", sources=("S13",))
GAPS = [
    {"kind": "choice", "id": "g1", "weight": 2, "options": [
        {"id": "a", "text": "dermis", "correct": True, "reason": "Yes."},
        {"id": "b", "text": "muscle", "reason": "No."},
        {"id": "c", "text": "both", "reason": "Half.", "weight": 0.5},
    ]},
    {"kind": "text", "id": "two", "answers": [
        {"id": "a", "text": "sterile", "reason": "So."},
        {"id": "b", "text": "aseptic", "reason": "As well."},
    ]},
]  # fmt: skip


def read(content: str | bytes) -> ItemsRead:
    raw = content.encode() if isinstance(content, str) else content
    return read_file(Format.CANVAS, raw, DEFAULTS)


def only(found: ItemsRead) -> Any:
    assert found.errors == ()
    (one,) = found.items
    return one.item


def refused(text: str) -> str:
    found = read(text)
    assert found.items == ()
    return " ".join(one.message for one in found.errors)


ITEM = (
    '<questestinterop><item ident="q" title="T"><itemmetadata><qtimetadata><qtimetadatafield>'
    "<fieldlabel>question_type</fieldlabel><fieldentry>{type}</fieldentry></qtimetadatafield>"
    "{settings}</qtimetadata></itemmetadata><presentation><material><mattext "
    'texttype="text/html">{stem}</mattext></material>{asked}</presentation><resprocessing>'
    "<outcomes><decvar {outcome}/></outcomes>{marking}</resprocessing>{feedback}</item>"
    "</questestinterop>"
)


def question(asked: str, marking: str, **said: str) -> str:
    usual = {"type": "", "settings": "", "stem": "Which?", "feedback": ""}
    outcome = 'maxvalue="100" minvalue="0" varname="SCORE"'
    return ITEM.format(**usual | {"outcome": outcome} | said, asked=asked, marking=marking)


def lid(*names: str, ident: str = "r", how: str = 'rcardinality="Single"', more: str = "") -> str:
    labels = "".join(
        f'<response_label ident="{name}"><material><mattext>{name}</mattext></material>'
        "</response_label>"
        for name in names
    )
    inside = f"{more}<render_choice>{labels}</render_choice>"
    return f'<response_lid ident="{ident}" {how}>{inside}</response_lid>'


FIELD = (
    '<response_str ident="r"><render_fib {}><response_label ident="x"/></render_fib></response_str>'
)
SEVERAL = 'rcardinality="Multiple"'


def scored(tests: str, points: str = "100", action: str = "Set") -> str:
    said = f'<setvar action="{action}" varname="SCORE">{points}</setvar>'
    return f"<respcondition><conditionvar>{tests}</conditionvar>{said}</respcondition>"


def equal(value: str, ident: str = "r", more: str = "") -> str:
    return f'<varequal respident="{ident}" {more}>{value}</varequal>'


def bounds(low: str, high: str, lower: str = "vargte") -> str:
    return f'<and><{lower} respident="r">{low}</{lower}><varlte respident="r">{high}</varlte></and>'
