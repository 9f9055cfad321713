from django.apps import AppConfig


class ApiConfig(AppConfig):
    """What every endpoint does the same way."""

    name = "config.api"
    label = "api"
    verbose_name = "API"
