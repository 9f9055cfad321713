"""The page of a show: its board."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.tests.admin_pages import signed_in
from crew.tests.factories import CrewMemberFactory, ProductionFactory
from shows.models import Show
from shows.tests.factories import ReviewFactory, SequenceFactory, ShotFactory, ShowFactory, VersionFactory
from shows.views import board

pytestmark = pytest.mark.django_db


@pytest.fixture
def show() -> Show:
    made: Show = ShowFactory(code="NT")
    return made


@pytest.fixture
def reader() -> Client:
    return signed_in("coordinator")


def lanes_of(answer: Any) -> dict[str, list[str]]:
    """The codes of the shots by the code of their sequence."""
    return {lane.code: [tile["code"] for tile in lane.tiles] for lane in answer.context["board"].lanes}


def test_the_board_has_lanes_by_code_and_shots_in_the_order_of_the_cut(show: Show, reader: Client) -> None:
    first, second = SequenceFactory(show=show, code="B"), SequenceFactory(show=show, code="A")
    for sequence, code in ((first, "020"), (second, "030"), (first, "010")):
        ShotFactory(sequence=sequence, code=code)
    lanes = lanes_of(reader.get("/shows/NT/"))
    assert list(lanes.items()) == [("A", ["030"]), ("B", ["020", "010"])]


def test_a_tile_tells_the_status_the_person_and_the_open_notes(show: Show, reader: Client) -> None:
    shot = ShotFactory(sequence__show=show, status="on_hold", assigned_to=CrewMemberFactory(full_name="Ada Crew"))
    ReviewFactory.create_batch(2, shot=shot)
    ReviewFactory(shot=shot, is_open=False)
    VersionFactory(shot=shot, number=7)
    tile = reader.get("/shows/NT/").context["board"].lanes[0].tiles[0]
    told = [tile[name] for name in ("status_label", "person", "open_notes", "newest_version", "thumbnail")]
    assert told == ["On hold", "Ada Crew", 2, "v007", None]


def test_a_code_in_the_address_is_the_same_in_any_case(show: Show, reader: Client) -> None:
    assert reader.get("/shows/nt/").context["show"] == show


@pytest.mark.parametrize("path", ["/shows/NONE/", "/shows/a%20b/", "/shows/%00/", "/shows/NT/lanes/1/"])
def test_a_show_or_lane_that_is_not_there_is_not_found(path: str, reader: Client) -> None:
    assert reader.get(path).status_code == 404


def query_for(name: str, show: Show) -> str:
    """Makes a shot that a filter finds beside one that it does not."""
    person = CrewMemberFactory()
    sequence = SequenceFactory(show=show, code="SQ1")
    found = ShotFactory(sequence=sequence, code="found", status="review", assigned_to=person, description="A red plate")
    ReviewFactory(shot=found, department="Roto")
    ShotFactory(sequence__show=show, code="other")
    values = {"assigned_to": person.pk, "status": "review", "sequence": "sq1", "department": "Roto"}
    return f"?{name}={({'q': 'RED', 'open_notes': 'true'} | values)[name]}"


@pytest.mark.parametrize("view", ["", "&view=table"])
@pytest.mark.parametrize("name", ["status", "sequence", "assigned_to", "department", "q", "open_notes"])
def test_each_filter_keeps_what_it_names(name: str, view: str, show: Show, reader: Client) -> None:
    answer = reader.get(f"/shows/NT/{query_for(name, show)}{view}")
    rows = answer.context["table"].rows if view else answer.context["board"].lanes[0].tiles
    assert [row["code"] for row in rows] == ["found"]
    assert answer.context["listing"].found == 1


@pytest.mark.parametrize(
    "query", ["?status=nonsense", "?assigned_to=x", f"?q={'x' * 300}", "?page=x", "?ordering=password"]
)
def test_what_makes_no_sense_in_the_address_counts_as_not_said(query: str, show: Show, reader: Client) -> None:
    ShotFactory(sequence__show=show)
    assert reader.get(f"/shows/NT/{query}").context["listing"].found == 1


def test_a_sequence_is_named_exactly_or_by_how_it_begins(show: Show, reader: Client) -> None:
    for code in ("SQ1", "SQ10", "SQ2"):
        ShotFactory(sequence=SequenceFactory(show=show, code=code))
    found = [set(lanes_of(reader.get(f"/shows/NT/?sequence={text}"))) for text in ("sq1", "sq", "x", "a b")]
    assert found == [{"SQ1"}, {"SQ1", "SQ10", "SQ2"}, set(), set()]


def test_lanes_below_the_first_wait_for_their_tiles(show: Show, reader: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(board, "LANES_AT_ONCE", 1)
    for _ in range(2):
        ShotFactory(sequence__show=show)
    later = reader.get("/shows/NT/").context["board"].lanes[1]
    assert (later.tiles, len(later.waiting)) == ([], 1)
    tiles = reader.get(f"/shows/NT/lanes/{later.id}/?status=pending").context["lane"].tiles
    assert [tile["sequence_id"] for tile in tiles] == [later.id]


def test_a_lane_belongs_to_its_show(show: Show, reader: Client) -> None:
    other = ShotFactory()
    assert reader.get(f"/shows/NT/lanes/{other.sequence_id}/").status_code == 404


def test_a_long_lane_leads_to_the_table_for_the_rest(show: Show, reader: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(board, "MOST_TILES", 2)
    ShotFactory.create_batch(3, sequence=SequenceFactory(show=show))
    answer = reader.get("/shows/NT/?status=pending")
    assert len(answer.context["board"].lanes[0].tiles) == 2
    assert "1 more in the table" in answer.content.decode()


def test_sequences_come_in_pages(show: Show, reader: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(board, "LANES_A_PAGE", 2)
    for code in "ABC":
        SequenceFactory(show=show, code=code)
    pages = [list(lanes_of(reader.get(f"/shows/NT/?page={page}"))) for page in ("1", "2", "99", "-1")]
    assert pages == [["A", "B"], ["C"], ["C"], ["A", "B"]]


@pytest.mark.parametrize(("role", "words"), [("coordinator", "Import shots or a cut"), ("artist", "bring shots in")])
def test_an_empty_show_names_the_next_step(role: str, words: str, show: Show) -> None:
    assert words in signed_in(role).get("/shows/NT/").content.decode()


def test_nothing_found_leads_back_to_everything(show: Show, reader: Client) -> None:
    page = reader.get("/shows/NT/?q=nothing").content.decode()
    assert "No shot matches" in page
    assert "Clear the filters" in page


def test_a_changed_filter_brings_the_shots_alone_and_a_clean_address(show: Show, reader: Client) -> None:
    answer = reader.get("/shows/NT/?status=&q=x&view=table", headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    assert answer["HX-Push-Url"] == "/shows/NT/?q=x&view=table"


@pytest.mark.performance
@pytest.mark.parametrize("query", ["", "?view=table", "?status=pending", "?view=table&open_notes=true"])
def test_the_page_costs_the_same_for_ten_shots_as_for_two_hundred(query: str, show: Show, reader: Client) -> None:
    fill(show, 10)
    few = queries_of(reader, f"/shows/NT/{query}")
    fill(show, 190)
    assert queries_of(reader, f"/shows/NT/{query}") == few <= 11


def fill(show: Show, number: int) -> None:
    """Sequences of ten shots, each with a person and an open note."""
    for _ in range(number // 10):
        for shot in ShotFactory.create_batch(10, sequence=SequenceFactory(show=show), assigned_to=CrewMemberFactory()):
            ReviewFactory(shot=shot)


def queries_of(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize(("role", "leads"), [("supervisor", True), ("artist", False)])
def test_a_show_leads_to_its_production_for_who_may_see_it(role: str, leads: bool) -> None:
    show = ShowFactory(production=ProductionFactory())
    page = signed_in(role).get(f"/shows/{show.code}/").content.decode()
    assert (f"/productions/{show.production_id}/" in page) is leads
