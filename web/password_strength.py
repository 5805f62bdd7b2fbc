"""How strong a password is, told while it is typed; nothing of it is kept or logged."""

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.responses import JSONResponse, Response

from accounts.passwords import password_problems, strength
from base.errors import Invalid
from web.sign_up import personal_words
from web.site import Visit

LARGEST_BODY = 2_000


class _Question(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    password: str
    name: str = ""
    email: str = ""


def submit(visit: Visit) -> Response:
    """Answer with the score 0-4, a word for it, advice, and every rule that is broken."""
    if not visit.request.headers.get("content-type", "").startswith("application/json"):
        raise Invalid(["Send the password as JSON."])
    try:
        asked = _Question.model_validate_json(visit.body)
    except ValidationError:
        raise Invalid(['Send {"password": "…"}, with "name" and "email" if known.']) from None
    personal = personal_words(asked.name, asked.email)
    found = strength(asked.password, personal)
    return JSONResponse(
        {
            "score": found.score,
            "word": found.word,
            "advice": found.advice,
            "problems": password_problems(asked.password, personal),
        },
        headers={"Cache-Control": "no-store"},
    )
