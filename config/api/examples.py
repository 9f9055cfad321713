"""Bodies and ids for the manuals that work as they stand on the rows that are there."""

import copy
import re
from typing import Any

from django.db import Error, models
from drf_spectacular.generators import EndpointEnumerator

from crew.models import CrewMember, Production, Role

# A collection, and the placeholder of an id behind it.
PLACE = re.compile(r"/([a-z-]+)/\{(\w+)\}")

# By operation. `<shots>` stands for the id of a row of that collection, `<role>` for the name of a role, `<free>` for
# somebody who can be booked for the first production.
BODIES: dict[str, dict[str, Any]] = {
    "auth_login_create": {"email": "producer@backlot.test", "password": "demo-backlot"},
    "auth_register_create": {
        "email": "new.member@example.org",
        "password": "seven-grey-otters",
        "display_name": "New Member",
    },
    "me_partial_update": {"bio": "Compositing supervisor."},
    "crew_create": {
        "full_name": "Ida Marlowe",
        "role": "<role>",
        "hire_date": "2031-01-07",
        "fire_date": "2031-12-19",
        "email": "ida.marlowe@crew.example.org",
    },
    "crew_partial_update": {"fire_date": None},
    "crew_time_off_create": {"start": "2034-08-03", "end": "2034-08-14", "reason": "Summer"},
    "crew_roles_create": {"name": "Matte Painter", "department": "Environments"},
    "crew_roles_partial_update": {"department": "Environments"},
    "productions_create": {
        "title": "The Glass Harbour",
        "start": "2031-03-03",
        "end": "2031-03-14",
        "requirements": {"<role>": 1},
        "allow_gaps": True,
    },
    "productions_partial_update": {"title": "The Glass Harbour, pick-ups"},
    "productions_bookings_create": {"crew_member": "<free>"},
    "shows_create": {"title": "Paper Lanterns", "code": "LANTERN", "status": "development"},
    "shows_partial_update": {"status": "on_hold"},
    "sequences_create": {"show_id": "<shows>", "code": "SQ900", "description": "The crossing"},
    "sequences_partial_update": {"description": "The crossing, at night"},
    "shots_create": {"sequence_id": "<sequences>", "code": "0905", "frame_start": 1001, "frame_end": 1096},
    "shots_partial_update": {"status": "review", "reason": "Ready for dailies"},
    "shots_bulk_create": {"ids": ["<shots>"], "set": {"status": "in_progress"}},
    "shots_reviews_create": {
        "status": "needs_revision",
        "body": "Edge flickers on the left, see 1010 to 1024.",
        "frame_start": 1010,
        "frame_end": 1024,
        "set_shot_status": "in_progress",
    },
    "shots_versions_create": {"department": "Compositing", "comment": "First pass with the new plate"},
    "pipeline_create": {"initial_value": 10},
    "pipeline_cancel_create": {"reason": "Wrong number"},
    "reviews_partial_update": {"body": "Edge flickers on the left, only until 1018."},
    "films_create": {
        "title": "The Paper Lighthouse",
        "description": "A keeper and a forger wait for a ship that nobody sent.",
        "release_year": 2024,
        "language": "English",
        "categories": [],
        "rental_duration": 4,
        "rental_rate": "2.99",
        "length": 104,
        "rating": "PG-13",
    },
    "films_partial_update": {"rental_rate": "3.99", "streaming_available": True},
    "categories_create": {"name": "Harbour Noir"},
    "categories_partial_update": {"name": "Harbour Stories"},
    "actors_create": {"first_name": "Ida", "last_name": "Marlowe"},
    "actors_partial_update": {"last_name": "Marlowe-Reed"},
    "ai_summary_create": {"film_id": "<films>"},
    "customers_create": {
        "store_id": "<stores>",
        "first_name": "Bruno",
        "last_name": "Quill",
        "email": "bruno.quill@mail.test",
        "address": {
            "address": "12 Harbour Lane",
            "district": "Docks",
            "city_id": "<cities>",
            "postal_code": "0451",
            "phone": "555 0142",
        },
    },
    "customers_partial_update": {"email": "carla@mail.test", "address": {"phone": "555 0143"}},
    "customers_rentals_create": {"inventory_id": "<inventory>", "staff_id": "<staff>"},
    "customers_payments_create": {"amount": "2.99", "kind": "payment"},
    "customers_subscriptions_create": {
        "plan_name": "Weekend",
        "start_date": "2020-01-01",
        "end_date": "2020-12-31",
    },
    "customers_subscriptions_partial_update": {"plan_name": "Everything"},
    "inventory_create": {"film_id": "<films>", "store_id": "<stores>"},
    "inventory_partial_update": {"state": "retired"},
    "rentals_extend_create": {"days": 2},
    "media_create": {
        "media_type": "book",
        "title": "The Paper Lighthouse",
        "release_date": "1908-01-01",
        "release_precision": "year",
        "book": {"authors": ["Ida Marlowe"], "page_count": 312},
    },
    "media_partial_update": {"subtitle": "A keeper's notes"},
    "tags_create": {"name": "by the sea at night"},
    "tags_media_create": {"media_id": "<media>"},
    "me_states_update": {"status": "consumed", "rating": 8.5, "favorite": True},
    "menus_create": {"title": "An evening at the coast", "description": "Salt, wind and one crime."},
    "menus_partial_update": {"is_public": True},
    "menus_courses_create": {"title": "Starter", "intent": "To arrive"},
    "menus_courses_partial_update": {"intent": "To warm up"},
    "menus_courses_items_create": {"media_id": "<media>", "notes": "Best read aloud."},
    "menus_course_items_partial_update": {"notes": "Best read aloud."},
}


