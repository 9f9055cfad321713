"""The process that looks at files: what it may use, and what becomes of those who take more."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shows.errors import MediaRefused
from shows.services.media import probing
from shows.services.media.probe import limits
from shows.services.media.probe.looking import look_at
from shows.services.media.probing import ProbeBroken, probe
from shows.tests.media import samples

pytestmark = [pytest.mark.security, pytest.mark.integration]
Hostile = Callable[[str], None]
CONFINED = "from shows.services.media.probe import limits; limits.CPU_SECONDS = 1; limits.confine();"


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> Hostile:
    """Stands for what a hostile file makes of the process: `hostile("while True: pass")`."""

    def becomes(code: str) -> None:
        monkeypatch.setattr(probing, "COMMAND", (sys.executable, "-c", f"{CONFINED}{code}"))

    return becomes


def looked_at(folder: Path, content: bytes = b"") -> Any:
    path = folder / "file"
    path.write_bytes(content or samples.picture())
    return probe(path, folder)


def test_a_picture_is_told_by_the_process(tmp_path: Path) -> None:
    assert looked_at(tmp_path) == probing.Facts("image/png", 64, 48)


def test_a_video_is_told_by_the_process(tmp_path: Path) -> None:
    facts = looked_at(tmp_path, samples.video())
    assert (facts.frame_rate, facts.frame_count, facts.duration) == (24, 12, 0.5)


def test_a_refusal_comes_with_its_words(tmp_path: Path) -> None:
    with pytest.raises(MediaRefused, match="no PNG"):
        looked_at(tmp_path, samples.HTML)


def test_a_process_that_hangs_is_killed(tmp_path: Path, hostile: Hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probing, "SECONDS", 0.3)
    hostile("import time; time.sleep(600)")
    began = time.monotonic()
    with pytest.raises(MediaRefused, match="too long"):
        looked_at(tmp_path)
    assert time.monotonic() - began < 5


def test_a_process_that_computes_without_end_is_killed(tmp_path: Path, hostile: Hostile) -> None:
    hostile("\nwhile True: pass")
    with pytest.raises(MediaRefused, match="too long"):
        looked_at(tmp_path)


def test_a_process_that_crashes_refuses_the_file(tmp_path: Path, hostile: Hostile) -> None:
    hostile("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")
    with pytest.raises(MediaRefused):
        looked_at(tmp_path)


@pytest.mark.parametrize(
    "code",
    [
        "bytearray(3 * 1024**3)",
        "open('flood', 'wb').write(bytes(20 * 1024**2))",
        "[open('/dev/null') for _ in range(99)]",
    ],
)
def test_memory_disk_and_files_end_at_a_limit(code: str, tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", f"import os; {CONFINED} os.chdir({str(tmp_path)!r}); {code}"],
        cwd=probing.PROJECT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Error" in ran.stderr
    assert ran.returncode == 1


def test_a_file_that_eats_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    starved = (
        f"import sys; sys.argv = ['probe', *sys.argv[1:]]; from {limits.__name__.rpartition('.')[0]} import limits;"
    )
    code = f"{starved} limits.MEMORY = 90 * 1024**2; import runpy; runpy.run_module('shows.services.media.probe')"
    monkeypatch.setattr(probing, "COMMAND", (sys.executable, "-c", code))
    with pytest.raises(MediaRefused):
        looked_at(tmp_path, samples.picture("WEBP", size=(6000, 6000), lossless=True))


def test_the_process_knows_no_secret(tmp_path: Path, hostile: Hostile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("API_SECRET_KEY", "do-not-tell")
    hostile("import os, json, sys; json.dump({'refused': ' '.join(os.environ)}, sys.stdout)")
    with pytest.raises(MediaRefused) as refused:
        looked_at(tmp_path)
    assert {"API_SECRET_KEY", "DATABASE_URL"}.isdisjoint(refused.value.detail.split())


def test_a_fault_of_ours_is_not_the_files(tmp_path: Path, hostile: Hostile) -> None:
    hostile("raise ImportError('no decoder')")
    with pytest.raises(ProbeBroken, match="no decoder"):
        looked_at(tmp_path)


def test_a_lack_of_decoders_is_not_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shows.services.media.probe.looking.import_module", lambda name: __import__("no_such_decoder"))
    (tmp_path / "file").write_bytes(samples.picture())
    with pytest.raises(ImportError):
        look_at(tmp_path / "file", tmp_path)
