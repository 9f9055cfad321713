"""Slugs that are one's own and orders without a gap, whoever writes at the same time."""

from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.models import CourseItem, Menu
from catalog.services.library import courses, menus
from catalog.services.library.slugs import slug_base
from catalog.tests.library.factories import CourseFactory, MediaFactory, MenuFactory
from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from config.accounts.tests.parallel import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(db: None) -> User:
    return UserFactory.create()


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Néo-Noir Night!", "neo-noir-night"),
        ("千と千尋", "menu"),
        ("…", "menu"),
        ("Straße", "strasse"),
        ("x" * 200, "x" * 72),
    ],
)
def test_a_slug_is_made_of_what_can_be_kept_of_the_title(title: str, slug: str) -> None:
    assert slug_base(title) == slug


def test_a_title_that_looks_like_a_number_of_another_gets_its_own_slug(member: User) -> None:
    slugs = [menus.create_menu(by=member, title=title).slug for title in ("Noir 2", "Noir", "Noir", "Noir 2")]
    assert slugs == ["noir-2", "noir-3", "noir-4", "noir-2-2"]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_menus_of_one_title_made_at_once_have_slugs_of_their_own() -> None:
    member, threads = UserFactory.create(), 32
    made = at_once(threads, lambda: menus.create_menu(by=member, title="Neo-noir night").slug)
    assert sorted(made) == sorted(["neo-noir-night", *(f"neo-noir-night-{n}" for n in range(2, threads + 1))])


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_orders_stay_whole_when_many_write_at_once(at_full_size: bool) -> None:
    member, threads = UserFactory.create(), 32 if at_full_size else 8
    menu = MenuFactory(user=member)
    course, media = CourseFactory(menu=menu), [MediaFactory().pk for _ in range(threads)]
    turns = count()

    def act() -> None:
        number = next(turns)
        item, _ = courses.add_item(menu.pk, course.pk, by=member, media_id=media[number], position=number % 3)
        courses.change_item(menu.pk, item.pk, by=member, position=(number * 7) % threads)

    def reorder() -> None:
        cut = next(turns) % threads
        courses.reorder_items(menu.pk, course.pk, by=member, item_ids=ids[cut:] + ids[:cut])

    at_once(threads, act)
    ids = list(course.items.values_list("pk", flat=True))
    at_once(threads, reorder)
    assert list(course.items.values_list("position", flat=True)) == list(range(threads))
    assert set(course.items.values_list("media_item", flat=True)) == set(media)


ACTS = st.lists(
    st.tuples(st.sampled_from(["add", "move", "delete", "reorder"]), st.integers(0, 9), st.integers(0, 9)), max_size=12
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTS)
def test_places_are_those_of_a_list(member: User, acts: list[tuple[str, int, int]]) -> None:
    course = CourseFactory(menu=MenuFactory(user=member))
    expected: list[int] = []
    for act, which, place in acts:
        carried_out(act, which, place, course, expected, member)
    rows = course.items.order_by("position").values_list("pk", "position")
    assert [pk for pk, _ in rows] == expected
    assert [position for _, position in rows] == list(range(len(expected)))


def carried_out(act: str, which: int, place: int, course: Any, expected: list[int], by: User) -> None:
    """The same at the service and on a list."""
    menu = course.menu_id
    if act == "add":
        item, _ = courses.add_item(menu, course.pk, by=by, media_id=MediaFactory().pk, position=place)
        expected.insert(place, item.pk)
    elif expected and act == "reorder":
        expected.reverse()
        courses.reorder_items(menu, course.pk, by=by, item_ids=expected)
    elif expected:
        pk = expected.pop(which % len(expected))
        if act == "delete":
            courses.delete_item(menu, pk, by=by)
        else:
            courses.change_item(menu, pk, by=by, position=place)
            expected.insert(place, pk)


def test_an_item_moves_to_another_course_and_leaves_no_gap(member: User) -> None:
    menu = MenuFactory(user=member)
    first, second = CourseFactory(menu=menu), CourseFactory(menu=menu)
    items = [courses.add_item(menu.pk, first.pk, by=member, media_id=MediaFactory().pk)[0] for _ in range(3)]
    courses.add_item(menu.pk, second.pk, by=member, media_id=MediaFactory().pk)
    courses.change_item(menu.pk, items[0].pk, by=member, course_id=second.pk, position=0)
    places = CourseItem.objects.order_by("course", "position").values_list("course", "position")
    assert list(places) == [(first.pk, 0), (first.pk, 1), (second.pk, 0), (second.pk, 1)]


@pytest.mark.performance
def test_a_menu_is_one_question_whatever_is_in_it(member: User, django_assert_num_queries: Any) -> None:
    menu = MenuFactory(user=member)
    for _ in range(3):
        course = CourseFactory(menu=menu)
        for _ in range(3):
            courses.add_item(menu.pk, course.pk, by=member, media_id=MediaFactory().pk)
    with django_assert_num_queries(1):
        [row] = Menu.objects.filter(pk=menu.pk).as_details()
    assert [len(course["items"]) for course in row["courses"]] == [3, 3, 3]
