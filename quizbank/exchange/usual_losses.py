"""What several formats leave behind of an item, in the same words."""

from pydantic import JsonValue

from quizbank.items import Item, item_to_data
from quizbank.kinds.matching import Matching, PairRule
from quizbank.kinds.multiple_response import MultipleResponse, Rule
from quizbank.kinds.ordering import Ordering


def usual_losses(item: Item) -> dict[str, bool]:
    """Return what the formats of Moodle leave out or say in another way, and whether it is so."""
    return {
        "what is critical": item.critical,
        "what is unsafe": marks_unsafe(item),
        "the rule (it becomes weights)": isinstance(item, MultipleResponse)
        and item.rule is not Rule.WEIGHTS,
        "the rule: each pair earns its share elsewhere": isinstance(item, Matching)
        and item.rule is not PairRule.SHARE,
        "the reasons": isinstance(item, Matching | Ordering),
    }


def marks_unsafe(item: Item) -> bool:
    """Tell whether any answer of the item is marked as unsafe, in whichever part."""
    return _marks_unsafe(item_to_data(item))


def _marks_unsafe(data: JsonValue) -> bool:
    if isinstance(data, dict):
        # A wrong statement is marked by the answer that would harm, which may be “false”.
        own = data.get("unsafe") or data.get("unsafe_answer") is not None
        return bool(own) or any(map(_marks_unsafe, data.values()))
    return isinstance(data, list) and any(map(_marks_unsafe, data))
