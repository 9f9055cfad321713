from django.urls import path
from rest_framework.routers import SimpleRouter

from catalog.api import answers, films, vocabulary
from catalog.api.library.urls import urlpatterns as library

router = SimpleRouter(trailing_slash=False)
router.register("films", films.FilmViewSet, basename="film")
router.register("categories", vocabulary.CategoryViewSet, basename="category")
router.register("actors", vocabulary.ActorViewSet, basename="actor")

urlpatterns = [
    path("ai/ask", answers.AskView.as_view(), name="ai-ask"),
    path("ai/summary", answers.SummaryView.as_view(), name="ai-summary"),
    *router.urls,
    *library,
]
