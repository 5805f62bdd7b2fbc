"""What a certificate's page shows."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit


@dataclass(frozen=True)
class CertificateFace:
    """What is printed: every fact the page shows, frozen at issue."""

    holder: str
    achievement: str
    scope: tuple[str, ...]
    limits: tuple[str, ...]
    serial: str
    issued_on: date
    expires_on: date
    issuer: str
    verify_url: str
    demo: bool

    @property
    def host(self) -> str:
        """Where the public page is, as printed beside the QR code."""
        return urlsplit(self.verify_url).netloc or self.verify_url
