"""A question of Moodle with a picture: brought in by its file, and seen where it is asked."""

import base64
from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.browser.conftest import Walk
from tests.browser.screens import settle
from tests.server import Server

QUIZ = """<?xml version="1.0" encoding="UTF-8"?>
<quiz><question type="truefalse">
<name><text>A red square</text></name>
<questiontext format="html"><text><![CDATA[<p>Is this red?</p>
<p><img src="@@PLUGINFILE@@/square.png" alt="A square of one colour"></p>]]></text>
<file name="square.png" path="/" encoding="base64">{}</file></questiontext>
<idnumber>mx-90-001</idnumber>
<answer fraction="100"><text>true</text><feedback><text>It is.</text></feedback></answer>
<answer fraction="0"><text>false</text><feedback><text>Look again.</text></feedback></answer>
</question></quiz>"""
DRAWN = "image => image.complete && image.naturalWidth"


def test_a_moodle_file_with_a_picture_is_imported_and_drawn(
    server: Server, walk: Walk, tmp_path: Path
) -> None:
    picture = BytesIO()
    Image.new("RGB", (160, 90), "red").save(picture, "PNG")
    file = tmp_path / "quiz.xml"
    file.write_text(QUIZ.format(base64.b64encode(picture.getvalue()).decode()), encoding="utf-8")
    author = walk("bela").to("/bank?view=import")
    author.page.locator("input[type=file]").set_input_files(file)
    author.sees("1 item understood, 0 problems found.")
    author.press("Import 1 item").sees("Imported: 1 added")
    author.to("/item?id=mx-90-001").sees("Is this red?")
    settle(author.page)
    shown = author.page.get_by_alt_text("A square of one colour").first
    shown.wait_for()
    assert shown.evaluate(DRAWN) == 160
    address = shown.get_attribute("src")
    trainee = walk("alba").to("/practice")
    answer = trainee.page.request.get(f"{server.url}/files/{str(address).rsplit('/', 1)[-1]}")
    assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
