from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import OutputWrapper
from django.db.models import Count

from config.demo.models import DemoRow
from pipeline.progress import Progress
from shows.models import Shot, Show

pytestmark = pytest.mark.django_db


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def seeded(*options: str) -> str:
    output = StringIO()
    call_command("seed_demo", *options, stdout=output)
    return output.getvalue()


def test_the_command_says_what_it_made() -> None:
    assert " 4 shows, " in seeded()
    assert Show.objects.count() == 4


def test_scale_loads_so_many_shots_besides_and_tells_how_far_it_is() -> None:
    output = seeded("--scale", "200")
    assert "Reviews    100 %     1,000 of 1,000 in " in output
    assert Shot.objects.filter(code__regex=r"^[A-Z]{3}\d{4}_").count() == 200


@pytest.mark.parametrize("number", ["0", "-1", "many", "1.5"])
def test_a_scale_that_is_no_number_is_refused(number: str) -> None:
    with pytest.raises(CommandError, match="no whole number"):
        seeded(f"--scale={number}")


def test_once_does_it_once() -> None:
    assert "The demo is there" in seeded("--once")
    assert "seeded before" in seeded("--once")
    assert DemoRow.objects.values("kind").annotate(number=Count("pk")).get(kind="shows.Show")["number"] == 4


def test_once_and_scale_exclude_each_other() -> None:
    with pytest.raises(CommandError, match="not allowed with"):
        seeded("--once", "--scale=1")


def test_a_refusal_is_a_sentence(settings: Any) -> None:
    settings.IS_LOCAL = False
    with pytest.raises(CommandError, match="for the local default alone"):
        seeded()


@pytest.mark.unit
def test_a_terminal_gets_a_bar_that_is_drawn_again() -> None:
    terminal = Terminal()
    progress = Progress(OutputWrapper(terminal))
    for done in (0, 5, 10):
        progress("Shots", done, 10)
    drawn = terminal.getvalue().split("\r")
    assert [line[:32].count("#") for line in drawn] == [0, 0, 15, 30]
    assert drawn[-1].endswith("10 of 10 in 0 s\n")


@pytest.mark.unit
def test_a_file_gets_a_line_for_each_tenth() -> None:
    output = StringIO()
    progress = Progress(OutputWrapper(output))
    for done in range(0, 1001, 7):
        progress("Shots", done, 1000)
    progress("Checking", 0, 0)
    lines = output.getvalue().splitlines()
    assert [line.split()[1] for line in lines] == [*(str(tenth) for tenth in range(10, 100, 10)), "…"]
