"""What passes between kinds and screens: prompts, marks and explanations, all frozen values."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizbank.kinds.case_shown import AskedFact, PromptStage
    from quizbank.kinds.essay import Essay


class State(StrEnum):
    """How a response stands."""

    RIGHT = "right"
    PARTLY = "partly right"
    WRONG = "wrong"
    OMITTED = "not answered"
    TO_MARK = "to be marked"
    NOT_SCORED = "not scored"


@dataclass(frozen=True)
class Mark:
    """The outcome of one response.

    `fraction` runs from 0 to 1; `feedback` names the explanations that belong to the response;
    `unsafe` tells that the learner chose something that would endanger a client.
    """

    fraction: float
    state: State
    feedback: tuple[str, ...]
    unsafe: bool = False


OMITTED = Mark(0.0, State.OMITTED, ())


@dataclass(frozen=True)
class Choice:
    """One thing to choose, as a learner sees it before answering."""

    id: str
    text: str


@dataclass(frozen=True)
class Blank:
    """A gap in a text, as a learner sees it: `kind` is choice, text or number."""

    id: str
    kind: str
    choices: tuple[Choice, ...] = ()
    several: bool = False


@dataclass(frozen=True)
class FigureView:
    """A picture to look at: its digest, what it shows in words, its size in pixels."""

    file: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True)
class Outline:
    """A region of a figure, for after the answer: its shape as in `shapes`, and how it stands."""

    label: str
    shape: str
    coords: tuple[float, ...]
    correct: bool
    chosen: bool = False
    unsafe: bool = False


@dataclass(frozen=True)
class MarkedFigure:
    """A figure after the answer: every region, and the points that the learner chose."""

    figure: FigureView
    outlines: tuple[Outline, ...]
    points: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class Prompt:
    """All that a learner may see before answering: never a key, a weight or feedback.

    `premises` are what the choices are matched to, `gaps` what is missing in the text, where the
    kind has them; `unit_rule` tells whether the unit of a number is shown or typed.
    A text starts from its `template`, and should have from `min_words` to `max_words` words.
    `facts` and `stages` are those of a case, as far as it has come, and `stages_in_all` is how
    many it will have. On a `figure` a learner may choose up to `most` places.
    """

    kind: str
    stem: str
    choices: tuple[Choice, ...] = ()
    unit: str = ""
    premises: tuple[Choice, ...] = ()
    template: str = ""
    min_words: int | None = None
    max_words: int | None = None
    facts: "tuple[AskedFact, ...]" = ()
    stages: "tuple[PromptStage, ...]" = ()
    stages_in_all: int = 0
    unit_rule: str = "shown"
    gaps: tuple[Blank, ...] = ()
    figure: FigureView | None = None
    most: int = 1


@dataclass(frozen=True)
class Explanation:
    """Why one option is right or wrong, for after the answer.

    `verbatim` tells that the text is as somebody typed it, not Markdown; `note` that it is neither
    right nor wrong, but something to compare with; `part` names the part of the question that it
    belongs to, such as a gap. A `figure` is shown before it.
    """

    text: str
    reason: str
    correct: bool
    chosen: bool
    unsafe: bool = False
    verbatim: bool = False
    note: bool = False
    part: str = ""
    figure: MarkedFigure | None = None


@dataclass(frozen=True)
class ManualPart:
    """A text that people must mark by the rubric of `essay`.

    `part` is empty where the whole answer is the text; a case names the stage.
    """

    part: str
    essay: "Essay"
    text: str


@dataclass(frozen=True)
class Scored:
    """An answer that the item knows, what it earns by itself (-1 to 1), and why."""

    text: str
    fraction: float
    reason: str


def state_of(fraction: float) -> State:
    """Return how an answer stands that earned this share of the mark."""
    return State.RIGHT if fraction == 1 else State.PARTLY if fraction > 0 else State.WRONG
