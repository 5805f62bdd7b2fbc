"""The values of QTI: what a response may be, what is right, and what each answer earns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from quizbank.exchange.qti.tree import Unfit, number, wanted, whole
from quizbank.exchange.xml_reading import Element

Scalar = str | Fraction | bool
# A tuple is a container: in its order where that matters, else sorted. None is QTI's NULL.
Value = Scalar | tuple[Scalar, ...] | None
_MOST_VALUES = 500
_BOUNDS = frozenset({"lowerbound", "upperbound", "defaultvalue"})
_ATTRIBUTES = {
    "responsedeclaration": frozenset({"identifier", "cardinality", "basetype"}),
    "correctresponse": frozenset({"interpretation"}),
    "value": frozenset({"fieldidentifier", "basetype"}),
    "mapping": _BOUNDS,
    "areamapping": _BOUNDS,
    "mapentry": frozenset({"mapkey", "mappedvalue", "casesensitive"}),
    "areamapentry": frozenset({"shape", "coords", "mappedvalue"}),
}
_ANYWHERE = frozenset({"id", "class", "label", "lang", "space", "base", "type", "schemalocation"})
_PAIRED = frozenset({"pair", "directedpair"})


@dataclass(frozen=True)
class Mapped:
    """What one answer earns, and whether its capitals matter."""

    value: Fraction
    case_sensitive: bool


@dataclass(frozen=True)
class MappedAnswers:
    """What answers earn (`mapResponse`); `default` is for all others, the bounds for the sum."""

    entries: Mapping[Scalar, Mapped]
    default: Fraction
    lower: Fraction | None
    upper: Fraction | None

    def of(self, value: Scalar) -> Fraction:
        """Return what one answer earns by itself, before the bounds."""
        found = self.entries.get(value)
        if found is None and isinstance(value, str):
            alike = value.casefold()
            found = next(
                (
                    one
                    for key, one in self.entries.items()
                    if isinstance(key, str) and not one.case_sensitive and key.casefold() == alike
                ),
                None,
            )
        return found.value if found else self.default

    def total(self, value: Value) -> Fraction:
        """Return what a whole response earns, within the bounds; 0 for none."""
        if value is None:
            return Fraction(0)
        values = dict.fromkeys(value) if isinstance(value, tuple) else (value,)
        return self.bounded(sum((self.of(one) for one in values), Fraction(0)))

    def bounded(self, total: Fraction) -> Fraction:
        """Return a sum within the bounds."""
        if self.lower is not None:
            total = max(total, self.lower)
        return total if self.upper is None else min(total, self.upper)


@dataclass(frozen=True)
class Area:
    """A part of a picture and what a point in it earns; `coords` are as QTI writes them."""

    shape: str
    coords: tuple[float, ...]
    value: Fraction
    line: int


@dataclass(frozen=True)
class Response:
    """A response variable with its key."""

    id: str
    cardinality: str
    base_type: str
    line: int
    correct: tuple[Scalar, ...] = ()
    mapping: MappedAnswers | None = None
    areas: tuple[Area, ...] = ()
    areas_default: Fraction = Fraction(0)
    areas_bounds: tuple[Fraction | None, Fraction | None] = field(default=(None, None))

    def value(self, *said: Scalar) -> Value:
        """Return a response of these answers as its variable holds it."""
        return contained(self.cardinality, said)

    @property
    def right(self) -> Value:
        """The correct response."""
        return self.value(*self.correct)


def contained(cardinality: str, said: tuple[Scalar, ...]) -> Value:
    """Return values as a variable of this cardinality holds them."""
    if not said:
        return None
    if cardinality == "single":
        return said[0]
    return said if cardinality == "ordered" else tuple(sorted(said, key=str))


def read_response(element: Element) -> Response:
    """Return a response declaration; raises `Unfit`."""
    _refuse_misspelt(element)
    base_type = element.get("basetype").strip().lower() or "identifier"
    cardinality = element.get("cardinality").strip().lower() or "single"
    if cardinality not in {"single", "multiple", "ordered"}:
        raise Unfit(element.line, f"A response of cardinality “{cardinality}” is not read.")
    correct = element.first("correctresponse")
    mapping, areas = element.first("mapping"), element.first("areamapping")
    if cardinality == "single" and not mapping and len(_values(correct)) > 1:
        said = "A response of one value has several correct ones; say which earns what (mapping)."
        raise Unfit(element.line, said)
    return Response(
        wanted(element, "identifier"),
        cardinality,
        base_type,
        element.line,
        tuple(scalar(base_type, one.full_text, one.line) for one in _values(correct)),
        _mapping(mapping, base_type) if mapping else None,
        tuple(_area(one) for one in areas.all("areamapentry")) if areas else (),
        (_bound(areas, "defaultvalue") or Fraction(0)) if areas else Fraction(0),
        (_bound(areas, "lowerbound"), _bound(areas, "upperbound")) if areas else (None, None),
    )


def _refuse_misspelt(declaration: Element) -> None:
    """A word that QTI does not know may be a misspelt one, and the mark would differ unseen."""
    for one in declaration.walk():
        known = _ATTRIBUTES.get(one.name, frozenset())
        for said in {*one.attributes} - known - _ANYWHERE:
            if not said.startswith(("data", "aria")):
                raise Unfit(one.line, f"QTI knows no “{said}” at {one.name}; correct or delete it.")


def scalar(base_type: str, text: str, line: int) -> Scalar:
    """Return one value of a base type; raises `Unfit`."""
    said = " ".join(text.split())
    if base_type in {"integer", "float"}:
        read = number(said)
        if read is None:
            raise Unfit(line, f"“{said[:40]}” is no number that can be read.")
        return read
    if base_type == "boolean":
        return said.lower() in {"true", "1"}
    if base_type in _PAIRED:
        ends = said.split()
        if len(ends) != 2:
            raise Unfit(line, f"“{said[:40]}” is no pair of two identifiers.")
        return " ".join(ends if base_type == "directedpair" else sorted(ends))
    return said


def _values(element: Element | None) -> tuple[Element, ...]:
    values = element.all("value") if element else ()
    if element and len(values) > _MOST_VALUES:
        raise Unfit(element.line, f"More than {_MOST_VALUES} values are not read.")
    return values


def _mapping(element: Element, base_type: str) -> MappedAnswers:
    entries: dict[Scalar, Mapped] = {}
    if len(element.children) > _MOST_VALUES:
        raise Unfit(element.line, f"More than {_MOST_VALUES} values are not read.")
    for one in element.all("mapentry"):
        key = scalar(base_type, one.get("mapkey"), one.line)
        case_sensitive = one.get("casesensitive").strip().lower() not in {"false", "0"}
        entries[key] = Mapped(_earned(one), case_sensitive)
    default = _bound(element, "defaultvalue") or Fraction(0)
    return MappedAnswers(
        entries, default, _bound(element, "lowerbound"), _bound(element, "upperbound")
    )


def _area(element: Element) -> Area:
    return Area(*read_shape(element), _earned(element), element.line)


def read_shape(element: Element) -> tuple[str, tuple[float, ...]]:
    """Return the shape and the coordinates of an area; raises `Unfit`."""
    shape = element.get("shape").strip().lower()
    said = [number(one) for one in element.get("coords").replace(",", " ").split()]
    coords = [float(one) for one in said if one is not None]
    sizes = {"circle": len(coords) == 3, "rect": len(coords) == 4, "ellipse": len(coords) == 4}
    sizes["poly"] = len(coords) >= 6 and len(coords) % 2 == 0
    if len(coords) != len(said) or not sizes.get(shape):
        raise Unfit(element.line, f"The area “{shape}” with {len(said)} coordinates is not read.")
    return shape, tuple(coords)


def _earned(element: Element) -> Fraction:
    read = number(element.get("mappedvalue"))
    if read is None:
        raise Unfit(element.line, f"The element {element.name} says no mappedValue.")
    return read


def _bound(element: Element, name: str) -> Fraction | None:
    said = element.get(name).strip()
    read = number(said)
    if said and read is None:
        raise Unfit(element.line, f"The {name} “{said[:40]}” is no number.")
    return read


def most(element: Element, name: str) -> int | None:
    """Return a limit such as `maxChoices`; None where there is none."""
    return whole(element, name, 0) or None
