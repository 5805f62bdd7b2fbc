"""What keeps a draft from being an item, in the words of the form that it is typed in."""

import re
from collections.abc import Sequence
from string import ascii_uppercase

_FIELDS = {
    "id": "Id",
    "stem": "Question",
    "options": "Options",
    "objective": "Objective",
    "pool": "Pool",
    "level": "Level",
    "tags": "Topics",
    "critical": "Critical",
    "kind": "Kind",
    "sources": "Sources",
    "reviewed": "Reviewed on",
    "review_due": "Review due on",
    "answer": "Right answer",
    "tolerance": "Tolerance",
    "unit": "Unit",
    "reason": "Why it is right",
    "reason_wrong": "Why another number is wrong",
    "reason_true": "Why true is right or wrong",
    "reason_false": "Why false is right or wrong",
    "rule": "Marking",
    "title": "Title",
    "answers": "Answers",
    "premises": "Premises",
    "choices": "Choices",
    "elements": "Elements",
    "grading": "Marking",
    "enemies": "Enemies",
    "seconds": "Expected seconds",
    "figure": "Figure",
    "regions": "Regions",
    "choose": "How many places may be chosen",
    "others": "Other numbers",
    "tolerance_type": "What the tolerance is",
    "gaps": "Gaps",
    "units": "Other units",
    "unit_rule": "How the unit is asked for",
    "unit_penalty": "Percent that a unit costs",
    "weight": "Weight beside the other gaps",
    "rubric": "Rubric",
    "model_answer": "A good answer",
    "template": "Text that the field begins with",
    "min_words": "Fewest words",
    "max_words": "Most words",
    "markers": "Who marks",
    "facts": "Facts",
    "stages": "Stages",
}
# Lists of parts, and what one part is called in the form.
_PARTS = {
    "options": "Option",
    "answers": "Answer",
    "premises": "Premise",
    "choices": "Choice",
    "elements": "Element",
    "others": "Expected number",
    "regions": "Region",
    "units": "Other unit",
    "rubric": "Criterion",
    "facts": "Fact",
    "consequences": "Consequence",
}
_PART_FIELDS = {
    "text": "text",
    "correct": "right answer",
    "unsafe": "unsafe",
    "reason": "why it is right or wrong",
    "choice": "right choice",
    "fraction": "percent of the mark",
    "weight": "percent of the mark",
    "answer": "number",
    "tolerance": "tolerance",
    "label": "what the list calls it",
    "shape": "shape",
    "coords": "place on the figure",
    "factor": "what one of it is",
    "points": "points",
    "levels": "levels (points, a colon, what earns them)",
    "question": "question to ask",
    "when": "what it follows from",
}


def option_letter(place: int) -> str:
    """Return the letter of the option at this place, counted from 0."""
    return ascii_uppercase[place]


def in_words(path: Sequence[str | int], sentence: str) -> str:
    """Return a problem as the form would say it: "Option B, text: write something here."."""
    said = sentence.removeprefix(".".join(str(part) for part in path) + ": ")
    where = _where(path)
    return f"{where}: {said}" if where else _with_names(said)


def place_in_words(path: Sequence[str | int]) -> str:
    """Return the place of a change as the form would say it: "Option B, text"."""
    if len(path) > 1 and isinstance(path[1], str):
        # A part that went has no letter any more.
        named = _PARTS.get(str(path[0]), str(path[0]).capitalize())
        parts = [_PART_FIELDS.get(str(one), str(one)) for one in path[2:3]]
        return ", ".join([f"{named} that went", *parts])
    return _where(path)


def _where(path: Sequence[str | int]) -> str:
    if not path:
        return ""
    if path[0] == "gaps" and len(path) > 1:
        inner = _where(path[2:])
        named = f"Gap {int(path[1]) + 1}"
        return f"{named}, {inner[0].lower()}{inner[1:]}" if inner else named
    if path[0] == "stages" and len(path) > 1:
        # Inside a stage the fields are those of an item, and of its consequences.
        inner = _where(path[3:] if path[2:3] == ("item",) else path[2:])
        named = f"Stage {int(path[1]) + 1}"
        return f"{named}, {inner[0].lower()}{inner[1:]}" if inner else named
    listed = _PARTS.get(str(path[0]))
    if listed and len(path) > 1 and isinstance(path[1], int):
        part = _PART_FIELDS.get(str(path[2]), str(path[2])) if len(path) > 2 else ""
        named = f"{listed} {option_letter(path[1])}"
        return f"{named}, {part}" if part else named
    return _FIELDS.get(str(path[0]), str(path[0]))


def _with_names(said: str) -> str:
    for name in ("review_due", "reviewed"):
        said = re.sub(rf"\b{name}\b", f"“{_FIELDS[name]}”", said, flags=re.IGNORECASE)
    return said
