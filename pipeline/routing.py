from django.urls import re_path

from pipeline.consumers import BoardConsumer, JobConsumer

websocket_urlpatterns = [
    re_path(r"^ws/pipeline/?$", BoardConsumer.as_asgi()),
    re_path(r"^ws/pipeline/(?P<job_id>[^/]+)/?$", JobConsumer.as_asgi()),
]
