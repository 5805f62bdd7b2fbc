"""Awarding a certificate, in the transaction that released the exam's result."""

from sqlmodel import col, select

from base.db import Tx
from certs.commands.records import Ground, append_certificate, fresh_facts
from certs.queries.renewal import holds
from certs.tables.credentials import CredentialRow
from certs.terms import Earned, Facts, ObjectiveEarned
from courses.queries.terms import CertificateTerms, certificate_terms
from quizbank.queries.results import Verdict, attempts_at, exam_version_number


def award(tx: Tx, verdict: Verdict) -> None:
    """Issue the certificate that a passed exam earns, once; anything else issues nothing.

    Nothing is issued before the result is released. Part of the commands of `certs.commands` that
    decide and release, which have checked who asks.
    """
    earned = verdict.released and verdict.decision.passed
    if not earned or _is_held(tx, verdict):
        return
    terms = certificate_terms(tx, verdict.exam_id)
    if terms is None or (terms.renewal and not _may_renew(tx, verdict, terms)):
        return
    # The exam may have ended while nobody watched: the certificate dates from its end.
    earned_by = _earned(tx, verdict, terms)
    facts = fresh_facts(tx, verdict.person_id, terms, verdict.closed_at, earned_by)
    ground = Ground(attempt_id=verdict.attempt_id, decision_id=verdict.decision_id)
    append_certificate(tx, verdict.person_id, facts, ground)


def _earned(tx: Tx, verdict: Verdict, terms: CertificateTerms) -> Earned:
    decision = verdict.decision
    return Earned(
        exam=verdict.rules.title,
        exam_version=exam_version_number(tx, verdict.attempt_id),
        marks=decision.marks,
        most=decision.items,
        cut=decision.cut,
        objectives=tuple(
            ObjectiveEarned(
                code=one.objective,
                title=terms.objectives.get(one.objective, one.objective),
                marks=one.marks,
                most=one.items,
            )
            for one in decision.objectives
            if one.items
        ),
    )


def _may_renew(tx: Tx, verdict: Verdict, terms: CertificateTerms) -> bool:
    # Held when the exam began, and neither withdrawn nor suspended since.
    return holds(tx, verdict.person_id, terms.course, verdict.started_at)


def _is_held(tx: Tx, verdict: Verdict) -> bool:
    """Tell whether this attempt, or another at the exam, has earned what still holds.

    After a corrected key an earlier attempt may pass as well; that makes no second certificate.
    An attempt begun when a certificate was held renews it: that makes a new one, and keeps the old.
    """
    attempts = attempts_at(tx, verdict.exam_id, verdict.person_id)
    held = tx.session.exec(
        select(CredentialRow.facts).where(col(CredentialRow.attempt_id).in_(attempts))
    )
    return any(
        one.issued_at >= verdict.started_at and one.expires_at > verdict.closed_at
        for one in map(Facts.model_validate_json, held)
    )
