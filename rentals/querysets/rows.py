from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F, Value
from django.db.models.fields import TextField
from django.db.models.functions import Concat

# Dictionaries by the names that the API gives the columns.
Rows = models.QuerySet[Any, Any]


def model(name: str) -> Any:
    return apps.get_model("rentals", name)


def names(of: str) -> Concat:
    """First and last name."""
    return Concat(F(f"{of}first_name"), Value(" "), F(f"{of}last_name"), output_field=TextField())
