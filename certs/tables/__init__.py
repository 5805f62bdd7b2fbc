"""Certificates, their keys and lists, the issuance log, and what clinics do with them."""

from certs.tables import clinics as clinics
from certs.tables import credentials as credentials
from certs.tables import designs as designs
from certs.tables import issuing as issuing
from certs.tables import keys as keys
from certs.tables import log as log
from certs.tables import sharing as sharing
from certs.tables import statuses as statuses
