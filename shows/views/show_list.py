from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_required
@permission_required("shows.view_show", raise_exception=True)
def show_list(request: HttpRequest) -> HttpResponse:
    return render(request, "shows/show_list.html")
