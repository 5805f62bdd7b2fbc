"""Sources that items and lessons cite by key."""

from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

from quizbank.kinds.item import Frozen


class Seen(StrEnum):
    """How much of the source was read when the course was written."""

    ABSTRACT = "abstract"
    EXCERPT = "excerpt"
    NOT_SEEN = "not_seen"
    RULE = "rule"


class Source(Frozen):
    """A source with its key (`S07`, `CR` for course rules), citation and, where known, link."""

    key: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]{1,7}$")]
    citation: Annotated[str, StringConstraints(min_length=3)]
    link: Annotated[str, StringConstraints(pattern=r"^https://")] | None = None
    seen: Seen
