"""The badge carries its credential letter by letter, and stays a picture."""

import io
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from certs.badge import KEYWORD, badge_png, baked, unbaked
from certs.face import CertificateFace

FACE = CertificateFace(
    holder="Zoë Łukasiewicz",
    achievement="Microneedling fundamentals",
    scope=(),
    limits=(),
    serial="PP-7K2M9-QX4TD-0ABCN-8RHJP",
    issued_on=date(2026, 11, 23),
    expires_on=date(2028, 11, 23),
    issuer="Pinpoint Academy",
    verify_url="https://academy.example.org/verify/PP-7K2M9-QX4TD-0ABCN-8RHJP",
    demo=False,
)


def _plain_png() -> bytes:
    png = io.BytesIO()
    Image.new("RGB", (2, 2)).save(png, format="PNG")
    return png.getvalue()


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0")))
def test_what_is_baked_comes_out_again(document: str) -> None:
    assert unbaked(baked(_plain_png(), document)) == document


def test_another_reader_finds_the_credential_and_the_picture() -> None:
    png = badge_png(FACE, '{"name": "Zoë"}')
    with Image.open(io.BytesIO(png)) as picture:
        picture.load()
        assert picture.size == (900, 900)
        assert picture.info[KEYWORD] == '{"name": "Zoë"}'


def test_a_badge_of_the_demo_says_so() -> None:
    real, demo = (badge_png(replace(FACE, demo=demo), "{}") for demo in (False, True))
    assert real != demo


def test_a_picture_without_a_credential_has_none() -> None:
    assert unbaked(_plain_png()) is None


def test_what_is_no_png_is_refused() -> None:
    with pytest.raises(ValueError, match="not a PNG"):
        unbaked(b"%PDF-1.7")
