"""The Celery tasks of the rental business."""

from celery import shared_task

from rentals.services.queue import expire_holds


@shared_task(name="rentals.expire_holds", ignore_result=True)
def sweep_holds() -> None:
    """Passes on copies that were kept for two days and not fetched; beat asks for it every minute."""
    expire_holds()
