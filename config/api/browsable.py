from collections.abc import Mapping
from typing import Any

from rest_framework.renderers import BrowsableAPIRenderer
from rest_framework.request import override_method


class BrowsableRenderer(BrowsableAPIRenderer):
    """The API in a browser: DRF's pages, whose change form sends PATCH, because there is no PUT here."""

    def get_context(
        self, data: Any, accepted_media_type: str | None, renderer_context: Mapping[str, Any]
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(data, accepted_media_type, renderer_context)
        view, request = renderer_context["view"], renderer_context["request"]
        context["put_form"] = self.change_form(view, request)
        return context

    def change_form(self, view: Any, request: Any) -> str | None:
        """The form of a detail, filled with the row as it stands; none where the caller may not change it."""
        with override_method(view, request, "PATCH") as patch:
            if "pk" not in view.kwargs or not self.show_form_for_method(view, "PATCH", patch, None):
                return None
            row = view.get_queryset().filter(pk=view.kwargs["pk"]).first()
            return str(self.render_form_for_serializer(view.get_serializer(instance=row)))

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> str:
        page = str(super().render(data, accepted_media_type, renderer_context))
        # The template of DRF knows PUT only for its filled form.
        return (
            page.replace('data-method="PUT"', 'data-method="PATCH"')
            .replace(">PUT</button>", ">PATCH</button>")
            .replace("Make a PUT request", "Make a PATCH request")
        )
