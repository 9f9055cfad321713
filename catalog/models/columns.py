"""Columns of the types that Pagila's tables have, and what every one of its tables carries."""

from typing import Any

import pgtrigger
from django.contrib.postgres.functions import TransactionNow
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Func, Value
from django.utils import timezone

from pipeline.models import VersionedModel

FIRST_YEAR, LAST_YEAR = 1901, 2155


class TextLine(models.CharField):
    """One line of text in a column of type `text`; the length is checked before it is written, not by the column."""

    def db_type(self, connection: Any) -> str:
        return "text"


class PaddedLine(models.CharField):
    """A column of type `character(n)`: PostgreSQL fills it with blanks, which nobody wants to see."""

    def db_type(self, connection: Any) -> str:
        """By the name that takes no single sign for a whole line: inserts of many rows leave the length out."""
        return f"bpchar({self.max_length})"

    def from_db_value(self, value: str | None, *context: Any) -> str | None:
        return value if value is None else value.rstrip(" ")


class RatingField(models.CharField):
    """A column of the type `mpaa_rating`, which sorts from G to NC-17."""

    def db_type(self, connection: Any) -> str:
        return "mpaa_rating"


class YearField(models.IntegerField):
    """A column of the domain `year`: 1901 to 2155."""

    default_validators = [MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]

    def db_type(self, connection: Any) -> str:
        return "year"


def stamped() -> pgtrigger.Trigger:
    """A trigger that writes into `last_update` when a row was changed, whoever did it."""
    return pgtrigger.Trigger(
        name="last_updated",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func="NEW.last_update = CURRENT_TIMESTAMP; RETURN NEW;",
    )


class StampedModel(models.Model):
    """A row that knows when it was changed last."""

    last_update = models.DateTimeField(default=timezone.now, db_default=TransactionNow(), editable=False)

    class Meta:
        abstract = True
        triggers = [stamped()]


class FoundModel(models.Model):
    """A row that the search engine knows by a number which no other row ever gets.

    The key does not do: a film that is deleted and loaded again has its old one, and media have none that form a range.
    """

    search_number = models.BigIntegerField(
        db_default=Func(Value("catalog_search_number"), function="nextval"), editable=False, db_index=True
    )

    class Meta:
        abstract = True


class RecordModel(StampedModel, VersionedModel):
    """A row of one of Pagila's tables: it knows when it was changed last, and how often."""

    class Meta:
        abstract = True
        triggers = [*VersionedModel.Meta.triggers, *StampedModel.Meta.triggers]