def first_ids() -> dict[str, Any]:
    """The first id of every collection of the API, where it has a row, and what else the bodies name."""
    found = {name: first_id(model, column) for name, (model, column) in collections().items()}
    ids = {name: pk for name, pk in found.items() if pk is not None}
    return ids | crew_names(ids.get("roles"), ids.get("productions"))


def crew_names(role_id: Any, production_id: Any) -> dict[str, Any]:
    """The name of a role, and somebody who could still be booked for a production."""
    role = Role.objects.filter(pk=role_id).first()
    production = Production.objects.filter(pk=production_id).first()
    days = (production.start, production.end) if production else None
    free = CrewMember.objects.available(*days).order_by("pk").first() if days else None
    return ({"role": role.name} if role else {}) | ({"free": free.pk} if free else {})


def collections() -> dict[str, tuple[type[models.Model], str]]:
    """The lists of the API that hang on nothing, each with its model and the column that addresses name rows by."""
    endpoints = EndpointEnumerator().get_api_endpoints()
    lists = [(path, view.cls) for path, _, _, view in endpoints if getattr(view, "actions", {}).get("get") == "list"]
    return {
        path.rpartition("/")[2]: (view.queryset.model, view.lookup_field) for path, view in lists if "{" not in path
    }


def first_id(model: type[models.Model], column: str) -> Any:
    try:
        return model._default_manager.order_by("pk").values_list(column, flat=True).first()
    except Error:
        return None


def with_examples(schema: dict[str, Any], ids: dict[str, Any]) -> dict[str, Any]:
    """The schema with ids of rows that exist, and with bodies that name them."""
    schema = copy.deepcopy(schema)
    for path, operations in schema["paths"].items():
        placed = {name: ids.get(collection) for collection, name in PLACE.findall(path)}
        for operation in operations.values():
            for parameter in operation["parameters"]:
                if parameter["in"] == "path" and placed.get(parameter["name"]) is not None:
                    parameter["example"] = placed[parameter["name"]]
            if operation["operationId"] in BODIES:
                media = operation["requestBody"]["content"]["application/json"]
                media["example"] = filled(BODIES[operation["operationId"]], ids)
    return schema


def filled(value: Any, ids: dict[str, Any]) -> Any:
    if isinstance(value, dict):
        return {filled(key, ids): filled(inner, ids) for key, inner in value.items()}
    if isinstance(value, list):
        return [filled(inner, ids) for inner in value]
    if isinstance(value, str) and value.startswith("<"):
        return ids.get(value.strip("<>"), 1)
    return value
