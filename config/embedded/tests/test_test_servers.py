"""The servers of this very test run."""

import pytest
from django.db import connection

pytestmark = [pytest.mark.sanity]


@pytest.mark.django_db
def test_the_database_of_the_tests_waits_for_no_disk() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW fsync")
        assert cursor.fetchone() == ("off",)
