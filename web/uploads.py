"""One file out of a form, kept in memory only."""

from python_multipart import create_form_parser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import File

from base.errors import Invalid
from web.site import Visit

_FORM = "multipart/form-data"
# Whole bodies are bounded by whoever reads them, so no file is ever put aside on a disk.
_IN_MEMORY = {"MAX_MEMORY_FILE_SIZE": 1 << 30}
_NO_FILE = "Choose a file first: the PDF of a certificate, or its credential as JSON."


def uploaded(visit: Visit, name: str, largest: int) -> bytes:
    """Return the file that the form sends under this name; nothing of it touches a disk.

    Raises `Invalid` where there is none, or where it is larger than `largest` bytes.
    """
    kind = visit.request.headers.get("content-type", "")
    if not kind.startswith(_FORM):
        raise Invalid([_NO_FILE])
    found: list[bytes] = []

    def keep(file: File) -> None:
        if file.field_name == name.encode():
            file.file_object.seek(0)
            found.append(file.file_object.read())

    try:
        parser = create_form_parser(
            {"Content-Type": kind.encode()}, on_field=None, on_file=keep, config=_IN_MEMORY
        )
        parser.write(visit.body)
        parser.finalize()
    except FormParserError:
        raise Invalid(["The form did not arrive whole. Send it again."]) from None
    if not found or not found[0]:
        raise Invalid([_NO_FILE])
    if len(found[0]) > largest:
        raise Invalid([f"The file is larger than {largest // 1_000_000} MB. No certificate is."])
    return found[0]
