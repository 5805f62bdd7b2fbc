"""One written form for each mailbox."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.emails import normal_email
from base.errors import Invalid


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("alba@example.org", "alba@example.org"),
        (" Alba@Example.ORG \n", "alba@example.org"),
        ("ALBA+needles@example.org", "alba+needles@example.org"),
        ("alba@bücher.example", "alba@bücher.example"),
        ("alba@xn--bcher-kva.example", "alba@bücher.example"),
        ("alba@BÜCHER.example", "alba@bücher.example"),
        ("jose\u0301@example.org", "josé@example.org"),
        ("o'hara@example.org", "o'hara@example.org"),
    ],
)
def test_the_same_mailbox_has_one_form(typed: str, normal: str) -> None:
    assert normal_email(typed) == normal


GARBAGE = [
    *("", " ", "alba", "alba@", "@example.org", "a b@example.org", "alba@@example.org"),
    *("alba@example", "alba@exa mple.org", "alba@-.org", "alba@[127.0.0.1]"),
    *("alba@example.org, bela@example.org", "Alba <alba@example.org>", "alba\0@example.org"),
    *("alba\n@example.org", "alba@" + "x" * 300 + ".org"),
]


@pytest.mark.parametrize("typed", GARBAGE, ids=lambda typed: typed[:24])
def test_what_is_no_address_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(Invalid, match="e-mail address"):
        normal_email(typed)


@given(st.emails() | st.text(max_size=40))
@settings(max_examples=150, deadline=None)
def test_normal_form_is_stable_and_nothing_else_is_raised(typed: str) -> None:
    try:
        normal = normal_email(typed)
    except Invalid:
        return
    assert normal_email(normal) == normal == normal_email(typed.upper().lower())
