"""What a certificate covers, as data: sites to a depth, devices, knowledge or practice.

Depths are needle lengths in millimetres. A site that is not named is not covered.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from quizbank.kinds.item import Frozen, Text


class Site(StrEnum):
    """Where on the body."""

    FOREHEAD = "forehead"
    TEMPLE = "temple"
    NOSE = "nose"
    UPPER_LIP = "upper lip"
    ORBITAL_RIM = "outside the orbital rim"
    EYELID = "eyelid"
    CHEEK = "cheek"
    CHIN = "chin"
    JAW = "jaw"
    NECK = "neck"
    SCALP = "scalp"
    BODY = "body"


class Device(StrEnum):
    """With what."""

    ROLLER = "manual roller"
    STAMP = "stamp"
    PEN = "motorised pen"
    RADIOFREQUENCY = "radiofrequency needling"


class Practice(StrEnum):
    """What was assessed."""

    KNOWLEDGE = "knowledge assessment; practical skill not assessed"
    OBSERVED = "knowledge assessed; practical skill observed"


class SiteDepth(Frozen):
    """A site, and the longest needle that is covered there."""

    site: Site
    max_depth_mm: Annotated[float, Field(gt=0, le=5)]


class Jurisdiction(Frozen):
    """What is said about the law: as of a day, and to be looked at again by another."""

    note: Text
    as_of: date
    review_due: date


class Coverage(Frozen):
    """What a certificate covers; without sites and devices it covers no treatment at all."""

    sites: tuple[SiteDepth, ...]
    devices: tuple[Device, ...]
    practice: Practice
    jurisdiction: Jurisdiction

    @model_validator(mode="after")
    def _each_site_once(self) -> "Coverage":
        if len({one.site for one in self.sites}) < len(self.sites):
            raise ValueError("each site may stand in the coverage once")
        return self

    @model_validator(mode="after")
    def _both_or_neither(self) -> "Coverage":
        if bool(self.sites) != bool(self.devices):
            raise ValueError("name sites and devices, or neither where no treatment is covered")
        return self
