"""The Celery tasks of the catalogue."""

from celery import shared_task

from catalog.services.library.refreshing import refresh_old_media


@shared_task(name="catalog.refresh_old_media", ignore_result=True)
def refresh_media() -> None:
    """Renews what is older than its source allows; beat asks for it every ten minutes."""
    refresh_old_media()
