"""The words of a question of QTI 1.2 that all kinds of items need: fields, tests, what is told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from quizbank.exchange.defaults import NO_REASON
from quizbank.exchange.qti.markup import block
from quizbank.exchange.xml_written import attribute, text
from quizbank.files import Picture

ONE = "response1"
Pictures = Mapping[str, Picture]


@dataclass
class Parts:
    """The parts of a question as they come together."""

    pictures: Pictures
    type: str = ""
    points: int = 1
    asked: list[str] = field(default_factory=list[str])
    told: list[str] = field(default_factory=list[str])
    scored: list[str] = field(default_factory=list[str])
    feedback: dict[str, str] = field(default_factory=dict[str, str])
    settings: dict[str, str] = field(default_factory=dict[str, str])

    def html(self, markdown: str, gaps: Callable[[str], str] = lambda gap: gap) -> str:
        """Return Markdown as `material`, its source beside it."""
        inside = text(block(markdown, self.pictures, gaps))
        return f'<material><mattext texttype="text/html">{inside}</mattext></material>'

    def tell(self, name: str, reason: str, tests: str = "") -> None:
        """Say a reason where the tests hold, or by its own name."""
        if reason == NO_REASON:
            return
        self.feedback[name] = reason
        if tests:
            self.told.append(condition(tests, shown(name), ' continue="Yes"'))

    def score(self, tests: str, points: str, action: str = "Set") -> None:
        """Give points where the tests hold."""
        kept = ' continue="No"' if action == "Set" else ""
        said = f'<setvar action="{action}" varname="SCORE">{points}</setvar>'
        self.scored.append(condition(tests, said, kept))


def listed(name: str, labels: str, attributes: str = "", said: str = "") -> str:
    """Return a list to choose from; `said` stands before it."""
    ident = f'ident="{attribute(name)}"{attributes}'
    return f"<response_lid {ident}>{said}<render_choice>{labels}</render_choice></response_lid>"


def field_to_type(fib: str = "", response: str = "") -> str:
    """Return a field to type into."""
    return (
        f'<response_str ident="{ONE}" rcardinality="Single"{response}><render_fib{fib}>'
        '<response_label ident="answer1" rshuffle="No"/></render_fib></response_str>'
    )


def label(ident: str, said: str, attributes: str = "") -> str:
    """Return one entry of a list; `said` is its `material`."""
    return f'<response_label ident="{attribute(ident)}"{attributes}>{said}</response_label>'


def plain(said: str) -> str:
    """Return a plain text as `material`."""
    return f'<material><mattext texttype="text/plain">{text(said)}</mattext></material>'


def condition(tests: str, then: str, attributes: str) -> str:
    """Return what happens where the tests hold."""
    inside = f"<conditionvar>{tests}</conditionvar>{then}"
    return f"          <respcondition{attributes}>{inside}</respcondition>\n"


def shown(name: str) -> str:
    """Return the statement that shows a feedback."""
    return f'<displayfeedback feedbacktype="Response" linkrefid="{attribute(name)}"/>'


def equal(response: str, value: str, attributes: str = "") -> str:
    """Return the test for a response that is this value."""
    return compared("varequal", response, value, attributes)


def compared(name: str, response: str, value: str, attributes: str = "") -> str:
    """Return the test of this name, which compares a response with a value."""
    return f'<{name} respident="{attribute(response)}"{attributes}>{text(value)}</{name}>'


def percent_of(share: float) -> str:
    """Return a share as points of 100."""
    return f"{(Decimal(repr(share)) * 100).quantize(Decimal('1e-9')).normalize():f}"
