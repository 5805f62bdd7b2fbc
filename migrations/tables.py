"""Every table of the house, imported in one place so that the metadata is whole."""

import courses.tables

import accounts.tables
import base.audit
import certs.tables
import quizbank.tables
from base.db import Row

METADATA = Row.metadata

__all__ = ["METADATA", "accounts", "base", "certs", "courses", "quizbank"]
