"""YAML that knows its lines, so that a problem can be reported where it stands."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import yaml
from pydantic import JsonValue
from yaml.composer import Composer
from yaml.constructor import SafeConstructor
from yaml.resolver import Resolver

Path = tuple[str | int, ...]
_Reader = type[yaml.CSafeLoader] | type[yaml.SafeLoader]

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


class _Loader(Composer, SafeConstructor, Resolver):
    """Safe, without aliases (they can be made to explode), dates left as text.

    What `reader` sees in the text are events; the nodes are made of them here.
    """

    def __init__(self, text: str, reader: _Reader) -> None:
        Composer.__init__(self)
        SafeConstructor.__init__(self)
        Resolver.__init__(self)
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=reader)
        self._waiting: yaml.Event | None = None

    def check_event(self, *kinds: type[yaml.Event]) -> bool:
        """Tell whether an event is left and, where kinds are named, is one of them."""
        event = self.peek_event()
        return event is not None and (not kinds or isinstance(event, kinds))

    def peek_event(self) -> yaml.Event | None:
        """Return the next event without taking it, None after the last."""
        if self._waiting is None:
            self._waiting = next(self._events, None)
        return self._waiting

    def get_event(self) -> yaml.Event | None:
        """Take the next event, None after the last."""
        event, self._waiting = self.peek_event(), None
        return event

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()
        if isinstance(event, yaml.AliasEvent):
            raise yaml.MarkedYAMLError(
                problem="aliases (*name) are not supported",
                problem_mark=event.start_mark,  # pyright: ignore[reportArgumentType] libyaml has marks of its own, with the same fields
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
    read = _parse(text, first_line, yaml.CSafeLoader)
    # libyaml is several times as fast. What it refuses PyYAML may still take, such as one value
    # with half a character in it, and otherwise says what is wrong.
    return read if isinstance(read, Document) else _parse(text, first_line, yaml.SafeLoader)


def _parse(text: str, first_line: int, reader: _Reader) -> Document | Problem:
    try:
        loader = _Loader(text, reader)
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
