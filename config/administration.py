"""How the admin is entered and looks: its navigation, and its colours."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.templatetags.static import static
from django.urls import reverse_lazy

# Groups as a studio works; of each item: its name, its list, its icon, and the permission that shows it.
NAVIGATION = (
    (
        "Shows",
        (
            ("Shows", "shows_show", "movie", "shows.view_show"),
            ("Sequences", "shows_sequence", "view_week", "shows.view_sequence"),
            ("Shots", "shows_shot", "photo_camera", "shows.view_shot"),
            ("Versions", "shows_version", "layers", "shows.view_version"),
            ("Reviews", "shows_review", "rate_review", "shows.view_review"),
            ("History", "shows_change", "history", "shows.view_shot"),
        ),
    ),
    (
        "Crew",
        (
            ("People", "crew_crewmember", "groups", "crew.view_crewmember"),
            ("Roles", "crew_role", "badge", "crew.view_role"),
            ("Productions", "crew_production", "event", "crew.view_production"),
            ("Bookings and time off", "crew_booking", "event_busy", "crew.view_booking"),
            ("Calendar secrets", "crew_calendartoken", "calendar_month", "crew.change_crewmember"),
        ),
    ),
    (
        "Jobs",
        (
            ("Jobs", "pipeline_job", "conversion_path", "pipeline.view_job"),
            ("Steps", "pipeline_step", "account_tree", "pipeline.view_job"),
            ("Celery's records", "django_celery_results_taskresult", "receipt_long", "pipeline.view_job"),
            ("Outbox", "pipeline_outboxevent", "outbox", "pipeline.view_outboxevent"),
            ("Pulses", "pipeline_pulse", "ecg_heart", "pipeline.view_outboxevent"),
        ),
    ),
    (
        "Catalogue",
        (
            ("Films", "catalog_film", "theaters", "catalog.view_film"),
            ("Categories", "catalog_category", "category", "catalog.view_category"),
            ("Actors", "catalog_actor", "face", "catalog.view_actor"),
            ("Languages", "catalog_language", "translate", "catalog.view_language"),
        ),
    ),
    (
        "Library",
        (
            ("Media", "catalog_mediaitem", "perm_media", "catalog.view_mediaitem"),
            ("Sources", "catalog_mediasource", "database", "catalog.view_mediasource"),
            ("Tags", "catalog_tag", "sell", "catalog.view_tag"),
            ("States", "catalog_mediastate", "bookmark", "catalog.view_mediastate"),
            ("Menus", "catalog_menu", "menu_book", "catalog.view_menu"),
        ),
    ),
    (
        "Rentals",
        (
            ("Customers", "rentals_customer", "badge", "rentals.view_customer"),
            ("Rentals", "rentals_rental", "receipt_long", "rentals.view_rental"),
            ("Holds", "rentals_hold", "hourglass", "rentals.view_hold"),
            ("Copies", "rentals_inventory", "inventory_2", "rentals.view_inventory"),
            ("Payments", "rentals_payment", "payments", "rentals.view_payment"),
            ("Charges", "rentals_charge", "request_quote", "rentals.view_charge"),
            ("Subscriptions", "rentals_streamingsubscription", "subscriptions", "rentals.view_streamingsubscription"),
            ("Stores", "rentals_store", "store", "rentals.view_store"),
            ("Staff", "rentals_staff", "person", "rentals.view_staff"),
            ("Addresses", "rentals_address", "home", "rentals.view_address"),
            ("Cities", "rentals_city", "location_city", "rentals.view_city"),
            ("Countries", "rentals_country", "public", "rentals.view_country"),
        ),
    ),
    (
        "Accounts",
        (
            ("Accounts", "accounts_user", "person", "accounts.view_user"),
            ("Groups", "auth_group", "key", "auth.view_group"),
            ("Signed-in clients", "accounts_tokenfamily", "devices", "accounts.view_tokenfamily"),
        ),
    ),
)


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The groups of the sidebar, with what the caller may see."""
    groups = [{"title": title, "items": items_for(request, items)} for title, items in NAVIGATION]
    return [group for group in groups if group["items"]]


def items_for(request: HttpRequest, items: tuple[tuple[str, str, str, str], ...]) -> list[dict[str, Any]]:
    return [
        {"title": title, "icon": icon, "link": reverse_lazy(f"admin:{model}_changelist")}
        for title, model, icon, permission in items
        if request.user.has_perm(permission)
    ]


def style(request: HttpRequest) -> str:
    """Our colours and widths as a file: the content policy forbids what the theme would write into each page."""
    return static("config/admin/admin.css")


def icon(request: HttpRequest) -> str:
    return static("config/icon.svg")


def without_inline_colors(request: HttpRequest) -> dict[str, Any]:
    return {"colors": None}


class StorableAddressMiddleware:
    """Refuses addresses with a NUL, which PostgreSQL keeps in no text; the API itself says which parameter has it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "%00" in request.META.get("QUERY_STRING", "") and not request.path.startswith("/api"):
            raise BadRequest("The address has a sign that nothing can be called.")
        return self.get_response(request)
