"""The elements that a Moodle XML file is made of."""

import base64
import re
from collections.abc import Mapping

from quizbank.exchange.defaults import NO_MODEL_ANSWER, NO_REASON
from quizbank.exchange.formulas import for_others
from quizbank.exchange.xml_written import text as escaped
from quizbank.files import Picture, address_of

_SHOWN = re.compile(r"/files/([0-9a-f]{64})(?![0-9a-f])")


def element(name: str, text: str) -> str:
    """Return an element that holds a text."""
    return f"<{name}>{escaped(text)}</{name}>"


def text_element(name: str, text: str) -> str:
    """Return an element that holds a text in `<text>`, as Moodle writes most of them."""
    return f"<{name}>{element('text', text)}</{name}>"


class Parts:
    """Writes texts in Markdown, with the pictures that they show beside them."""

    def __init__(self, pictures: Mapping[str, Picture]) -> None:
        self._pictures = pictures

    def markdown(self, name: str, text: str) -> str:
        """Return an element that holds a text in Markdown, with its formulas as Moodle's."""
        return self.converted(name, for_others(text))

    def converted(self, name: str, text: str) -> str:
        """Return an element that holds a text in Markdown as Moodle reads it."""
        return f'<{name} format="markdown">{self._with_files(text)}</{name}>'

    def inside(self, text: str) -> str:
        """Return the text in Markdown and its pictures, as they stand in an element."""
        return self._with_files(for_others(text))

    def _with_files(self, text: str) -> str:
        shown = [one for one in dict.fromkeys(_SHOWN.findall(text)) if one in self._pictures]
        files: list[str] = []
        for digest in shown:
            address = f"@@PLUGINFILE@@/{self._pictures[digest].file_name}"
            text = text.replace(address_of(digest), address)
            files.append(self.file(digest))
        return element("text", text) + "".join(files)

    def file(self, digest: str) -> str:
        """Return the picture of this digest, or an empty text where it is not there."""
        picture = self._pictures.get(digest)
        if picture is None:
            return ""
        content = base64.b64encode(picture.content).decode("ascii")
        head = f'<file name="{picture.file_name}" path="/" encoding="base64">'
        return f"{head}{content}</file>"

    def feedback(self, reason: str) -> str:
        """Return the feedback of an answer."""
        return self.markdown("feedback", self.reason(reason))

    def reason(self, reason: str) -> str:
        """Return a reason, empty where the file it came from gave none."""
        return "" if reason in {NO_REASON, NO_MODEL_ANSWER} else reason
