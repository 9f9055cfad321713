from django.urls import include, path

urlpatterns = [
    path("v1/", include("config.accounts.api.urls")),
]
