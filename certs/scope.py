"""What a certificate covers, as alignments of its achievement, and read back from them.

Open Badges has no term for a site, a depth or a device, and an own JSON-LD context would have to be
fetched by whoever verifies. An alignment says each in a standard term, in words and as a code.
"""

import re
from collections.abc import Iterator, Mapping

from pydantic import JsonValue, ValidationError

from courses.coverage import Coverage, SiteDepth

_FRAMEWORK = "Scope of the certificate"
_DEPTH = re.compile(r"(?P<site>[a-z ]+): (?P<depth>\d+(\.\d+)?) mm")
_DATES = re.compile(r"as of (?P<as_of>\S+), review due (?P<review_due>\S+)")


def alignments(coverage: Coverage, achievement_id: str) -> list[dict[str, JsonValue]]:
    """Return the coverage as alignments: one a site, a device, the practice and the law."""
    return [
        {
            "type": ["Alignment"],
            "targetType": f"ext:{kind}",
            "targetCode": code,
            "targetName": name,
            "targetDescription": said,
            "targetFramework": _FRAMEWORK,
            "targetUrl": f"{achievement_id}#scope",
        }
        for kind, code, name, said in _entries(coverage)
    ]


def coverage_in(document: Mapping[str, JsonValue]) -> Coverage | None:
    """Return what the credential says that it covers; None where it says nothing, or no sense."""
    said = [*_said(document)]
    law = next((_law(code, text) for kind, code, text in said if kind == "law"), None)
    try:
        return Coverage.model_validate(
            {
                "sites": [_site(code) for kind, code, _ in said if kind == "site"],
                "devices": [code for kind, code, _ in said if kind == "device"],
                "practice": next((code for kind, code, _ in said if kind == "practice"), None),
                "jurisdiction": law,
            }
        )
    except ValidationError:
        return None


def _entries(coverage: Coverage) -> Iterator[tuple[str, str, str, str]]:
    for one in coverage.sites:
        yield "site", *_told(one)
    for device in coverage.devices:
        yield "device", device, _upper(device), "A device that is covered."
    said = "What was assessed."
    yield "practice", coverage.practice, _upper(coverage.practice), said
    law = coverage.jurisdiction
    dates = f"as of {law.as_of}, review due {law.review_due}"
    yield "law", dates, f"The law, {dates}", law.note


def _told(one: SiteDepth) -> tuple[str, str, str]:
    depth = f"{one.max_depth_mm:g} mm"
    said = f"Covered with needles up to {depth} long."
    return f"{one.site}: {depth}", f"{_upper(one.site)}, to {depth}", said


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _said(document: Mapping[str, JsonValue]) -> Iterator[tuple[str, str, str]]:
    """Find the alignments of our framework: kind, code, description."""
    subject = document.get("credentialSubject")
    achievement = subject.get("achievement") if isinstance(subject, dict) else None
    aligned = achievement.get("alignment") if isinstance(achievement, dict) else None
    for one in aligned if isinstance(aligned, list) else []:
        if isinstance(one, dict) and one.get("targetFramework") == _FRAMEWORK:
            kind = str(one.get("targetType")).removeprefix("ext:")
            yield kind, str(one.get("targetCode")), str(one.get("targetDescription"))


def _site(code: str) -> Mapping[str, str] | None:
    found = _DEPTH.fullmatch(code)
    return {"site": found["site"], "max_depth_mm": found["depth"]} if found else None


def _law(code: str, note: str) -> Mapping[str, str] | None:
    found = _DATES.fullmatch(code)
    return {**found.groupdict(), "note": note} if found else None
