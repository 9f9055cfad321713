"""OpenAPI: what every operation has, beyond what its serializers say."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from rest_framework.parsers import MultiPartParser

from config.accounts.roles import ROLES, roles_with
from config.api.gate import ALWAYS
from config.api.permissions import ACCOUNT, ANYONE, declared
from config.api.problems import CONTENT_TYPE, TITLES

PROBLEM_REF = {"$ref": "#/components/schemas/Problem"}
PROBLEM = {
    "type": "object",
    "description": "RFC 9457. A refusal may carry keys of its own beside these.",
    "required": ["type", "title", "status", "detail", "code", "errors", "request_id"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What was refused, why, and what to do."},
        "code": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "code", "message"],
                "properties": {
                    "field": {"type": ["string", "null"]},
                    "code": {"type": "string"},
                    "message": {"type": "string"},
                },
            },
        },
        "request_id": {"type": "string"},
    },
}
IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Sent twice within 24 h by the same caller, the request acts once and answers the same.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
}
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "description": "The ETag that was read: the change is refused (412) when somebody was faster.",
    "schema": {"type": "string"},
}
ETAG = {"ETag": {"description": "The version of the row, for If-Match.", "schema": {"type": "string"}}}
LOCATION = {"Location": {"description": "The address of what was made.", "schema": {"type": "string", "format": "uri"}}}
SIGNING_IN = "/api/v1/auth/"
BODY_METHODS = ("POST", "PATCH", "PUT")


class Operation(AutoSchema):
    """One operation: summary, rights, parameters, headers and errors as all endpoints have them."""

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        operation: dict[str, Any] | None = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        operation["x-permissions"] = self.roles()
        operation["parameters"] = [*operation.get("parameters", []), *self.header_parameters()]
        for status in sorted(self.error_statuses() - {int(code) for code in operation["responses"]}):
            operation["responses"][str(status)] = described_error(status)
        self.add_headers(operation["responses"])
        return operation

    @property
    def rights(self) -> tuple[str, ...]:
        return declared(self.view, self.method)

    def roles(self) -> list[str]:
        """Who may call: role names, or anyone, or any account."""
        if ANYONE in self.rights or ACCOUNT in self.rights:
            return [ANYONE if ANYONE in self.rights else ACCOUNT]
        allowed = {role for right in self.rights for role in roles_with(right)}
        return [role for role in (*ROLES, "admin") if role in allowed]

    def get_auth(self) -> list[dict[str, Any]]:
        """What is for anyone needs no credentials, and takes them."""
        known: list[dict[str, Any]] = super().get_auth()
        return [{}, *(scheme for scheme in known if scheme)] if known and ANYONE in self.rights else known

    def get_summary(self) -> str:
        return self.doc().partition("\n")[0].rstrip(".")

    def get_description(self) -> str:  # type: ignore[override]
        return self.doc().partition("\n")[2].strip()

    def doc(self) -> str:
        return str(super().get_description() or "")

    def get_tags(self) -> list[str]:
        return [self.path.removeprefix("/api/v1/").removeprefix("/api/").split("/")[0]]

    def map_renderers(self, attribute: str) -> list[Any]:
        return ["application/json"] if attribute == "media_type" else ["json"]

    def map_parsers(self) -> list[Any]:
        """Forms are the browsable API's; programs send JSON, or files where files are taken."""
        takes_files = self.view.parser_classes == [MultiPartParser]
        return ["multipart/form-data"] if takes_files else list(super().map_parsers())[:1]

    def _get_parameters(self) -> list[dict[str, Any]]:
        known = {(p["name"], p["in"]): p for p in super()._get_parameters()}
        for parameter in (*self.own_parameters(), *self.format_parameter()):
            known.setdefault((parameter["name"], "query"), parameter)
        return list(known.values())

    def own_parameters(self) -> list[dict[str, Any]]:
        """What the view names in `query_parameters` for this action."""
        action = getattr(self.view, "action", None) or self.method.lower()
        serializer = getattr(self.view, "query_parameters", {}).get(action)
        parameters: list[dict[str, Any]] = self._process_override_parameters_of(serializer) if serializer else []
        return parameters

    def _process_override_parameters_of(self, serializer: Any) -> list[dict[str, Any]]:
        schema = self._map_serializer(serializer(), "request")
        return [
            {"name": name, "in": "query", "required": name in schema.get("required", []), "schema": shape}
            | ({"description": shape["description"]} if "description" in shape else {})
            for name, shape in schema.get("properties", {}).items()
        ]

    def format_parameter(self) -> list[dict[str, Any]]:
        if self.method != "GET" or "json" not in [renderer.format for renderer in self.view.renderer_classes]:
            return []
        forms = ["json", "csv"] if self.is_paged() else ["json"]
        name = next(iter(ALWAYS))
        return [{"name": name, "in": "query", "required": False, "schema": {"type": "string", "enum": forms}}]

    def is_paged(self) -> bool:
        """A list in pages, which comes as CSV too."""
        return self._is_list_view() and getattr(self.view, "pagination_class", None) is not None

    def header_parameters(self) -> list[dict[str, Any]]:
        if self.method == "POST" and not self.path.startswith(SIGNING_IN):
            return [IDEMPOTENCY_KEY]
        return [IF_MATCH] if self.method == "PATCH" else []

    def error_statuses(self) -> set[int]:
        # A bad token is refused where none is needed, too.
        statuses = {400, 401, 503}
        if ANYONE not in self.rights:
            statuses.add(403)
        if self.path.startswith(SIGNING_IN):
            statuses.add(429)
        if "{" in self.path:
            statuses.add(404)
        statuses |= set(getattr(self.view, "also_answers", ()))
        if self.method != "GET":
            statuses |= {409}
        if self.method in BODY_METHODS:
            statuses |= {413, 415}
        statuses |= {"POST": {422}, "PATCH": {412}}.get(self.method, set())
        action = getattr(self.view, "action", None) or self.method.lower()
        return statuses | ({429} if action in getattr(self.view, "throttles", {}) else set())

    def add_headers(self, responses: dict[str, Any]) -> None:
        for status, response in responses.items():
            if status == "201" and "Location" not in response.get("headers", {}):
                response.setdefault("headers", {}).update(LOCATION)
            if self.answers_a_version(response):
                response.setdefault("headers", {}).update(ETAG)
            if status == "200" and self.is_paged():
                response["content"]["text/csv"] = {"schema": {"type": "string"}}

    def answers_a_version(self, response: dict[str, Any]) -> bool:
        schema = response.get("content", {}).get("application/json", {}).get("schema", {})
        name = schema.get("$ref", "").rpartition("/")[2]
        components = {component.name: component.schema for component in self.registry._components.values()}
        return "row_version" in components.get(name, {}).get("properties", {})


def described_error(status: int) -> dict[str, Any]:
    return {"description": TITLES[status], "content": {CONTENT_TYPE: {"schema": PROBLEM_REF}}}


def finish_schema(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Adds what all operations share to the whole document."""
    components = result.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for name, schema in schemas.items():
        if name.endswith("Request") and schema.get("type") == "object":
            schema["additionalProperties"] = False
    schemas["Problem"] = PROBLEM
    return result
