"""How an attempt stands, in words."""

from quizbank.queries.results import ResultLine


def verdict_word(line: ResultLine) -> str:
    """Return the verdict, or what is still to come before there is one."""
    if line.passed is None:
        return str(line.standing)
    return "passed" if line.passed else "not passed"
