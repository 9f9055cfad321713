from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from config.api.renderers import OrjsonRenderer

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2026, 1, 2), b'"2026-01-02"'),
        (datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), b'"2026-01-02T03:04:05+00:00"'),
        (datetime(2026, 1, 2, 3, 4, 5, 120_000, tzinfo=UTC), b'"2026-01-02T03:04:05.12+00:00"'),
        (Decimal("1.50"), b'"1.50"'),
        (timedelta(seconds=1.5), b"1.5"),
        ((1, 2), b"[1,2]"),
    ],
    ids=["day", "instant", "part of a second", "money", "span", "several"],
)
def test_each_kind_of_value_has_its_form(value: object, text: bytes) -> None:
    assert OrjsonRenderer().render(value) == text
