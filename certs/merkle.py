"""The Merkle tree of RFC 9162 (section 2.1): what is hashed, what proves what, and whether it does.

A tree is kept as the roots of its full subtrees: `Node(level, place)` holds the 2^level leaves from
`place * 2^level` on. Whatever a proof needs is a stretch of leaves that a few such places cover.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

EMPTY_ROOT = hashlib.sha256(b"").digest()
_HASH_BYTES = 32


class Node(NamedTuple):
    """A full subtree: its height, and which of that height it is, from the left."""

    level: int
    place: int


class Stretch(NamedTuple):
    """The leaves from `start` up to, without, `end`, that hang below one node."""

    start: int
    end: int


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf: SHA-256(0x00, data)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node: SHA-256(0x01, left, right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def nodes_over(stretch: Stretch) -> list[Node]:
    """Return the full subtrees that the node over these leaves is made of, from the left.

    The stretch begins where a subtree of its size can begin, as every node of a tree does.
    """
    found: list[Node] = []
    start, left = stretch.start, stretch.end - stretch.start
    while left:
        level = left.bit_length() - 1
        found.append(Node(level, start >> level))
        start, left = start + (1 << level), left - (1 << level)
    return found


def joined(hashes: Sequence[bytes]) -> bytes:
    """Return the hash of the node over these full subtrees; of none, the empty tree's."""
    if not hashes:
        return EMPTY_ROOT
    *others, result = hashes
    for one in reversed(others):
        result = node_hash(one, result)
    return result


def grown(peaks: Sequence[bytes], size: int, leaf: bytes) -> dict[Node, bytes]:
    """Return the subtrees that the next leaf completes, itself first.

    `peaks` are the hashes of `nodes_over(Stretch(0, size))`.
    """
    new = {Node(0, size): leaf}
    level, place, result = 0, size, leaf
    waiting = [*peaks]
    while place & 1:
        result = node_hash(waiting.pop(), result)
        level, place = level + 1, place >> 1
        new[Node(level, place)] = result
    return new


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root over the hashes of leaves, read once."""
    peaks: list[bytes] = []
    for number, leaf in enumerate(leaves):
        result, completed = leaf, number
        while completed & 1:
            result, completed = node_hash(peaks.pop(), result), completed >> 1
        peaks.append(result)
    return joined(peaks)


def inclusion_stretches(number: int, size: int) -> list[Stretch]:
    """Return what proves that leaf `number` is in a tree of `size` leaves, from the leaf up."""
    path: list[Stretch] = []
    start, end = 0, size
    while end - start > 1:
        middle = _middle(start, end)
        if number < middle:
            path.append(Stretch(middle, end))
            end = middle
        else:
            path.append(Stretch(start, middle))
            start = middle
    return path[::-1]


def consistency_stretches(old: int, new: int) -> list[Stretch]:
    """Return what proves that a tree of `new` leaves begins with all `old` ones of another.

    Nothing where both are the same, or the old one is empty.
    """
    if not 0 < old < new:
        return []
    path: list[Stretch] = []
    start, end = 0, new
    while end != old:
        middle = _middle(start, end)
        if old <= middle:
            path.append(Stretch(middle, end))
            end = middle
        else:
            path.append(Stretch(start, middle))
            start = middle
    # Where the old tree is itself a full subtree at the left, its root is known already.
    return ([Stretch(start, end)] if start else []) + path[::-1]


def included(leaf: bytes, number: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Tell whether the proof shows this leaf at `number` in the tree of this size and root."""
    if not 0 <= number < size or len(leaf) != _HASH_BYTES:
        return False
    stretches = inclusion_stretches(number, size)
    if len(stretches) != len(proof):
        return False
    result = leaf
    for stretch, one in zip(stretches, proof, strict=True):
        left = stretch.start < number
        result = node_hash(one, result) if left else node_hash(result, one)
    return result == root


def extends(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Tell whether the proof shows that the new tree begins with every leaf of the old one.

    Every tree extends the empty one, so nothing is proven of it: False.
    """
    if not 0 < old <= new:
        return False
    if old == new:
        return not proof and old_root == new_root
    stretches = consistency_stretches(old, new)
    if len(stretches) != len(proof):
        return False
    parts = list(zip(stretches, proof, strict=True))
    # Where the old tree is itself a full subtree, the proof leaves out its root.
    before = after = old_root if old & (old - 1) == 0 else parts.pop(0)[1]
    for stretch, one in parts:
        if stretch.start < old:
            before, after = node_hash(one, before), node_hash(one, after)
        else:
            after = node_hash(after, one)
    return before == old_root and after == new_root


def _middle(start: int, end: int) -> int:
    """Where a node's right child begins: after the largest power of two below its size."""
    return start + (1 << ((end - start - 1).bit_length() - 1))
