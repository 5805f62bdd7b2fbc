"""YAML that knows its lines, so that a problem can be reported where it stands."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import yaml
from pydantic import JsonValue

Path = tuple[str | int, ...]

# Far above any course file; stops a document made to be slow.
LARGEST_DOCUMENT = 20_000_000


@dataclass(frozen=True)
class Problem:
    """Something wrong with a file: the line (from 1), and a sentence that says what to do."""

    line: int
    message: str
    severity: str = "error"


@dataclass(frozen=True)
class Document:
    """A parsed document: its data, and the line of every value in it."""

    data: JsonValue
    lines: Mapping[Path, int]

    def line(self, path: Sequence[str | int]) -> int:
        """Return the line of the value at `path`, or of its nearest ancestor that exists."""
        for length in range(len(path), -1, -1):
            found = self.lines.get(tuple(path[:length]))
            if found is not None:
                return found
        return 1


class _Loader(yaml.SafeLoader):
    """Safe, without aliases (they can be made to explode), dates left as text."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.MarkedYAMLError(
                problem="aliases (*name) are not supported", problem_mark=self.get_mark()
            )
        return super().compose_node(parent, index)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def parse(text: str, first_line: int = 1) -> Document | Problem:
    """Read one YAML document that begins on `first_line` of its file; never raises."""
    if len(text) > LARGEST_DOCUMENT:
        return Problem(first_line, "The file is larger than 20 MB. Split it and try again.")
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        lines: dict[Path, int] = {}
        data = _read(loader, node, (), lines, first_line) if node else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = (mark.line if mark else 0) + first_line
        return Problem(line, f"This is not valid YAML: {error.problem or 'unreadable'}.")
    except (AttributeError, LookupError, TypeError):
        # What PyYAML's own constructors say of `!!timestamp x`, `!!bool x` and `!!int ''`.
        said = "a value is not of the type that !! names before it"
        return Problem(first_line, f"This is not valid YAML: {said}.")
    except RecursionError:
        return Problem(first_line, "This is not valid YAML: too many values lie in one another.")
    except (yaml.YAMLError, ValueError) as error:
        return Problem(first_line, f"This is not valid YAML: {str(error).splitlines()[0]}.")
    return Document(data, lines)


def _read(
    loader: _Loader, node: yaml.Node, path: Path, lines: dict[Path, int], first_line: int
) -> JsonValue:
    lines[path] = node.start_mark.line + first_line
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, JsonValue] = {}
        for key_node, value_node in node.value:
            key = str(_scalar(loader, key_node))
            if key in mapping:
                raise yaml.MarkedYAMLError(
                    problem=f"the key {key!r} stands twice", problem_mark=key_node.start_mark
                )
            mapping[key] = _read(loader, value_node, (*path, key), lines, first_line)
            lines[(*path, key)] = key_node.start_mark.line + first_line
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [
            _read(loader, child, (*path, place), lines, first_line)
            for place, child in enumerate(node.value)
        ]
    return _scalar(loader, node)


def _scalar(loader: _Loader, node: yaml.Node) -> str | int | float | bool | None:
    value: Hashable = loader.construct_object(node)  # pyright: ignore[reportUnknownMemberType] untyped in the stubs
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return str(value)
