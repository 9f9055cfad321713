"""Is the process alive, and what of that which it needs can be reached."""

import time
from collections.abc import Callable
from typing import Any

import redis
from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

TIMEOUT = 0.5


def alive(request: HttpRequest) -> HttpResponse:
    """Touches nothing: the process answers."""
    return HttpResponse(b'{"status":"ok"}', content_type="application/json")


def ready(request: HttpRequest) -> HttpResponse:
    """Each part with its state; 503 only without PostgreSQL, because the rest may be missing."""
    checks = {name: measured(check) for name, check in CHECKS.items()}
    broken = [name for name, check in checks.items() if check["status"] != "ok"]
    status = "down" if "postgresql" in broken else "degraded" if broken else "ok"
    return JsonResponse({"status": status, "checks": checks}, status=503 if status == "down" else 200)


def measured(check: Callable[[], str]) -> dict[str, Any]:
    started = time.perf_counter()
    try:
        detail, status = check(), "ok"
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


CHECKS: dict[str, Callable[[], str]] = {"postgresql": check_postgresql, "redis": check_redis}
