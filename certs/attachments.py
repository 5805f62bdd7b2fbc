"""Files inside a PDF, each with what it is to the page."""

from dataclasses import dataclass
from enum import StrEnum


class Relationship(StrEnum):
    """What an attached file is to the page (ISO 32000-2, AFRelationship)."""

    DATA = "Data"
    SUPPLEMENT = "Supplement"
    SOURCE = "Source"


@dataclass(frozen=True)
class Attachment:
    """A file to embed: its name, its media type and what a reader's list of files says of it."""

    name: str
    mime: str
    data: bytes
    relationship: Relationship
    description: str
