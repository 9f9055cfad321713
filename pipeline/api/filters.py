from typing import Any

import django_filters
from django import forms

BIGGEST_ID = 2**63 - 1


class WholeNumberFilter(django_filters.Filter):
    """A whole number, for ids; one that no id can be is refused."""

    field_class = forms.IntegerField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **({"min_value": 0, "max_value": BIGGEST_ID} | kwargs))
