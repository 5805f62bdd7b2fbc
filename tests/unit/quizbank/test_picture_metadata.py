"""Photos: where they were taken and by whom goes, what is seen stays as it is, pixel by pixel."""

import io
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from quizbank.files import read_picture
from tests.factories import png

GPS = 0x8825
HIDDEN = (b"SecretCam", b"Anna Nova", b"secret place", b"behind the end")
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>secret place</x:xmpmeta>"
FORMS = ("JPEG", "PNG", "WEBP")


def photo(form: str, orientation: int = 1, **more: Any) -> bytes:
    """A picture with a place, a camera, an author and a comment in it."""
    exif = Image.Exif()
    exif[0x010F], exif[0x013B], exif[0x0112] = "SecretCam", "Anna Nova", orientation
    exif.get_ifd(GPS)[2] = (46.0, 3.0, 11.0)
    text = PngInfo()
    text.add_itxt("XML:com.adobe.xmp", XMP.decode())
    text.add_text("Comment", "secret place", zip=True)
    said = {"PNG": {"pnginfo": text}, "JPEG": {"comment": XMP}, "WEBP": {"lossless": True}}[form]
    into = io.BytesIO()
    image = Image.linear_gradient("L").convert("RGB").resize((40, 30))
    image.save(into, form, exif=exif, **({} if form == "PNG" else {"xmp": XMP}), **said, **more)
    return into.getvalue()


def shown(content: bytes) -> tuple[bytes, int, bytes | None]:
    """What a browser shows: pixels, how it turns them, and their colours."""
    with Image.open(io.BytesIO(content)) as image:
        image.load()
        return image.tobytes(), image.getexif().get(0x0112, 1), image.info.get("icc_profile")


@pytest.mark.parametrize("orientation", [1, 3, 6])
@pytest.mark.parametrize("form", FORMS)
def test_a_photo_loses_place_camera_and_author_and_no_pixel(form: str, orientation: int) -> None:
    content = photo(form, orientation, icc_profile=b"profile" * 20)
    assert HIDDEN[0] in content
    picture = read_picture(content + b"behind the end")
    assert not [one for one in HIDDEN if one in picture.content]
    with Image.open(io.BytesIO(picture.content)) as image:
        assert {*image.getexif()} <= {0x0112}
        assert not image.getexif().get_ifd(GPS)
        assert not {"xmp", "comment", "Comment", "XML:com.adobe.xmp"} & {*image.info}
    assert shown(picture.content) == shown(content)
    assert (picture.width, picture.height) == ((30, 40) if orientation == 6 else (40, 30))


@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize("form", FORMS)
def test_what_was_cleaned_is_taken_as_it_is(form: str, orientation: int) -> None:
    picture = read_picture(photo(form, orientation))
    assert read_picture(picture.content) == picture


def test_a_photo_in_steps_and_one_in_cmyk_keep_their_pixels() -> None:
    for mode, more in (("RGB", {"progressive": True}), ("CMYK", {}), ("RGB", {"restart": 2})):
        into = io.BytesIO()
        options: dict[str, Any] = {"restart_marker_blocks": 2} if "restart" in more else more
        Image.linear_gradient("L").convert(mode).save(into, "JPEG", comment=XMP, **options)
        clean = read_picture(into.getvalue()).content
        assert XMP not in clean
        assert shown(clean) == shown(into.getvalue())


def test_two_pictures_in_one_file_become_the_first() -> None:
    into = io.BytesIO()
    first, second = Image.new("RGB", (40, 30), "red"), Image.new("RGB", (40, 30), "blue")
    first.save(into, "MPO", save_all=True, append_images=[second])
    picture = read_picture(into.getvalue())
    assert picture.media_type == "image/jpeg"
    assert read_picture(picture.content) == picture
    with Image.open(io.BytesIO(picture.content)) as image:
        assert (image.format, image.size) == ("JPEG", (40, 30))
        assert image.getpixel((9, 9)) == pytest.approx((255, 0, 0), abs=2)


def test_moving_pictures_and_see_through_ones_stay() -> None:
    for form in ("PNG", "WEBP", "GIF"):
        into = io.BytesIO()
        frames = [Image.new("RGBA", (9, 9), (place, 90, 0, 90)) for place in (10, 200)]
        frames[0].save(into, form, save_all=True, append_images=frames[1:], duration=90)
        content = read_picture(into.getvalue()).content
        with Image.open(io.BytesIO(content)) as image:
            assert getattr(image, "n_frames", 1) == 2
        assert shown(content) == shown(into.getvalue())


def test_a_run_of_signs_takes_no_time() -> None:
    jpeg = png(form="JPEG")
    assert read_picture(jpeg + b"\xff" * 4_000_000).content == jpeg
