"""What the editor of a menu does with courses and with the media in them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from catalog.services.library import courses
from catalog.views.library.editor import answered, own_menu
from catalog.views.library.forms import CourseForm, NotesForm
from catalog.views.library.numbers import number_of, uuid_of
from catalog.views.library.places import Place, course_place, item_place
from pipeline.forms import WrittenForm
from pipeline.views.access import caller, page_for
from pipeline.views.attempts import tell, tell_mistakes

STEPS = {"up": -1, "down": 1}


@require_POST
@page_for()
def new_course(request: HttpRequest, menu_id: int) -> HttpResponse:
    def write(**values: Any) -> str:
        return f"{courses.add_course(menu_id, by=caller(request), **values)} is the last course now."

    written(request, CourseForm(request.POST), write)
    return answered(request, menu_id)


@require_POST
@page_for()
def course_act(request: HttpRequest, menu_id: int, course_id: int) -> HttpResponse:
    """Saves a course, removes it, or moves it: a step, or to a place."""
    by, act = caller(request), request.POST.get("act", "")
    place = course_place(own_menu(request, menu_id), course_id)

    def save(**values: Any) -> str:
        return f"{courses.change_course(menu_id, course_id, by=by, **values)} is saved."

    def remove() -> str:
        courses.delete_course(menu_id, course_id, by=by)
        return f"{place.title} is off the menu."

    def move() -> str:
        courses.change_course(menu_id, course_id, by=by, **wished(request, place))
        return str(course_place(own_menu(request, menu_id), course_id))

    if act == "save":
        written(request, CourseForm(request.POST), save)
    else:
        tell(request, remove if act == "remove" else move)
    return answered(request, menu_id)


@require_POST
@page_for()
def new_item(request: HttpRequest, menu_id: int) -> HttpResponse:
    """Puts an item at the end of a course."""
    course_id, media_id = number_of(request.POST.get("course", "")), uuid_of(request.POST.get("media", ""))

    def act() -> str:
        item, is_new = courses.add_item(menu_id, int(course_id or 0), by=caller(request), media_id=media_id)  # type: ignore[arg-type]
        return f"{item.media_item} is {'on the menu' if is_new else 'in that course already'}."

    if course_id is None or media_id is None:
        messages.error(request, "Choose a course, and what is to be put into it.")
    else:
        tell(request, act)
    return answered(request, menu_id)


@require_POST
@page_for()
def item_act(request: HttpRequest, menu_id: int, item_id: int) -> HttpResponse:
    """Saves the notes of an item, takes it off, or moves it: a step, or to a place of a course."""
    by, act = caller(request), request.POST.get("act", "")
    place = item_place(own_menu(request, menu_id), item_id)

    def save(**values: Any) -> str:
        courses.change_item(menu_id, item_id, by=by, **values)
        return f"The notes of {place.title} are saved."

    def remove() -> str:
        courses.delete_item(menu_id, item_id, by=by)
        return f"{place.title} is off the menu."

    def move() -> str:
        courses.change_item(menu_id, item_id, by=by, **wished(request, place))
        return str(item_place(own_menu(request, menu_id), item_id))

    if act == "save":
        written(request, NotesForm(request.POST), save)
    else:
        tell(request, remove if act == "remove" else move)
    return answered(request, menu_id)


def written(request: HttpRequest, form: WrittenForm, write: Any) -> None:
    """Has a form written, and says what came of it."""
    words = form.written(write)
    if words is None:
        tell_mistakes(request, form)
    else:
        messages.success(request, words)


def wished(request: HttpRequest, place: Place) -> dict[str, Any]:
    """Where something is to go, as the services take it."""
    if step := STEPS.get(request.POST.get("act", "")):
        return place.after(step)
    position = number_of(request.POST.get("position", ""))
    if position is None:
        raise Http404
    course_id = number_of(request.POST.get("course", "")) if place.course_id else None
    return {"position": position} | ({"course_id": course_id} if course_id else {})
