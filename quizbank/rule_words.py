"""An exam's decision rule in words: the same for who writes it, who sits it and who was decided."""

from collections.abc import Mapping, Sequence

from quizbank.decisions import Failure, Reason
from quizbank.exams import ExamRules


def rule_in_words(rules: ExamRules, titles: Mapping[str, str]) -> str:
    """Return the whole rule as a sentence or two; `titles` names the objectives by their codes."""
    asked = [
        f"{rules.cut} of {rules.size} marks",
        *_minimums(rules, titles),
        *(["every critical question fully right"] if rules.critical_must_pass else []),
        *(["no unsafe answer to any question"] if rules.unsafe_fails else []),
        *([_open(rules.most_omitted)] if rules.most_omitted is not None else []),
    ]
    only = (
        "" if len(asked) == 1 else " Missing any one of these fails the exam, whatever the score."
    )
    return f"To pass, you need {joined(asked)}.{only}"


def rule_applied(rules: ExamRules, items: int, cut: int, titles: Mapping[str, str]) -> str:
    """Return the rule with what a correction changed of it: so many items count, at this cut."""
    said, gone = rule_in_words(rules, titles), rules.size - items
    if gone <= 0:
        return said
    taken = f"{_count(gone, 'question')} {'was' if gone == 1 else 'were'} taken out afterwards"
    return f"{said} {taken}, so that {cut} of {items} marks were needed."


def failure_in_words(failure: Failure, titles: Mapping[str, str]) -> str:
    """Say what failed an attempt, without what was reached where that is not to be told."""
    reached, asked = failure.reached, failure.asked
    if failure.reason is Reason.CUT:
        said = "too few" if reached is None else f"{number(reached)} reached"
        return f"Marks: {said}, {number(asked)} needed."
    if failure.reason is Reason.OBJECTIVE:
        title = titles.get(failure.objective, failure.objective)
        said = "too few of" if reached is None else f"{percent(reached)} of"
        return f"{title}: {said} its marks reached, at least {percent(asked)} needed."
    if failure.reason is Reason.CRITICAL:
        missed = _count(int(reached or 0), "critical question")
        return f"{missed} missed: in a treatment room that could hurt somebody."
    if failure.reason is Reason.UNSAFE:
        return f"{_count(int(reached or 0), 'unsafe answer')} given: that would endanger a client."
    said = "Too many questions" if reached is None else _count(int(reached), "question")
    return f"{said} left open, at most {number(asked)} allowed."


def joined(parts: Sequence[str]) -> str:
    """Return "a", "a and b" or "a, b and c"."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def percent(share: float) -> str:
    """Return a share as "60%" or "59.9%", rounded down: what is missing is never rounded away."""
    tenths = int(share * 1000 + 1e-9)
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths / 10:.1f}%"


def number(marks: float) -> str:
    """Return marks without needless decimals: 32, 31.5, 31.67; 31.997 is never called 32."""
    said = f"{marks:.2f}"
    if said.endswith("00") and marks < float(said) - 1e-9:
        said = f"{float(said) - 0.01:.2f}"
    return said.rstrip("0").rstrip(".")


def _minimums(rules: ExamRules, titles: Mapping[str, str]) -> list[str]:
    by_share: dict[float, list[str]] = {}
    for one in rules.objective_minimums:
        by_share.setdefault(one.share, []).append(one.objective)
    return [
        f"at least {percent(share)} of the marks in {_objectives(rules, codes, titles)}"
        for share, codes in sorted(by_share.items(), reverse=True)
    ]


def _objectives(rules: ExamRules, codes: Sequence[str], titles: Mapping[str, str]) -> str:
    if len(codes) > 1 and {*codes} == {*rules.objectives}:
        return "each objective"
    return joined([f"“{titles.get(code, code)}”" for code in codes])


def _open(most: int) -> str:
    return f"at most {_count(most, 'question')} left open" if most else "no question left open"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
