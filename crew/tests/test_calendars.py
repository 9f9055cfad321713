from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.test import APIClient

from config.accounts.tests.factories import UserFactory
from crew.models import CalendarToken, CrewMember
from crew.services.icalendar import calendar_text
from crew.tests.factories import BookingFactory, CrewMemberFactory, ProductionFactory, TimeOffFactory, days, one_day
from crew.tests.reading_calendars import days_of, events_of, properties

NOW = datetime(2030, 5, 1, tzinfo=UTC)
ROW = {"id": 7, "row_version": 3, "role": "Editor", "production": {"id": 1, "title": "Neon"}}
DAYS = st.dates(max_value=date(9999, 12, 30))


@pytest.fixture
def coordinator(client_of: Callable[..., APIClient]) -> APIClient:
    return client_of("coordinator")


@pytest.fixture
def anyone(client_of: Callable[..., APIClient]) -> APIClient:
    return client_of("anyone")


@pytest.fixture
def ada(db: None) -> CrewMember:
    return CrewMemberFactory(full_name="Ada; Byron")


def of(person: CrewMember, path: str = "calendar.ics") -> str:
    return f"/api/v1/crew/{person.pk}/{path}"


def secret(client: APIClient, person: CrewMember) -> str:
    answer = client.post(of(person, "calendar-token"))
    assert answer.status_code == 200, answer.content
    return str(answer.json()["token"])


@pytest.mark.unit
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])), st.lists(DAYS, min_size=2, max_size=2).map(sorted))
def test_what_is_written_is_read_again(title: str, span: list[date]) -> None:
    row = ROW | {"start": span[0], "end": span[1], "production": {"id": 1, "title": title}}
    [event] = events_of(calendar_text("Ada", [row], NOW).encode())
    assert (event["SUMMARY"], days_of(event)) == (title, (span[0], span[1] + timedelta(days=1)))


@pytest.mark.unit
@pytest.mark.parametrize("title", ["a\nb", "a\r\nb", "a\rb"])
def test_a_line_end_in_a_title_ends_no_line(title: str) -> None:
    row = ROW | {"start": date(2030, 1, 1), "end": date(2030, 1, 1), "production": {"id": 1, "title": title}}
    assert events_of(calendar_text("Ada", [row], NOW).encode())[0]["SUMMARY"] == "a\nb"


@pytest.mark.unit
def test_a_control_character_is_left_out() -> None:
    row = ROW | {"start": date(2030, 1, 1), "end": date(2030, 1, 1), "production": {"id": 1, "title": "a\x07\tb"}}
    assert events_of(calendar_text("Ada", [row], NOW).encode())[0]["SUMMARY"] == "a\tb"


@time_machine.travel("2029-12-01 12:00:00Z")
def test_a_calendar_shows_bookings_and_time_off_by_whole_days(
    client_of: Callable[..., APIClient], ada: CrewMember
) -> None:
    production = ProductionFactory(title="Neon, part 2", period=days(date(2030, 1, 5), date(2030, 1, 9)))
    BookingFactory(crew_member=ada, production=production)
    TimeOffFactory(crew_member=ada, period=one_day(date(2030, 1, 10)), reason="Surgery")
    answer: Any = client_of("coordinator").get(of(ada))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    found = [(event["SUMMARY"], *days_of(event)) for event in events_of(answer.content)]
    assert found == [
        ("Neon, part 2", date(2030, 1, 5), date(2030, 1, 10)), ("Time off", date(2030, 1, 10), date(2030, 1, 11)),
    ]  # fmt: skip
    assert b"Surgery" not in answer.content


def test_a_calendar_says_what_it_is(coordinator: APIClient, ada: CrewMember) -> None:
    found = properties(coordinator.get(of(ada)).content)
    assert found[:2] == [("BEGIN", "VCALENDAR"), ("VERSION", "2.0")]
    assert (dict(found)["NAME"], found[-1]) == ("Ada; Byron: bookings", ("END", "VCALENDAR"))


def test_an_event_keeps_its_name_when_it_moves(coordinator: APIClient, ada: CrewMember) -> None:
    booking = BookingFactory(crew_member=ada)
    url = f"/api/v1/productions/{booking.production_id}"
    [before] = events_of(coordinator.get(of(ada)).content)
    assert coordinator.patch(url, {"start": "2030-02-01"}).status_code == 200
    [after] = events_of(coordinator.get(of(ada)).content)
    assert (before["UID"], int(before["SEQUENCE"]) < int(after["SEQUENCE"])) == (after["UID"], True)
    assert days_of(after)[0] == date(2030, 2, 1)


@time_machine.travel("2030-05-01 12:00:00Z")
def test_a_calendar_reaches_a_year_back(client_of: Callable[..., APIClient], ada: CrewMember) -> None:
    for day in (date(2029, 4, 29), date(2029, 4, 30)):
        TimeOffFactory(crew_member=ada, period=one_day(day))
    found = events_of(client_of("coordinator").get(of(ada)).content)
    assert [days_of(event)[0] for event in found] == [date(2029, 4, 30)]


