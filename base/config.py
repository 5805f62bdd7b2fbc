"""Configuration from the environment, read once into a frozen value.

Every variable is `PINPOINT_<FIELD>`; `PINPOINT_<FIELD>_FILE` names a file that holds the value
instead, for secrets. All problems are reported at once, a sentence each.
"""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails

from base.errors import Invalid

PREFIX = "PINPOINT_"
DEVELOPMENT_SECRET = "development-only-secret-do-not-deploy"  # noqa: S105 refused in production
_SHORTEST_SECRET = 32


class Environment(StrEnum):
    """Where this process runs."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class Config(BaseModel):
    """Everything that may differ between two installations of the academy."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    environment: Environment = Environment.DEVELOPMENT
    database_url: str = "sqlite:///var/pinpoint.db"
    public_url: str = "http://localhost:8501"
    secret_key: str = DEVELOPMENT_SECRET
    signing_secret: str = DEVELOPMENT_SECRET
    academy_name: str = "Pinpoint Academy"
    content_dir: Path = Path("content")
    seats: int = Field(default=200, ge=1)
    # smtp://host:587 (encrypted where the server offers it) or smtps://host; empty sends no mail.
    smtp_url: str = ""
    mail_from: str = ""

    @property
    def production(self) -> bool:
        """Whether development conveniences are refused."""
        return self.environment is Environment.PRODUCTION

    @property
    def secure_cookies(self) -> bool:
        """Whether cookies are marked Secure: the public address is https."""
        return self.public_url.startswith("https://")

    @property
    def host(self) -> str:
        """The name of the academy's public address."""
        return urlsplit(self.public_url).hostname or "localhost"

    @property
    def sender(self) -> str:
        """The address that mail comes from."""
        return self.mail_from or f"no-reply@{self.host}"

    @field_validator("smtp_url")
    @classmethod
    def _mail_server_is_an_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"smtp", "smtps"} or not parts.hostname):
            raise ValueError("must be an address such as smtp://user:password@mail.example.org:587")
        return value

    @field_validator("public_url")
    @classmethod
    def _public_url_is_an_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("must be an address such as https://academy.example.org")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _database_is_supported(cls, value: str) -> str:
        if not value.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError("must begin with sqlite:/// or postgresql+psycopg://")
        return value

    @model_validator(mode="after")
    def _production_has_real_secrets(self) -> "Config":
        if not self.production:
            return self
        problems: list[str] = []
        for name, secret in (
            ("SECRET_KEY", self.secret_key),
            ("SIGNING_SECRET", self.signing_secret),
        ):
            if secret == DEVELOPMENT_SECRET or len(secret) < _SHORTEST_SECRET:
                problems.append(
                    f"{name} must be set to at least 32 random characters in production"
                )
        if not self.secure_cookies:
            problems.append("PUBLIC_URL must begin with https:// in production")
        if problems:
            raise ValueError(f"; {PREFIX}".join(problems))
        return self


def load_config(environ: Mapping[str, str]) -> Config:
    """Return the configuration that the environment describes.

    Raises `Invalid` with every problem: an unreadable `_FILE`, a value set twice, an unknown
    name, a value that the field refuses.
    """
    problems: list[str] = []
    values = _collect(environ, problems)
    try:
        config = Config.model_validate(values)
    except ValidationError as error:
        problems += [_sentence(problem) for problem in error.errors()]
        raise Invalid(problems) from None
    if problems:
        raise Invalid(problems)
    return config


def _collect(environ: Mapping[str, str], problems: list[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for name, value in environ.items():
        if not name.startswith(PREFIX):
            continue
        field = name.removeprefix(PREFIX).lower()
        if field.endswith("_file"):
            field = field.removesuffix("_file")
        if field in values:
            problems.append(f"Set only one of {PREFIX}{field.upper()} and its _FILE variant.")
        from_file = name.endswith("_FILE")
        values[field] = _read_value(name, value, problems) if from_file else value
    return values


def _read_value(name: str, path: str, problems: list[str]) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        problems.append(f"{name} names a file that cannot be read: {error.strerror}.")
    except UnicodeDecodeError:
        problems.append(f"{name} names a file that is not UTF-8 text.")
    return ""


def _sentence(problem: ErrorDetails) -> str:
    field = str(problem["loc"][0]) if problem["loc"] else ""
    message = problem["msg"].removeprefix("Value error, ")
    if problem["type"] == "extra_forbidden":
        return f"{PREFIX}{field.upper()} is not a setting of Pinpoint; check its spelling."
    return f"{PREFIX}{field.upper()} {message}." if field else f"{PREFIX}{message}."
