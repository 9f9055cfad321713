from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demo of the local default: every app makes its own rows, here they are put together."""

    name = "config.demo"
    label = "demo"
    verbose_name = "Demo"
