"""What needs no account, and stands at a short address as well."""

from django.urls import path

from catalog.api.library.menus import PublicMenuView

urlpatterns = [path("public/menus/<slug:slug>", PublicMenuView.as_view(), name="public-menu")]
