"""Which format a file of items has, by its name and its words."""

import pytest

from quizbank.exchange.formats import Format, format_of


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("items.yaml", b"", Format.YAML),
        ("ITEMS.YML", b"", Format.YAML),
        ("quiz.gift", b"", Format.GIFT),
        ("quiz.gift.txt", b"Q\nANSWER: A", Format.GIFT),
        ("quiz.txt", b"Q\nA) 1\nB) 2\nANSWER: A", Format.AIKEN),
        ("quiz.txt", b"Q{T}", Format.GIFT),
        ("quiz.aiken", b"", Format.AIKEN),
        ("quiz.zip", b"PK", Format.QTI),
        ("one.xml", b"<?xml version='1.0'?><!-- x --><assessmentItem id='a'>", Format.QTI),
        ("one.xml", "<q:qti-assessment-item>".encode("utf-16"), Format.QTI),
    ],
)
def test_the_format_is_known_by_the_ending(name: str, content: bytes, expected: Format) -> None:
    assert format_of(name, content) is expected
