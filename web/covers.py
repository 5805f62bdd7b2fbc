"""May she do this? The form on a certificate's public page, and the page that answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from urllib.parse import quote

from markupsafe import Markup
from pydantic import ValidationError
from starlette.responses import RedirectResponse, Response

from certs.eligibility import Treatment
from certs.queries.eligibility import treatment_covered
from courses.coverage import Device, Site
from web.rendering import Form, drawn, page, private
from web.site import Visit
from web.standing import asked_serial, standing_of

FIELDS = ("site", "depth", "device", "on")
_LABELS = {"site": "Where", "depth": "Needle length", "device": "Device", "on": "Day"}
_PROBLEMS = {
    "site": "Choose where.",
    "depth": "Type a length in millimetres, above 0 and up to 20, such as 0.5.",
    "device": "Choose a device.",
    "on": "Choose a day.",
}


@dataclass(frozen=True)
class CoversForm(Form):
    """The form as it is drawn: what was typed, and what can be chosen."""

    serial: str = ""
    sites: tuple[str, ...] = tuple(Site)
    devices: tuple[str, ...] = tuple(Device)
    labels: Mapping[str, str] = field(default_factory=lambda: _LABELS)


def blank_form(serial: str, now: datetime) -> CoversForm:
    """Return the form of a certificate with nothing typed but today."""
    return CoversForm(values={"on": now.date().isoformat()}, serial=serial)


@lru_cache(2)
def blank_fields(today: date) -> Markup:
    """Return the same fields drawn: every public page of a day has the same."""
    return drawn("_covers_fields.html", covers=CoversForm(values={"on": today.isoformat()}))


def show(visit: Visit) -> Response:
    """Answer whether the certificate covers the treatment asked for, or show the form."""
    typed = visit.request.path_params["serial"]
    serial = asked_serial(visit, typed)
    if serial is None:
        # The public page says what is wrong with it.
        return RedirectResponse(f"/verify/{quote(typed, safe='')}", 303)
    given = {name: visit.request.query_params.get(name, "").strip()[:40] for name in FIELDS}
    if serial != typed:
        return RedirectResponse(f"/verify/{serial}/covers?{visit.request.url.query}", 303)
    if not any(given.values()):
        return _drawn(visit, blank_form(serial, visit.now), None)
    given["on"] = given["on"] or visit.now.date().isoformat()
    asked, problems = read_treatment(given)
    return _drawn(visit, CoversForm(given, problems, serial), asked)


def read_treatment(
    given: Mapping[str, str],
) -> tuple[Treatment | None, dict[str, tuple[str, ...]]]:
    """Return the treatment that was typed, or the problems of each field."""
    data = {
        "site": given["site"],
        "depth_mm": given["depth"].replace(",", ".").removesuffix("mm").strip(),
        "device": given["device"],
        "on": given["on"],
    }
    try:
        return Treatment.model_validate(data), {}
    except ValidationError as error:
        wrong = {str(one["loc"][0]).removesuffix("_mm") for one in error.errors()}
        return None, {name: (_PROBLEMS[name],) for name in FIELDS if name in wrong}


def _drawn(visit: Visit, form: CoversForm, asked: Treatment | None) -> Response:
    found = standing_of(visit, form.serial)
    if found is None:
        return RedirectResponse(f"/verify/{form.serial}", 303)
    with visit.read() as tx:
        answer = treatment_covered(tx, form.serial, asked) if asked else None
    status = 422 if form.problems else 200
    context = {"found": found, "covers": form, "asked": asked, "answer": answer, "now": visit.now}
    return private(page(visit, "covers.html", status, **context))
