from django.urls import path

from config.accounts.api import schema, views

# Imported, because it registers itself with the schema's generator.
__all__ = ["schema", "urlpatterns"]

urlpatterns = [
    path("auth/register", views.RegisterView.as_view(), name="auth-register"),
    path("auth/login", views.SignInView.as_view(), name="auth-login"),
    path("auth/token", views.PasswordGrantView.as_view(), name="auth-token"),
    path("auth/refresh", views.RefreshView.as_view(), name="auth-refresh"),
    path("auth/logout", views.SignOutView.as_view(), name="auth-logout"),
    path("auth/password", views.PasswordView.as_view(), name="auth-password"),
    path("me", views.MeView.as_view(), name="me"),
]
