"""What somebody did in the courses, as one archive to take away: JSON, and CSV for spreadsheets.

It holds what the person read, wrote and answered, and never a key.
"""

import csv
import json
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO, StringIO

from pydantic import JsonValue

from base.sheets import harmless

Record = Mapping[str, JsonValue]
_README = """\
Your own data from your courses. Instants are in UTC, ISO 8601.

data.json             everything below as JSON
lessons_read.csv      lessons that you read to their end
check_answers.csv     your answers to the questions at the ends of lessons
practice_answers.csv  your answers in practice, with the share of the mark that each earned
screening.csv         what you asked, noted and decided with practice clients
schedule.csv          when each topic that you practised comes back
study_plans.csv       the goals that you set
bookmarks.csv         lessons that you marked
notes.csv             notes that you wrote beside lessons

Answers in exams are not here: your results are shown on the page of each exam.
"""


def packed(tables: Mapping[str, Sequence[Record]]) -> bytes:
    """Return the archive of these tables, by name; the same tables give the same bytes."""
    into = BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        files = {"README.txt": _README, "data.json": _as_json(tables)}
        files |= {f"{name}.csv": _as_csv(rows) for name, rows in tables.items()}
        for name, text in files.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text.encode("utf-8-sig" if name.endswith(".csv") else "utf-8"))
    return into.getvalue()


def _as_json(tables: Mapping[str, Sequence[Record]]) -> str:
    return json.dumps(
        {name: [*rows] for name, rows in tables.items()}, ensure_ascii=False, indent=1
    )


def _as_csv(rows: Sequence[Record]) -> str:
    out = StringIO()
    writer = csv.writer(out)
    if rows:
        writer.writerow(rows[0])
    writer.writerows([_cell(value) for value in row.values()] for row in rows)
    return out.getvalue()


def _cell(value: JsonValue) -> str:
    if value is None:
        return ""
    return harmless(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