@pytest.mark.performance
def test_a_calendar_asks_as_many_questions_however_much_there_is(coordinator: APIClient, ada: CrewMember) -> None:
    TimeOffFactory.create_batch(10, crew_member=ada)
    with CaptureQueriesContext(connection) as queries:
        coordinator.get(of(ada))
    assert len(queries) == 4


@pytest.mark.security
def test_a_program_reads_the_calendar_with_its_secret_alone(
    coordinator: APIClient, anyone: APIClient, ada: CrewMember
) -> None:
    answer = coordinator.post(of(ada, "calendar-token")).json()
    assert answer["url"].endswith(f"{of(ada)}?token={answer['token']}")
    assert anyone.get(answer["url"]).status_code == anyone.head(answer["url"]).status_code == 200
    assert anyone.get(of(ada)).status_code == 401
    assert anyone.get(of(CrewMemberFactory()) + f"?token={answer['token']}").status_code == 404


@pytest.mark.security
@pytest.mark.parametrize("wrong", ["", "x", "%00", "%ff", "%ed%a0%80", "A" * 5000])
def test_a_wrong_secret_is_a_404(wrong: str, coordinator: APIClient, anyone: APIClient, ada: CrewMember) -> None:
    assert anyone.get(f"{of(ada)}?token={wrong}").status_code == 404
    secret(coordinator, ada)
    assert anyone.get(f"{of(ada)}?token={wrong}").status_code == 404
    assert anyone.get(f"/api/v1/crew/987654321/calendar.ics?token={wrong}").status_code == 404


@pytest.mark.security
def test_a_new_secret_ends_the_one_before(coordinator: APIClient, anyone: APIClient, ada: CrewMember) -> None:
    old, new = secret(coordinator, ada), secret(coordinator, ada)
    assert [anyone.get(f"{of(ada)}?token={token}").status_code for token in (old, new)] == [404, 200]


@pytest.mark.security
def test_a_secret_is_stored_nowhere(coordinator: APIClient, ada: CrewMember) -> None:
    answers = [coordinator.post(of(ada, "calendar-token"), HTTP_IDEMPOTENCY_KEY="again") for _ in range(2)]
    tokens = {answer.json()["token"] for answer in answers}
    assert (len(tokens), answers[0]["Cache-Control"]) == (2, "no-store")
    with connection.cursor() as cursor:
        cursor.execute("SELECT digest FROM crew_calendar_token UNION ALL SELECT body::text FROM api_idempotencykey")
        stored = str(cursor.fetchall())
    assert not any(token in stored for token in tokens)


@pytest.mark.security
def test_a_secret_is_dead_while_the_account_is_disabled(
    coordinator: APIClient, anyone: APIClient, ada: CrewMember
) -> None:
    token = secret(coordinator, ada)
    ada.user = UserFactory.create(is_active=False)
    ada.save()
    assert anyone.get(f"{of(ada)}?token={token}").status_code == 404


@pytest.mark.security
@pytest.mark.parametrize(
    ("role", "own", "other"), [("artist", 200, 403), ("supervisor", 200, 403), ("producer", 200, 200)]
)
def test_who_makes_a_secret(role: str, own: int, other: int, client_of: Callable[..., APIClient]) -> None:
    client: Any = client_of(role)
    people = CrewMemberFactory(user=client.user), CrewMemberFactory()
    assert [client.post(of(person, "calendar-token")).status_code for person in people] == [own, other]


@pytest.mark.security
def test_an_artist_reads_their_own_calendar_only(client_of: Callable[..., APIClient], ada: CrewMember) -> None:
    artist: Any = client_of("artist")
    own = CrewMemberFactory(user=artist.user)
    urls = [of(own), of(ada), "/api/v1/crew/987654321/calendar.ics"]
    assert [artist.get(url).status_code for url in urls] == [200, 403, 403]


def test_a_dry_run_makes_no_secret(coordinator: APIClient, anyone: APIClient, ada: CrewMember) -> None:
    token = secret(coordinator, ada)
    answer = coordinator.post(of(ada, "calendar-token") + "?dry_run=true")
    assert (answer.status_code, answer.json()) == (200, {"token": None, "url": None, "dry_run": True})
    assert anyone.get(f"{of(ada)}?token={token}").status_code == 200


def test_nobody_has_no_calendar(coordinator: APIClient) -> None:
    for method, path in (("get", "calendar.ics"), ("post", "calendar-token")):
        assert getattr(coordinator, method)(f"/api/v1/crew/987654321/{path}").status_code == 404
    assert not CalendarToken.objects.exists()


@pytest.mark.security
def test_calendars_are_not_asked_for_without_end(anyone: APIClient, ada: CrewMember) -> None:
    cache.clear()
    statuses = [anyone.get(f"{of(ada)}?token=x").status_code for _ in range(121)]
    assert (set(statuses[:120]), statuses[120]) == ({404}, 429)
    cache.clear()
