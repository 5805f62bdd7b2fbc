"""Settings: every problem is told at once, and production refuses what is for development."""

from pathlib import Path

import pytest

from base.config import DEVELOPMENT_SECRET, Environment, load_config
from base.errors import Invalid

SOUND = {
    "PINPOINT_ENVIRONMENT": "production",
    "PINPOINT_PUBLIC_URL": "https://academy.example.org/",
    "PINPOINT_SECRET_KEY": "k" * 32,
    "PINPOINT_SIGNING_SECRET": "s" * 32,
}


def problems(**environ: str) -> tuple[str, ...]:
    with pytest.raises(Invalid) as refused:
        load_config(environ)
    return refused.value.problems


def test_without_any_setting_it_is_a_development_academy() -> None:
    config = load_config({"PATH": "/bin", "HOME": "/root"})
    assert config.environment is Environment.DEVELOPMENT
    assert not config.secure_cookies


def test_production_with_a_secret_and_https_is_accepted() -> None:
    config = load_config(SOUND)
    assert config.production
    assert config.secure_cookies
    assert config.public_url == "https://academy.example.org"


def test_every_problem_is_told_at_once() -> None:
    told = problems(
        PINPOINT_COLOUR="red",
        PINPOINT_ENVIRONMENT="moon",
        PINPOINT_PUBLIC_URL="academy",
        PINPOINT_DATABASE_URL="mysql://x",
        PINPOINT_SECRET_KEY_FILE="/nowhere/at/all",
    )
    for name in ("COLOUR", "ENVIRONMENT", "PUBLIC_URL", "DATABASE_URL", "SECRET_KEY_FILE"):
        assert sum(f"PINPOINT_{name} " in sentence for sentence in told) == 1, name
    assert all(sentence.endswith(".") for sentence in told)


def test_an_unknown_name_is_told_with_its_name() -> None:
    (told,) = problems(PINPOINT_DATABSE_URL="sqlite:///x.db")
    assert told == "PINPOINT_DATABSE_URL is not a setting of Pinpoint; check its spelling."


@pytest.mark.parametrize("name", ["SECRET_KEY", "SIGNING_SECRET"])
@pytest.mark.parametrize("secret", [DEVELOPMENT_SECRET, "short", ""])
def test_production_refuses_a_development_or_short_secret(name: str, secret: str) -> None:
    (told,) = problems(**SOUND | {f"PINPOINT_{name}": secret})
    assert f"PINPOINT_{name} must be set to at least 32 random characters" in told


def test_production_refuses_a_missing_secret() -> None:
    settings = {name: value for name, value in SOUND.items() if "SECRET" not in name}
    (told,) = problems(**settings)
    assert "SECRET_KEY must be set" in told
    assert "SIGNING_SECRET must be set" in told


def test_production_refuses_plain_http() -> None:
    (told,) = problems(**SOUND | {"PINPOINT_PUBLIC_URL": "http://academy.example.org"})
    assert "https://" in told


def test_production_tells_of_secret_and_address_together() -> None:
    told = problems(PINPOINT_ENVIRONMENT="production")
    assert any("SECRET_KEY" in sentence for sentence in told)
    assert any("PUBLIC_URL" in sentence for sentence in told)


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("s" * 40 + "\n")
    config = load_config({"PINPOINT_SECRET_KEY_FILE": str(file)})
    assert config.secret_key == "s" * 40


def test_a_setting_given_twice_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("s" * 40)
    (told,) = problems(PINPOINT_SECRET_KEY="t" * 40, PINPOINT_SECRET_KEY_FILE=str(file))
    assert told == "Set only one of PINPOINT_SECRET_KEY and its _FILE variant."


def test_a_file_that_is_no_text_is_a_problem_and_not_a_crash(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_bytes(b"\xff\xfe\x00binary")
    told = problems(PINPOINT_SECRET_KEY_FILE=str(file))
    assert "PINPOINT_SECRET_KEY_FILE names a file that" in told[0]


def test_a_secret_is_never_repeated_in_a_problem() -> None:
    told = problems(**SOUND | {"PINPOINT_SECRET_KEY": "hunter2", "PINPOINT_COLOUR": "x"})
    assert "hunter2" not in " ".join(told)


@pytest.mark.parametrize(
    "address", ["", "academy", "ftp://x.org", "https://", "javascript:alert(1)"]
)
def test_the_public_address_must_be_an_address(address: str) -> None:
    (told,) = problems(PINPOINT_PUBLIC_URL=address)
    assert told.startswith("PINPOINT_PUBLIC_URL must be an address")


def test_settings_cannot_be_changed_later() -> None:
    config = load_config({})
    with pytest.raises(ValueError, match="frozen"):
        config.public_url = "http://elsewhere.example"  # type: ignore[misc]
