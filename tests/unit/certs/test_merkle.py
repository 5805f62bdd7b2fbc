"""The tree by its definition: recursive, slow, and out of the text of RFC 9162."""

from hypothesis import given, settings
from hypothesis import strategies as st

from certs.merkle import (
    EMPTY_ROOT,
    Node,
    Stretch,
    consistency_stretches,
    extends,
    grown,
    included,
    inclusion_stretches,
    joined,
    leaf_hash,
    node_hash,
    nodes_over,
    root_of,
)

MOST = 200
LEAVES = [leaf_hash(str(number).encode()) for number in range(MOST)]
sizes = st.integers(1, MOST)


def by_definition(leaves: list[bytes]) -> bytes:
    if len(leaves) < 2:
        return leaves[0] if leaves else EMPTY_ROOT
    middle = 1 << (len(leaves) - 1).bit_length() - 1
    return node_hash(by_definition(leaves[:middle]), by_definition(leaves[middle:]))


def stored(size: int) -> dict[Node, bytes]:
    nodes: dict[Node, bytes] = {}
    for number in range(size):
        peaks = [nodes[node] for node in nodes_over(Stretch(0, number))]
        nodes |= grown(peaks, number, LEAVES[number])
    return nodes


NODES = stored(MOST)


def over(stretch: Stretch) -> bytes:
    return joined([NODES[node] for node in nodes_over(stretch)])


def test_the_empty_tree_and_the_first_leaf() -> None:
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert joined([]).hex() == empty
    assert leaf_hash(b"").hex().startswith("6e340b9cffb37a98")


@given(sizes)
def test_a_root_out_of_stored_subtrees_is_the_definitions(size: int) -> None:
    root = by_definition(LEAVES[:size])
    assert over(Stretch(0, size)) == root
    assert root_of(LEAVES[:size]) == root


@given(sizes)
def test_every_leaf_adds_itself_and_what_it_completes_once(size: int) -> None:
    assert len(stored(size)) == 2 * size - size.bit_count()


@given(st.data(), sizes)
@settings(deadline=None)
def test_every_leaf_is_proven_and_no_other_in_its_place(data: st.DataObject, size: int) -> None:
    number = data.draw(st.integers(0, size - 1))
    proof = [over(stretch) for stretch in inclusion_stretches(number, size)]
    root = over(Stretch(0, size))
    assert len(proof) <= (size - 1).bit_length()
    assert included(LEAVES[number], number, size, proof, root)
    assert not included(leaf_hash(b"another"), number, size, proof, root)
    if number + 1 < size:
        assert not included(LEAVES[number], number + 1, size, proof, root)


@given(st.data(), sizes)
@settings(deadline=None)
def test_every_tree_is_proven_to_extend_the_one_before_and_no_rewritten_one(
    data: st.DataObject, new: int
) -> None:
    old = data.draw(st.integers(1, new))
    proof = [over(stretch) for stretch in consistency_stretches(old, new)]
    before, after = over(Stretch(0, old)), over(Stretch(0, new))
    assert extends(old, new, before, after, proof)
    place = data.draw(st.integers(0, old - 1))
    rewritten = [*LEAVES[:old]]
    rewritten[place] = leaf_hash(b"rewritten")
    assert not extends(old, new, root_of(rewritten), after, proof)


def test_nothing_is_proven_of_the_empty_tree_nor_backwards() -> None:
    root = over(Stretch(0, 3))
    assert not extends(0, 3, EMPTY_ROOT, root, [])
    assert not extends(3, 2, root, over(Stretch(0, 2)), [])
