from django.urls import path

from catalog.views import films
from catalog.views.library import courses, editor, find, item, menus, public, shelf, transfer

urlpatterns = [
    path("films/", films.film_list, name="film-index"),
    path("films/new/", films.new_film, name="new-film"),
    path("films/<int:film_id>/", films.film_page, name="film-page"),
    path("films/<int:film_id>/edit/", films.edit_film, name="edit-film"),
    path("library/", shelf.shelf, name="library-page"),
    path("library/bulk/", shelf.bulk, name="library-bulk"),
    path("library/find/", find.find_page, name="library-find"),
    path("library/transfer/", transfer.transfer, name="library-transfer"),
    path("library/<uuid:media_id>/", item.item_page, name="media-page"),
    path("library/<uuid:media_id>/state/", item.save_state, name="save-state"),
    path("library/<uuid:media_id>/remove/", item.take_off, name="take-off"),
    path("library/<uuid:media_id>/tags/", item.tag_act, name="tag-act"),
    path("library/<uuid:media_id>/menu/", item.put_on_menu, name="put-on-menu"),
    path("menus/", menus.menu_list, name="menu-index"),
    path("menus/<int:menu_id>/edit/", editor.menu_editor, name="menu-editor"),
    path("menus/<int:menu_id>/details/", editor.save_details, name="menu-details"),
    path("menus/<int:menu_id>/publish/", menus.publish_menu, name="publish-menu"),
    path("menus/<int:menu_id>/delete/", menus.remove_menu, name="remove-menu"),
    path("menus/<int:menu_id>/courses/", courses.new_course, name="new-course"),
    path("menus/<int:menu_id>/courses/<int:course_id>/", courses.course_act, name="course-act"),
    path("menus/<int:menu_id>/items/", courses.new_item, name="new-course-item"),
    path("menus/<int:menu_id>/items/<int:item_id>/", courses.item_act, name="course-item-act"),
    path("menus/<slug:slug>/", public.public_menu, name="public-menu-page"),
]
