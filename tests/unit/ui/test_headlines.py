"""A question in one line of a list reads as it would on the screen."""

import pytest

from ui.bank.words import headline


@pytest.mark.parametrize(
    ("stem", "read"),
    [
        ("Needling does **not** cure.", "Needling does not cure."),
        ("Scars[[g1]]; collagen in [[g2]].", "Scars___; collagen in ___."),
        ("![A skin section](/files/ab) Click the dermis.", "A skin section Click the dermis."),
        ("First line\nsecond line\n\n1. One\n2. Two", "First line second line One Two"),
        ("Is 5 < 6 and a*b = c?", "Is 5 < 6 and a*b = c?"),
        ("**Never closed", "**Never closed"),
        ("", ""),
    ],
)
def test_markup_is_not_read_out(stem: str, read: str) -> None:
    assert headline(stem) == read


def test_a_long_question_is_cut_at_a_word() -> None:
    assert headline("Which **layer** holds most collagen?", 14) == "Which layer…"
