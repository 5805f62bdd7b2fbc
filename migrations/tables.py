"""Every table of the house, named in one place so that the metadata is whole."""

import accounts.tables
import base.audit
import certs.tables
import courses.tables
import quizbank.tables
from base.db import Row

METADATA = Row.metadata
MODULES = (base.audit, accounts.tables, quizbank.tables, courses.tables, certs.tables)
