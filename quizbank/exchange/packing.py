"""Zip files of items: equal files for equal items."""

import zipfile
from collections.abc import Iterable
from io import BytesIO

# As old as zip files can be, so that the day of the export makes no difference.
_DATE = (1980, 1, 1, 0, 0, 0)


def packed(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return these files, by their paths, as a zip file."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for path, inside in files:
            entry = zipfile.ZipInfo(path, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, inside)
    return content.getvalue()
