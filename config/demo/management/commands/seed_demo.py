from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.demo.services import seed_demo, seed_demo_once
from pipeline.errors import Refusal
from pipeline.progress import Progress


def whole_number(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text!r} is no whole number above 0")
    return int(text)


class Command(BaseCommand):
    help = "Replaces the demo's rows by new ones; rows of others stay. For the local default only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        group = parser.add_mutually_exclusive_group()
        group.add_argument(
            "--scale", type=whole_number, default=0, metavar="N", help="add N shots and five times as many reviews"
        )
        group.add_argument("--once", action="store_true", help="do nothing where the demo was seeded before")

    def handle(self, *args: Any, scale: int, once: bool, **options: Any) -> None:
        progress = Progress(self.stdout)
        try:
            counts = seed_demo_once(tell=progress) if once else seed_demo(scale=scale, tell=progress)
        except Refusal as refusal:
            raise CommandError(refusal.detail) from refusal
        if counts is None:
            self.stdout.write("The demo was seeded before; nothing to do.")
        else:
            made = ", ".join(f"{number:,} {kind}" for kind, number in counts.items())
            self.stdout.write(self.style.SUCCESS(f"The demo is there: {made}."))
