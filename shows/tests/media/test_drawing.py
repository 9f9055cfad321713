"""The demo's pictures and clips: each another, always the same, and what they say they are."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageStat

from shows.services.demo import drawn
from shows.services.demo.orders import orders_of
from shows.services.demo.seeding import SHOWS
from shows.services.drawing import takes
from shows.services.drawing.frame import plates
from shows.services.drawing.order import NTSC_FILM, Order
from shows.services.drawing.scenes import SCENES
from shows.services.drawing.takes import draw_take
from shows.services.media.probe.looking import look_at

pytestmark = pytest.mark.unit
STILL = Order("TAL", "HRB", "HRB_0010", "v001", "Compositing", 1001, "image/jpeg")
CLIP = replace(STILL, media_type="video/mp4", frames=9, rate=NTSC_FILM)
ORDERS = [
    STILL,
    replace(STILL, media_type="image/png", department="Layout"),
    replace(STILL, media_type="image/webp"),
    CLIP,
    replace(CLIP, media_type="video/webm"),
]


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order.media_type)
def test_a_drawn_take_is_what_it_says(order: Order, tmp_path: Path) -> None:
    facts = draw_take(order, tmp_path / "take")
    (tmp_path / "seen").mkdir()
    assert look_at(tmp_path / "take" / "media", tmp_path / "seen") == facts
    assert {path.name for path in (tmp_path / "seen").iterdir()} == {
        path.name for path in (tmp_path / "take").iterdir()
    } - {"media"}


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order.media_type)
def test_the_same_order_gives_the_same_files(order: Order, tmp_path: Path) -> None:
    for name in ("one", "other"):
        plates.cache_clear()
        draw_take(order, tmp_path / name)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "other" / path.name).read_bytes()


@pytest.mark.parametrize("changed", [{"version": "v002"}, {"shot": "HRB_0020"}, {"department": "Layout"}])
def test_another_take_looks_different(changed: dict[str, Any], tmp_path: Path) -> None:
    for name, order in (("one", STILL), ("other", replace(STILL, **changed))):
        draw_take(order, tmp_path / name)
    assert (tmp_path / "one" / "media").read_bytes() != (tmp_path / "other" / "media").read_bytes()


@pytest.mark.parametrize("place", SCENES, ids="-".join)
def test_every_scene_is_a_picture_and_no_blank(place: tuple[str, str], tmp_path: Path) -> None:
    draw_take(replace(STILL, show=place[0], sequence=place[1]), tmp_path / "take")
    with Image.open(io.BytesIO((tmp_path / "take" / "media").read_bytes())) as image:
        assert max(ImageStat.Stat(image).stddev) > 15


def test_every_take_of_the_demo_has_an_order_and_short_shots_a_clip() -> None:
    orders = orders_of(SHOWS)
    flat = [order for of_shot in orders for order in of_shot]
    assert [len(of_shot) for of_shot in orders] == [len(shot.takes) for show in SHOWS for shot in show.shots]
    assert len({drawn.name_of(order) for order in flat}) == len(flat)
    assert {order.media_type for order in flat} == set(takes.STILL_OPTIONS) | set(takes.ENCODERS)
    assert 5 <= sum(bool(order.frames) for order in flat) <= 12


def test_what_was_drawn_is_not_drawn_again(media_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    orders = [[STILL]]
    first = drawn.drawn(orders)
    monkeypatch.setattr(drawn, "draw", lambda *args: pytest.fail("It was drawn again."))
    assert drawn.drawn(orders) == first
    assert drawn.facts_of(first)["TAL-HRB-HRB_0010-v001"]["media_type"] == "image/jpeg"


def test_another_edition_takes_the_place_of_the_last(media_folder: Path) -> None:
    first = drawn.drawn([[STILL]])
    second = drawn.drawn([[replace(STILL, version="v002")]])
    assert (first.exists(), second.exists()) == (False, True)


def test_a_drawing_that_fails_is_told_and_leaves_nothing(media_folder: Path) -> None:
    with pytest.raises(RuntimeError, match="could not be drawn"):
        drawn.drawn([[replace(STILL, sequence="NOWHERE")]])
    assert not list((media_folder / "drawn").iterdir())


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_work_is_shared_evenly(number: int) -> None:
    orders = orders_of(SHOWS)
    shares = drawn.shares(orders, number)
    assert sum(map(drawn.cost, shares)) == sum(map(drawn.cost, orders))
    assert max(map(drawn.cost, shares)) - min(map(drawn.cost, shares)) <= max(map(drawn.cost, orders))
