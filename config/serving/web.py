"""HTTP: Django in threads that keep their database connections."""

from typing import Any, cast

from a2wsgi import WSGIMiddleware
from django.conf import settings

from config.serving import bodies, files, streams
from config.serving.bodies import BrokenOff, Message, Receive
from config.serving.files import Send
from config.wsgi import application as wsgi

application = cast(Any, streams.leaving_streams(files.leaving_files(wsgi)))
ordinary: Any = WSGIMiddleware(application, workers=settings.WEB_THREADS)
# A slow sender of a large file holds one of these, so that everybody else is answered meanwhile.
uploads: Any = WSGIMiddleware(application, workers=settings.WEB_THREADS)


def sending(scope: Message, receive: Receive, send: Send) -> Send:
    """A `send` for an answer of a thread, which may have left what it sends."""
    return streams.sending_streams(scope, receive, files.sending_files(scope, receive, send))


async def answer(scope: Message, receive: Receive, send: Send) -> None:
    """Hands a request to a thread, with a body that is complete or that tells when it breaks off."""
    length = bodies.length_of(scope)
    watched = bodies.watched(receive)
    if length == 0:
        await ordinary(scope, receive, sending(scope, receive, send))
    elif length and length > bodies.SMALL:
        await uploads(scope, watched, sending(scope, receive, send))
    else:
        await answer_small(scope, watched, receive, send)


async def answer_small(scope: Message, watched: Receive, receive: Receive, send: Send) -> None:
    """The same for a body that is small, or says nothing of its length."""
    try:
        body, is_whole = await bodies.read_small(watched)
    except BrokenOff:
        return
    threads = ordinary if is_whole else uploads
    scope = bodies.with_length(scope, len(body) if is_whole else bodies.longest())
    given = bodies.beginning_with(body, None if is_whole else watched)
    await threads(scope, given, sending(scope, receive, send))
