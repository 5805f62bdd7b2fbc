"""In which direction each character of one line runs: Unicode's rules for mixed scripts.

This is UAX #9 without its explicit embedding characters: they are never printable here, so the
rules for them would be dead code. What is left is small, and no library on PyPI tells levels.
"""

from unicodedata import bidirectional, normalize

_OPENERS = (0x0028, 0x2045, 0x207D, 0x2329, *range(0x3008, 0x3012, 2))
_PAIRS = {"[": "]", "{": "}"} | {chr(code): chr(code + 1) for code in _OPENERS}
_CLOSERS = frozenset(_PAIRS.values())
_NEUTRAL = frozenset({"B", "S", "WS", "ON"})
_RIGHT = frozenset({"R", "EN", "AN"})


def levels(text: str, base: int | None = None) -> list[int]:
    """The embedding level of each character: even runs left to right, odd right to left.

    Without a base (0 or 1) the first strong letter decides the direction of the line.
    """
    if not base and max(text, default="") < "\u0590":  # the first right-to-left letter
        return [0] * len(text)
    classes = [bidirectional(char) or "L" for char in text]
    base = _base(classes) if base is None else base
    resolved = _weak(classes, base)
    _brackets(text, classes, resolved, base)
    _neutrals(resolved, base)
    return [_implicit(kind, base) for kind in resolved]


def visual_order(run_levels: list[int]) -> list[int]:
    """The order in which runs of these levels are drawn from left to right (rule L2)."""
    order = list(range(len(run_levels)))
    for level in range(max(run_levels, default=0), 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and run_levels[order[end]] >= level:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = end + 1
    return order


def _base(classes: list[str]) -> int:
    strong = next((kind for kind in classes if kind in {"L", "R", "AL"}), "L")
    return 0 if strong == "L" else 1


def _implicit(kind: str, base: int) -> int:
    if kind == "L":
        return base + base % 2
    if kind == "R":
        return 1
    return 2


def _weak(classes: list[str], base: int) -> list[str]:
    """Settle digits, their separators and combining marks (rules W1 to W7)."""
    kinds = _marks_and_digits(classes, base)
    _separators(kinds)
    _terminators(kinds)
    strong = _direction(base)
    for at, kind in enumerate(kinds):
        if kind in {"L", "R"}:
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[at] = "L"
    return kinds


def _marks_and_digits(classes: list[str], base: int) -> list[str]:
    """Marks follow their letter; digits after Arabic letters are Arabic (W1 to W3)."""
    kinds: list[str] = []
    strong = previous = _direction(base)
    for kind in classes:
        previous = previous if kind in {"NSM", "BN"} else kind
        if previous in {"L", "R", "AL"}:
            strong = previous
        kinds.append("AN" if previous == "EN" and strong == "AL" else previous)
    return ["R" if kind == "AL" else kind for kind in kinds]


def _separators(kinds: list[str]) -> None:
    """One separator between two numbers of a kind joins them (W4)."""
    for at in range(1, len(kinds) - 1):
        before, kind, after = kinds[at - 1 : at + 2]
        joined = {"CS": {"EN", "AN"}, "ES": {"EN"}}.get(kind, set[str]())
        if before == after and before in joined:
            kinds[at] = before


def _terminators(kinds: list[str]) -> None:
    """Signs beside a number belong to it; all other signs turn neutral (W5, W6)."""
    at = 0
    while at < len(kinds):
        end = at
        while end < len(kinds) and kinds[end] == "ET":
            end += 1
        if end > at and "EN" in (kinds[at - 1 : at] + kinds[end : end + 1]):
            kinds[at:end] = ["EN"] * (end - at)
        at = max(end, at + 1)
    kinds[:] = ["ON" if kind in {"ES", "ET", "CS"} else kind for kind in kinds]


def _brackets(text: str, classes: list[str], kinds: list[str], base: int) -> None:
    """Brackets take the direction of what they hold, or of what precedes them (N0)."""
    for opening, closing in _bracket_pairs(text, kinds):
        inside = {_side(kind) for kind in kinds[opening + 1 : closing]} - {""}
        if not inside:
            continue
        side = _direction(base)
        if side not in inside:
            before = (_side(kind) for kind in reversed(kinds[:opening]))
            side = next((kind for kind in before if kind), side)
        for at in (opening, closing):
            kinds[at] = side
            _marks_follow(classes, kinds, at)


def _marks_follow(classes: list[str], kinds: list[str], at: int) -> None:
    after = at + 1
    while after < len(kinds) and classes[after] == "NSM":
        kinds[after] = kinds[at]
        after += 1


def _bracket_pairs(text: str, kinds: list[str]) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    waiting: list[tuple[str, int]] = []
    for at, char in enumerate(normalize("NFC", char) for char in text):
        if kinds[at] != "ON":
            continue
        if char in _PAIRS:
            waiting.append((_PAIRS[char], at))
        elif char in _CLOSERS:
            match = next((n for n in reversed(range(len(waiting))) if waiting[n][0] == char), -1)
            if match >= 0:
                pairs.append((waiting[match][1], at))
                del waiting[match:]
    return sorted(pairs)


def _neutrals(kinds: list[str], base: int) -> None:
    """Spaces and signs between two equal directions take it, others the line's (N1, N2)."""
    at = 0
    before = _direction(base)
    while at < len(kinds):
        end = at
        while end < len(kinds) and kinds[end] in _NEUTRAL:
            end += 1
        after = _side(kinds[end]) if end < len(kinds) else _direction(base)
        kinds[at:end] = [before if before == after else _direction(base)] * (end - at)
        before = after
        at = max(end, at + 1)


def _side(kind: str) -> str:
    if kind == "L":
        return "L"
    return "R" if kind in _RIGHT else ""


def _direction(base: int) -> str:
    return "R" if base else "L"
