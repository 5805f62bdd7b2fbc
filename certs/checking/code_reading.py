"""Reads a QR code out of its modules (ISO/IEC 18004:2015), without correcting errors.

For codes of a page that was drawn, not photographed: every module is what it was meant to be.
"""

from collections.abc import Callable, Iterator
from typing import Any

import segno.consts as segno_consts
import segno.encoder as segno_encoder

# Both are inside segno, which is pinned, and neither says its types.
consts: Any = segno_consts
encoder: Any = segno_encoder

Modules = list[list[bool]]
_MOST_WRONG_BITS = 3
_BYTE, _ALPHANUMERIC, _NUMERIC, _ECI = 4, 2, 1, 7


def read_code(modules: Modules) -> str | None:
    """Return the text of a code, or None where these modules are none that can be read."""
    size = len(modules)
    if size < 21 or size > 177 or (size - 17) % 4:
        return None
    found = _format(modules)
    if found is None:
        return None
    level, mask = found
    version = (size - 17) // 4
    bits = list(_data_bits(modules, encoder.get_data_mask_functions(False)[mask]))
    try:
        return _text(_codewords(bits, version, level), version)
    except (ValueError, IndexError):
        return None


def _format(modules: Modules) -> tuple[int, int] | None:
    """Return error level and mask from the format information beside the first corner."""
    cells = [modules[row][8] for row in (0, 1, 2, 3, 4, 5, 7, 8)]
    cells += [modules[8][column] for column in (7, 5, 4, 3, 2, 1, 0)]
    said = sum(1 << place for place, dark in enumerate(cells) if dark)
    distances = [(said ^ one).bit_count() for one in consts.FORMAT_INFO]
    best = distances.index(min(distances))
    return (best >> 3, best & 7) if distances[best] <= _MOST_WRONG_BITS else None


def _data_bits(modules: Modules, masked: Callable[[int, int], bool]) -> Iterator[bool]:
    """Walk the modules that carry data, two columns at a time, from the right, up and down."""
    size = len(modules)
    free = encoder.make_matrix(size, size)
    encoder.add_finder_patterns(free, size, size)
    encoder.add_alignment_patterns(free, size, size)
    free[-8][8] = 1
    upwards = True
    for right in range(size - 1, 0, -2):
        # Column 6 is the timing pattern.
        column = right - 1 if right <= 6 else right
        for step in range(size):
            row = size - 1 - step if upwards else step
            for place in (column, column - 1):
                if free[row][place] == 2:
                    yield modules[row][place] != masked(row, place)
        upwards = not upwards


def _codewords(bits: list[bool], version: int, level: int) -> bytes:
    """Return the data codewords, taken out of their interleaved blocks."""
    words = [
        sum(bit << (7 - place) for place, bit in enumerate(bits[start : start + 8]))
        for start in range(0, len(bits) - 7, 8)
    ]
    lengths = [one.num_data for one in consts.ECC[version][level] for _ in range(one.num_blocks)]
    blocks: list[list[int]] = [[] for _ in lengths]
    waiting = iter(words)
    for turn in range(max(lengths)):
        for block, length in zip(blocks, lengths, strict=True):
            if turn < length:
                block.append(next(waiting))
    return bytes(word for block in blocks for word in block)


class _Bits:
    """Bits of codewords, taken from the front."""

    def __init__(self, data: bytes) -> None:
        self._value = int.from_bytes(data, "big")
        self.left = len(data) * 8

    def take(self, count: int) -> int:
        if count > self.left:
            raise ValueError("The code ends within a segment.")
        self.left -= count
        return self._value >> self.left & (1 << count) - 1


def _text(data: bytes, version: int) -> str:
    bits, text = _Bits(data), ""
    while bits.left >= 4 and (mode := bits.take(4)):
        text += _segment(bits, mode, version)
    return text


def _segment(bits: _Bits, mode: int, version: int) -> str:
    if mode == _ECI:
        bits.take(8)
        return ""
    if mode not in {_BYTE, _ALPHANUMERIC, _NUMERIC}:
        raise ValueError("The code uses a mode that addresses do not.")
    group = 0 if version < 10 else 1 if version < 27 else 2
    count = bits.take(
        {_BYTE: (8, 16, 16), _ALPHANUMERIC: (9, 11, 13), _NUMERIC: (10, 12, 14)}[mode][group]
    )
    if mode == _BYTE:
        return _decoded(bytes(bits.take(8) for _ in range(count)))
    if mode == _NUMERIC:
        return "".join(_digits(bits, min(3, count - done)) for done in range(0, count, 3))
    return "".join(_letters(bits, min(2, count - done)) for done in range(0, count, 2))


def _decoded(said: bytes) -> str:
    try:
        return said.decode("utf-8")
    except UnicodeDecodeError:
        return said.decode("latin-1")


def _digits(bits: _Bits, count: int) -> str:
    return str(bits.take((0, 4, 7, 10)[count])).zfill(count)


def _letters(bits: _Bits, count: int) -> str:
    alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
    value = bits.take(6 if count == 1 else 11)
    if value >= 45**count:
        raise ValueError("The code holds a letter that there is not.")
    return alphabet[value] if count == 1 else alphabet[value // 45] + alphabet[value % 45]
