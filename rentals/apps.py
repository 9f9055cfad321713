from django.apps import AppConfig

from catalog.hooks import register_column, register_panel, register_stock


class RentalsConfig(AppConfig):
    name = "rentals"
    verbose_name = "Rentals"

    def ready(self) -> None:
        register_column("rentals.views.film.free_now")
        register_panel("rentals.views.film.copies")
        register_panel("rentals.views.film.history")
        register_stock("rentals.stock.shelves")
