from django.apps import AppConfig

from rentals.hooks import register_demo


class DemoConfig(AppConfig):
    """The demo of the local default: every app makes its own rows, here they are put together."""

    name = "config.demo"
    label = "demo"
    verbose_name = "Demo"

    def ready(self) -> None:
        register_demo("config.demo.films.clear_business")
