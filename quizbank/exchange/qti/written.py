"""One item as XML of QTI 2.2: what is asked, how it is marked, and what is said afterwards."""

from collections.abc import Callable
from typing import cast

from quizbank.exchange.defaults import NO_MODEL_ANSWER, NO_RUBRIC
from quizbank.exchange.qti.markup import block
from quizbank.exchange.qti.statements import Parts, Pictures, declared
from quizbank.exchange.qti.written_choices import joined, order, several, single, statement
from quizbank.exchange.qti.written_figures import places
from quizbank.exchange.qti.written_gaps import gapped
from quizbank.exchange.qti.written_typed import number, typed
from quizbank.exchange.written_back import NotHeld
from quizbank.exchange.xml_written import attribute
from quizbank.items import Item
from quizbank.kinds.description import Description
from quizbank.kinds.essay import Essay

_ITEM = """<?xml version="1.0" encoding="UTF-8"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://www.imsglobal.org/xsd/imsqti_v2p2 \
http://www.imsglobal.org/xsd/qti/qtiv2p2/imsqti_v2p2.xsd" \
identifier="{identifier}" title="{title}" adaptive="false" timeDependent="false">
{declared}
  <outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float">\
<defaultValue><value>0</value></defaultValue></outcomeDeclaration>
  <outcomeDeclaration identifier="MAXSCORE" cardinality="single" baseType="float">\
<defaultValue><value>{most}</value></defaultValue></outcomeDeclaration>
  <outcomeDeclaration identifier="FEEDBACK" cardinality="multiple" baseType="identifier"/>
  <itemBody>{body}</itemBody>
  <responseProcessing>{marking}</responseProcessing>
{feedback}</assessmentItem>
"""


def written_item(item: Item, pictures: Pictures) -> str:
    """Return the item as an XML file; raises `NotHeld`."""
    write = _WRITERS.get(item.kind)
    if write is None:
        raise NotHeld("this kind of item is not written as QTI")
    parts = Parts(pictures)
    write(item, parts)
    feedback = [
        f'  <modalFeedback outcomeIdentifier="FEEDBACK" identifier="{name}" showHide="show">'
        f"{block(reason, pictures)}</modalFeedback>\n"
        for name, reason in parts.reasons.items()
    ]
    return _ITEM.format(
        identifier=attribute(item.origin or item.id),
        title=attribute(item.title),
        declared="\n".join(parts.declared),
        most=parts.most,
        body=parts.body,
        marking="".join(parts.marking),
        feedback="".join(feedback),
    )


def _essay(item: Essay, parts: Parts) -> None:
    right = [] if item.model_answer == NO_MODEL_ANSWER else [item.model_answer]
    parts.declared.append(declared("RESPONSE", "single", "string", right))
    parts.most = str(item.total)
    length = (item.max_words or 200) * 6
    parts.body = block(item.stem, parts.pictures) + (
        f'<extendedTextInteraction responseIdentifier="RESPONSE" expectedLength="{length}"/>'
    )
    rubric = [one.model_dump(mode="json", exclude_defaults=True) for one in item.rubric]
    if rubric == [*NO_RUBRIC]:
        return
    lines = [f"{one.text} ({one.points})" for one in item.rubric]
    one = item.rubric[0]
    guide = one.text if len(item.rubric) == 1 and not one.levels else "\n\n".join(lines)
    parts.body += (
        f'<rubricBlock use="scoring" view="scorer">{block(guide, parts.pictures)}</rubricBlock>'
    )


def _text(item: Description, parts: Parts) -> None:
    parts.most = "0"
    parts.body = block(item.stem, parts.pictures)


_WRITERS = cast(
    dict[str, Callable[[Item, Parts], None]],
    {
        "single_choice": single,
        "true_false": statement,
        "multiple_response": several,
        "short_answer": typed,
        "numeric": number,
        "matching": joined,
        "ordering": order,
        "essay": _essay,
        "cloze": gapped,
        "hotspot": places,
        "description": _text,
    },
)
