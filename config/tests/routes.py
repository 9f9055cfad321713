"""The routes of the API, found in the URL configuration, so that no test has to be told of a new one."""

import re
from dataclasses import dataclass
from typing import Any

from drf_spectacular.generators import EndpointEnumerator

BASE = "/api/v1"


@dataclass(frozen=True)
class Route:
    method: str
    path: str
    view: Any
    action: str | None

    def __str__(self) -> str:
        return f"{self.method} {self.path.removeprefix(BASE)}"

    def url(self, ids: dict[str, Any]) -> str:
        """The address with real ids in it; `ids` knows them by the collection before each, a slug as `slug`."""
        return re.sub(
            r"/([a-z-]+)/\{(\w+)\}",
            lambda found: f"/{found[1]}/{ids['slug' if found[2] == 'slug' else found[1]]}",
            self.path,
        )


def all_routes() -> list[Route]:
    endpoints = EndpointEnumerator().get_api_endpoints()
    return [
        Route(method, path, callback.cls, getattr(callback, "actions", {}).get(method.lower()))
        for path, _, method, callback in endpoints
    ]
