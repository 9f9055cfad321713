"""Celery's settings, under its own names. The rows of jobs are the truth: a message may be lost, or come twice."""

from datetime import timedelta

from django.conf import settings

broker_url = settings.CELERY_BROKER_URL
# A worker that starts before its broker, or outlives it, waits for it.
broker_connection_retry_on_startup = True
broker_connection_max_retries = None
# On Redis, a message that a worker took is gone from there. Kept until it is acknowledged, it would cost four commands
# more, come back only after the visibility timeout, and end the worker: acknowledging on a connection that was lost
# meanwhile is an error that Celery does not survive. What a dead worker had, the sweep sends again much sooner.
broker_transport_options = {"ack_emulation": False}

# JSON alone: a message that is unpickled runs whatever it says.
task_serializer = result_serializer = "json"
accept_content = result_accept_content = ["json"]
timezone = "UTC"

# `steps` are short, `slow` are long, and `events` keep everything going: workers may be given one or several.
task_default_queue = "steps"
# A worker takes as many messages as it has threads, and no more: what waits, waits for whoever is free first.
worker_prefetch_multiplier = 1
# Acknowledged at the end: on RabbitMQ the messages of a worker that dies go to another at once.
task_acks_late = True
task_reject_on_worker_lost = True
# Of processes only (`--pool prefork`), where a step that hangs can be ended; with threads its lease ends instead.
task_time_limit = 2 * 3600
worker_cancel_long_running_tasks_on_connection_loss = False
# Celery would close the database connections before and after each task; `config.celery` closes those that are dead.
CELERY_DB_REUSE_MAX = 2**60

# Workers need not know of each other.
worker_send_task_events = False
worker_redirect_stdouts = False

# Celery's own records, beside the rows of the jobs; for people, in the admin.
result_backend = "django-db"
result_extended = True
result_expires = timedelta(days=7)

beat_scheduler = "config.alive:PulsingScheduler"
beat_max_loop_interval = 5
beat_schedule = {
    "sweep": {
        "task": "pipeline.sweep",
        "schedule": timedelta(seconds=settings.PIPELINE_SWEEP_SECONDS),
        # One that waited until the next is due is not needed any more.
        "options": {"queue": "events", "expires": settings.PIPELINE_SWEEP_SECONDS, "ignore_result": True},
    },
    "remove_expired_files": {
        "task": "pipeline.remove_expired_files",
        "schedule": timedelta(hours=1),
        "options": {"queue": "slow", "expires": 3600, "ignore_result": True},
    },
    "refresh_old_media": {
        "task": "catalog.refresh_old_media",
        "schedule": timedelta(minutes=10),
        "options": {"queue": "slow", "expires": 600, "ignore_result": True},
    },
    "expire_holds": {
        "task": "rentals.expire_holds",
        "schedule": timedelta(minutes=1),
        "options": {"queue": "events", "expires": 60, "ignore_result": True},
    },
}
