"""Items as GIFT, and what GIFT leaves behind of them."""

from collections.abc import Sequence
from decimal import Decimal

from quizbank.exchange.defaults import NO_MODEL_ANSWER, NO_REASON
from quizbank.exchange.formulas import for_others
from quizbank.exchange.usual_losses import usual_losses
from quizbank.items import Item
from quizbank.kinds.description import Description
from quizbank.kinds.essay import Essay
from quizbank.kinds.item import Option
from quizbank.kinds.matching import Matching
from quizbank.kinds.multiple_response import MultipleResponse, Rule
from quizbank.kinds.numbers import Tolerance
from quizbank.kinds.numeric import Numeric
from quizbank.kinds.ordering import Ordering
from quizbank.kinds.short_answer import ShortAnswer
from quizbank.kinds.single_choice import SingleChoice
from quizbank.kinds.true_false import TrueFalse

GIFT_LEAVES_OUT = (
    "GIFT carries the question, its answers, shares, reasons and topics. It leaves out pool, "
    "objective, level, sources, review dates, enemies, expected time, what is critical or unsafe, "
    "and units; reasons of matching and ordering; an essay's rubric and limits; capitals that "
    "matter. Every rule for several answers becomes weights."
)
_Held = (
    SingleChoice
    | MultipleResponse
    | TrueFalse
    | Numeric
    | ShortAnswer
    | Matching
    | Ordering
    | Essay
    | Description
)
_ESCAPES = str.maketrans({sign: f"\\{sign}" for sign in "\\#=~{}:"} | {"\n": "\\n", "\r": None})


def write_gift(items: Sequence[Item]) -> str:
    """Return the items that GIFT can hold as a file that `read_gift` and Moodle read."""
    return "\n".join(
        _question(item) for item in items if isinstance(item, _Held) and not gift_cannot_hold(item)
    )


def gift_cannot_hold(item: Item) -> str:
    """Return why an item has no place in a GIFT file, or an empty text."""
    if not isinstance(item, _Held):
        return "GIFT has no such kind of question"
    if isinstance(item, ShortAnswer) and any("->" in one.text for one in item.answers):
        return "an answer has -> in it, which GIFT reads as matching"
    if isinstance(item, Matching) and any("->" in one.text for one in item.premises):
        return "a premise has -> in it, which parts premise and choice in GIFT"
    if isinstance(item, Ordering) and any(
        one.text.startswith(("//", "$CATEGORY:")) for one in item.elements
    ):
        return "an element begins like a comment or a category of GIFT"
    return ""


def gift_changes(item: Item) -> tuple[str, ...]:
    """Return what of this item GIFT leaves out or says in another way."""
    told = usual_losses(item) | {
        "the unit": isinstance(item, Numeric) and bool(item.unit),
        "what the tolerance is (it becomes a range)": isinstance(item, Numeric)
        and item.tolerance_type is not Tolerance.NOMINAL,
        "the rubric, the limits of words and who marks": isinstance(item, Essay),
        "that capitals matter": isinstance(item, ShortAnswer) and item.case_sensitive,
    }
    return tuple(name for name, changed in told.items() if changed)


def _question(item: _Held) -> str:
    marks = [f"[id:{_bracketed(item.origin or item.id)}]"]
    marks += [f"[tag:{tag}]" for tag in item.tags]
    title = f"::{_escaped(item.title)}::" if item.title else ""
    answers = "" if isinstance(item, Description) else f"{{{_answers(item)}}}"
    return f"// {' '.join(marks)}\n{title}[markdown]{_escaped(for_others(item.stem))}{answers}\n"


def _answers(item: _Held) -> str:
    match item:
        case TrueFalse():
            return _statement(item)
        case Essay():
            known = item.model_answer != NO_MODEL_ANSWER
            return f"####{_shown(item.model_answer)}" if known else ""
        case Numeric():
            return _below("#", _numbers(item))
        case Ordering():
            order = f">{len(item.elements)} ALL VERTICAL {item.grading.value.upper()} SHOW none"
            return _below(order, [_escaped(one.text) for one in item.elements])
        case _:
            return _below("", _lines(item))


