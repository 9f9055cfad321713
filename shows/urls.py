from django.urls import path

from shows.views import review, review_feeds, review_people, review_undo, show_list

urlpatterns = [
    path("shows/", show_list.show_list, name="show-index"),
    path("shots/<int:shot_id>/", review.shot_page, name="shot-page"),
    path("shots/<int:shot_id>/notes/", review_feeds.older_notes, name="shot-page-notes"),
    path("shots/<int:shot_id>/history/", review_feeds.history, name="shot-page-history"),
    path("shots/<int:shot_id>/people/", review_people.people, name="shot-page-people"),
    path("shots/<int:shot_id>/undo/", review_undo.undo, name="shot-page-undo"),
]
