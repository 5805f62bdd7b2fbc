"""What a checker trusts: the issuer's pinned keys, the root of its seals, its log, its lists."""

from pydantic import AwareDatetime, BaseModel, ConfigDict, JsonValue


class TrustedKey(BaseModel):
    """A key that signs credentials, and from when until when it did.

    `multibase` is the public key as a Multikey (`z6Mk…`). A revoked key proves nothing.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    multibase: str
    created_at: AwareDatetime
    retired_at: AwareDatetime | None = None
    revoked_at: AwareDatetime | None = None


class TokenKey(BaseModel):
    """A key that signs tokens (RS256): the address in their `kid`, and the key in PEM."""

    model_config = ConfigDict(frozen=True)

    id: str
    pem: str
    revoked_at: AwareDatetime | None = None


class Trust(BaseModel):
    """Everything that checking needs without asking the academy."""

    model_config = ConfigDict(frozen=True)

    academy: str
    public_url: str
    issuer: str
    keys: tuple[TrustedKey, ...] = ()
    token_keys: tuple[TokenKey, ...] = ()
    # Root certificates in PEM.
    roots: tuple[str, ...] = ()
    # Verifier keys of the log, as C2SP's signed notes write them: name+hash+key.
    log_keys: tuple[str, ...] = ()
    # The newest signed status list of each purpose.
    lists: tuple[dict[str, JsonValue], ...] = ()
    checkpoint: str = ""
    dated: AwareDatetime

    def to_json(self) -> str:
        """Return the text that `from_json` reads."""
        return self.model_dump_json(indent=2)

    @classmethod
    def from_json(cls, text: str) -> "Trust":
        """Read what `to_json` wrote; raises `ValueError` on anything else."""
        return cls.model_validate_json(text)
