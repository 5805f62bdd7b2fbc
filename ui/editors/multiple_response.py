"""The form of a multiple response item."""

from quizbank.kinds.multiple_response import Rule
from ui.bank.item_draft import Draft
from ui.editors.options import edit_options
from ui.editors.rows import choose_word

_MOST = 20
_RULES = {
    Rule.NET_CORRECT.value: "Right choices minus wrong ones, never below zero",
    Rule.ALL_OR_NOTHING.value: "All or nothing: exactly the right ones, or no mark",
    Rule.EACH_ANSWER.value: "Each option counts: rightly chosen or rightly left",
    Rule.COVERAGE.value: "Coverage: share of right ones found, times share of choices right",
    Rule.WEIGHTS.value: "Weights: each option earns or costs what you give it",
}


def edit(draft: Draft) -> None:
    """Draw how several choices make one mark, and the options, each right or wrong."""
    choose_word(draft, "rule", "Marking", _RULES)
    weighted = draft.fields["rule"] == Rule.WEIGHTS
    label = "Percent of the mark for option" if weighted else ""
    edit_options(draft, _MOST, several_right=True, weight=label, least=-100)
