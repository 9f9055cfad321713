"""Is the process alive, and what of that which it needs can be reached."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import redis
from django.conf import settings
from django.db import Error, connection
from django.db.models import Count, Min, Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from elasticsearch import Elasticsearch

from pipeline.models import OutboxEvent, Pulse
from pipeline.search import engine
from pipeline.services.sweeping import PULSE

TIMEOUT = 0.5
# So long a worker that is there is never silent, and no event waits that has a worker.
MOST_SILENT = 15
MOST_LATE = 60


def alive(request: HttpRequest) -> HttpResponse:
    """Touches nothing: the process answers."""
    return HttpResponse(b'{"status":"ok"}', content_type="application/json")


def ready(request: HttpRequest) -> HttpResponse:
    """Each part with its state; 503 only without PostgreSQL, because the rest may be missing."""
    checks = {name: measured(check) for name, check in CHECKS.items()}
    broken = [name for name, check in checks.items() if check["status"] != "ok"]
    status = "down" if "postgresql" in broken else "degraded" if broken else "ok"
    return JsonResponse({"status": status, "checks": checks}, status=503 if status == "down" else 200)


class Degraded(Exception):
    """A part does not do all that it should."""


class NotConfigured(Exception):
    """A part that this installation does without."""


def measured(check: Callable[[], str]) -> dict[str, Any]:
    started = time.perf_counter()
    try:
        detail, status = check(), "ok"
    except NotConfigured as error:
        return {"status": "ok", "latency_ms": None, "detail": str(error)}
    except Degraded as error:
        detail, status = str(error), "degraded"
    except (Error, redis.RedisError, OSError) as error:
        detail, status = f"not reachable ({type(error).__name__})", "down"
    return {"status": status, "latency_ms": round((time.perf_counter() - started) * 1000, 2), "detail": detail}


def check_postgresql() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version')")
        return f"PostgreSQL {cursor.fetchone()[0]}"


def check_redis() -> str:
    with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT) as client:
        return f"Redis {client.info('server')['redis_version']}"


def check_workers() -> str:
    """Beat asks for a sweep every few seconds, and a worker does it."""
    swept_at = Pulse.objects.filter(name=PULSE).values_list("at", flat=True).first()
    if swept_at is None:
        raise Degraded("no worker was here yet")
    silent = (timezone.now() - swept_at).total_seconds()
    if silent > MOST_SILENT:
        raise Degraded(f"no worker was here for {silent:.0f} s")
    return "at work"


def check_outbox() -> str:
    """What was put off on purpose is not late before it was tried."""
    now = timezone.now()
    was_due = Q(attempts__gt=0) | Q(next_try_at__lt=now)
    late = Q(dead_at=None, created_at__lt=now - timedelta(seconds=MOST_LATE)) & was_due
    counts = OutboxEvent.objects.aggregate(
        waiting=Count("pk", filter=Q(dead_at=None)),
        late=Count("pk", filter=late),
        dead=Count("pk", filter=Q(dead_at__isnull=False)),
        oldest=Min("created_at", filter=Q(dead_at=None)),
    )
    age = f", the oldest for {(now - counts['oldest']).total_seconds():.0f} s" if counts["oldest"] else ""
    detail = (
        f"{counts['waiting']} waiting{age}, {counts['late']} of them longer than {MOST_LATE} s, {counts['dead']} dead"
    )
    if counts["late"] or counts["dead"]:
        raise Degraded(detail)
    return detail


def check_elasticsearch() -> str:
    if not engine.is_configured():
        raise NotConfigured("not configured")
    try:
        return f"Elasticsearch {engine.ask(version_of)}"
    except engine.EngineDown as error:
        raise Degraded(f"does not answer, and PostgreSQL searches instead: {error}") from error


def version_of(client: Elasticsearch) -> str:
    return str(client.info()["version"]["number"])


CHECKS: dict[str, Callable[[], str]] = {
    "postgresql": check_postgresql,
    "redis": check_redis,
    "workers": check_workers,
    "outbox": check_outbox,
    "elasticsearch": check_elasticsearch,
}
