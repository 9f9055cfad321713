from typing import Any

from rest_framework.settings import api_settings

Pages: Any = api_settings.DEFAULT_PAGINATION_CLASS


class FilmPages(Pages):
    """`{films, total, skip, limit}`: 10 films unless `limit` says 1 to 100, from `skip` (or `offset`) on."""

    default_limit = 10
    most = 100
    parameters = {
        "limit": "At most so many films: 1 to 100.",
        "skip": "Leave out so many films at first.",
        "offset": "Another name of `skip`.",
    }

    def envelope(self, data: Any) -> dict[str, Any]:
        return {"films": data, "total": self.count, "skip": self.offset, "limit": self.limit}

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        properties = {
            "films": schema,
            "total": {"type": "integer", "minimum": 0},
            "skip": {"type": "integer", "minimum": 0},
            "limit": {"type": "integer", "minimum": 1, "maximum": self.most},
        }
        return {"type": "object", "required": list(properties), "properties": properties}
