"""What one version of a course consists of."""

from courses.course import Course
from courses.figures.facts import FigureFacts
from quizbank.kinds.item import Frozen


class Manifest(Frozen):
    """A course, the facts of its figures by name, and its lesson versions by lesson slug."""

    course: Course
    figures: dict[str, FigureFacts]
    lessons: dict[str, str]

    def to_json(self) -> str:
        """Return the manifest as JSON, the same text for equal manifests."""
        return self.model_dump_json(by_alias=True)
