from typing import Any

import pytest

from catalog.models import MediaItem
from catalog.tests.library.factories import MenuFactory, SourceFactory, StateFactory, TagFactory
from config.accounts.tests.factories import UserFactory
from config.tests.admin_pages import errors_of, send, signed_in

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
ROWS: dict[str, Any] = {
    "mediasource": SourceFactory, "tag": TagFactory, "mediastate": StateFactory, "menu": MenuFactory,
}  # fmt: skip
MEDIA = "/admin/catalog/mediaitem/"


def test_a_clerk_adds_an_item_and_says_what_only_its_kind_has() -> None:
    clerk = signed_in("clerk")
    answer = send(clerk, f"{MEDIA}add/", media_type="book", title="Barrow Road", metadata="{}")
    assert answer.status_code == 302, errors_of(answer)
    item = MediaItem.objects.get()
    page = f"{MEDIA}{item.pk}/change/"
    answer = send(clerk, page, title="Barrow Lane", authors="Ida Marlowe\r\n Bruno Quill ", page_count="312")
    assert answer.status_code == 302, errors_of(answer)
    item = MediaItem.objects.select_related("book").get()
    assert (item.title, item.creator, item.book.page_count) == ("Barrow Lane", "Ida Marlowe, Bruno Quill", 312)
    refused = send(clerk, page, release_precision="year")
    assert "release_precision" in errors_of(refused)


def test_media_are_found_listed_and_deleted_unless_somebody_has_them() -> None:
    clerk, item = signed_in("clerk"), SourceFactory(media_item__title="Åsa's harbour").media_item
    kept = StateFactory().media_item
    assert "harbour" in clerk.get(f"{MEDIA}?q=asa").content.decode()
    action = {"action": "delete_selected", "post": "yes"}
    clerk.post(MEDIA, action | {"_selected_action": [str(item.pk)]})
    assert clerk.post(MEDIA, action | {"_selected_action": ["x"]}).status_code == 400
    clerk.post(f"{MEDIA}{kept.pk}/delete/", {"post": "yes"})
    assert list(MediaItem.objects.all()) == [kept]


@pytest.mark.parametrize("name", ROWS)
def test_what_is_peoples_own_is_looked_at_by_the_admin_alone(name: str) -> None:
    rows: dict[str, Any] = {
        "mediasource": SourceFactory,
        "tag": TagFactory,
        "mediastate": StateFactory,
        "menu": MenuFactory,
    }
    row = rows[name]()
    admin = signed_in(user=UserFactory.create(is_superuser=True))
    assert admin.get(f"/admin/catalog/{name}/").status_code == 200
    assert admin.get(f"/admin/catalog/{name}/{row.pk}/change/").status_code == 200
    assert admin.get(f"/admin/catalog/{name}/add/").status_code == 403
