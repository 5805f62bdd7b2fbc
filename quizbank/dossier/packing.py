"""A dossier as one archive: the same files give the same bytes."""

import json
import zipfile
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from pydantic import JsonValue

from quizbank.dossier import verify

MANIFEST = "manifest.json"
README = """\
The decision dossier of one attempt at an exam.

To check it, with Python 3.11 or newer and nothing else:

    python3 verify.py dossier.zip

Take verify.py out of the archive first, or better: use a copy that you have from elsewhere. It
compares every file with the manifest, marks every answer again, applies the rule, follows the audit
log's extract, and ends with exit code 0 where all of it agrees, else 1, naming what does not.

attempt.json      who, which exam, when, its rule and version, who published it
items.json        the questions in their order as they were seen, their keys and scoring tables, the
                  full text of each version, who wrote and approved it
steps.json        every step with its time: answers, flags, breaks, how sure, the end
late.json         answers that came after the end; they count for nothing
essays.json       what people gave for written answers, with their names
decisions.json    every decision with its marks, the standing one last
corrections.json  key corrections, who proposed and approved them, and what they did here
releases.json     who agreed to a decision and who released it
appeals.json      objections and their answers
incidents.json    what invigilators noted
certificate.json  what was awarded, and what happened to it since
people.json       names of those who are named by an id
chain.json        the extract of the audit log: entries about this attempt and its corrections, and
                  between them digests of the others, by which the chain of hashes can be followed;
                  "jump" stands for a long stretch of others and is not checked
export.json       who made this dossier and when, with the newest hash of the log at that moment
pictures/         pictures of the questions, named by their SHA-256
manifest.json     the SHA-256 of every other file
"""


def as_file(data: JsonValue) -> bytes:
    """Return data as a file of JSON, the same bytes for the same data."""
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return the archive of these files, with a manifest, the script and how to use it.

    Its comment is the SHA-256 of all that stands before it.
    """
    script = Path(verify.__file__).read_bytes()
    whole = {**files, "verify.py": script, "README.txt": README.encode()}
    listed: dict[str, JsonValue] = {
        name: sha256(content).hexdigest() for name, content in whole.items()
    }
    whole[MANIFEST] = as_file(listed)
    into = BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        archive.comment = b"0" * 64
        for name in sorted(whole):
            info = zipfile.ZipInfo(name)
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, whole[name])
    body = into.getvalue()[:-64]
    return body + sha256(body).hexdigest().encode()
