"""Slugs: what stands in the address of a public menu."""

import re

from django.db import connection

from catalog.models import Menu
from catalog.models.menu import LONGEST_SLUG

NOTHING_TO_KEEP = "menu"
# Room for `-1234567` behind it.
LONGEST_BASE = LONGEST_SLUG - 8
SPACE = 7_236_310


def slug_base(title: str) -> str:
    """The title in letters and digits of ASCII with dashes between them; accents are left off, as in a search."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT catalog_plain(%s)", [title])
        [plain] = cursor.fetchone()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_BASE].strip("-") or NOTHING_TO_KEEP


def free_slug(base: str) -> str:
    """The base, or the base with the next number; who else makes a slug of this base waits for our transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [SPACE, base])
    taken = set(Menu.objects.filter(slug__startswith=f"{base}-").values_list("slug", flat=True))
    numbers = [int(found[1]) for slug in taken if (found := re.fullmatch(rf"{base}-([0-9]{{1,7}})", slug))]
    if not numbers and not Menu.objects.filter(slug=base).exists():
        return base
    return f"{base}-{max([1, *numbers]) + 1}"
