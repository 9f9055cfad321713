"""The web server's process, its address, and the hosts under which it answers."""

import errno
import http.client
import os
import signal
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

from config.embedded import paths
from config.embedded.errors import CannotServe
from config.embedded.processes import Part

EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 -- what the user may ask for


@dataclass(frozen=True)
class Address:
    host: str
    port: int

    @property
    def reachable_host(self) -> str:
        return EVERY_ADDRESS.get(self.host, self.host)

    @property
    def url(self) -> str:
        host = f"[{self.reachable_host}]" if ":" in self.reachable_host else self.reachable_host
        return f"http://{host}:{self.port}"


def read_address(environment: Mapping[str, str]) -> Address:
    """HOST and PORT, by default 127.0.0.1 and 8000."""
    host = environment.get("HOST", "").strip() or "127.0.0.1"
    port = environment.get("PORT", "").strip() or "8000"
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise CannotServe(f"PORT must be a number from 1 to 65535, not {port!r}.")
    return Address(host, int(port))


def require_free(address: Address) -> None:
    """Refuses an address that is taken or that is not this machine's."""
    try:
        family, kind, *_, place = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as error:
        raise CannotServe(_refusal(address, error)) from error


def _refusal(address: Address, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {address.port} on {address.host} is taken{_taker(address.port)}.\n"
            f"Choose another: make up PORT={address.port + 1}"
        )
    if error.errno == errno.EACCES:
        return f"Port {address.port} is for root only. Choose one above 1023: make up PORT=8000"
    return f"HOST={address.host} is no address of this machine ({error}). Leave it out, or use HOST=0.0.0.0 for all."


def _taker(port: int) -> str:
    try:
        listeners = [
            link.pid
            for link in psutil.net_connections("tcp")
            if link.status == psutil.CONN_LISTEN and link.laddr.port == port and link.pid
        ]
        return f" by {psutil.Process(listeners[0]).name()} (process {listeners[0]})" if listeners else ""
    except psutil.Error:
        return ""


def allowed_hosts(address: Address, environment: Mapping[str, str]) -> str:
    """ALLOWED_HOSTS and the address that we serve on; for "every address" also this machine's names."""
    given = environment.get("ALLOWED_HOSTS", "").strip() or paths.LOCAL_HOSTS
    added = _own_names() if address.host in EVERY_ADDRESS else [address.host]
    return ",".join([given, *(f"[{host}]" if ":" in host else host for host in added)])


def _own_names() -> list[str]:
    found = [socket.gethostname()]
    for links in psutil.net_if_addrs().values():
        found += [link.address.split("%")[0] for link in links if link.family in {socket.AF_INET, socket.AF_INET6}]
    return found


def part(project: Path, address: Address, environment: Mapping[str, str], *, reload: bool) -> Part:
    """One process for everything: pages, API, sockets and streams."""
    command = [sys.executable, "-m", "uvicorn", "config.asgi:application", "--host", address.host]
    command += ["--port", str(address.port), "--log-level", "warning", "--timeout-graceful-shutdown", "3"]
    # Who a client is, is ours to tell: uvicorn would believe every process of this machine.
    command += ["--no-proxy-headers", "--no-server-header"]
    if reload:
        command += ["--reload", *(f"--reload-dir={name}" for name in source_folders(project))]
    return Part(
        name="web",
        command=command,
        environment=dict(environment) | {"ALLOWED_HOSTS": allowed_hosts(address, environment)},
        folder=project,
        is_ready=lambda _pid: _answers(address),
        # With reload, the server is a child of the watcher, which ends it when asked kindly.
        death_signal=signal.SIGTERM if reload else signal.SIGKILL,
    )


def source_folders(project: Path) -> list[str]:
    return sorted(entry.name for entry in os.scandir(project) if entry.is_dir() and not entry.name.startswith("."))


def _answers(address: Address) -> bool:
    connection = http.client.HTTPConnection(address.reachable_host, address.port, timeout=5)
    try:
        connection.request("GET", "/health")
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    if status >= 500:
        raise CannotServe(f"The web server answers {status} at {address.url}/health. Its lines above say why.")
    return True
