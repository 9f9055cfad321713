"""The Celery application of web processes, workers and beat alike: `celery --app config.celery worker`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("backlot", set_as_current=True)
app.config_from_object("config.workers")
