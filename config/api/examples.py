"""Bodies and ids for the manuals that work as they stand on the rows that are there."""

import copy
from typing import Any

from django.db import Error, models
from drf_spectacular.generators import EndpointEnumerator

# By operation. `<shots>` stands for the id of a row of that collection.
BODIES: dict[str, dict[str, Any]] = {
    "auth_login_create": {"email": "producer@backlot.test", "password": "demo-backlot"},
    "auth_register_create": {
        "email": "new.member@example.org",
        "password": "seven-grey-otters",
        "display_name": "New Member",
    },
    "me_partial_update": {"bio": "Compositing supervisor."},
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
}


def first_ids() -> dict[str, Any]:
    """The first id of every collection of the API, where it has a row."""
    found = {name: first_id(model, column) for name, (model, column) in collections().items()}
    return {name: pk for name, pk in found.items() if pk is not None}


def collections() -> dict[str, tuple[type[models.Model], str]]:
    """The collections at the root of the API, each with its model and the column that its addresses name rows by."""
    endpoints = EndpointEnumerator().get_api_endpoints()
    views = {path.removeprefix("/api/v1/"): callback.cls for path, _, _, callback in endpoints}
    rooted = {
        name: view for name, view in views.items() if name.isalpha() and getattr(view, "queryset", None) is not None
    }
    return {name: (view.queryset.model, view.lookup_field) for name, view in rooted.items()}


def first_id(model: type[models.Model], column: str) -> Any:
    try:
        return model._default_manager.order_by("pk").values_list(column, flat=True).first()
    except Error:
        return None


def with_examples(schema: dict[str, Any], ids: dict[str, Any]) -> dict[str, Any]:
    """The schema with ids of rows that exist, and with bodies that name them."""
    schema = copy.deepcopy(schema)
    for path, operations in schema["paths"].items():
        collection = path.removeprefix("/api/v1/").split("/")[0]
        for operation in operations.values():
            in_path = [parameter for parameter in operation["parameters"] if parameter["in"] == "path"]
            if in_path and collection in ids:
                in_path[0]["example"] = ids[collection]
            if operation["operationId"] in BODIES:
                media = operation["requestBody"]["content"]["application/json"]
                media["example"] = filled(BODIES[operation["operationId"]], ids)
    return schema


def filled(value: Any, ids: dict[str, Any]) -> Any:
    if isinstance(value, dict):
        return {key: filled(inner, ids) for key, inner in value.items()}
    if isinstance(value, list):
        return [filled(inner, ids) for inner in value]
    if isinstance(value, str) and value.startswith("<"):
        return ids.get(value.strip("<>"), 1)
    return value
