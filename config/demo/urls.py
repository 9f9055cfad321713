from django.urls import path

from config.demo.api import SeedView

urlpatterns = [path("seed", SeedView.as_view(), name="seed")]
