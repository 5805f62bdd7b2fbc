"""What a case points at and is not there."""

from collections.abc import Collection, Iterator

from courses.screening.case import ScreeningCase


def case_problems(
    case: ScreeningCase, objectives: Collection[str] | None, sources: Collection[str]
) -> Iterator[str]:
    """Yield a sentence for each objective and source that the course has not.

    `objectives` is None where the course itself cannot be read.
    """
    for key in case.sources:
        if key not in sources:
            yield f"the source {key} is not in sources.yaml; add it or fix the key."
    for code in case.objectives:
        if objectives is not None and code not in objectives:
            yield f"the objective {code} is not in course.yaml; check its spelling."
