"""A model's server that speaks OpenAI's streaming protocol over real HTTP, and fails as its model's name says."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "sk-secret-of-the-shop"
WORDS = ("The longest is ", "Brine [fi", "lm 1], not Dusk [film 999", "].")


class ModelServer(ThreadingHTTPServer):
    """`requests` are the bodies that came; `left` is set when a client went away, `released` ends what waits."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests: list[dict[str, Any]] = []
        self.left, self.released = threading.Event(), threading.Event()
        self.open = 0
        self.lock = threading.Lock()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def count(self, change: int) -> None:
        with self.lock:
            self.open += change

    def handle_error(self, request: Any, client_address: Any) -> None:
        self.left.set()


class Handler(BaseHTTPRequestHandler):
    server: ModelServer
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        """Says nothing."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append(body | {"authorization": self.headers["Authorization"], "path": self.path})
        self.close_connection = True
        self.server.count(1)
        try:
            getattr(self, f"answer_{body['model'].replace('-', '_')}")()
        finally:
            self.server.count(-1)

    def refuse(self, status: int, **headers: str) -> None:
        content = json.dumps({"error": {"message": f"Incorrect API key provided: {KEY}"}}).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def begin(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def send(self, text: str) -> None:
        data = text.encode()
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()

    def say(self, words: str | None, finish: str | None = None, **more: Any) -> None:
        choice = {"index": 0, "delta": {"content": words} if words else {}, "finish_reason": finish}
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
        self.send(f"data: {json.dumps(chunk | more)}\n\n")

    def end(self) -> None:
        self.say(None, "stop", usage={"prompt_tokens": 210, "completion_tokens": 21, "total_tokens": 231})
        self.send("data: [DONE]\n\n")
        self.send("")

    def answer_normal(self) -> None:
        self.begin()
        for words in WORDS:
            self.say(words)
        self.end()

    def answer_silent(self) -> None:
        self.begin()
        self.server.released.wait(30)

    def answer_waiting(self) -> None:
        self.begin()
        self.say("Well, ")
        self.server.released.wait(30)
        self.end()

    def answer_unauthorized(self) -> None:
        self.refuse(401)

    def answer_busy(self) -> None:
        self.refuse(429, Retry_After="7")

    def answer_down(self) -> None:
        self.refuse(500)

    def answer_unknown(self) -> None:
        self.refuse(404)

    def answer_broken(self) -> None:
        self.begin()
        self.say("The longest is ")
        self.connection.shutdown(2)

    def answer_unfinished(self) -> None:
        self.begin()
        self.say("The longest is ")
        self.send("")

    def answer_invalid(self) -> None:
        self.begin()
        self.say("The longest is ")
        self.send("data: {not json\n\n")
        self.send("")

    def answer_odd(self) -> None:
        self.begin()
        for odd in ("[]", '"text"', "7", "null", '{"choices": null}', '{"choices": [{"delta": null}]}',
                    '{"choices": [{"delta": {"content": 5}}]}', '{"choices": ["x"]}'):  # fmt: skip
            self.send(f"data: {odd}\n\n")
        self.send("")

    def answer_endless(self) -> None:
        self.begin()
        while not self.server.released.is_set():
            self.say("and so on ")

    def answer_endless_nothing(self) -> None:
        self.begin()
        while not self.server.released.wait(0.01):
            self.say(None)


@contextmanager
def running_model() -> Iterator[ModelServer]:
    server = ModelServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        thread.join()
        server.server_close()
