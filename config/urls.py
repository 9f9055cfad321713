from django.contrib import admin
from django.urls import include, path

from config import health

handler400 = "config.pages.bad_request"
handler403 = "config.pages.permission_denied"
handler404 = "config.pages.page_not_found"
handler500 = "config.pages.server_error"

urlpatterns = [
    path("health", health.alive, name="health"),
    path("health/ready", health.ready, name="health-ready"),
    path("api/", include("config.api.urls")),
    # Before the admin, whose sign-in page is ours.
    path("", include("config.accounts.urls")),
    path("", include("config.pages.urls")),
    path("", include("shows.urls")),
    path("", include("crew.urls")),
    path("", include("pipeline.urls")),
    path("", include("catalog.urls")),
    path("", include("rentals.urls")),
    # Before the theme's own search, which reads whole tables and remembers what it found.
    path("", include("config.admin_search")),
    path("admin/", admin.site.urls),
]
