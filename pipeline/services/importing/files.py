"""The bytes of an uploaded file."""

import codecs
from typing import IO

from django.conf import settings

from pipeline.errors import FileTooLarge, ImportRefused

UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def text_of(file: IO[bytes]) -> str:
    """The file's text without a byte order mark. Raises FileTooLarge, and ImportRefused for what is no UTF-8 text."""
    data = file.read(settings.IMPORT_MAX_BYTES + 1)
    if len(data) > settings.IMPORT_MAX_BYTES:
        raise FileTooLarge(settings.IMPORT_MAX_BYTES)
    text = decoded(data)
    if "\0" in text:
        line = 1 + text.count("\n", 0, text.index("\0"))
        raise ImportRefused("The file is binary or UTF-16: it holds a NUL. Save it as UTF-8 text.", line=line)
    if not text.strip():
        raise ImportRefused("The file is empty.")
    return text


def decoded(data: bytes) -> str:
    if data.startswith(UTF_16):
        raise ImportRefused("The file is UTF-16. Save it as UTF-8 text.", line=1)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = 1 + data.count(b"\n", 0, error.start)
        detail = f"Byte {error.start + 1} of the file is not UTF-8. Save the file as UTF-8 text."
        raise ImportRefused(detail, line=line) from None
