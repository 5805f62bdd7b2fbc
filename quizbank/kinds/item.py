"""What every kind of item has; what passes to screens is in `quizbank.kinds.shown`.

A kind is a frozen Pydantic model with a literal `kind`, and these methods: `option_ids` (what may
be shuffled), `prompt` (what a learner sees before answering), `key`, `mark` and `explain`.
Responses are JSON values as they come from a screen or a file, so `mark` accepts anything.

A kind that people must mark, in whole or in part, names what they read by `manual_parts`, and
takes what they agreed on by `mark_with`; until then its `mark` has the state `TO_MARK`.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, ClassVar, Protocol, TypeVar
from unicodedata import category

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    StringConstraints,
    model_validator,
)

from quizbank.kinds.shown import Choice, Explanation, ManualPart, Mark

if TYPE_CHECKING:
    from quizbank.kinds.case_shown import Debrief


def _showable(text: str) -> str:
    # Screens drop them, and PostgreSQL stores no text with a NUL in it.
    if any(category(ch) == "Cc" and ch not in "\t\n\r" for ch in text):
        raise ValueError("holds a control character that cannot be shown; delete it")
    return text


Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=8_000),
    AfterValidator(_showable),
]
# A text that may be empty.
Passage = Annotated[str, StringConstraints(max_length=4_000), AfterValidator(_showable)]
# One line, which may be empty.
Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[^\r\n\t]*$"),
    AfterValidator(_showable),
]
# One line, which may not.
Label = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\r\n\t]*$"),
    AfterValidator(_showable),
]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
Seconds = Annotated[int, Field(ge=5, le=3_600)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Weight = Annotated[float, Field(ge=-1, le=1, allow_inf_nan=False)]

# Tags are written small; these are said letter by letter.
_LETTERS = frozenset({"fda", "pih", "rf", "uv"})


class Pool(StrEnum):
    """Where an item may be drawn; the three never mix."""

    EXAM = "exam"
    PRACTICE = "practice"
    CHECK = "check"


class Level(StrEnum):
    """Cognitive level: remember, use in a case, weigh several facts."""

    RECALL = "recall"
    APPLY = "apply"
    ANALYSE = "analyse"


class Frozen(BaseModel):
    """Immutable, and refuses fields that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Option(Frozen):
    """A choice with its reason; `unsafe` marks a wrong one that would endanger a client.

    `weight` is the share of the mark that choosing it earns, where its kind asks for one.
    """

    id: Key
    text: Text
    correct: bool = False
    reason: Text
    unsafe: bool = False
    weight: Weight | None = None

    @model_validator(mode="after")
    def _key_is_safe(self) -> "Option":
        if self.correct and self.unsafe:
            raise ValueError("an option cannot be both correct and unsafe; drop one of the two")
        if self.unsafe and (self.weight or 0) > 0:
            raise ValueError("an unsafe option cannot earn marks; drop one of the two")
        return self


class Markable(Protocol):
    """Anything that marks a response."""

    def mark(self, response: JsonValue) -> Mark: ...  # noqa: D102 said above


