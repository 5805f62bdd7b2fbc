"""The words of a QTI file that all kinds of items need: declarations, tests, statements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from quizbank.exchange.defaults import NO_REASON
from quizbank.exchange.written_back import NotHeld
from quizbank.exchange.xml_written import attribute, text
from quizbank.files import Picture

SCORE = '<variable identifier="SCORE"/>'
RESPONSE = '<variable identifier="RESPONSE"/>'
Pictures = Mapping[str, Picture]


@dataclass
class Parts:
    """The parts of an item's file as they come together."""

    pictures: Pictures
    declared: list[str] = field(default_factory=list[str])
    body: str = ""
    marking: list[str] = field(default_factory=list[str])
    most: str = "1"
    reasons: dict[str, str] = field(default_factory=dict[str, str])

    def tell(self, name: str, reason: str) -> None:
        """Say a reason whenever the outcome FEEDBACK holds its name."""
        if reason != NO_REASON:
            self.reasons[name] = reason


def name_of(key: str) -> str:
    """Return an id as an identifier of QTI, which begins with a letter or a low line."""
    return key if key[0].isalpha() else f"_{key}"


def constant(base_type: str, said: str) -> str:
    """Return a constant of the marking."""
    return f'<baseValue baseType="{base_type}">{text(said)}</baseValue>'


def points(share: float | Fraction) -> str:
    """Return points as a decimal number; raises `NotHeld`."""
    return decimals(share if isinstance(share, Fraction) else Fraction(repr(share)))


def decimals(value: Fraction) -> str:
    """Return a number in decimals, all of them; raises `NotHeld` where they never end."""
    said = f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
    if Fraction(said) != value:
        raise NotHeld("a number has more decimals than can be written")
    return said


def scored(value: str) -> str:
    """Return the statement that sets the score."""
    return f'<setOutcomeValue identifier="SCORE">{value}</setOutcomeValue>'


def added(value: str) -> str:
    """Return the statement that adds to the score."""
    return scored(f"<sum>{SCORE}{value}</sum>")


def told(*names: str) -> str:
    """Return the statement that adds names to the feedback."""
    said = "".join(constant("identifier", name) for name in names)
    return (
        '<setOutcomeValue identifier="FEEDBACK"><multiple><variable identifier="FEEDBACK"/>'
        f"{said}</multiple></setOutcomeValue>"
    )


def branches(tests: Iterable[tuple[str, str]], otherwise: str = "") -> str:
    """Return a condition: of these tests, the first that holds decides."""
    said: list[str] = []
    for test, then in tests:
        name = "responseElseIf" if said else "responseIf"
        said.append(f"<{name}>{test}{then}</{name}>")
    last = f"<responseElse>{otherwise}</responseElse>" if otherwise else ""
    return f"<responseCondition>{''.join(said)}{last}</responseCondition>"


def declared(
    name: str, cardinality: str, base_type: str, correct: Sequence[str], mapping: str = ""
) -> str:
    """Return the declaration of a response."""
    values = "".join(f"<value>{text(one)}</value>" for one in correct)
    right = f"<correctResponse>{values}</correctResponse>" if values else ""
    return (
        f'  <responseDeclaration identifier="{name}" cardinality="{cardinality}" '
        f'baseType="{base_type}">{right}{mapping}</responseDeclaration>'
    )


def mapped(entries: Iterable[tuple[str, float | Fraction]], upper: float | Fraction | None) -> str:
    """Return what answers earn, never less than 0 in all."""
    said = "".join(
        f'<mapEntry mapKey="{attribute(key)}" mappedValue="{points(earned)}"/>'
        for key, earned in entries
    )
    bound = f' upperBound="{points(upper)}"' if upper is not None else ""
    return f'<mapping defaultValue="0" lowerBound="0"{bound}>{said}</mapping>'


TOLD = '<setOutcomeValue identifier="FEEDBACK">{}</setOutcomeValue>'
TOLD_CHOICE = TOLD.format(f"<multiple>{RESPONSE}</multiple>")
MAPPED = scored('<mapResponse identifier="RESPONSE"/>')
ALL_RIGHT = branches(
    [
        (
            f'<match>{RESPONSE}<correct identifier="RESPONSE"/></match>',
            scored(constant("float", "1")),
        )
    ],
    scored(constant("float", "0")),
)
