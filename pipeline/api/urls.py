from rest_framework.routers import SimpleRouter

from pipeline.api.jobs import JobViewSet

router = SimpleRouter(trailing_slash=False)
router.register("pipeline", JobViewSet, basename="job")

urlpatterns = router.urls
