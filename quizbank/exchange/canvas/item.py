"""One question of QTI 1.2 as it is written: its settings, its answers, its feedback."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from quizbank.exchange.canvas.marking import MOST_ANSWERS, WHOLE_FEEDBACK, Marking
from quizbank.exchange.canvas.texts import Texts, joined, materials
from quizbank.exchange.defaults import NO_REASON
from quizbank.exchange.identifiers import slug
from quizbank.exchange.moodle.bodies import Unfit
from quizbank.exchange.xml_reading import Element

_RESPONSES = frozenset(
    {"response_lid", "response_str", "response_num", "response_xy", "response_grp"}
    | {"response_extension"}
)
# What Common Cartridge calls Canvas's types.
_PROFILES = {
    "cc.multiple_choice.v0p1": "multiple_choice_question",
    "cc.multiple_response.v0p1": "multiple_answers_question",
    "cc.true_false.v0p1": "true_false_question",
    "cc.fib.v0p1": "short_answer_question",
    "cc.pattern_match.v0p1": "short_answer_question",
    "cc.essay.v0p1": "essay_question",
}


@dataclass(frozen=True)
class Label:
    """One of the answers that a response offers."""

    ident: str
    element: Element


@dataclass(frozen=True)
class Asked:
    """A place for an answer: its name, its element (`response_lid` …), and what it offers."""

    ident: str
    element: Element
    labels: tuple[Label, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of what it offers."""
        return tuple(one.ident for one in self.labels)

    @property
    def own_name(self) -> str:
        """Its name without what Canvas writes before it."""
        return self.ident.removeprefix("response_")

    @property
    def cardinality(self) -> str:
        """`single`, `multiple` or `ordered`."""
        return self.element.get("rcardinality", "Single").strip().lower()


