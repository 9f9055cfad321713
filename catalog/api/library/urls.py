from django.urls import path, re_path
from rest_framework.routers import SimpleRouter

from catalog.api.library import media, menus, personal, public_urls, transfer
from catalog.models import SourceName

MEDIA = rf"media/(?P<media_id>{media.UUID_REGEX})"
MENU = rf"menus/(?P<menu_id>{menus.ID})"
SOURCES = "|".join(SourceName.values)

router = SimpleRouter(trailing_slash=False)
router.register("media", media.MediaViewSet, basename="media")
router.register("tags", personal.TagViewSet, basename="tag")
router.register(rf"tags/(?P<tag_id>{menus.ID})/media", personal.TaggedMediaViewSet, basename="tagged-media")
router.register("me/states", personal.StateViewSet, basename="state")
router.register(rf"me/states/(?P<media_id>{media.UUID_REGEX})/events", personal.FinishViewSet, basename="state-event")
router.register("menus", menus.MenuViewSet, basename="menu")
router.register(f"{MENU}/courses", menus.CourseViewSet, basename="course")
router.register(f"{MENU}/course-items", menus.CourseItemViewSet, basename="course-item")

urlpatterns = [
    path("media/search", media.MediaSearchView.as_view(), name="media-search"),
    re_path(rf"^{MEDIA}/cover$", media.CoverView.as_view(), name="media-cover"),
    re_path(rf"^ingest/(?P<source>{SOURCES})$", media.IngestView.as_view(), name="ingest"),
    path("me/library", transfer.LibraryView.as_view(), name="my-library"),
    path("me/library/import", transfer.LibraryImportView.as_view(), name="my-library-import"),
    *public_urls.urlpatterns,
    *router.urls,
]
