from django.urls import include, path

from config.api import index

urlpatterns = [
    path("schema", index.Schema.as_view(), name="schema"),
    path("docs", index.Docs.as_view(), name="docs"),
    path("redoc", index.Redoc.as_view(), name="redoc"),
    path("redoc.js", index.redoc_script, name="redoc-script"),
    path("v1", index.ApiIndex.as_view(), name="api-index"),
    path("v1/", include("config.accounts.api.urls")),
    path("v1/", include("config.demo.urls")),
    path("v1/", include("pipeline.api.urls")),
    path("v1/", include("crew.api.urls")),
    path("v1/", include("shows.api.urls")),
    path("v1/", include("catalog.api.urls")),
    path("v1/", include("rentals.api.urls")),
    path("", include("catalog.api.library.public_urls")),
]
