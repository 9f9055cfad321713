from django.apps import AppConfig


class PipelineConfig(AppConfig):
    """The ground floor: what every app stands on, and that knows none of them."""

    name = "pipeline"
    verbose_name = "Pipeline"
