from typing import Any

from django.core.management.base import BaseCommand

from shows.services.media.sweeping import sweep_media


class Command(BaseCommand):
    help = "Removes files of uploads that were killed more than a day ago. Run it daily."

    def handle(self, *args: Any, **options: Any) -> None:
        removed = sweep_media()
        self.stdout.write(f"Removed {removed} leftovers.")