class CanvasItem:
    """A question's parts; raises `Unfit` where they make none."""

    def __init__(self, root: Element, texts: Texts) -> None:
        self.root, self.texts, self.line = root, texts, root.line
        self.warnings: list[str] = []
        self.unexplained = False
        self.settings = _settings(root)
        self.title = " ".join(root.get("title").split())[:200]
        self.ident = " ".join(root.get("ident").split())[:200]
        self.presentation = root.first("presentation")
        self.asked = tuple(
            _asked(one)
            for one in (self.presentation.walk() if self.presentation else ())
            if one.name in _RESPONSES
        )

        most = max((len(one.labels) for one in self.asked), default=0)
        if most > MOST_ANSWERS or len(self.asked) > MOST_ANSWERS:
            raise Unfit(f"It has more than {MOST_ANSWERS} answers, which is not read.")

    @cached_property
    def marking(self) -> Marking:
        """How it is marked."""
        return Marking(self.root, self.settings.get("points_possible", ""))

    @property
    def type(self) -> str:
        """Canvas's name of the question's type; empty where the file does not say it."""
        named = self.settings.get("question_type", "").lower()
        return named or _PROFILES.get(self.settings.get("cc_profile", "").lower(), "")

    @property
    def only(self) -> Asked:
        """The one place for an answer; raises `Unfit`."""
        if len(self.asked) != 1:
            raise Unfit(f"It has {len(self.asked)} places for an answer, where there is one.")
        return self.asked[0]

    def stem(self) -> str:
        """Return the question's text."""
        said = self.texts.markdown(self.presentation)
        if not said and len(self.asked) == 1:
            said = self.texts.markdown(self.asked[0].element)
        return said

    def written(self, labels: Sequence[Label], points: Mapping[str, Fraction]) -> list[Label]:
        """Return the answers without those that are empty and earn nothing; raises `Unfit`."""
        kept = [one for one in labels if self._shows(one)]
        if any(points[one.ident] for one in labels if one not in kept):
            raise Unfit("An answer that earns something has no text; write one.")
        if len(kept) < len(labels):
            self.warnings.append("Answers without a text, which earn nothing, were left out.")
        return kept

    def _shows(self, label: Label) -> bool:
        return any(
            one.name == "matimage" or one.full_text.strip() or one.children
            for one in materials(label.element)
        )

    def reason(self, response: str, value: str, right: bool) -> str:
        """Return what is said to an answer, with what is said to right or wrong ones."""
        own = self.own(response, value)
        whole = self.whole_right if right else self.whole_wrong
        return self.given(joined((own, whole)))

    def given(self, said: str) -> str:
        """Return a reason, or the sentence for none."""
        if not said:
            self.unexplained = True
        return said or NO_REASON

    def own(self, response: str, value: str) -> str:
        """Return what is said to an answer alone."""
        names = self._own_links.get((response, value), [])
        if not names and f"{value}_fb" in self._feedback:
            names = [f"{value}_fb"]
        return joined(self._said(name) for name in names)

    @cached_property
    def whole_right(self) -> str:
        """What is said to a right answer, and to every one."""
        linked = (self._said(name) for name in self._other_links)
        return joined((*linked, self._said("correct_fb"), self.general))

    @property
    def general(self) -> str:
        """What is said whatever the answer."""
        return self._said("general_fb")

    @property
    def whole_wrong(self) -> str:
        """What is said to every wrong answer."""
        return self._said("general_incorrect_fb")

    def feedback_of(self, condition: Element) -> str:
        """Return what one condition says, but for what belongs to all right or wrong answers."""
        names = [one.get("linkrefid") for one in condition.all("displayfeedback")]
        return joined(self._said(one) for one in names if one not in WHOLE_FEEDBACK)

    @cached_property
    def _feedback(self) -> dict[str, Element]:
        return {one.get("ident"): one for one in self.root.all("itemfeedback")}

    @cached_property
    def _own_links(self) -> dict[tuple[str, str], list[str]]:
        links: dict[tuple[str, str], list[str]] = {}
        for tests, name in self.marking.links():
            if len(tests) == 1 and tests[0].name == "varequal" and name not in WHOLE_FEEDBACK:
                about = (tests[0].get("respident"), tests[0].text.strip())
                links.setdefault(about, []).append(name)
        return links

    @cached_property
    def _other_links(self) -> list[str]:
        """Names of feedback to right answers that consist of several values."""
        return [
            shown.get("linkrefid")
            for one in self.marking.scored
            if sum(test.name == "varequal" for test in one.walk()) > 1
            and not any(test.name.startswith(("vargt", "varlt")) for test in one.walk())
            for shown in one.all("displayfeedback")
            if shown.get("linkrefid") not in WHOLE_FEEDBACK
        ]

    def _said(self, name: str) -> str:
        return self.texts.markdown(self._feedback.get(name))


def keys_of(names: Iterable[str]) -> dict[str, str]:
    """Return ids as they are written here, by the names in the file; raises `Unfit`."""
    keys: dict[str, str] = {}
    for place, name in enumerate(names, 1):
        if name in keys:
            raise Unfit(f"Two answers have the identifier {name[:80]}; rename one.")
        key = slug(name)
        keys[name] = key if key and key not in keys.values() else f"x{place}-{key}".strip("-")
    return keys


def share(points: Fraction, best: Fraction) -> float:
    """Return points as a share of the whole mark, without the noise of thirds in decimals."""
    return round(float(points / best), 7)


def _settings(root: Element) -> dict[str, str]:
    settings: dict[str, str] = {}
    for one in root.walk():
        if one.name == "qtimetadatafield":
            label, entry = one.first("fieldlabel"), one.first("fieldentry")
            if label is not None and entry is not None:
                # What is said first counts, as in Canvas.
                settings.setdefault(label.text.strip(), " ".join(entry.full_text.split()))
    return settings


def _asked(element: Element) -> Asked:
    labels = [one for one in element.walk() if one.name == "response_label"]
    named = [Label(re.sub(r"\s+", " ", one.get("ident")).strip(), one) for one in labels]
    return Asked(element.get("ident"), element, tuple(named))
