"""The log's proofs against the vectors of the Go community's own implementation."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from certs.merkle import extends, included
from tests.peers.conftest import FIXTURES

VECTORS = FIXTURES / "credentials" / "rfc6962" / "testdata"


def vectors(kind: str) -> list[Any]:
    return [pytest.param(path, id=name(path)) for path in sorted((VECTORS / kind).rglob("*.json"))]


def name(path: Path) -> str:
    return str(path.relative_to(VECTORS)).removesuffix(".json")


def read(path: Path) -> dict[str, Any]:
    data = json.loads(path.read_text(encoding="utf-8"))
    return data | {"proof": [base64.b64decode(one) for one in data["proof"] or []]}


@pytest.mark.parametrize("path", vectors("inclusion"))
def test_a_leaf_is_in_a_tree_where_the_peer_says_so(path: Path) -> None:
    given = read(path)
    leaf, root = (base64.b64decode(given[part] or "") for part in ("leafHash", "root"))
    holds = included(leaf, given["leafIdx"], given["treeSize"], given["proof"], root)
    assert holds is not given["wantErr"], given["desc"]


@pytest.mark.parametrize("path", vectors("consistency"))
def test_a_tree_extends_another_where_the_peer_says_so(path: Path) -> None:
    given = read(path)
    old, new = (base64.b64decode(given[part] or "") for part in ("root1", "root2"))
    holds = extends(given["size1"], given["size2"], old, new, given["proof"])
    assert holds is not given["wantErr"], given["desc"]


def test_all_the_vectors_are_here() -> None:
    assert len(vectors("inclusion")) + len(vectors("consistency")) == 196
