"""Every table of the house, named in one place so that the metadata is whole."""

import accounts.tables
import base.audit
import certs.tables
import courses.tables
import quizbank.tables.analysis
import quizbank.tables.attempts
import quizbank.tables.bank
import quizbank.tables.corrections
import quizbank.tables.decisions
import quizbank.tables.exams
import quizbank.tables.reviews
import quizbank.tables.sittings
from base.db import Row

METADATA = Row.metadata
MODULES = (
    base.audit,
    accounts.tables,
    quizbank.tables.analysis,
    quizbank.tables.attempts,
    quizbank.tables.bank,
    quizbank.tables.corrections,
    quizbank.tables.decisions,
    quizbank.tables.exams,
    quizbank.tables.reviews,
    quizbank.tables.sittings,
    courses.tables,
    certs.tables,
)
