"""What the desk's address carries: nothing on the desk is lost when the page is loaded anew."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

# More copies than anybody carries.
MOST_COPIES = 20
# What fits a column of type integer, so that the database is not asked about others.
MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Desk:
    """The customer and the copies on the desk; `returned` are the rentals that just ended, the last first."""

    customer: int | None = None
    copy: tuple[int, ...] = ()
    mode: str = ""
    returned: tuple[int, ...] = ()
    staff: int | None = None

    @classmethod
    def of(cls, params: QueryDict) -> Self:
        mode = params.get("mode", "")
        return cls(
            customer=number_of(params.get("customer", "")),
            copy=numbers(params.getlist("copy")),
            mode=mode if mode in ("returns", "overdue") else "",
            returned=numbers(params.getlist("returned")),
            staff=number_of(params.get("staff", "")),
        )

    def address(self, **changes: Any) -> str:
        """Where the desk stands after some changes."""
        said = {name: value for name, value in (asdict(self) | changes).items() if value}
        return f"{reverse('desk')}?{urlencode(said, doseq=True)}" if said else reverse("desk")

    def with_copy(self, inventory_id: int) -> str:
        return self.address(copy=numbers([*map(str, self.copy), str(inventory_id)]), mode="")

    def without(self, inventory_id: int) -> str:
        return self.address(copy=tuple(number for number in self.copy if number != inventory_id))

    def instead(self, inventory_id: int, other: int) -> str:
        """The desk with another copy in the place of one."""
        return self.address(copy=tuple(dict.fromkeys(other if n == inventory_id else n for n in self.copy)))


def number_of(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None


def numbers(texts: Iterable[str]) -> tuple[int, ...]:
    """Each number once, in their order."""
    found = dict.fromkeys(number for number in map(number_of, texts) if number is not None)
    return tuple(found)[:MOST_COPIES]
