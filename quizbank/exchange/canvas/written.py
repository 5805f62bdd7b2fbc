"""One item as a question of QTI 1.2, in the words that Canvas writes and reads."""

from collections.abc import Callable
from typing import Any

from quizbank.exchange.canvas.statements import Parts, Pictures, condition, field_to_type
from quizbank.exchange.canvas.written_choices import order, pairs, several, single, statement
from quizbank.exchange.canvas.written_typed import gapped, number, typed
from quizbank.exchange.defaults import NO_MODEL_ANSWER, NO_RUBRIC
from quizbank.exchange.written_back import NotHeld
from quizbank.exchange.xml_written import attribute, text
from quizbank.items import Item
from quizbank.kinds.essay import Essay

_ITEM = """      <item ident="{ident}" title="{title}">
        <itemmetadata><qtimetadata>{settings}</qtimetadata></itemmetadata>
        <presentation>{stem}{asked}</presentation>
        <resprocessing>
          <outcomes><decvar maxvalue="100" minvalue="0" varname="SCORE" \
vartype="Decimal"/></outcomes>
{marking}        </resprocessing>
{feedback}      </item>"""


def written_item(item: Item, pictures: Pictures) -> str:
    """Return the item as an `<item>`; raises `NotHeld`."""
    write = _WRITERS.get(item.kind)
    if write is None:
        raise NotHeld(f"Canvas has no question like {item.kind.replace('_', ' ')}")
    parts = Parts(pictures)
    write(item, parts)
    settings = {"question_type": parts.type, "points_possible": f"{parts.points}.0"}
    gaps: Callable[[str], str] = lambda gap: f"[{gap}]"  # noqa: E731 short and used once
    feedback = (
        f'        <itemfeedback ident="{attribute(name)}"><flow_mat>{parts.html(reason)}'
        "</flow_mat></itemfeedback>\n"
        for name, reason in parts.feedback.items()
    )
    return _ITEM.format(
        ident=attribute(item.origin or item.id),
        title=attribute(item.title),
        settings="".join(_setting(*one) for one in (settings | parts.settings).items()),
        stem=parts.html(item.stem, gaps),
        asked="".join(parts.asked),
        marking="".join((*parts.told, *parts.scored)),
        feedback="".join(feedback),
    )


def _essay(item: Essay, parts: Parts) -> None:
    parts.type, parts.points = "essay_question", item.total
    first, *others = item.rubric
    if others or first.model_dump(exclude={"levels"}) != NO_RUBRIC[0]:
        said = [one.text if not others else f"{one.text} ({one.points})" for one in item.rubric]
        parts.settings["grading_notes"] = "; ".join(said)
    limits = {"word_limit_min": item.min_words, "word_limit_max": item.max_words}
    said = "".join(f' {name}="{limit}"' for name, limit in limits.items() if limit)
    parts.asked.append(field_to_type(response=f' word_limit_enabled="Yes"{said}' if said else ""))
    parts.scored.append(condition("<other/>", "", ' continue="No"'))
    if item.model_answer != NO_MODEL_ANSWER:
        parts.feedback["general_fb"] = item.model_answer


def _description(_: Item, parts: Parts) -> None:
    parts.type, parts.points = "text_only_question", 0


def _setting(name: str, said: str) -> str:
    label = f"<fieldlabel>{name}</fieldlabel><fieldentry>{text(said)}</fieldentry>"
    return f"<qtimetadatafield>{label}</qtimetadatafield>"


_WRITERS: dict[str, Callable[[Any, Parts], None]] = {
    "single_choice": single,
    "multiple_response": several,
    "true_false": statement,
    "short_answer": typed,
    "numeric": number,
    "matching": pairs,
    "ordering": order,
    "cloze": gapped,
    "essay": _essay,
    "description": _description,
}
