from django.urls import path

from config.pages import appearance, design, my_work, profile

urlpatterns = [
    path("", my_work.my_work, name="my-work"),
    path("me/", profile.me, name="profile"),
    path("design/", design.design, name="design"),
    path("theme/", appearance.choose_theme, name="theme"),
]
