from django.urls import path

from catalog.views import films

urlpatterns = [
    path("films/", films.film_list, name="film-index"),
    path("films/new/", films.new_film, name="new-film"),
    path("films/<int:film_id>/", films.film_page, name="film-page"),
    path("films/<int:film_id>/edit/", films.edit_film, name="edit-film"),
]
