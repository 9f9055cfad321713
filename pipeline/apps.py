from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PipelineConfig(AppConfig):
    """The ground floor: what every app stands on, and that knows none of them."""

    name = "pipeline"
    verbose_name = "Pipeline"

    def ready(self) -> None:
        """Finds the apps' steps, handlers of events and searches, and then makes a Celery task of each step."""
        autodiscover_modules("steps", "events", "search")
        autodiscover_modules("tasks")
