"""An archive that is written while it is read, and its manifest."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from zipfile import ZipFile

from certs.manifest import ManifestLine, manifest_csv
from certs.zip_stream import zip_stream

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LINE = ManifestLine("PP-1", "Alba Ruiz", "Needling", AT, AT, "a" * 64, None)


def test_the_pieces_make_an_archive_that_holds_every_file() -> None:
    files = [(f"{number}.pdf", bytes([number]) * 5_000) for number in range(20)]
    archive = ZipFile(io.BytesIO(b"".join(zip_stream(files, AT))))
    assert archive.testzip() is None
    assert [(one, archive.read(one)) for one in archive.namelist()] == files


def test_no_file_is_asked_for_before_the_one_before_was_given_away() -> None:
    asked: list[int] = []

    def files() -> Iterator[tuple[str, bytes]]:
        for number in range(3):
            asked.append(number)
            yield f"{number}", b"x"

    pieces = zip_stream(files(), AT)
    assert next(pieces)
    assert asked == [0]


def test_the_manifest_names_each_file_with_its_digest() -> None:
    head, line = manifest_csv([LINE]).decode("utf-8-sig").splitlines()
    assert head == "serial,holder,achievement,issued,ends,file,sha256,problem"
    assert line == f"PP-1,Alba Ruiz,Needling,2026-11-23,2026-11-23,PP-1.pdf,{'a' * 64},"


def test_what_is_not_sealed_has_no_file_and_says_why() -> None:
    waits = ManifestLine("PP-1", "Alba", "Needling", AT, AT, None, None)
    fails = ManifestLine("PP-2", "Bea", "Needling", AT, AT, None, "The keys are locked.")
    _, first, second = manifest_csv([waits, fails]).decode("utf-8-sig").splitlines()
    assert first.endswith(",,,waits for its seal")
    assert second.endswith(",,,The keys are locked.")


def test_no_cell_is_a_formula() -> None:
    evil = ManifestLine("PP-1", "=HYPERLINK(1)", "+1", AT, AT, None, "@SUM(1)")
    _, line = manifest_csv([evil]).decode("utf-8-sig").splitlines()
    assert "'=HYPERLINK(1),'+1," in line
    assert line.endswith("'@SUM(1)")
