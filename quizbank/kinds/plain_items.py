"""Every kind but the case: what can stand alone, and as a stage of a case."""

from quizbank.kinds.cloze import Cloze
from quizbank.kinds.description import Description
from quizbank.kinds.essay import Essay
from quizbank.kinds.hotspot import Hotspot
from quizbank.kinds.matching import Matching
from quizbank.kinds.multiple_response import MultipleResponse
from quizbank.kinds.numeric import Numeric
from quizbank.kinds.ordering import Ordering
from quizbank.kinds.short_answer import ShortAnswer
from quizbank.kinds.single_choice import SingleChoice
from quizbank.kinds.true_false import TrueFalse

PlainItem = (
    SingleChoice
    | MultipleResponse
    | TrueFalse
    | Numeric
    | ShortAnswer
    | Matching
    | Ordering
    | Hotspot
    | Essay
    | Description
    | Cloze
)
PLAIN_KINDS: tuple[str, ...] = (
    "single_choice",
    "multiple_response",
    "true_false",
    "numeric",
    "short_answer",
    "matching",
    "ordering",
    "hotspot",
    "essay",
    "description",
    "cloze",
)
