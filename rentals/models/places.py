from django.db import models

from catalog.models import RecordModel, TextLine
from pipeline.querysets import VersionedQuerySet


class Country(RecordModel):
    country_id = models.AutoField(primary_key=True)
    country = TextLine(max_length=50)

    objects = VersionedQuerySet["Country"].as_manager()

    class Meta(RecordModel.Meta):
        db_table = "country"
        ordering = ["country", "country_id"]
        verbose_name_plural = "countries"

    def __str__(self) -> str:
        return self.country


class City(RecordModel):
    """A city; several may have one name, in one country too."""

    city_id = models.AutoField(primary_key=True)
    city = TextLine(max_length=50)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="cities")

    objects = VersionedQuerySet["City"].as_manager()

    class Meta(RecordModel.Meta):
        db_table = "city"
        ordering = ["city", "city_id"]
        verbose_name_plural = "cities"

    def __str__(self) -> str:
        return self.city


class Address(RecordModel):
    """Where a customer, a store or somebody of its staff lives."""

    address_id = models.AutoField(primary_key=True)
    address = TextLine(max_length=50)
    address2 = TextLine(max_length=50, null=True, blank=True)
    district = TextLine(max_length=20, blank=True)
    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="addresses")
    postal_code = TextLine(max_length=10, null=True, blank=True)
    phone = TextLine(max_length=20, blank=True)

    objects = VersionedQuerySet["Address"].as_manager()

    class Meta(RecordModel.Meta):
        db_table = "address"
        ordering = ["address_id"]
        verbose_name_plural = "addresses"

    def __str__(self) -> str:
        return ", ".join(part for part in (self.address, self.address2, self.postal_code) if part)
