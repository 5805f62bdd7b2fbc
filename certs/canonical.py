"""One byte string for one document: JCS (RFC 8785) and RDFC-1.0 in safe mode.

Safe mode: what JSON-LD would silently leave out of the canonical form (a term that no context
defines, a relative address) is refused, because nobody would have signed it.
"""

import json
from collections.abc import Iterator, Mapping
from itertools import count
from threading import Lock
from typing import Any

import rfc8785
from pydantic import JsonValue
from pyld import jsonld  # pyright: ignore[reportMissingTypeStubs] it has none
from pyld.canon import URDNA2015  # pyright: ignore[reportMissingTypeStubs] it has none

from certs.contexts import UnknownContext, context

Document = dict[str, JsonValue]

# Telling like nodes apart takes work that grows with their permutations, and files may be hostile.
_MOST_ALIKE = 5
_MOST_COMPARISONS = 100
_LARGEST_WHOLE = 2**53 - 1
_PLAIN = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
# Relative addresses are resolved against this one, so that they show.
_NOWHERE = "https://relative.invalid/"
# What pyld raises at data of any shape.
_UNSOUND = (
    jsonld.JsonLdError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
# pyld keeps what it made of contexts in a cache that threads must not share unguarded.
_lock = Lock()


class NotCanonical(ValueError):
    """A document that has no canonical form here, with the reason as a sentence."""


def jcs(document: JsonValue) -> bytes:
    """Return the document as RFC 8785 writes it; raises `NotCanonical`."""
    try:
        if _is_plain(document):
            return _PLAIN.encode(document).encode()
        return rfc8785.dumps(document)  # pyright: ignore[reportArgumentType] its type of JSON is a narrower one
    except (rfc8785.CanonicalizationError, RecursionError, UnicodeError) as error:
        raise NotCanonical(f"The data cannot be written in one way: {error}.") from None


def _is_plain(value: JsonValue) -> bool:
    """Tell whether this is written the same way by RFC 8785 and by Python, which is far quicker.

    They differ in fractions, in whole numbers that a double cannot hold, and in the order of keys
    beyond the basic plane; in strings they do not.
    """
    if isinstance(value, dict):
        return all(key.isascii() for key in value) and all(map(_is_plain, value.values()))
    if isinstance(value, list):
        return all(map(_is_plain, value))
    if isinstance(value, int):
        return abs(value) <= _LARGEST_WHOLE
    return value is None or isinstance(value, str)


def rdfc(document: Mapping[str, JsonValue]) -> bytes:
    """Return the document's n-quads as RDFC-1.0 orders them; raises `NotCanonical`."""
    try:
        with _lock:
            return _quads(document)
    except NotCanonical:
        raise
    except UnknownContext as error:
        raise NotCanonical(str(error)) from None
    except _UNSOUND as error:
        raise NotCanonical(_reason(error)) from None


def _quads(document: Mapping[str, JsonValue]) -> bytes:
    processor: Any = jsonld.JsonLdProcessor(on_property_dropped=_refuse_dropped)
    options = {"documentLoader": _load, "base": _NOWHERE}
    dataset = processor.to_rdf(dict(document), options)
    for problem in _losses(dataset):
        raise NotCanonical(problem)
    quads: str = _bounded(URDNA2015()).main(dataset, {"format": "application/n-quads"})
    return quads.encode()


def _load(url: str, _options: object) -> dict[str, Any]:
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": context(url),
        # What is shipped never changes: keep what was made of it.
        "tag": "static",
    }


def _refuse_dropped(term: str | None) -> None:
    raise NotCanonical(f"The term {term or 'that begins with @'} is defined by no context.")


def _losses(dataset: Mapping[str, Any]) -> Iterator[str]:
    """Find the addresses and types that are relative: to others they would say something else."""
    terms = [term for graph in dataset.values() for triple in graph for term in triple.values()]
    used = (term["datatype" if term["type"] == "literal" else "value"] for term in terms)
    for address in (*dataset, *used):
        if address.startswith(_NOWHERE):
            shown = address.removeprefix(_NOWHERE)[:80]
            yield f"“{shown}” is no whole address, and no context defines it."


def _reason(error: Exception) -> str:
    while isinstance(error, jsonld.JsonLdError) and isinstance(error.__cause__, Exception):
        error = error.__cause__
    return f"The data is no sound JSON-LD: {str(error).splitlines()[0] if str(error) else error!r}"


def _bounded(algorithm: Any) -> Any:
    """Let the algorithm give up where nodes that look alike would keep it busy."""
    compare, done = algorithm.hash_n_degree_quads, count(1)

    def compared(node: str, issuer: Any) -> Any:
        alike = max(map(len, algorithm.hash_to_blank_nodes.values()), default=0)
        if alike > _MOST_ALIKE or next(done) > _MOST_COMPARISONS:
            raise NotCanonical("The data has too many parts that cannot be told apart.")
        return compare(node, issuer)

    algorithm.hash_n_degree_quads = compared
    return algorithm
