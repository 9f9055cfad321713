from django.urls import path
from rest_framework.routers import SimpleRouter

from shows.api import imports, media, versions, viewsets
from shows.api.search import ReviewSearch

router = SimpleRouter(trailing_slash=False)
router.register("shows", viewsets.ShowViewSet, basename="show")
router.register("sequences", viewsets.SequenceViewSet, basename="sequence")
router.register("shots", viewsets.ShotViewSet, basename="shot")
router.register("versions", versions.VersionViewSet, basename="version")
router.register("reviews", viewsets.ReviewViewSet, basename="review")

of_shot = SimpleRouter(trailing_slash=False)
SHOT = r"shots/(?P<shot_id>[0-9]{1,18})"
of_shot.register(f"{SHOT}/reviews", viewsets.ShotReviewViewSet, basename="shot-review")
of_shot.register(f"{SHOT}/versions", versions.ShotVersionViewSet, basename="shot-version")
of_shot.register(f"{SHOT}/history", viewsets.ShotHistoryViewSet, basename="shot-history")

urlpatterns = [
    path("search/reviews", ReviewSearch.as_view(), name="search-reviews"),
    *imports.urlpatterns,
    *media.urlpatterns,
    *of_shot.urls,
    *router.urls,
]
