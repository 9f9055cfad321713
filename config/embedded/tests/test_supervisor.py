"""The supervisor with small programs in place of servers."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from config.embedded.claim import Claim
from config.embedded.errors import CannotServe
from config.embedded.leftovers import Child, clear_postgres_mark, end_children
from config.embedded.processes import Part
from config.embedded.supervisor import STOP_SIGNALS, Interrupted, Supervisor

pytestmark = [
    pytest.mark.unit,
    # The product forks in a process without threads; other tests' threads may still be here.
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]

STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, lambda *_: None); print('deaf', flush=True); time.sleep(60)"
)


def part(name: str, code: str, **changes: object) -> Part:
    command = [sys.executable, "-c", code]
    return Part(name=name, command=command, environment={}, folder=Path("/"), **changes)  # type: ignore[arg-type]


@pytest.fixture
def supervisor() -> Iterator[Supervisor]:
    handlers = {number: signal.getsignal(number) for number in STOP_SIGNALS}
    found = Supervisor(lambda *_: None)
    yield found
    found.stop()
    for number, handler in handlers.items():
        signal.signal(number, handler)


def wait_for(text: str, capsys: pytest.CaptureFixture[str], supervisor: Supervisor) -> None:
    said = ""
    while text not in said:
        supervisor.attend()
        said += capsys.readouterr().out


def test_a_part_that_does_not_stop_is_ended(supervisor: Supervisor, capsys: pytest.CaptureFixture[str]) -> None:
    supervisor.start(part("deaf", STUBBORN, stop_seconds=0.2))
    wait_for("deaf", capsys, supervisor)
    started = time.monotonic()
    supervisor.stop()

    assert time.monotonic() - started < 5


def test_a_second_wish_ends_a_part_at_once(supervisor: Supervisor, capsys: pytest.CaptureFixture[str]) -> None:
    supervisor.start(part("deaf", STUBBORN, stop_seconds=60))
    wait_for("deaf", capsys, supervisor)
    signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGINT))
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    started = time.monotonic()
    supervisor.stop()

    assert time.monotonic() - started < 5


def test_a_wish_to_stop_interrupts_the_watch(supervisor: Supervisor) -> None:
    os.kill(os.getpid(), signal.SIGTERM)

    with pytest.raises(Interrupted):
        supervisor.attend()


def test_a_part_that_never_gets_ready_is_named(supervisor: Supervisor) -> None:
    slow = part("slow", "input()", is_ready=lambda _pid: False, ready_seconds=0.5)
    slow_but_alive = part("slow", STUBBORN, is_ready=lambda _pid: False, ready_seconds=0.5, stop_seconds=0)

    with pytest.raises(CannotServe, match=r"slow was not ready within 0.5 seconds.*\n    deaf"):
        supervisor.start(slow_but_alive)
    supervisor.stop()
    with pytest.raises(CannotServe, match=r"slow ended with exit code 1"):
        supervisor.start(slow)
    supervisor.stop()


def test_a_task_that_fails_is_named_with_its_last_words(supervisor: Supervisor) -> None:
    with pytest.raises(CannotServe, match=r"task ended with exit code 3. The last that it said:\n    no room"):
        supervisor.finish(part("task", "import sys; print('no room', end=''); sys.exit(3)"))


def test_a_silent_task_says_nothing(supervisor: Supervisor) -> None:
    with pytest.raises(CannotServe, match=r"\(nothing\)"):
        supervisor.finish(part("task", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"))


def test_leftovers_of_an_earlier_start_are_ended() -> None:
    with subprocess.Popen([sys.executable, "-c", STUBBORN], process_group=0, stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        started = psutil.Process(process.pid).create_time()
        end_children([Child("web", process.pid, started, signal.SIGKILL)])

        assert process.wait() == -signal.SIGKILL


def test_a_number_that_was_given_anew_is_left_alone() -> None:
    end_children([Child("web", os.getpid(), started=1.0, stop_signal=signal.SIGKILL)])
    assert psutil.pid_exists(os.getpid())


def test_another_postgresql_on_the_same_data_is_named(tmp_path: Path) -> None:
    (tmp_path / "postgres").symlink_to(shutil.which("sleep") or "")
    with subprocess.Popen([tmp_path / "postgres", "60"]) as server:
        (tmp_path / "postmaster.pid").write_text(f"{server.pid}\n")
        with pytest.raises(CannotServe, match=rf"Another PostgreSQL \(process {server.pid}\)"):
            clear_postgres_mark(tmp_path)
        server.kill()


def test_a_claim_has_one_holder_at_a_time(tmp_path: Path) -> None:
    first, second = Claim(tmp_path), Claim(tmp_path)
    assert first.take() is None
    first.say("up", "http://127.0.0.1:8000")

    holder = second.take()
    assert holder
    assert (holder.pid, holder.act, holder.url) == (os.getpid(), "up", "http://127.0.0.1:8000")

    first.release()
    assert second.take() is None
    second.release()


def test_a_state_that_cannot_be_read_hinders_nobody(tmp_path: Path) -> None:
    (tmp_path / "state.json").write_text("{half")
    claim = Claim(tmp_path)

    assert claim.take() is None
    claim.release()
