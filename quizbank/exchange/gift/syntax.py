r"""GIFT as it is written: questions with their answers, weights and feedback, not yet items.

Read as Moodle reads it. Questions are parted by empty lines; a line that begins with `//` is a
comment, and `[id:…]` and `[tag:…]` in it belong to the question; `\` escapes `~ = # { } :` and
itself, `\n` is a line break.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from base.lined_yaml import Problem
from quizbank.exchange.gift.numbers import Refused, number_in, weight_of
from quizbank.exchange.gift.text import (
    Block,
    Said,
    hide_escapes,
    idnumber_in,
    is_category,
    pieces_of,
    read_blocks,
    said,
    shown,
    tags_in,
)

_ORDERING = re.compile(r">[ \t]*(\d{1,4})(?=\s|$)([^\n]*)\n?")
_TRUE, _FALSE = ("T", "TRUE"), ("F", "FALSE")
_BRACES = (
    "a { without its }, or a } without its {. Write \\{ and \\} where they belong to the text."
)


_NOTHING = Said("", "moodle")


@dataclass(frozen=True)
class GiftAnswer:
    """An answer, its share of the mark (1 for all of it) and its feedback.

    Numbers have a `number` with its `tolerance`; None is `*`, every other number. `key` tells
    that it was written with `=`.
    """

    text: Said
    fraction: Decimal
    feedback: Said
    number: Decimal | None = None
    tolerance: Decimal = Decimal(0)
    key: bool = False


@dataclass(frozen=True)
class GiftQuestion:
    """A question as written; `kind` has Moodle's names, `ordering` and `category` among them.

    `name` is None where none was written. `single` tells that one answer may be chosen.
    `pairs` hold a premise and its choice; an empty premise makes the choice a distractor.
    """

    kind: str
    line: int
    name: str | None
    text: Said
    general: Said
    idnumber: str = ""
    tags: tuple[str, ...] = ()
    answers: tuple[GiftAnswer, ...] = ()
    pairs: tuple[tuple[Said, str], ...] = ()
    correct: bool | None = None
    if_true: Said = _NOTHING
    if_false: Said = _NOTHING
    single: bool = True
    header: str = ""
    warnings: tuple[str, ...] = ()


def read_questions(text: str) -> Iterator[GiftQuestion | Problem]:
    """Read every question of a file, each by itself; never raises."""
    for block in read_blocks(text):
        try:
            yield _question(block)
        except Refused as refused:
            yield Problem(block.line, str(refused))


def _question(block: Block) -> GiftQuestion:
    text = hide_escapes(block.text)
    if is_category(text):
        return GiftQuestion("category", block.line, None, said(text[10:]), said(""))
    name, text = _name(text)
    stem, answers, warnings = _parts(text)
    stem_said = said(stem)
    answers, general, more = _general(answers, stem_said.format)
    head = GiftQuestion(
        kind="description",
        line=block.line,
        name=name,
        text=stem_said,
        general=general,
        idnumber=idnumber_in(block.comment),
        tags=tags_in(block.comment),
        warnings=(*warnings, *more),
    )
    return head if answers is None else _with_answers(head, answers)


def _name(text: str) -> tuple[str | None, str]:
    if not text.startswith("::"):
        return None, text
    end = text.find("::", 2)
    if end < 0:
        return None, text[2:]
    return shown(text[2:end]).strip(), text[end + 2 :].strip()


def _parts(text: str) -> tuple[str, str | None, tuple[str, ...]]:
    begin, end = text.find("{"), text.find("}")
    if begin < 0 and end < 0:
        return text, None, ()
    if begin < 0 or end < begin:
        raise Refused(f"There is {_BRACES}")
    before, after = text[:begin], text[end + 1 :]
    warnings: tuple[str, ...] = ()
    if "{" in after or "}" in after:
        warnings = (
            "Behind the answers there is another { or }: it was read as part of the question. "
            "Part two questions by an empty line.",
        )
    if after.lstrip().startswith("//"):
        warnings += (
            "A comment begins with // at the beginning of a line; this one was read as part of "
            "the question.",
        )
    answers = text[begin + 1 : end]
    if "{" in answers:
        warnings = ("There is a { among the answers; write \\{ if it belongs to the text.",)
    # Text behind the answers makes them a gap in the sentence.
    stem = before + after if text.endswith("}") else f"{before}_____{after}"
    return stem, answers.strip(), warnings


def _general(answers: str | None, default: str) -> tuple[str | None, Said, tuple[str, ...]]:
    if answers is None or "####" not in answers:
        return answers, Said("", default), ()
    before, _, after = answers.rpartition("####")
    warnings: tuple[str, ...] = ()
    if "###" in before:
        warnings = (
            "There are several general feedbacks (####); only the last one was read as it.",
        )
    if "~" in after:
        warnings += (
            "Everything behind #### is general feedback, also what stands behind a ~ there.",
        )
    return before.strip(), said(after, default), warnings


def _with_answers(head: GiftQuestion, answers: str) -> GiftQuestion:
    if not answers:
        return replace(head, kind="essay")
    word = answers.split("#", 1)[0].strip()
    reads = (
        (answers.startswith("#"), _numerical),
        (_ORDERING.match(answers) is not None, _ordering),
        ("~" in answers, _multichoice),
        ("=" in answers and "->" in answers, _match),
        (word in (*_TRUE, *_FALSE), _truefalse),
        (True, _shortanswer),
    )
    return next(read for fits, read in reads if fits)(head, answers)


def _multichoice(head: GiftQuestion, answers: str) -> GiftQuestion:
    pieces = pieces_of(answers.replace("=", "~="), "~")
    if len(pieces) < 2:
        raise Refused("A choice needs at least two options: write ~ or = before each.")
    read: list[GiftAnswer] = []
    for piece in pieces:
        right = piece.startswith("=")
        weight, rest = weight_of(piece[1:] if right else piece)
        fraction = weight if weight is not None else Decimal(int(right))
        read.append(replace(_answer(rest, fraction, head.text.format), key=right))
    warnings = [*head.warnings]
    if sum(one.fraction == 1 for one in read) > 1 and "=" in answers:
        warnings.append(
            "Two options or more earn the whole mark. If one of them is the rest of a text with "
            "an = in it, write \\= there."
        )
    if answers[0] not in "~=":
        warnings.append("There is text before the first ~ or =; it was read as a wrong option.")
    single = "=" in answers
    return replace(
        head,
        kind="multichoice",
        answers=tuple(read),
        single=single,
        warnings=tuple(warnings),
    )


def _match(head: GiftQuestion, answers: str) -> GiftQuestion:
    pairs: list[tuple[Said, str]] = []
    warnings = [*head.warnings]
    for piece in pieces_of(answers, "="):
        premise, arrow, choice = piece.partition("->")
        if not arrow:
            raise Refused(f"“{shown(piece)}” has no -> between the two that belong together.")
        if "#" in choice or weight_of(premise)[0] is not None:
            read = shown(piece)
            warnings.append(
                f"Pairs have no feedback and no shares; “{read}” was read as it stands."
            )
        pairs.append((said(premise, head.text.format), shown(choice).strip()))
    if len(pairs) < 2:
        raise Refused("Matching needs at least two pairs.")
    return replace(head, kind="match", pairs=tuple(pairs), warnings=tuple(warnings))


def _truefalse(head: GiftQuestion, answers: str) -> GiftQuestion:
    word, *feedback = answers.split("#", 2)
    wrong, right = ([said(one, head.text.format) for one in feedback] + [None, None])[:2]
    none = Said("", head.text.format)
    correct = word.strip() in _TRUE
    if_true, if_false = (right, wrong) if correct else (wrong, right)
    return replace(
        head, kind="truefalse", correct=correct, if_true=if_true or none, if_false=if_false or none
    )


def _shortanswer(head: GiftQuestion, answers: str) -> GiftQuestion:
    read = [
        _answer(rest, Decimal(1) if weight is None else weight, head.text.format)
        for weight, rest in map(weight_of, pieces_of(answers, "="))
    ]
    if not read:
        raise Refused("There is no answer between { and }.")
    if answers.startswith(">") and "\n" in answers:
        raise Refused("An order begins with > and how many of its lines are shown, such as {>3.")
    warnings = [*head.warnings]
    word = read[0].text.text
    if "=>" in answers:
        warnings.append("“=>” begins another answer; a pair is written =one -> other.")
    if "=" not in answers and word.upper() in (*_TRUE, *_FALSE):
        capitals = f"{{{word.upper()}}}"
        warnings.append(f"“{word}” is an answer to type here; for true or false write {capitals}.")
    return replace(head, kind="shortanswer", answers=tuple(read), warnings=tuple(warnings))


def _numerical(head: GiftQuestion, answers: str) -> GiftQuestion:
    numbers, wrong, feedback = answers[1:].partition("~")
    read: list[GiftAnswer] = []
    for piece in pieces_of(numbers, "="):
        weight, rest = weight_of(piece)
        answer = _answer(rest, Decimal(1) if weight is None else weight, head.text.format)
        number, tolerance = number_in(answer.text.text)
        read.append(replace(answer, number=number, tolerance=tolerance))
    if not read:
        raise Refused("There is no number behind {#.")
    if wrong:
        _, rest = weight_of(feedback.strip())
        answer = _answer(rest, Decimal(0), head.text.format)
        read.append(GiftAnswer(Said("*", "moodle"), Decimal(0), answer.feedback))
        if answer.text.text or "~" in feedback:
            more = "Of what stands behind ~ only the feedback counts, for every other number; "
            more += "write a number that is wrong like =%0%7#Too high."
            return replace(
                head, kind="numerical", answers=tuple(read), warnings=(*head.warnings, more)
            )
    return replace(head, kind="numerical", answers=tuple(read))


def _ordering(head: GiftQuestion, answers: str) -> GiftQuestion:
    header = _ORDERING.match(answers)
    lines = answers[header.end() :].split("\n") if header else []
    none = Said("", head.text.format)
    read = [
        GiftAnswer(Said(shown(line).strip(), head.text.format), Decimal(1), none)
        for line in lines
        if line.strip()
    ]
    if len(read) < 2:
        raise Refused("An order needs at least two lines between { and }.")
    words = f"{header[1]} {header[2].strip()}" if header else ""
    return replace(head, kind="ordering", answers=tuple(read), header=words)


def _answer(piece: str, fraction: Decimal, default: str) -> GiftAnswer:
    text, _, feedback = piece.partition("#")
    return GiftAnswer(said(text, default), fraction, said(feedback, default))
