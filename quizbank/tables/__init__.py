"""The tables of the bank and of exams; importing this package makes their metadata whole."""

import quizbank.tables.attempts
import quizbank.tables.bank
import quizbank.tables.decisions
import quizbank.tables.exams
import quizbank.tables.reviews  # noqa: F401 imported for the metadata
