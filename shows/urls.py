from django.urls import path

from shows.views import show_list

urlpatterns = [
    path("shows/", show_list.show_list, name="show-index"),
]
