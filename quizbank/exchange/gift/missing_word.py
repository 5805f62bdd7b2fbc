"""Moodle's missing words: a sentence whose gap in braces holds its options, read and written."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from base.lined_yaml import LARGEST_DOCUMENT, Problem
from quizbank.exchange.collecting import Collector
from quizbank.exchange.defaults import NO_REASON, Defaults
from quizbank.exchange.gift.syntax import read_questions
from quizbank.exchange.items_read import ItemsRead
from quizbank.exchange.moodle.bodies import BodyWriter
from quizbank.exchange.texts import as_markdown, as_plain, has_tags
from quizbank.exchange.usual_losses import marks_unsafe
from quizbank.items import Item
from quizbank.kinds.item import Option
from quizbank.kinds.single_choice import SingleChoice

MISSING_WORD_LEAVES_OUT = (
    "Missing word carries a single choice whose question has one blank (_____), with its options, "
    "shares and reasons as plain text. It leaves out everything else about the item."
)
_BLANK = "_____"
_GAP = re.compile(r"(?<!\\)\{((?:\\.|[^\\{}])*)\}(\s*\Z|[ \t]*\n(?=[ \t]*\n))?", re.DOTALL)
_SHARE = re.compile(r"(?<!\\)([~=]\s*)(-?\d{1,3}(?:\.\d{1,20})?%)")
_ESCAPES = str.maketrans({sign: f"\\{sign}" for sign in "\\#=~{}:"} | {"\n": "\\n", "\r": None})


def read_missing_word(text: str, defaults: Defaults) -> ItemsRead:
    """Read a file of missing words; never raises. A question that is no item stops no other."""
    if len(text) > LARGEST_DOCUMENT:
        message = "The file is larger than 20 MB. Split it and try again."
        return ItemsRead((), (Problem(1, message),))
    collector = Collector("word", defaults)
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    for one in read_questions(_GAP.sub(_as_gift, lines)):
        if isinstance(one, Problem):
            collector.problems.append(one)
        elif one.kind in {"multichoice", "shortanswer"}:
            # One word is missing, however the shares are written.
            single = replace(one, single=True)
            collector.take(single, BodyWriter(single))
        else:
            message = "There is no missing word: write its options like {=right ~wrong}."
            collector.problems.append(Problem(one.line, message))
    read = collector.outcome()
    if not read.items and not read.problems:
        message = "The file holds no question with a missing word, like {=right ~wrong}."
        return ItemsRead((), (Problem(1, message),))
    return read


def write_missing_word(items: Sequence[Item]) -> str:
    """Return the items that the format can hold as a file that `read_missing_word` reads."""
    return "\n".join(
        _sentence(item)
        for item in items
        if isinstance(item, SingleChoice) and not missing_word_cannot_hold(item)
    )


def missing_word_cannot_hold(item: Item) -> str:
    """Return why an item is no missing word, or an empty text."""
    if not isinstance(item, SingleChoice):
        return "a missing word is a single choice"
    stem = as_plain(item.stem)
    if stem.count(_BLANK) != 1 or "__" in stem.replace(_BLANK, ""):
        return "its question has not one blank, written _____"
    if stem.startswith(("//", "::", "[", "$CATEGORY:")):
        return "its question begins with a sign that has a meaning in the format"
    return ""


def missing_word_changes(item: Item) -> tuple[str, ...]:
    """Return what of this item the file leaves out or says in another way."""
    if not isinstance(item, SingleChoice):
        return ()
    reasons = [one.reason for one in item.options if one.reason != NO_REASON]
    texts = [item.stem, *(one.text for one in item.options), *reasons]
    told = {
        "what is critical": item.critical,
        "what is unsafe": marks_unsafe(item),
        "formatting": any(_loses_formatting(text) for text in texts),
    }
    return tuple(name for name, changed in told.items() if changed)


def _as_gift(found: re.Match[str]) -> str:
    answers, end = found[1], found[2]
    if answers.strip() and not re.search(r"(?<!\\)[~=]", answers):
        answers = f"={answers}"
    # GIFT leaves no blank where nothing follows.
    blank = _BLANK if end is not None else ""
    shared = _SHARE.sub(r"\1%\2", answers)
    return f"{blank}{{{shared}}}{end or ''}"


def _sentence(item: SingleChoice) -> str:
    before, _, after = _written(item.stem).partition(_BLANK)
    return f"{before}{{{' '.join(map(_option, item.options))}}}{after}\n"


def _option(option: Option) -> str:
    share = Decimal(1) if option.correct else Decimal(repr(option.weight or 0.0))
    text = _written(option.text)
    # Else a text that begins with 50% would be a share.
    said = f"{share * 100:f}%" if share not in (0, 1) or re.match(r"[-\d%\[]", text) else ""
    reason = "" if option.reason == NO_REASON else f"#{_written(option.reason)}"
    return f"{'=' if option.correct else '~'}{said}{text}{reason}"


def _written(markdown: str) -> str:
    return as_plain(markdown).strip().translate(_ESCAPES)


def _loses_formatting(markdown: str) -> bool:
    plain = as_plain(markdown)
    return has_tags(plain) or plain.startswith("[") or as_markdown(plain.strip()) != markdown
