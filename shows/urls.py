from django.urls import path, register_converter

from shows.models.show import CODE_PATTERN
from shows.views import (
    bulk,
    imports,
    jobs,
    plots,
    review,
    review_feeds,
    review_people,
    review_undo,
    search,
    show,
    show_list,
    writing,
)


class CodeConverter:
    """A code as it may stand in an address; any other text is no page."""

    regex = CODE_PATTERN.strip("^$")

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(CodeConverter, "code")

urlpatterns = [
    path("search/", search.search_page, name="search-page"),
    path("search/saved/", search.save_search, name="save-search"),
    path("search/saved/<int:pk>/remove/", search.remove_search, name="remove-search"),
    path("shows/", show_list.show_list, name="show-index"),
    # Not below /shows/, where every word may be the code of a show.
    path("new/show/", writing.new_show, name="new-show"),
    path("shows/<code:code>/", show.show_page, name="show-page"),
    path("shows/<code:code>/plots/", plots.show_plots, name="show-plots"),
    path("shows/<code:code>/edit/", writing.edit_show, name="edit-show"),
    path("shows/<code:code>/lanes/<int:sequence_id>/", show.lane_tiles, name="lane"),
    path("shows/<code:code>/new/sequence/", writing.new_sequence, name="new-sequence"),
    path("shows/<code:code>/new/shot/", writing.new_shot, name="new-shot"),
    path("shows/<code:code>/sequences/<code:sequence_code>/edit/", writing.edit_sequence, name="edit-sequence"),
    path("shows/<code:code>/import/", imports.upload, name="import-shots"),
    path("shows/<code:code>/import/<slug:key>/", imports.check, name="check-import"),
    path("shows/<code:code>/export/", jobs.export, name="export-show"),
    path("shots/", show.shot_list, name="shot-index"),
    path("shots/bulk/", bulk.bulk, name="bulk"),
    path("shots/people/", bulk.people, name="people"),
    path("shots/<int:shot_id>/", review.shot_page, name="shot-page"),
    path("shots/<int:shot_id>/stamp/", review.shot_stamp, name="shot-page-stamp"),
    path("shots/<int:shot_id>/edit/", writing.edit_shot, name="edit-shot"),
    path("shots/<int:shot_id>/notes/", review_feeds.older_notes, name="shot-page-notes"),
    path("shots/<int:shot_id>/history/", review_feeds.history, name="shot-page-history"),
    path("shots/<int:shot_id>/people/", review_people.people, name="shot-page-people"),
    path("shots/<int:shot_id>/undo/", review_undo.undo, name="shot-page-undo"),
]
