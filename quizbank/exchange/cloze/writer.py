"""Texts with gaps as Moodle writes them: the way back from `cloze_syntax.read_cloze`."""

import re
from collections.abc import Callable
from decimal import Decimal, localcontext

from quizbank.exchange.cloze.syntax import CLOSE, OPEN, has_gaps
from quizbank.exchange.defaults import NO_REASON
from quizbank.exchange.texts import as_plain
from quizbank.exchange.usual_losses import marks_unsafe
from quizbank.items import Item
from quizbank.kinds.cloze import PLACEHOLDER, Cloze
from quizbank.kinds.cloze_gaps import ChoiceGap, NumberGap, TextGap
from quizbank.kinds.item import Option
from quizbank.kinds.numbers import Tolerance

Convert = Callable[[str], str]
_HELD = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
# \* keeps its meaning in short answers; # inside an entity is none that parts.
_ANSWER_SIGNS = re.compile(r"\\(?!\*)|[}~]|(?<!&)(?<!&amp;)#")
_FEEDBACK_SIGNS = re.compile(r"[\\}~]")
_PLACES = Decimal("1e-12")


def write_cloze(item: Cloze, markup: Convert = as_plain, plain: Convert = str) -> str:
    """Return the item's text with its gaps written as Moodle reads them.

    `markup` turns Markdown into the format around (HTML in Moodle XML), `plain` plain text.
    """
    writer = _Writer(markup, plain)
    gaps = {gap.id: gap for gap in item.gaps}
    text = markup(PLACEHOLDER.sub(rf"{OPEN}\1{CLOSE}", item.stem))
    return _HELD.sub(lambda found: writer.gap(gaps[found[1]]), text)


def cloze_cannot_hold(item: Item) -> str:
    """Return why Moodle's syntax for gaps cannot hold the item, or an empty text."""
    if not isinstance(item, Cloze):
        return "it is no text with gaps"
    if has_gaps(item.stem):
        return "its text holds what Moodle reads as a gap"
    return ""


def cloze_changes(item: Cloze) -> tuple[str, ...]:
    """Return what of the gaps Moodle's syntax leaves out or says in another way."""
    choices = [gap for gap in item.gaps if isinstance(gap, ChoiceGap)]
    numbers = [gap for gap in item.gaps if isinstance(gap, NumberGap)]
    told = {
        "what is unsafe": marks_unsafe(item),
        "the rule (it becomes weights)": any(gap.several and not _weighted(gap) for gap in choices),
        "what the tolerance is (it becomes a number)": any(
            gap.tolerance_type is not Tolerance.NOMINAL for gap in numbers
        ),
        "line breaks in its answers and reasons": any(
            "\n" in said
            for gap in item.gaps
            for one in gap.scored()
            for said in (one.text, one.reason)
        )
        or any("\n" in gap.reason_wrong for gap in numbers),
    }
    return tuple(name for name, changed in told.items() if changed)


class _Writer:
    """Writes gaps, with what turns texts into the format around them."""

    def __init__(self, markup: Convert, plain: Convert) -> None:
        self._markup, self._plain = markup, plain

    def gap(self, gap: ChoiceGap | TextGap | NumberGap) -> str:
        """Return the gap with its braces."""
        match gap:
            case ChoiceGap():
                name = "MULTIRESPONSE" if gap.several else "MULTICHOICE"
                pieces = [self._option(gap, one) for one in gap.options]
            case TextGap():
                name = "SHORTANSWER_C" if gap.case_sensitive else "SHORTANSWER"
                pieces = [self._piece(one.fraction, one.text, one.reason) for one in gap.answers]
            case NumberGap():
                name, pieces = "NUMERICAL", self._numbers(gap)
        return f"{{{gap.weight}:{name}:{'~'.join(pieces)}}}"

    def _option(self, gap: ChoiceGap, option: Option) -> str:
        share = option.weight or 0.0
        if option.correct and not gap.several:
            share = 1.0
        elif gap.several and not _weighted(gap):
            keys = sum(one.correct for one in gap.options)
            share = round((1 if option.correct else -1) / keys, 7)
        return self._piece(share, option.text, option.reason, option.correct)

    def _numbers(self, gap: NumberGap) -> list[str]:
        answer, tolerance = _as_nominal(gap)
        pieces = [self._piece(1.0, f"{answer:f}:{tolerance:f}", gap.reason)]
        pieces += [
            self._piece(one.fraction, f"{one.answer:f}:{one.tolerance:f}", one.reason)
            for one in gap.others
        ]
        rest = [] if gap.reason_wrong == NO_REASON else [self._piece(0.0, "*", gap.reason_wrong)]
        return pieces + rest

    def _piece(self, share: float, text: str, reason: str, key: bool = True) -> str:
        answer = _ANSWER_SIGNS.sub(_escaped, self._plain(text.strip()))
        said = "" if reason == NO_REASON else _FEEDBACK_SIGNS.sub(_escaped, self._markup(reason))
        # Else the sign behind would belong to what stands before it.
        answer += " " if answer.endswith(("\\", "&", "&amp;")) else ""
        said += " " if said.endswith("\\") else ""
        return f"{_share(share, text, key)}{answer}{'#' if said else ''}{said}"


def _share(share: float, text: str, key: bool) -> str:
    if share == 1 and key:
        return "="
    if share == 0 and not text.lstrip().startswith(("=", "%")):
        return ""
    percent = (Decimal(repr(share)) * 100).quantize(_PLACES)
    return f"%{percent.normalize():f}%"


def _as_nominal(gap: NumberGap) -> tuple[Decimal, Decimal]:
    with localcontext() as context:
        context.prec = 60
        if gap.tolerance_type is Tolerance.NOMINAL:
            return gap.answer, gap.tolerance
        if gap.tolerance_type is Tolerance.RELATIVE:
            return gap.answer, round(abs(gap.answer) * gap.tolerance, 15)
        low, high = gap.answer / (1 + gap.tolerance), gap.answer * (1 + gap.tolerance)
        return round((low + high) / 2, 15), round(abs(high - low) / 2, 15)


def _weighted(gap: ChoiceGap) -> bool:
    return any(one.weight is not None for one in gap.options)


def _escaped(found: re.Match[str]) -> str:
    return f"\\{found.group()}"
