from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from config.accounts import services


class Command(BaseCommand):
    """For a daily run."""

    help = "Deletes sessions and token families that nobody can use any more."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("clearsessions")
        self.stdout.write(f"{services.clear_families()} token families deleted.")
