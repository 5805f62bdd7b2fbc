"""Words and numbers that are typed, as QTI: of an item, and of a gap in a text."""

from collections.abc import Sequence
from fractions import Fraction

from quizbank.exchange.qti.markup import block
from quizbank.exchange.qti.statements import (
    Parts,
    added,
    branches,
    constant,
    decimals,
    declared,
    points,
    scored,
    told,
)
from quizbank.exchange.written_back import NotHeld
from quizbank.exchange.xml_written import text
from quizbank.kinds.numbers import AsksNumber
from quizbank.kinds.numeric import Numeric, Tolerance
from quizbank.kinds.short_answer import ShortAnswer
from quizbank.kinds.typed_answers import Answer

# A star that is a star, while those that stand for any characters are looked for.
_STAR = "\u2062"


def typed(item: ShortAnswer, parts: Parts) -> None:
    """Write a short answer; raises `NotHeld` where a star stands for any characters."""
    words_asked("RESPONSE", item.answers, item.case_sensitive, parts)
    field_ = '<p><textEntryInteraction responseIdentifier="RESPONSE" expectedLength="40"/></p>'
    parts.body = block(item.stem, parts.pictures) + field_


def number(item: Numeric, parts: Parts) -> None:
    """Write a number with its unit behind the field; raises `NotHeld`."""
    number_asked("RESPONSE", item, parts)
    unit = f" {text(item.unit)}" if item.unit else ""
    field_ = (
        f'<p><textEntryInteraction responseIdentifier="RESPONSE" expectedLength="12"/>{unit}</p>'
    )
    parts.body = block(item.stem, parts.pictures) + field_


def words_asked(
    name: str, answers: Sequence[Answer], case_sensitive: bool, parts: Parts, weight: int = 0
) -> None:
    """Declare and mark words under this name.

    With a weight they are a gap's: they add to the score what they earn of it.
    """
    empty = f'<isNull><variable identifier="{name}"/></isNull>'
    tests = [(empty, _earned(0.0, weight))]
    otherwise = ""
    right: list[str] = []
    capitals = "true" if case_sensitive else "false"
    for one in sorted(answers, key=lambda one: -one.fraction):
        said = one.text.replace("\\*", _STAR)
        if one.text == "*":
            otherwise = told(_of("else", name, parts, one.reason))
            continue
        if "*" in said:
            raise NotHeld("an answer has a star that stands for any characters")
        said = said.replace(_STAR, "*")
        test = (
            f'<stringMatch caseSensitive="{capitals}"><variable identifier="{name}"/>'
            f"{constant('string', said)}</stringMatch>"
        )
        feedback = told(_of(f"answer-{one.id}", name, parts, one.reason))
        tests.append((test, _earned(one.fraction, weight) + feedback))
        right += [said] if one.fraction == 1 else []
    parts.declared.append(declared(name, "single", "string", right[:1]))
    parts.marking.append(branches(tests, otherwise))


def number_asked(name: str, asked: AsksNumber, parts: Parts, weight: int = 0) -> None:
    """Declare and mark a number under this name, as `words_asked` does words."""
    if asked.tolerance_type is Tolerance.GEOMETRIC:
        raise NotHeld("QTI has no tolerance that is a factor")
    variable = f'<variable identifier="{name}"/>'
    tests = [(f"<isNull>{variable}</isNull>", _earned(0.0, weight))]
    for share, own, answer, off, mode, reason in _near(asked):
        test = (
            f'<equal toleranceMode="{mode}" tolerance="{decimals(off)} {decimals(off)}">'
            f"{variable}{constant('float', decimals(answer))}</equal>"
        )
        tests.append((test, _earned(share, weight) + told(_of(own, name, parts, reason))))
    wrong = told(_of("wrong", name, parts, asked.reason_wrong))
    parts.declared.append(declared(name, "single", "float", [decimals(Fraction(asked.answer))]))
    parts.marking.append(branches(tests, wrong))


def _near(asked: AsksNumber) -> list[tuple[float, str, Fraction, Fraction, str, str]]:
    """Return what each number earns, its name, itself, how far it reaches and how, and why."""
    relative = asked.tolerance_type is Tolerance.RELATIVE
    reach = Fraction(asked.tolerance) * (100 if relative else 1)
    mode = "relative" if relative else "absolute"
    near = [(1.0, "right", Fraction(asked.answer), reach, mode, asked.reason)]
    for one in sorted(asked.others, key=lambda one: -one.fraction):
        answer, off = Fraction(one.answer), Fraction(one.tolerance)
        near.append((one.fraction, f"other-{one.id}", answer, off, "absolute", one.reason))
    return near


def _of(own: str, name: str, parts: Parts, reason: str) -> str:
    """Return the name of a reason, behind its gap's where it belongs to one; and tell it."""
    whole = own if name == "RESPONSE" else f"{name}.{own}"
    parts.tell(whole, reason)
    return whole


def _earned(share: float, weight: int) -> str:
    """Return the statement for what an answer earns."""
    if not weight:
        return scored(constant("float", points(share)))
    return added(constant("float", points(Fraction(repr(share)) * weight))) if share else ""
