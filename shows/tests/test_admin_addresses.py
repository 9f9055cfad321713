"""What somebody writes into an address or a form by hand is refused, and never a server error."""

from typing import Any

import pytest
from django.test import Client

from config.tests.admin_pages import as_sent, errors_of, signed_in
from shows.models import Shot
from shows.tests.factories import ShotFactory

pytestmark = [pytest.mark.security, pytest.mark.django_db]


@pytest.fixture
def admin() -> Client:
    return signed_in("admin")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("shows/shot/?status__exact=%00", 400),
        ("shows/shot/?department=%00", 400),
        ("shows/shot/?q=%00", 400),
        ("shows/shot/?status__regex=(", 400),
        ("shows/shot/?sequence__show__production__title=x", 400),
        ("shows/shot/?show__id__exact=abc", 302),
        ("shows/shot/?show__id__exact=99999999999999999999", 200),
        ("shows/shot/?open_notes=perhaps", 200),
        ("shows/shot/?p=999&o=99.x", 200),
        ("shows/change/?shot_id=99999999999999999999", 200),
        ("shows/change/?shot_id=abc", 302),
        ("shows/show/?created_at__year=99999", 302),
        ("shows/review/versions/?page=abc", 200),
        ("shows/review/versions/?term=%00", 400),
        ("crew/crewmember/?employment__contains=abc", 400),
        ("shows/shot/99999999999999999999/change/", 302),
        ("shows/shot/abc/delete/", 302),
    ],
)
def test_an_address_made_by_hand_is_no_server_error(address: str, status: int, admin: Client) -> None:
    assert admin.get(f"/admin/{address}").status_code == status


@pytest.mark.parametrize("pk", ["abc", "-1", "1.5"])
def test_an_action_on_what_no_row_can_be_called_is_refused(pk: str, admin: Client) -> None:
    sent = {"action": "set_status_final", "_selected_action": [pk]}
    assert admin.post("/admin/shows/shot/", sent).status_code == 400


def test_an_action_on_rows_that_are_not_there_changes_nothing(admin: Client) -> None:
    ShotFactory.create()
    sent = {"action": "set_status_final", "_selected_action": ["9" * 30], "confirmed": "yes"}
    assert admin.post("/admin/shows/shot/", sent).status_code == 302
    assert Shot.objects.get().status == "pending"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", "a\x00"),
        ("description", "a\x00"),
        ("frame_end", 2**63),
        ("expected_version", "abc"),
        ("assigned_to", 2**70),
        ("sequence", "abc"),
        ("status", "lost"),
    ],
)
def test_a_value_that_no_field_can_hold_is_refused_beside_it(field: str, value: Any, admin: Client) -> None:
    address = f"/admin/shows/shot/{ShotFactory.create().pk}/change/"
    answer = admin.post(address, as_sent(admin.get(address)) | {field: value})
    assert list(errors_of(answer)) == [field]
