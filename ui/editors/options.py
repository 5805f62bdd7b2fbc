"""Options with their reasons: text, reason, unsafe; to add, remove and move."""

from ui.bank.item_draft import Draft, Fields
from ui.editors.rows import Rows, edit_flag, edit_percent, edit_rows, edit_text


def edit_options(
    draft: Draft, most: int, several_right: bool, weight: str = "", least: int = 0
) -> None:
    """Draw every option's fields; with `several_right`, each says itself whether it is right.

    With a label for it, each has a weight too, from `least` percent.
    """
    rows = Rows("options", "option", most)

    def edit(letter: str, option: Fields) -> None:
        edit_text(draft, rows, option, "text", f"Text of option {letter}")
        edit_text(draft, rows, option, "reason", f"Why option {letter} is right or wrong")
        if several_right:
            edit_flag(draft, rows, option, "correct", "Right answer")
        edit_flag(draft, rows, option, "unsafe", "Unsafe: choosing it would endanger a client")
        if weight and (several_right or not option.get("correct")):
            edit_percent(draft, rows, option, "weight", f"{weight} {letter}", least)
        else:
            option["weight"] = None

    edit_rows(draft, rows, edit)
