"""`/menus/`: somebody's own menus; and what is done with a whole menu."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from catalog.models import Menu
from catalog.services.library.menus import change_menu, create_menu, delete_menu
from catalog.views.library.forms import MenuForm
from pipeline.views.access import caller, page_for
from pipeline.views.attempts import attempted
from pipeline.views.paging import page_of

MENUS_A_PAGE = 48


@require_http_methods(["GET", "HEAD", "POST"])
@page_for()
def menu_list(request: HttpRequest) -> HttpResponse:
    """A page of menus, two queries; and the form that makes one more."""
    by = caller(request)
    form = MenuForm(request.POST or None)
    if menu := form.written(lambda **values: create_menu(by=by, **values)):
        messages.success(request, "The menu is there. Give it its first course.")
        return redirect("menu-editor", menu.pk)
    menus = Menu.objects.visible_to(by)
    page = page_of(request.GET, total=menus.count(), size=MENUS_A_PAGE, address=lambda number: f"?page={number}")
    rows = page.cut(menus.order_by("-updated_at", "-id").as_rows())
    return render(request, "catalog/library/menus.html", {"page": page, "rows": rows, "form": form})


@require_POST
@page_for()
def publish_menu(request: HttpRequest, menu_id: int) -> HttpResponse:
    """Opens a menu to everybody at its address, or closes it again."""
    is_public = request.POST.get("act") == "publish"
    menu = attempted(request, lambda: change_menu(menu_id, by=caller(request), is_public=is_public))
    if menu and is_public:
        address = request.build_absolute_uri(reverse("public-menu-page", args=[menu.slug]))
        messages.success(request, f"Everybody can read the menu now, at {address}")
    elif menu:
        messages.success(request, "The menu is yours alone again. Its old address leads nowhere.")
    return redirect("menu-editor", menu_id)


@require_POST
@page_for()
def remove_menu(request: HttpRequest, menu_id: int) -> HttpResponse:
    delete_menu(menu_id, by=caller(request))
    messages.success(request, "The menu is deleted.")
    return redirect("menu-index")
