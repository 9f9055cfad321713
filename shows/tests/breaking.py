"""Ways to break a search engine: a door before it that can be shut and blocked, or the end of the engine itself."""

import socket
import subprocess
import threading
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from elasticsearch import Elasticsearch

PROGRAM_SECONDS = 120


class Door:
    """A way of one's own to an engine that others use too. What comes back behind it is empty."""

    def __init__(self, home: str, indexes: str) -> None:
        address = urlsplit(home)
        self.home, self.indexes = (address.hostname, address.port or 9200), indexes
        self.engine = Elasticsearch(home)
        self.port = 0
        self.flows = threading.Event()
        self.flows.set()
        self.connections: list[socket.socket] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.engine.indices.delete(index=self.indexes)
        self.listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, args=[self.listener], daemon=True).start()

    def serve(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = listener.accept()
                far = socket.create_connection(self.home)
                self.connections += [near, far]
                for ends in ((near, far), (far, near)):
                    threading.Thread(target=self.carry, args=ends, daemon=True).start()

    def carry(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                self.flows.wait()
                target.sendall(data)
        source.close()
        target.close()

    def kill(self) -> None:
        for connection in (self.listener, *self.connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()
        self.connections.clear()

    def pause(self) -> None:
        self.flows.clear()

    def resume(self) -> None:
        self.flows.set()

    def stop(self) -> None:
        self.resume()
        self.kill()
        self.engine.indices.delete(index=self.indexes)
        self.engine.close()


class Program:
    """An engine of one's own, that really ends."""

    def __init__(self, path: Path, port: int) -> None:
        self.path, self.port = path, port

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def run(self, act: str) -> None:
        command = [str(self.path), act, str(self.port)]
        subprocess.run(command, check=True, timeout=PROGRAM_SECONDS, stdout=subprocess.DEVNULL)

    def start(self) -> None:
        self.run("start")

    def kill(self) -> None:
        self.run("kill")

    def pause(self) -> None:
        self.run("pause")

    def resume(self) -> None:
        self.run("resume")

    def stop(self) -> None:
        self.run("stop")
