"""Cuts and exports as jobs."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.exceptions import ValidationError

from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from pipeline.errors import NotAllowed
from pipeline.models import Job
from pipeline.runner import run_step
from pipeline.services.jobs import submit_job
from shows.models import Change, Shot, Show
from shows.services.exports import export_show
from shows.tests.factories import ReviewFactory, SequenceFactory, ShotFactory, ShowFactory
from shows.tests.test_timeline_import import EDL, TOO_LONG

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(db: None) -> User:
    return UserFactory.create(roles=["coordinator"])


@pytest.fixture
def show(db: None) -> Show:
    found: Show = ShowFactory()
    return found


def ran(name: str, by: User, **params: Any) -> Any:
    """The job, run through, as the API shows it."""
    job = submit_job(name, params, by=by)
    for position in range(job.steps_count):
        run_step(job.job_id, position, worker="w1")
    return Job.objects.as_details().get(pk=job.pk)


def imported(show: Show, by: User, content: str) -> Any:
    return ran("import_timeline", by, show_id=show.pk, filename="cut.edl", content=content)


def log_of(row: Any) -> list[str]:
    return list(Job.objects.get(pk=row["id"]).log_lines.values_list("message", flat=True))


def test_a_cut_is_looked_at_and_then_written(coordinator: User, show: Show) -> None:
    row = imported(show, coordinator, EDL)
    assert row["status"] == "completed"
    looked, written = row["steps"]
    assert (looked["output"]["dry_run"], written["output"]["dry_run"]) == (True, False)
    assert (written["output"]["created"], written["output"]["rows"]) == (2, looked["output"]["rows"])
    assert Shot.objects.filter(show=show).count() == 2
    assert log_of(row)[0] == f"Reading cut.edl, {len(EDL)} characters."


def test_the_shots_history_names_who_started_the_job(coordinator: User, show: Show) -> None:
    imported(show, coordinator, EDL)
    imported(show, coordinator, EDL.replace("00:00:01:00 00:00:02:00 00:00:00", "00:00:00:00 00:00:01:00 00:00:00"))
    [change] = Change.objects.filter(field="frame_end")
    assert (change.by_name, change.reason) == (coordinator.display_name, "Timeline import")


def test_rows_with_errors_stand_in_the_log_and_nothing_is_written(coordinator: User, show: Show) -> None:
    row = imported(show, coordinator, EDL + TOO_LONG)
    assert (row["status"], row["steps"][1]["status"]) == ("error", "pending")
    assert row["steps"][0]["error"] == "1 of 3 rows have errors, and nothing was written. The log names them."
    assert any(line.startswith("Line 8, a_name_that_is_too_long: ") for line in log_of(row))
    assert not Shot.objects.filter(show=show).exists()


@pytest.mark.parametrize(
    "content", ["[" * 100_000, '{"OTIO_SCHEMA": "Timeline.1", "tracks": {"children": 5}}', "x", "1 2 3", "\ufeff"]
)
def test_a_hostile_file_ends_the_job_with_words(coordinator: User, show: Show, content: str) -> None:
    row = imported(show, coordinator, content)
    error = row["steps"][0]["error"]
    assert (row["status"], row["steps"][0]["attempt"]) == ("error", 1)
    assert error
    assert "broke on our side" not in error


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({"content": ""}, "content"),
        ({"content": "x" * 5_000_001}, "content"),
        ({"content": "a\0b"}, "content"),
        ({"show_id": 10.0}, "show_id"),
        ({"show_id": 987654321}, "show_id"),
        ({"filename": "x" * 201}, "filename"),
        ({"rate": 24}, "rate"),
    ],
)
def test_a_cut_that_cannot_be_started_is_refused_by_param(
    coordinator: User, show: Show, params: dict[str, Any], field: str
) -> None:
    good = {"show_id": show.pk, "filename": "cut.edl", "content": EDL}
    with pytest.raises(ValidationError) as refusal:
        submit_job("import_timeline", good | params, by=coordinator)
    assert set(refusal.value.message_dict) == {f"params.{field}"}


@pytest.mark.parametrize(("name", "role"), [("import_timeline", "artist"), ("export_show", "clerk")])
def test_who_may_not_do_it_by_hand_may_not_start_it(show: Show, name: str, role: str) -> None:
    with pytest.raises(NotAllowed):
        submit_job(name, {"show_id": show.pk}, by=UserFactory.create(roles=[role]))


def test_rights_that_ended_meanwhile_end_the_job(coordinator: User, show: Show) -> None:
    params = {"show_id": show.pk, "filename": "cut.edl", "content": EDL}
    job = submit_job("import_timeline", params, by=coordinator)
    coordinator.groups.clear()
    run_step(job.job_id, 0, worker="w1")
    job.refresh_from_db()
    assert (job.state, Shot.objects.exists()) == ("error", False)


def tables_of(client: Any, row: Any) -> dict[str, list[dict[str, str]]]:
    answer = client.get(row["result"]["final_result"]["file_url"])
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    with ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    return {name: list(csv.DictReader(io.StringIO(text))) for name, text in texts.items()}


def test_an_export_holds_the_shots_and_reviews_of_one_show(client_of: Callable[..., Any], coordinator: User) -> None:
    shot = ReviewFactory(body="=1+1").shot
    ReviewFactory()
    row = ran("export_show", coordinator, show_id=shot.show_id)
    assert (row["status"], row["result"]["final_result"]["shots"]) == ("completed", 1)
    tables = tables_of(client_of(user=coordinator), row)
    assert [line["code"] for line in tables["shots.csv"]] == [shot.code]
    assert [line["body"] for line in tables["reviews.csv"]] == ["'=1+1"]


def test_an_export_is_read_by_who_sees_the_job_and_the_show(client_of: Callable[..., Any], coordinator: User) -> None:
    row = ran("export_show", coordinator, show_id=ShotFactory().show_id)
    url = row["result"]["final_result"]["file_url"]
    read = {role: client_of(role).get(url).status_code for role in ("artist", "producer", "member", "clerk", "anyone")}
    assert read == {"artist": 200, "producer": 200, "member": 404, "clerk": 404, "anyone": 401}


@pytest.mark.performance
def test_an_export_asks_as_often_for_many_shots_as_for_one(
    coordinator: User, tmp_path: Path, django_assert_num_queries: Any
) -> None:
    sequence = SequenceFactory()
    # Brings the rights along.
    coordinator.get_all_permissions()
    for number in (1, 20):
        ShotFactory.create_batch(number, sequence=sequence)
        with django_assert_num_queries(2):
            export_show(sequence.show, tmp_path / "a.zip", by=coordinator, pause=lambda: None)
