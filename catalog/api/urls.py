from rest_framework.routers import SimpleRouter

from catalog.api import films, vocabulary

router = SimpleRouter(trailing_slash=False)
router.register("films", films.FilmViewSet, basename="film")
router.register("categories", vocabulary.CategoryViewSet, basename="category")
router.register("actors", vocabulary.ActorViewSet, basename="actor")

urlpatterns = router.urls
