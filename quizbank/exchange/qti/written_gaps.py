"""Texts with gaps as QTI: every gap a response of its own, and the score their sum."""

from fractions import Fraction

from quizbank.exchange.qti.markup import block
from quizbank.exchange.qti.statements import (
    Parts,
    added,
    branches,
    constant,
    declared,
    mapped,
    name_of,
    told,
)
from quizbank.exchange.qti.written_typed import number_asked, words_asked
from quizbank.exchange.written_back import NotHeld
from quizbank.exchange.xml_written import text
from quizbank.kinds.cloze import Cloze
from quizbank.kinds.cloze_gaps import ChoiceGap, NumberGap, TextGap
from quizbank.kinds.single_choice import worth


def gapped(item: Cloze, parts: Parts) -> None:
    """Write a text with gaps; raises `NotHeld` where its mark is no sum of what gaps earn."""
    shown: dict[str, str] = {}
    for gap in item.placed:
        name = name_of(gap.id)
        shown[gap.id] = _gap(gap, name, parts)
    parts.most = str(sum(gap.weight for gap in item.gaps))
    parts.body = block(item.stem, parts.pictures, lambda gap: shown.get(gap, gap))


def _gap(gap: ChoiceGap | TextGap | NumberGap, name: str, parts: Parts) -> str:
    """Declare and mark a gap; return how it stands in the text."""
    match gap:
        case ChoiceGap():
            return _list(gap, name, parts)
        case TextGap():
            words_asked(name, gap.answers, gap.case_sensitive, parts, gap.weight)
        case NumberGap():
            number_asked(name, gap, parts, gap.weight)
    return f'<textEntryInteraction responseIdentifier="{name}" expectedLength="20"/>'


def _list(gap: ChoiceGap, name: str, parts: Parts) -> str:
    if gap.several:
        raise NotHeld("a gap takes several options")
    if any(worth(one) < 0 for one in gap.options):
        raise NotHeld("a wrong option takes from what other gaps earn")
    earned = [
        (name_of(one.id), Fraction(repr(worth(one))) * gap.weight)
        for one in gap.options
        if worth(one)
    ]
    right = [name_of(one.id) for one in gap.options if one.correct]
    parts.declared.append(declared(name, "single", "identifier", right, mapped(earned, None)))
    parts.marking.append(added(f'<mapResponse identifier="{name}"/>'))
    tests: list[tuple[str, str]] = []
    for one in gap.options:
        said = constant("identifier", name_of(one.id))
        reason = f"{name}.{one.id}"
        test = f'<match><variable identifier="{name}"/>{said}</match>'
        tests.append((test, told(reason)))
        parts.tell(reason, one.reason)
    parts.marking.append(branches(tests))
    choices = "".join(
        f'<inlineChoice identifier="{name_of(one.id)}">{text(one.text)}</inlineChoice>'
        for one in gap.options
    )
    return (
        f'<inlineChoiceInteraction responseIdentifier="{name}" shuffle="true">{choices}'
        "</inlineChoiceInteraction>"
    )
