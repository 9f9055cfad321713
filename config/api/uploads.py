"""Uploaded files on their way in: not larger than the view takes, and in a folder of ours."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

# What a view that names no setting takes.
USUAL_LIMIT = "IMPORT_MAX_BYTES"


class UploadTooLarge(RequestDataTooBig):
    """Files have more bytes than the view takes; the message is for people."""

    def __init__(self, most: int) -> None:
        super().__init__(f"Files may have {most:,} bytes here, and this is more. Send a smaller one.")


class LimitedUpload(FileUploadHandler):
    """Stands before the others: refuses by the length that is said, and by what comes.

    A view's limit is the setting that its `upload_limit` names.
    """

    def handle_raw_input(
        self, input_data: Any, meta: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        self.most = most_bytes(self.request)
        self.came = 0
        # The rest of a form has a limit of its own.
        if content_length > self.most + settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise UploadTooLarge(self.most)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.came += len(raw_data)
        if self.came > self.most:
            raise UploadTooLarge(self.most)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None

    def upload_interrupted(self) -> None:
        # Django would go on without the file.
        raise MultiPartParserError("The form ends in the middle of a file.")


def most_bytes(request: Any) -> int:
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        view = None
    limit: int = getattr(settings, getattr(getattr(view, "cls", view), "upload_limit", USUAL_LIMIT))
    return limit


class FileInFolder(UploadedFile):
    """A file below UPLOADS_IN_PROGRESS, under a name of ours; gone when it is closed, unless somebody moved it."""

    def __init__(self, name: str | None, content_type: str | None, charset: str | None, extra: Any) -> None:
        settings.UPLOADS_IN_PROGRESS.mkdir(parents=True, exist_ok=True)
        file: IO[Any] = tempfile.NamedTemporaryFile(  # noqa: SIM115 - closed by `close`
            suffix=".upload", dir=settings.UPLOADS_IN_PROGRESS, delete=False
        )
        super().__init__(file, name, content_type, 0, charset, extra)

    def temporary_file_path(self) -> str:
        return str(self.file.name)  # type: ignore[union-attr]

    def close(self) -> None:
        super().close()
        Path(self.temporary_file_path()).unlink(missing_ok=True)


class FolderUpload(FileUploadHandler):
    """Writes what is too large for memory into the folder."""

    file: FileInFolder | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.file = FileInFolder(self.file_name, self.content_type, self.charset, self.content_type_extra)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.file:
            self.file.write(raw_data)

    def file_complete(self, file_size: int) -> FileInFolder | None:
        if self.file:
            self.file.seek(0)
            self.file.size = file_size
        return self.file


class UploadsMiddleware:
    """Closes the file of an upload that broke off: the parser forgets it, and its reference may live for long."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            return self.get_response(request)
        finally:
            # Asking for `upload_handlers` would make them.
            for handler in request._upload_handlers:  # type: ignore[attr-defined]
                if isinstance(handler, FolderUpload) and handler.file:
                    handler.file.close()
