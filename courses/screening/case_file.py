"""Cases as YAML: a file with one list under `cases:`. A broken case never stops the others."""

from collections.abc import Sequence
from dataclasses import dataclass

import yaml
from pydantic import JsonValue

from base.lined_yaml import Document, Problem, parse
from courses.misfits import fit
from courses.screening.case import ScreeningCase


@dataclass(frozen=True)
class LinedCase:
    """A case and the line it begins on."""

    case: ScreeningCase
    line: int


@dataclass(frozen=True)
class CasesRead:
    """What a file of cases holds: those that can be used, and what is wrong with the others."""

    cases: tuple[LinedCase, ...]
    problems: tuple[Problem, ...]


def read_cases(text: str) -> CasesRead:
    """Read a YAML file of cases; never raises."""
    document = parse(text)
    if isinstance(document, Problem):
        return CasesRead((), (document,))
    entries = document.data.get("cases") if isinstance(document.data, dict) else None
    if not isinstance(entries, list):
        return CasesRead((), (Problem(1, "The file must hold one list under `cases:`."),))
    found: list[LinedCase] = []
    problems: list[Problem] = []
    for place, entry in enumerate(entries):
        read = fit(ScreeningCase, _part(document, place, entry), {})
        line = document.line(("cases", place))
        if isinstance(read, ScreeningCase):
            found.append(LinedCase(read, line))
            continue
        named = entry.get("id", place + 1) if isinstance(entry, dict) else place + 1
        problems += [Problem(one.line, f"Case {named}: {one.message}") for one in read]
    return CasesRead(tuple(found), tuple(problems))


def case_to_yaml(cases: Sequence[ScreeningCase]) -> str:
    """Return the cases as YAML that `read_cases` reads back equal."""
    data = {"cases": [case_to_data(case) for case in cases]}
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)


def case_to_data(case: ScreeningCase) -> JsonValue:
    """Return a case as plain data, without what stands at its default."""
    return case.model_dump(mode="json", exclude_defaults=True)


def _part(document: Document, place: int, entry: JsonValue) -> Document:
    """Return one entry of the list as a document of its own that keeps the file's lines."""
    head = ("cases", place)
    lines = {path[2:]: line for path, line in document.lines.items() if path[:2] == head}
    return Document(entry, lines)


class _Dumper(yaml.SafeDumper):
    """Writes multi-line texts as blocks, as an author would."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value else None
    return dumper.represent_scalar(  # pyright: ignore[reportUnknownMemberType] untyped in the stubs
        "tag:yaml.org,2002:str", value, style=style
    )


_Dumper.add_representer(str, _text)
