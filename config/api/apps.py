from typing import Any

import structlog
from django.apps import AppConfig
from django.http import HttpRequest
from django_structlog.signals import bind_extra_request_metadata

from config.security import client_address


class ApiConfig(AppConfig):
    """What every endpoint does the same way."""

    name = "config.api"
    label = "api"
    verbose_name = "API"

    def ready(self) -> None:
        bind_extra_request_metadata.connect(bind_address, dispatch_uid="api.address")


def bind_address(request: HttpRequest, **_: Any) -> None:
    """The caller's address, in every line that the request logs."""
    structlog.contextvars.bind_contextvars(ip=client_address(request))
