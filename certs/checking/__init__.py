"""Checking certificates without trusting whoever shows them: rules, without database or screen."""

from certs.checking.report import Check as Check
from certs.checking.report import Finding as Finding
from certs.checking.report import Form as Form
from certs.checking.report import Note as Note
from certs.checking.report import Outcome as Outcome
from certs.checking.report import Part as Part
from certs.checking.report import Report as Report
from certs.checking.report import Says as Says
from certs.checking.report import Verdict as Verdict
from certs.checking.trust import Trust as Trust
from certs.checking.trust import TrustedKey as TrustedKey
