from django.contrib.auth.views import PasswordChangeDoneView, PasswordResetCompleteView, PasswordResetDoneView
from django.urls import path
from django.views.generic import RedirectView

from config.accounts import views

urlpatterns = [
    path("login/", views.SignInView.as_view(), name="login"),
    path("logout/", views.SignOutView.as_view(), name="logout"),
    path("admin/login/", views.admin_sign_in, name="admin-sign-in"),
    path("admin/password_change/", RedirectView.as_view(pattern_name="password_change")),
    path("password/change/", views.ChangePasswordView.as_view(), name="password_change"),
    path(
        "password/change/done/",
        PasswordChangeDoneView.as_view(template_name="accounts/password_change_done.html"),
        name="password_change_done",
    ),
    path("password/reset/", views.ForgottenPasswordView.as_view(), name="password_reset"),
    path(
        "password/reset/sent/",
        PasswordResetDoneView.as_view(template_name="accounts/password_reset_sent.html"),
        name="password_reset_done",
    ),
    path(
        "password/reset/<uidb64>/<token>/",
        views.NewPasswordView.as_view(),
        name="password_reset_confirm",
    ),
    path(
        "password/reset/done/",
        PasswordResetCompleteView.as_view(template_name="accounts/password_reset_done.html"),
        name="password_reset_complete",
    ),
    path("invitation/<uuid:uid>/<token>/", views.accept_invitation, name="invitation"),
]
