"""Writing YAML as an author would: texts as blocks, short lists on one line, dates bare."""

from collections.abc import Collection, Mapping

import yaml
from pydantic import JsonValue


class _OneLine(list[JsonValue]):
    """A list that is written on one line."""


class _Dumper(yaml.CSafeDumper):
    """Writes multi-line texts as blocks; a text that looks like a date needs no quotes."""


_Dumper.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}


def to_yaml(data: Mapping[str, JsonValue], one_line: Collection[str] = ()) -> str:
    """Return the data as YAML that `base.lined_yaml.parse` reads back equal.

    Lists under the names in `one_line`, at any depth, are written on one line.
    """
    return yaml.dump(
        _laid_out(dict(data), one_line),
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=100,
    )


def _laid_out(value: JsonValue, one_line: Collection[str]) -> JsonValue:
    if isinstance(value, list):
        return [_laid_out(one, one_line) for one in value]
    if not isinstance(value, dict):
        return value
    laid: dict[str, JsonValue] = {}
    for name, one in value.items():
        flat = name in one_line and isinstance(one, list)
        laid[name] = _OneLine(one) if flat and isinstance(one, list) else _laid_out(one, one_line)
    return laid


def _text(dumper: _Dumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value else None
    return dumper.represent_scalar(  # pyright: ignore[reportUnknownMemberType] untyped in the stubs
        "tag:yaml.org,2002:str", value, style=style
    )


def _one_line(dumper: _Dumper, value: _OneLine) -> yaml.SequenceNode:
    return dumper.represent_sequence(  # pyright: ignore[reportUnknownMemberType] untyped in the stubs
        "tag:yaml.org,2002:seq", value, flow_style=True
    )


_Dumper.add_representer(str, _text)
_Dumper.add_representer(_OneLine, _one_line)
