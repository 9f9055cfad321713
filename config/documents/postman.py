"""docs/postman.json: a Postman collection with every operation of the schema, its example bodies filled in."""

import json
import re
from typing import Any

from config.api.examples import BODIES, filled
from config.api.index import document

FORMAT = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
# Keeps the token of the sign-in, so that the other requests need nothing by hand.
KEEP_TOKEN = "pm.collectionVariables.set('token', pm.response.json().access_token);"  # noqa: S105
# Placeholders of ids become variables of the collection.
FIRST_IDS = {
    **dict.fromkeys(("shows", "sequences", "shots", "versions", "reviews", "crew", "productions", "free"), 1),
    "role": "Compositor",
}


def written() -> str:
    """The whole collection, a folder for each collection of the API."""
    folders: dict[str, list[dict[str, Any]]] = {}
    for path, operations in document()["paths"].items():
        for method, operation in operations.items():
            folders.setdefault(operation["tags"][0], []).append(item(method.upper(), path, operation))
    collection = {
        "info": {"name": "Backlot", "schema": FORMAT},
        "auth": {"type": "bearer", "bearer": [{"key": "token", "value": "{{token}}", "type": "string"}]},
        "variable": [{"key": "base", "value": "http://127.0.0.1:8000"}, {"key": "token", "value": ""}],
        "item": [{"name": name, "item": items} for name, items in sorted(folders.items())],
    }
    return json.dumps(collection, indent=1, sort_keys=True) + "\n"


def item(method: str, path: str, operation: dict[str, Any]) -> dict[str, Any]:
    name = operation["operationId"]
    request: dict[str, Any] = {"method": method, "url": url(path), "description": operation.get("description", "")}
    if name in BODIES:
        request["header"] = [{"key": "Content-Type", "value": "application/json"}]
        request["body"] = {"mode": "raw", "raw": json.dumps(filled(BODIES[name], FIRST_IDS), indent=1)}
    found: dict[str, Any] = {"name": operation["summary"], "request": request}
    if name == "auth_login_create":
        found["event"] = [{"listen": "test", "script": {"type": "text/javascript", "exec": [KEEP_TOKEN]}}]
    return found


def url(path: str) -> dict[str, Any]:
    """Postman writes `:id` for a variable of the path."""
    written_path = re.sub(r"\{(\w+)\}", r":\1", path)
    variables = [{"key": key, "value": "1"} for key in re.findall(r"\{(\w+)\}", path)]
    return {
        "raw": f"{{{{base}}}}{written_path}",
        "host": ["{{base}}"],
        "path": written_path.strip("/").split("/"),
        "variable": variables,
    }
