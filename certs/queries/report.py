"""What a report on one's own exam prints."""

from collections.abc import Mapping

from accounts.queries.people import is_demo_academy, printed_name
from base.db import Tx
from base.permissions import Permission, needs
from certs.report import ReportFace
from courses.queries.exam_course import objective_titles
from quizbank.decisions import CriticalMiss
from quizbank.objective_lines import objective_lines
from quizbank.queries.own_results import own_verdict
from quizbank.rule_words import failure_in_words, number, rule_applied


@needs(Permission.EXAM_SIT)
def own_report(tx: Tx, attempt_id: str) -> ReportFace:
    """Return what a report on one's own released exam prints: what may be seen of it now.

    Raises `NotFound` before the release.
    """
    verdict = own_verdict(tx, attempt_id)
    titles, result = objective_titles(tx, verdict.exam_id), verdict.result
    reached = ""
    if result.marks is not None:
        reached = f"{number(result.marks)} of {result.items} marks; the cut score is {result.cut}."
    return ReportFace(
        holder=printed_name(tx, tx.actor.own_id),
        exam=verdict.rules.title,
        version=verdict.version,
        sat_on=verdict.closed_at.date(),
        issuer=tx.config.academy_name,
        passed=result.passed,
        reached=reached,
        failures=(
            *(failure_in_words(one, titles) for one in result.failures),
            *(_missed(one, titles) for one in result.critical_misses),
        ),
        rule=rule_applied(verdict.rules, result.items, result.cut, titles),
        lines=objective_lines(result, verdict.rules, titles),
        printed_on=tx.now.date(),
        demo=is_demo_academy(tx),
    )


def _missed(one: CriticalMiss, titles: Mapping[str, str]) -> str:
    unsafe = ", and an unsafe answer was chosen" if one.unsafe else ""
    objective = titles.get(one.objective, one.objective)
    return f"{one.topic} ({objective}): critical question missed{unsafe}."
