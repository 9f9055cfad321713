"""Parts of large files on their way out."""

from collections.abc import Callable, Iterator
from typing import Any, Protocol, Self

from django.http import StreamingHttpResponse

CHUNK = 128 * 1024


class Readable(Protocol):
    """An open file, or the body of an answer from elsewhere."""

    def read(self, size: int, /) -> bytes: ...

    def close(self) -> None: ...


class Span:
    """So many bytes from where `open_source` stands, in chunks.

    Opened by the first read, and closed by the last one, or by who has it and needs no more.
    """

    def __init__(self, open_source: Callable[[], Readable], length: int) -> None:
        self.open_source = open_source
        self.source: Readable | None = None
        self.left = length

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        if not self.left:
            raise StopIteration
        self.source = self.source or self.open_source()
        chunk = self.source.read(min(CHUNK, self.left))
        # A file that ends early ends the answer early, too.
        self.left = self.left - len(chunk) if chunk else 0
        if not self.left:
            self.close()
        if not chunk:
            raise StopIteration
        return chunk

    def close(self) -> None:
        if self.source:
            self.source.close()


class SpanResponse(StreamingHttpResponse):
    """An answer whose body needs neither the request's thread nor its database connection.

    A server that can send a span by itself takes it out with `leave`; any other streams it as usual.
    """

    def __init__(self, span: Span, **options: Any) -> None:
        super().__init__(chunks(span), **options)
        self.span: Span | None = span

    def leave(self) -> Span | None:
        """The span, for who closes it; the answer has no body then."""
        span, self.span = self.span, None
        self.streaming_content = ()
        return span

    def close(self) -> None:
        super().close()
        if self.span:
            self.span.close()


def chunks(span: Span) -> Iterator[bytes]:
    yield from span
