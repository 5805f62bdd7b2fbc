"""Items from GIFT: what a question as written becomes here."""

from base.lined_yaml import LARGEST_DOCUMENT, Problem
from quizbank.exchange.collecting import Collector
from quizbank.exchange.defaults import Defaults
from quizbank.exchange.gift.syntax import read_questions
from quizbank.exchange.items_read import ItemsRead, warning
from quizbank.exchange.moodle.bodies import BodyWriter


def read_gift(text: str, defaults: Defaults) -> ItemsRead:
    """Read a GIFT file; never raises. A question that is no item stops no other."""
    if len(text) > LARGEST_DOCUMENT:
        message = "The file is larger than 20 MB. Split it and try again."
        return ItemsRead((), (Problem(1, message),))
    collector, categories = Collector("gift", defaults), 0
    for one in read_questions(text):
        if isinstance(one, Problem):
            collector.problems.append(one)
        elif one.kind == "category":
            collector.enter(one.text.text)
            categories += 1
        else:
            collector.take(one, BodyWriter(one))
    read = collector.outcome()
    if not read.items and not read.problems:
        message = "The file holds no question, which GIFT writes as a text with { answers } in it."
        # A file of nothing but a category is GIFT all the same.
        told = warning(1, message) if categories else Problem(1, message)
        return ItemsRead((), (told,))
    return read
