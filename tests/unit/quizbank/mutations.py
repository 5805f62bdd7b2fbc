"""Sound files with some of their bytes changed: how every reader of files is fuzzed.

Short in the tests; longer: `FUZZ_RUNS=100000 FUZZ_SEED=7 pytest -k mutated`.
"""

import io
import os
import zipfile
from collections.abc import Iterator, Sequence
from random import Random

FUZZ_RUNS = int(os.environ.get("FUZZ_RUNS", "300"))
FUZZ_SEED = os.environ.get("FUZZ_SEED", "0")
_ANYWHERE = (
    b"\xff", b"\0", b"\n", b"\n\n", b"\r", b"\t", b" ", b"\xef\xbb\xbf", b"\xe2\x80\xa8",
    b"\xed\xa0\x80", b"\xcc\x81", b"1e99", b"-", b"NaN", b"9" * 30, b"\\", b'"',
)  # fmt: skip


def mutants(seeds: Sequence[bytes], splinters: Sequence[bytes]) -> Iterator[bytes]:
    """Return `FUZZ_RUNS` changed files, the same ones for the same `FUZZ_SEED`.

    Splinters are the words that mean something to the reader; they are strewn in.
    """
    dice = Random(FUZZ_SEED)
    for _ in range(FUZZ_RUNS):
        yield mutated(dice.choice(seeds), splinters, dice)


def zipped_mutants(seeds: Sequence[bytes], splinters: Sequence[bytes]) -> Iterator[bytes]:
    """Return changed zip files: mostly one of their entries, which is packed again, is changed."""
    dice = Random(FUZZ_SEED)
    for _ in range(FUZZ_RUNS):
        content = dice.choice(seeds)
        whole = dice.random() < 0.1
        yield mutated(content, splinters, dice) if whole else _inside(content, splinters, dice)


def mutated(content: bytes, splinters: Sequence[bytes], dice: Random) -> bytes:
    """Return the content with some of its bytes changed, dropped, doubled, moved or strewn in."""
    data = bytearray(content)
    for _ in range(dice.randint(1, 6)):
        at, length = dice.randrange(len(data) + 1), dice.choice((1, 5, 40, 300))
        other = dice.randrange(len(data) + 1)
        match dice.randrange(5):
            case 0:
                data[at : at + 1] = bytes([dice.randrange(256)])
            case 1:
                del data[at : at + length]
            case 2:
                data[at:at] = data[at : at + length]
            case 3:
                data[at : at + length] = data[other : other + length]
            case _:
                data[at : at + dice.choice((0, 0, 1, 5))] = dice.choice((*splinters, *_ANYWHERE))
    return bytes(data)


def _inside(content: bytes, splinters: Sequence[bytes], dice: Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    chosen = dice.choice([name for name in entries if name.endswith(".xml")])
    entries[chosen] = mutated(entries[chosen], splinters, dice)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, entry in entries.items():
            archive.writestr(name, entry)
    return made.getvalue()
