"""A file of YAML whose entries are read each by itself where the whole is no valid YAML."""

import re
from collections.abc import Iterator, Sequence

from base.lined_yaml import Document, Problem, parse

_MOST_BROKEN = 1_000
_LIST = re.compile(r"items:\s*(?:#.*)?")
_ENTRY = re.compile(r"( *)-(?:\s|$)")
# What may stand behind the list; a key that lost its indent ends nothing.
_BEHIND = re.compile(r"files:")


def documents(text: str) -> Iterator[Document | Problem]:
    """Give the file as one document, or where it is broken each entry under `items:` as one.

    So a mistake in one entry is a problem with its line, and stops no other; never raises.
    """
    whole = parse(text)
    pieces = _pieces(text.split("\n")) if isinstance(whole, Problem) else []
    if len(pieces) < 2:
        yield whole
        return
    broken = 0
    for first_line, piece in pieces:
        read = parse(piece, first_line)
        yield read
        broken += isinstance(read, Problem)
        if broken == _MOST_BROKEN:
            said = f"{_MOST_BROKEN} entries are broken; what follows was not read."
            yield Problem(first_line, said)
            return


def _pieces(lines: Sequence[str]) -> list[tuple[int, str]]:
    """Return each entry of the list under `items:` with that word before it, and its line."""
    begin = next((at for at, line in enumerate(lines) if _LIST.fullmatch(line.rstrip())), None)
    entries = [_ENTRY.match(line) for line in lines[begin + 1 :]] if begin is not None else []
    indent = next((found[1] for found in entries if found), None)
    if begin is None or indent is None:
        return []
    cuts = [begin + at for at, found in enumerate(entries, 1) if found and found[1] == indent]
    end = next((at for at in range(cuts[0], len(lines)) if _BEHIND.match(lines[at])), len(lines))
    cuts = [at for at in cuts if at < end]
    pieces = [
        (at, "\n".join(["items:", *lines[at:after]]))
        for at, after in zip(cuts, [*cuts[1:], end], strict=True)
    ]
    before, after = "\n".join(lines[:begin]), "\n".join(lines[end:])
    pieces += [(1, f"{before}\nitems: []")] if before.strip() else []
    return pieces + ([(end, f"items: []\n{after}")] if after.strip() else [])
