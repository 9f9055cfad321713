"""Celery's settings, under its own names."""

from datetime import timedelta

from django.conf import settings

broker_url = settings.CELERY_BROKER_URL
broker_connection_retry_on_startup = True
# JSON alone: a message that is unpickled runs whatever it says.
task_serializer = result_serializer = "json"
accept_content = result_accept_content = ["json"]
timezone = "UTC"

result_backend = "django-db"
result_extended = True
task_default_queue = "steps"
task_create_missing_queues = True
beat_schedule = {
    "sweep": {
        "task": "pipeline.sweep",
        "schedule": timedelta(seconds=3),
        "options": {"queue": "events", "expires": 3, "ignore_result": True},
    },
    "remove_expired_files": {
        "task": "pipeline.remove_expired_files",
        "schedule": timedelta(hours=1),
        "options": {"queue": "slow", "expires": 3600, "ignore_result": True},
    },
    "expire_holds": {
        "task": "rentals.expire_holds",
        "schedule": timedelta(minutes=1),
        "options": {"queue": "events", "expires": 60, "ignore_result": True},
    },
}
