"""Who put a version of an item or of an exam into the academy."""

from enum import StrEnum


class Origin(StrEnum):
    """A course's file when it was loaded, or a person; a file never overwrites a person's edit."""

    COURSE_FILE = "course file"
    PERSON = "person"
