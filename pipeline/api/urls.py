from django.urls import path
from rest_framework.routers import SimpleRouter

from pipeline.api.jobs import JobViewSet
from pipeline.api.search import Search

router = SimpleRouter(trailing_slash=False)
router.register("pipeline", JobViewSet, basename="job")

urlpatterns = [path("search", Search.as_view(), name="search"), *router.urls]
