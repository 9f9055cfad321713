"""The demo's two stores: who works and rents there, and what went over their desks in the last weeks."""

from typing import NamedTuple


class CustomerPlan(NamedTuple):
    """Somebody who rents in the store at that place; `plan` is a subscription with the days since it began and until
    its last one (None: open).
    """

    name: str
    store: int
    street: str
    plan: tuple[str, int, int | None] | None = None
    is_active: bool = True


class LoanPlan(NamedTuple):
    """A copy of the film at that place, out so many days ago for so long (None: still out); what of it is paid."""

    film: int
    copy: int
    customer: int
    days_ago: int
    kept: float | None
    paid: str = "all"


COUNTRIES = {"Calder Isles": ("Port Calder", "Marrow Bay"), "Vesterland": ("Kestrel Falls",)}
# City, street, phone; manager and clerk. The demo clerk's account works in the first.
STORES = (
    ("Port Calder", "14 Ropewalk", "555 0114", ("Ursula", "Tidewell"), ("Hobart", "Lyle")),
    ("Kestrel Falls", "2 Mill Race", "555 0202", ("Anselm", "Greaves"), ("Perpetua", "Vane")),
)
CUSTOMERS = (
    CustomerPlan("Agnes Harrowgate", 0, "3 Chandler Row", ("Everything", 210, None)),
    CustomerPlan("Tobias Wrenfield", 0, "19 Gull Street", ("Weekends", 40, 50)),
    CustomerPlan("Marisol Dunmore", 0, "7 Lantern Steps"),
    CustomerPlan("Emrys Blackadder-Shaw", 0, "41 Netmakers' Yard", ("Everything", 400, -35)),
    CustomerPlan("Clementine Oakes", 0, "88 Upper Quay"),
    CustomerPlan("Hugo Santerre", 0, "5 Saltpan Lane", ("Weekends", -10, None)),
    CustomerPlan("Beatriz Alderney", 0, "12 Customs Alley", is_active=False),
    CustomerPlan("Noah Fairweather", 1, "30 Spindle Road", ("Everything", 90, None)),
    CustomerPlan("Ingeborg Stroud", 1, "1 Weir Cottage"),
    CustomerPlan("Caspian Mallory", 1, "66 Carders' Hill", ("Weekends", 15, 15)),
    CustomerPlan("Philippa Gantry", 1, "9 Fuller's Close"),
    CustomerPlan("Desmond Achterberg", 1, "27 Mill Race"),
    CustomerPlan("Rosalind Keough", 1, "4 Tenter Field", ("Everything", 5, None)),
    CustomerPlan("Wystan Plumtree", 1, "73 Spindle Road"),
)
# Each film has a copy in the first store, each second one in the other, each fifth a third copy. These are special.
LOST, RETIRED = (12, 0), (19, 0)
LOANS = (
    # Back in time, and paid.
    LoanPlan(0, 0, 0, 40, 2.5), LoanPlan(1, 0, 1, 38, 3.0), LoanPlan(2, 0, 2, 37, 4.5), LoanPlan(4, 0, 3, 33, 1.0),
    LoanPlan(6, 0, 8, 31, 5.5), LoanPlan(7, 0, 4, 30, 4.0), LoanPlan(8, 1, 9, 29, 3.0), LoanPlan(10, 0, 5, 27, 4.0),
    LoanPlan(11, 0, 0, 26, 2.0), LoanPlan(14, 1, 10, 24, 3.5), LoanPlan(16, 0, 7, 22, 5.0), LoanPlan(17, 0, 1, 20, 3.0),
    LoanPlan(20, 0, 11, 19, 2.0), LoanPlan(21, 0, 4, 18, 4.0), LoanPlan(24, 1, 12, 16, 2.5),
    LoanPlan(25, 0, 0, 15, 3.0),
    LoanPlan(27, 0, 7, 13, 2.0), LoanPlan(30, 0, 13, 12, 3.5), LoanPlan(34, 0, 2, 10, 3.0), LoanPlan(0, 1, 9, 9, 2.0),
    LoanPlan(36, 1, 8, 8, 5.0), LoanPlan(39, 0, 1, 7, 3.5), LoanPlan(4, 1, 10, 6, 2.0), LoanPlan(9, 0, 5, 5, 2.0),
    # Back late: the fee was paid, was forgotten, or nothing was paid yet.
    LoanPlan(3, 0, 2, 36, 5.2), LoanPlan(13, 0, 3, 28, 7.4, "rate"), LoanPlan(22, 0, 12, 25, 4.1),
    LoanPlan(28, 0, 13, 21, 9.0, "rate"), LoanPlan(33, 0, 4, 14, 6.3, "nothing"), LoanPlan(18, 0, 8, 11, 5.5, "rate"),
    # Kept for more than twice the days: the copy was charged too.
    LoanPlan(32, 0, 3, 30, 12.5, "nothing"), LoanPlan(5, 0, 6, 60, 8.0, "rate"),
    # Out, and in time.
    LoanPlan(23, 0, 0, 2, None), LoanPlan(26, 0, 7, 3, None), LoanPlan(31, 0, 1, 1, None), LoanPlan(35, 0, 9, 2, None),
    LoanPlan(38, 0, 12, 4, None), LoanPlan(37, 0, 10, 1, None), LoanPlan(2, 1, 11, 3, None),
    LoanPlan(16, 1, 13, 0, None),
    # Out, and overdue, one of them for months.
    LoanPlan(7, 0, 3, 9, None), LoanPlan(15, 0, 2, 6, None), LoanPlan(29, 0, 13, 8, None), LoanPlan(10, 1, 6, 75, None),
    # What others wait for.
    LoanPlan(25, 2, 11, 2, None), LoanPlan(39, 0, 4, 3, None), LoanPlan(13, 0, 5, 2, None),
)  # fmt: skip
# Film and customer, in the order in which they came. Of the first film a copy is back and kept for who came first.
HOLDS = ((25, 9), (25, 2), (39, 8), (39, 0), (13, 7))
KEPT = (25, 0)
