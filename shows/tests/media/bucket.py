"""As much of an S3 server as media need, in memory."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import parse_qs, unquote, urlsplit

LISTED = "<Contents><Key>{}</Key><LastModified>{}</LastModified><Size>{}</Size></Contents>"


class Bucket(BaseHTTPRequestHandler):
    files: ClassVar[dict[str, tuple[bytes, datetime]]] = {}
    # What was asked for, with its range.
    asked: ClassVar[list[tuple[str, str, str]]] = []
    is_down: ClassVar[bool] = False
    protocol_version = "HTTP/1.1"

    @property
    def key(self) -> str:
        return unquote(urlsplit(self.path).path).removeprefix("/films/")

    def do_PUT(self) -> None:
        self.files[self.key] = (self.rfile.read(int(self.headers["Content-Length"])), datetime.now(UTC))
        self.answer(200, b"", {"ETag": '"x"'})

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        if "list-type" in query:
            return self.listing(query["prefix"][0])
        self.asked.append((self.command, self.key, self.headers.get("Range", "")))
        if self.key not in self.files:
            return self.answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
        content = self.files[self.key][0]
        if wanted := re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", "")):
            return self.answer(206, content[int(wanted[1]) : int(wanted[2]) + 1])
        return self.answer(200, content)

    def do_DELETE(self) -> None:
        self.files.pop(self.key, None)
        self.answer(204, b"")

    def listing(self, prefix: str) -> None:
        found = sorted(key for key in self.files if key.startswith(prefix))
        rows = (
            LISTED.format(key, f"{self.files[key][1]:%Y-%m-%dT%H:%M:%SZ}", len(self.files[key][0])) for key in found
        )
        self.answer(
            200, f"<ListBucketResult><IsTruncated>false</IsTruncated>{''.join(rows)}</ListBucketResult>".encode()
        )

    def answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        if self.is_down:
            status, body = 500, b"<Error><Code>InternalError</Code></Error>"
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | (headers or {})).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@contextmanager
def running_bucket() -> Iterator[tuple[str, type[Bucket]]]:
    """The address of a server with the empty bucket `films`, and what is in it."""
    bucket = type("EmptyBucket", (Bucket,), {"files": {}, "asked": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), bucket) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", bucket
        server.shutdown()
