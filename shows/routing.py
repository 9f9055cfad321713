from django.urls import re_path

from shows.consumers import ShotConsumer

websocket_urlpatterns = [re_path(r"^ws/shots/(?P<shot_id>[0-9]{1,18})/?$", ShotConsumer.as_asgi())]
