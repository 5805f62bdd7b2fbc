"""Streams of bytes inside a PDF."""

from functools import lru_cache
from zlib import compress

from pikepdf import Dictionary, Name, Pdf, Stream


def packed(file: Pdf, data: bytes, **entries: object) -> Stream:
    """Return the bytes as a compressed stream of the file, described by entries."""
    content, is_packed = _packed(data)
    described = Dictionary({f"/{name}": value for name, value in entries.items()})
    if is_packed:
        described.Filter = Name.FlateDecode
    return Stream(file, content, described)


@lru_cache(64)
def _packed(data: bytes) -> tuple[bytes, bool]:
    """The bytes to store, and whether they are compressed.

    A line end follows a stream's bytes and does not count: where they end in one themselves,
    checkers find a length that is wrong by one.
    """
    content = compress(data)
    if content[-1:] in b"\r\n" and data[-1:] not in b"\r\n":
        return data, False
    return content, True
