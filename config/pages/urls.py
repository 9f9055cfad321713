from django.urls import path

from config.pages import appearance, my_work, profile

urlpatterns = [
    path("", my_work.my_work, name="my-work"),
    path("me/", profile.me, name="profile"),
    path("theme/", appearance.choose_theme, name="theme"),
]