class ItemBase(Frozen):
    """What every item carries beside its question.

    `title` is a short name for its authors, `origin` its identifier in the system that it was
    brought from, where that is not its id; learners see neither. `enemies` are items that it never
    meets in a form, `seconds` is how long an answer is expected to take. `staged` tells that it is
    answered step by step, so that each response must follow from the one before.
    """

    staged: ClassVar[bool] = False

    id: Key
    title: Name = ""
    origin: Name = ""
    pool: Pool
    objective: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,6}-\d{2}$")]
    level: Level
    critical: bool = False
    tags: tuple[Key, ...] = ()
    stem: Text
    sources: Annotated[tuple[str, ...], Field(min_length=1)]
    reviewed: date
    review_due: date
    enemies: tuple[Key, ...] = ()
    seconds: Seconds | None = None

    @model_validator(mode="after")
    def _is_no_enemy_of_its_own(self) -> "ItemBase":
        if self.id in self.enemies:
            raise ValueError("an item cannot be its own enemy; drop its id there")
        return self

    @model_validator(mode="after")
    def _review_comes_later(self) -> "ItemBase":
        if self.review_due <= self.reviewed:
            raise ValueError("review_due must come after reviewed")
        return self

    @property
    def topic(self) -> str:
        """The item's subject in a few words, to name a miss without showing the question."""
        said = (self.tags[0] if self.tags else self.objective).replace("-", " ").capitalize()
        return " ".join(word.upper() if word.lower() in _LETTERS else word for word in said.split())

    def option_ids(self) -> tuple[str, ...]:
        """The ids that may be shuffled on screen; empty where the kind has no options."""
        return ()

    def manual_parts(self, response: JsonValue) -> tuple[ManualPart, ...]:  # noqa: ARG002 for kinds that have some
        """The texts of this response that people must mark; total, like `mark`.

        A kind that has some gives back, for the same response, the same parts every time, each
        with another name.
        """
        return ()

    def mark_with(self: "Markable", response: JsonValue, fractions: Mapping[str, float]) -> Mark:  # noqa: ARG002 for kinds with parts
        """Return the mark once people have marked: `fractions` has a share, 0 to 1, for each part.

        Its state is `TO_MARK` while one is missing; parts that the response has not are ignored.
        """
        return self.mark(response)

    def follows(self, standing: JsonValue, response: JsonValue) -> str | None:  # noqa: ARG002 for kinds with stages
        """Return why the response may not take the place of the standing one, None where it may."""
        return None

    def complete(self, response: JsonValue) -> bool:
        """Tell whether nothing is left to do, so that feedback may follow where it is given."""
        return response is not None

    def debrief(self, response: JsonValue, order: Sequence[str] = ()) -> "Debrief | None":  # noqa: ARG002 for kinds with stages
        """Return what to tell afterwards beside the options' reasons; None for most kinds."""
        return None


def field_of(response: JsonValue, name: str) -> JsonValue:
    """Return one field of a response; None where the response has another shape."""
    return response.get(name) if isinstance(response, dict) else None


class Part(Protocol):
    """What can be put into an order: an id and a text."""

    @property
    def id(self) -> str: ...  # noqa: D102 said above
    @property
    def text(self) -> str: ...  # noqa: D102 said above


_Part = TypeVar("_Part", bound=Part)


def in_order(options: Sequence[_Part], order: Sequence[str]) -> tuple[_Part, ...]:
    """Return the options in the given order of ids; those not named keep their place behind."""
    rank = {option_id: place for place, option_id in enumerate(order)}
    return tuple(sorted(options, key=lambda option: rank.get(option.id, len(rank))))


def choices_of(options: Sequence[Part], order: Sequence[str]) -> tuple[Choice, ...]:
    """Return what a learner sees of the options, in the given order."""
    return tuple(Choice(option.id, option.text) for option in in_order(options, order))


def explain_options(options: Sequence[Option], chosen: frozenset[str]) -> tuple[Explanation, ...]:
    """Return the reason for every option, marked with what was chosen."""
    return tuple(
        Explanation(option.text, option.reason, option.correct, option.id in chosen, option.unsafe)
        for option in options
    )


def problems_of_options(options: Sequence[Option]) -> list[str]:
    """Return what is wrong with a set of options whatever the kind."""
    return problems_of_parts([(option.id, option.text) for option in options], "options")


def problems_of_parts(parts: Sequence[tuple[str, str]], name: str) -> list[str]:
    """Return what is wrong with parts, each an id and a text, that a learner must tell apart."""
    problems: list[str] = []
    if len({part_id for part_id, _ in parts}) != len(parts):
        problems.append(f"two {name} have the same id; give each its own")
    if len({text.casefold() for _, text in parts}) != len(parts):
        problems.append(f"two {name} have the same text; change or drop one")
    return problems
