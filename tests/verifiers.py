"""Programs of others that check what we seal. Their exit codes lie, so their words are read."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class SealRead:
    """What poppler says of one signature."""

    valid: bool
    trusted: bool
    total: bool
    said: str


def trusting(folder: Path, root: bytes) -> Path:
    """Make a store of certificates in a new folder, which trusts this root alone."""
    folder.mkdir()
    (folder / "root.pem").write_bytes(root)
    store = f"sql:{folder}"
    _run("certutil", "-N", "-d", store, "--empty-password")
    _run("certutil", "-A", "-d", store, "-n", "r", "-t", "C,C,C", "-i", str(folder / "root.pem"))
    return folder


def pdfsig(pdf: Path, trust: Path) -> tuple[SealRead, ...]:
    """Return what poppler's pdfsig says of every signature; none where there is none."""
    said = _run("pdfsig", "-nssdir", f"sql:{trust}", str(pdf)).stdout
    return tuple(
        SealRead(
            valid="Signature Validation: Signature is Valid." in part,
            trusted="Certificate Validation: Certificate is Trusted." in part,
            total="Total document signed" in part and "Not total" not in part,
            said=part,
        )
        for part in re.split(r"^Signature #\d+:$", said, flags=re.M)[1:]
    )


def openssl(*arguments: str) -> str:
    """Return all that OpenSSL says."""
    ran = _run("openssl", *arguments)
    return ran.stdout + ran.stderr


def qpdf_problems(pdf: Path) -> str:
    """Return what `qpdf --check` complains of; empty where of nothing."""
    ran = _run("qpdf", "--check", str(pdf))
    return "" if "No syntax or stream encoding errors found" in ran.stdout else ran.stdout


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, errors="replace")
