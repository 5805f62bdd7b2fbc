"""Our own HTML pages: Jinja2 templates, escaped always, one stylesheet, no inline script."""

from calendar import month_name
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from web import csrf
from web.assets import address_of
from web.site import Visit

_CONTENT_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_PAGE_HEADERS = {"Content-Security-Policy": _CONTENT_POLICY, "Cache-Control": "no-store"}
_HEADLINES = {
    403: "This is not open to you",
    404: "Nothing found here",
    409: "Somebody was faster",
    413: "Too much at once",
    429: "A moment, please",
    500: "Something went wrong",
    503: "Not available just now",
}

# Drawn some ten times a page, where strftime is slow.
_MONTHS = tuple(month_name)

Problems = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Form:
    """What a form shows again: the values typed, and the problems of each field."""

    values: Mapping[str, str] = field(default_factory=dict[str, str])
    problems: Problems = field(default_factory=dict[str, tuple[str, ...]])

    def value(self, name: str) -> str:
        """Return what was typed into the field."""
        return self.values.get(name, "")

    def wrong(self, name: str) -> tuple[str, ...]:
        """Return the problems of the field, a sentence each."""
        return self.problems.get(name, ())


def day(instant: date) -> str:
    """Return the date as people write it: 7 March 2026 (UTC)."""
    return f"{instant.day} {_MONTHS[instant.month]} {instant.year}"


def minute(instant: datetime) -> str:
    """Return the date and the time of day: 7 March 2026, 09:05:00 UTC."""
    return f"{day(instant)}, {instant.time().isoformat('seconds')} UTC"


_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    # They do not change under a running server, so no page looks whether they did.
    auto_reload=False,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.filters.update(day=day, minute=minute, asset=address_of)


def page(visit: Visit, template: str, status: int = 200, **context: object) -> Response:
    """Draw a page that holds no form of ours which changes anything."""
    academy, public_url = visit.config.academy_name, visit.config.public_url
    return html(drawn(template, academy=academy, public_url=public_url, **context), status)


def html(text: str, status: int = 200) -> Response:
    """Answer with a page that was drawn."""
    return HTMLResponse(text, status, headers=_PAGE_HEADERS)


def drawn(template: str, **context: object) -> Markup:
    """Draw a page, or a part of one, by itself, for pages that keep it."""
    return Markup(_templates.get_template(template).render(**context))  # noqa: S704 escaped by Jinja2


def private(response: Response) -> Response:
    """Keep the page out of search engines, and its address out of other sites' logs."""
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def form_page(visit: Visit, template: str, status: int = 200, **context: object) -> Response:
    """Draw a page with a form that posts, and give the browser the token it must carry."""
    token = csrf.token_for(visit.request)
    response = page(visit, template, status, csrf=token, **context)
    csrf.keep(response, token, visit.config.secure_cookies)
    return response


def let_ask(response: Response) -> Response:
    """Let the page's script ask this site, as new passwords do while they are typed."""
    response.headers["Content-Security-Policy"] = f"{_CONTENT_POLICY}; connect-src 'self'"
    return response


def error_page(visit: Visit, status: int, sentence: str) -> Response:
    """Draw a refusal: what happened and what to do, with the status that says so."""
    headline = _HEADLINES.get(status, "That did not work")
    return page(visit, "error.html", status, headline=headline, sentence=sentence)
