"""Every variable that something reads is documented, and every documented one is read."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.accounts.services import DEMO_PASSWORD
from config.embedded import commands
from config.embedded.start import PROJECT

pytestmark = pytest.mark.unit

APPS = ("config", "crew", "shows", "pipeline", "deploy")
# What shells and tools set for themselves.
NOT_OURS = {"DJANGO_SETTINGS_MODULE", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "TMPDIR", "BASH_SOURCE"}
READERS = {"text", "number", "flag", "words", "choice", "pairs", "database", "get"}
NAME = re.compile(r"[A-Z][A-Z0-9_]+")


def read_by_python() -> Iterator[str]:
    """The first argument of `environment.text("NAME")`, `os.environ.get("NAME")` and their like."""
    for file in (file for app in APPS for file in (PROJECT / app).rglob("*.py") if "tests" not in file.parts):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in READERS:
                owner = ast.unparse(node.func.value)
                name = str(node.args[0].value) if node.args and isinstance(node.args[0], ast.Constant) else ""
                if owner.endswith(("environ", "environment", "given")) and NAME.fullmatch(name):
                    yield name


def read_by_shell() -> Iterator[str]:
    """`${NAME…}` in the scripts and in the compose file."""
    for file in ("docker-compose.yml", "deploy/entrypoint", ".ci/run"):
        if (PROJECT / file).exists():
            yield from re.findall(r"\$\{([A-Z][A-Z0-9_]+)", (PROJECT / file).read_text())


def read_by_make() -> Iterator[str]:
    return iter(re.findall(r"^(\w+) \?=", (PROJECT / "Makefile").read_text(), re.MULTILINE))


def documented() -> set[str]:
    return set(re.findall(r"^\| `([A-Z][A-Z0-9_]+)`", (PROJECT / "docs/configuration.md").read_text(), re.MULTILINE))


def exemplified() -> set[str]:
    return set(re.findall(r"^([A-Z][A-Z0-9_]+)=", (PROJECT / ".env.example").read_text(), re.MULTILINE))


def read_by_tests() -> set[str]:
    files: list[Path] = [PROJECT / "conftest.py", *PROJECT.glob("*/tests/**/*.py"), *PROJECT.glob("*/*/tests/**/*.py")]
    return {name for file in files for name in re.findall(r"\"(BACKLOT_[A-Z]+)\"", file.read_text())}


def test_every_variable_that_is_read_is_documented() -> None:
    read = {*read_by_python(), *read_by_shell(), *read_by_make()} - NOT_OURS

    assert {name for name in read if NAME.fullmatch(name)} - documented() == set()


def test_every_documented_variable_is_read() -> None:
    read = {*read_by_python(), *read_by_shell(), *read_by_make(), *read_by_tests()}

    assert documented() - read == set()


def test_the_example_names_every_variable_of_the_product() -> None:
    assert {*read_by_python()} - NOT_OURS - exemplified() == set()
    assert exemplified() - documented() == set()


def test_the_start_prints_the_demos_own_password() -> None:
    assert commands.DEMO_PASSWORD == DEMO_PASSWORD