def _below(begin: str, lines: Sequence[str]) -> str:
    return begin + "".join(f"\n\t{line}" for line in lines) + "\n"


def _lines(item: Item) -> list[str]:
    match item:
        case SingleChoice():
            return [_option(one, "=" if one.correct else "~") for one in item.options]
        case MultipleResponse():
            return _weighted(item)
        case ShortAnswer():
            return _typed(item)
        case Matching():
            return _pairs(item)
        case _:
            return []


def _statement(item: TrueFalse) -> str:
    right, wrong = item.reason_true, item.reason_false
    if not item.answer:
        right, wrong = wrong, right
    feedback = f"{_reason(wrong) or '#'}{_reason(right)}"
    return f"{'TRUE' if item.answer else 'FALSE'}{feedback if feedback != '#' else ''}"


def _option(option: Option, sign: str) -> str:
    weight = _percent(option.weight) if option.weight else ""
    return f"{sign}{weight}{_shown(option.text)}{_reason(option.reason)}"


def _weighted(item: MultipleResponse) -> list[str]:
    if item.rule is Rule.WEIGHTS:
        return [_option(one, "~") for one in item.options]
    keys = sum(one.correct for one in item.options)
    # All or nothing has no weights that say so; a distractor that costs everything comes nearest.
    cost = -1.0 if item.rule is Rule.ALL_OR_NOTHING else -round(1 / keys, 7)
    return [
        _option(one.model_copy(update={"weight": round(1 / keys, 7) if one.correct else cost}), "~")
        for one in item.options
    ]


def _typed(item: ShortAnswer) -> list[str]:
    return [
        f"={_percent(one.fraction)}{_text(one.text)}{_reason(one.reason)}" for one in item.answers
    ]


def _numbers(item: Numeric) -> list[str]:
    low, high = _range(item)
    answer = f"{item.answer:f}:{item.tolerance:f}"
    if item.tolerance_type is not Tolerance.NOMINAL:
        answer = f"{low:f}..{high:f}"
    others = [
        f"={_percent(one.fraction)}{one.answer:f}:{one.tolerance:f}{_reason(one.reason)}"
        for one in item.others
    ]
    rest = _reason(item.reason_wrong)
    return [
        f"=%100%{answer}{_reason(item.reason)}",
        *others,
        *([f"~{rest}"] if rest else []),
    ]


def _range(item: Numeric) -> tuple[Decimal, Decimal]:
    if item.tolerance_type is Tolerance.RELATIVE:
        off = abs(item.answer) * item.tolerance
        return item.answer - off, item.answer + off
    edges = (item.answer / (1 + item.tolerance), item.answer * (1 + item.tolerance))
    return min(edges), max(edges)


def _pairs(item: Matching) -> list[str]:
    texts = {one.id: one.text for one in item.choices}
    asked = {one.choice for one in item.premises}
    pairs = [f"={_text(one.text)} -> {_escaped(texts[one.choice])}" for one in item.premises]
    return pairs + [f"= -> {_escaped(text)}" for one, text in texts.items() if one not in asked]


def _reason(reason: str) -> str:
    return "" if reason == NO_REASON else f"#{_shown(reason)}"


def _shown(markdown: str) -> str:
    return _text(for_others(markdown))


def _text(text: str) -> str:
    # Else a text that begins with [html] or %50% would be read as something else.
    return f"[markdown]{_escaped(text)}" if text.startswith(("[", "%")) else _escaped(text)


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)


def _bracketed(text: str) -> str:
    return text.replace("]", "\\]")


def _percent(share: float | None) -> str:
    return f"%{Decimal(repr(share or 0.0)) * 100:f}%"
