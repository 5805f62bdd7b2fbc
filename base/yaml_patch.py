"""Writing changes into a YAML text as somebody wrote it: comments, order and style stay.

What is not surely right afterwards is not done: the caller then writes the whole text anew.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeGuard

import yaml
from pydantic import JsonValue

from base.lined_yaml import Document, parse
from base.yaml_text import to_yaml

# By which field the entries of a list are known from one another, where they have one.
_NAMES = ("id", "key", "slug", "code", "term", "name")

Fields = dict[str, JsonValue]


class _Whole(Exception):
    """A value can only be written as a whole."""


def patched(text: str, old: JsonValue, new: JsonValue) -> str | None:
    """Return the text with what differs between `old` and `new` written into it.

    `old` is the same data as the text says, perhaps without defaults that the text spells out.
    None where the text cannot take the change so that it reads as meant.
    """
    read = parse(text)
    if not isinstance(read, Document):
        return None
    patch = _Patch(text)
    try:
        meant = patch.value(_composed(text), read.data, old, new)
    except _Whole:
        return None
    changed = patch.applied()
    after = parse(changed)
    return changed if isinstance(after, Document) and after.data == meant else None


def _composed(text: str) -> yaml.Node:
    # Python's own reader: its marks count characters.
    node = yaml.compose(text, Loader=yaml.SafeLoader)  # pyright: ignore[reportUnknownMemberType] untyped in the stubs
    if node is None:
        raise _Whole
    return node


@dataclass
class _Patch:
    """A text and what is to be replaced in it: from where, to where, by what."""

    text: str
    edits: list[tuple[int, int, str]] = field(default_factory=list[tuple[int, int, str]])

    def applied(self) -> str:
        """Return the text with every edit made."""
        text = self.text
        for start, end, said in sorted(self.edits, reverse=True):
            text = text[:start] + said + text[end:]
        return text

    def value(self, node: yaml.Node, data: JsonValue, old: JsonValue, new: JsonValue) -> JsonValue:
        """Note the edits that lead from old to new; returns what the text will say.

        Raises `_Whole` where the value has to be written as a whole by what holds it.
        """
        if old == new:
            return data
        if isinstance(node, yaml.CollectionNode) and node.flow_style:
            raise _Whole
        if isinstance(node, yaml.SequenceNode) and _named(data) and _named(old) and _named(new):
            return self._entries(node, data, old, new)
        match data, old, new:
            case dict(), dict(), dict() if isinstance(node, yaml.MappingNode):
                return self._mapping(node, data, old, new)
            case _:
                raise _Whole

    def _mapping(self, node: yaml.MappingNode, data: Fields, old: Fields, new: Fields) -> Fields:
        places = {str(key.value): (key, value) for key, value in node.value}
        meant = dict(data)
        last: yaml.Node | None = None
        for name in dict.fromkeys([*new, *old]):
            if name not in places:
                if name in new:
                    meant[name] = self._added(node, last, name, new[name])
                continue
            key, held = places[name]
            if name not in new:
                self._cut(key, held)
                del meant[name]
                continue
            last = held
            if name not in old or old[name] != new[name]:
                meant[name] = self._field(key, held, data[name], old.get(name), new[name])
        return meant

    def _field(
        self, key: yaml.Node, held: yaml.Node, data: JsonValue, old: JsonValue, new: JsonValue
    ) -> JsonValue:
        noted = len(self.edits)
        try:
            return self.value(held, data, old, new)
        except _Whole:
            del self.edits[noted:]
            flat = isinstance(held, yaml.SequenceNode) and held.flow_style
            said = _lines(str(key.value), new, key.start_mark.column, bool(flat))
            self.edits.append((key.start_mark.index, self._end(held), said))
            return new

    def _added(
        self, node: yaml.MappingNode, last: yaml.Node | None, name: str, new: JsonValue
    ) -> JsonValue:
        column = node.start_mark.column
        at = self._line_end(self._end(last or node.value[-1][1]))
        self.edits.append((at, at, f"\n{' ' * column}{_lines(name, new, column)}"))
        return new

    def _cut(self, key: yaml.Node, held: yaml.Node) -> None:
        start = self._line_start(key.start_mark.index)
        if self.text[start : key.start_mark.index].strip():
            raise _Whole
        self.edits.append((start, self._line_end(self._end(held)) + 1, ""))

    def _entries(
        self, node: yaml.SequenceNode, data: list[Fields], old: list[Fields], new: list[Fields]
    ) -> JsonValue:
        before, after, own = _names(old), _names(new), _names(data)
        stay = [name for name in before if name in after]
        if {*own} != {*before} or not stay or stay != [one for one in after if one in before]:
            raise _Whole
        nodes = dict(zip(own, node.value, strict=True))
        held, was = dict(zip(own, data, strict=True)), dict(zip(before, old, strict=True))
        then = dict(zip(after, new, strict=True))
        coming = _coming(after, before)
        meant: list[JsonValue] = [*self._ahead(node, [then[one] for one in coming[""]])]
        for name in own:
            if name in then:
                meant.append(self.value(nodes[name], held[name], was[name], then[name]))
                meant += self._behind(nodes[name], [then[one] for one in coming[name]])
            else:
                start, end = self._span(nodes[name])
                self.edits.append((start, end, ""))
        return meant

    def _ahead(self, node: yaml.SequenceNode, entries: list[Fields]) -> list[Fields]:
        if entries:
            start, _ = self._span(node.value[0])
            self._insert(node.value[0], start, entries)
        return entries

    def _behind(self, node: yaml.Node, entries: list[Fields]) -> list[Fields]:
        if entries:
            self._insert(node, self._span(node)[1], entries)
        return entries

    def _insert(self, beside: yaml.Node, at: int, entries: list[Fields]) -> None:
        start, _ = self._span(beside)
        indent = " " * (self.text.index("-", start) - start)
        lines = to_yaml({"entries": [*entries]}).rstrip("\n").split("\n")[1:]
        said = "".join(f"{indent}{line}".rstrip() + "\n" for line in lines)
        newline = "" if self.text[at - 1 : at] == "\n" or not at else "\n"
        self.edits.append((at, at, newline + said))

    def _span(self, entry: yaml.Node) -> tuple[int, int]:
        """Return where the lines of an entry of a list begin and end."""
        start = self._line_start(entry.start_mark.index)
        if self.text[start : entry.start_mark.index].strip() != "-":
            raise _Whole
        return start, min(self._line_end(self._end(entry)) + 1, len(self.text))

    def _end(self, node: yaml.Node) -> int:
        """Return where a value ends: a block's own mark lies behind the comments that follow."""
        if isinstance(node, yaml.MappingNode) and not node.flow_style:
            return self._end(node.value[-1][1])
        if isinstance(node, yaml.SequenceNode) and not node.flow_style:
            return self._end(node.value[-1])
        start, end = node.start_mark.index, node.end_mark.index
        return start + len(self.text[start:end].rstrip())

    def _line_start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def _line_end(self, at: int) -> int:
        found = self.text.find("\n", at)
        return len(self.text) if found < 0 else found


def _named(value: JsonValue) -> TypeGuard[list[Fields]]:
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        return False
    names = [_name(one) for one in value if isinstance(one, dict)]
    return all(names) and len({*names}) == len(names)


def _name(entry: Fields) -> str:
    return next((f"{name} {entry[name]}" for name in _NAMES if name in entry), "")


def _names(entries: Sequence[Fields]) -> list[str]:
    return [_name(one) for one in entries]


def _coming(after: Sequence[str], before: Sequence[str]) -> dict[str, list[str]]:
    """Return which entries come new behind which one that stays, or first of all."""
    coming: dict[str, list[str]] = defaultdict(list)
    last = ""
    for name in after:
        if name in before:
            last = name
        else:
            coming[last].append(name)
    return coming


def _lines(name: str, value: JsonValue, column: int, one_line: bool = False) -> str:
    lines = to_yaml({name: value}, (name,) if one_line else ()).rstrip("\n").split("\n")
    return "\n".join([lines[0], *(f"{' ' * column}{line}".rstrip() for line in lines[1:])])
