"""What the API is sent, read strictly: every problem with the place where it stands."""

from collections.abc import Sequence
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from base.errors import Invalid
from certs.eligibility import Treatment

MOST_ROWS = 1_000
LARGEST_ROWS = 1_000_000
_MOST_PROBLEMS = 20

Serial = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=254)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=254)]


class _Body(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class AskedTreatment(Treatment):
    """A treatment as programs send it: numbers as numbers, days as days."""

    model_config = ConfigDict(strict=True)


class AskedCredential(_Body):
    """One certificate by its serial; `holder` is the full name or the e-mail to compare."""

    serial: Serial
    holder: Name | None = None
    treatment: AskedTreatment | None = None


class AskedRow(_Body):
    """One of the staff: the certificate that is claimed, and the name it must be in."""

    serial: Serial
    name: Name
    email: Line = ""
    course: Line = ""


class AskedRows(_Body):
    """Many certificates at once."""

    rows: Annotated[tuple[AskedRow, ...], Field(min_length=1, max_length=MOST_ROWS, strict=False)]


class WrongType(Invalid):
    """The body is of a kind that this address does not take."""


class NotJson(Invalid):
    """The body is no JSON."""


class Misshapen(Invalid):
    """The body is JSON of another shape; `errors` say where (a JSON pointer) and what."""

    def __init__(self, errors: Sequence[tuple[str, str]]) -> None:
        self.errors = tuple(errors[:_MOST_PROBLEMS])
        more = len(errors) - len(self.errors)
        said = [f"{pointer or 'The body'}: {detail}." for pointer, detail in self.errors]
        super().__init__([*said, f"And {more} more."] if more else said)


B = TypeVar("B", bound=_Body)


def read_body(kind: type[B], body: bytes) -> B:
    """Return the body as this kind; raises `NotJson` or `Misshapen`."""
    try:
        return kind.model_validate_json(body)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
    if found[0]["type"] == "json_invalid":
        raise NotJson([f"The body is no JSON: {found[0]['msg'].removeprefix('Invalid JSON: ')}."])
    raise Misshapen([_told(one) for one in found])


def _told(one: ErrorDetails) -> tuple[str, str]:
    pointer = "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in one["loc"])
    return pointer[:200], one["msg"]
