"""What the API takes and answers about rentals; answers come from `.values()` and have these keys. Money is text."""

from decimal import Decimal
from typing import Any

from django.db import models
from rest_framework import serializers

from catalog.models import Film
from pipeline.api.fields import ReferenceField
from pipeline.api.filters import BIGGEST_ID
from rentals.models import Address, City, CopyState, Customer, Hold, HoldState, Inventory, Rental, Staff, Store
from rentals.services.ledger import CENT, MOST
from rentals.services.returning import MOST_DAYS

KEPT = ("last_update", "row_version")


class IdField(serializers.IntegerField):
    """The id of a row that the service looks for."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"min_value": 1, "max_value": BIGGEST_ID} | kwargs))


class MoneyField(serializers.DecimalField):
    """Whole cents, as text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"max_digits": 12, "decimal_places": 2} | kwargs))


class AddressSerializer(serializers.ModelSerializer[Address]):
    """Where somebody lives; `city_id` says which city."""

    city_id = ReferenceField(queryset=City.objects.all(), source="city")
    city = serializers.CharField(read_only=True)
    country = serializers.CharField(read_only=True)

    class Meta:
        model = Address
        fields = ("address_id", "address", "address2", "district", "city_id", "city", "country", "postal_code", "phone")
        read_only_fields = ("address_id",)


class CustomerSerializer(serializers.ModelSerializer[Customer]):
    """Who rents. A write takes an address that is there (`address_id`), or the columns of one (`address`)."""

    store_id = ReferenceField(queryset=Store.objects.all(), source="store")
    email = serializers.EmailField(max_length=254, allow_null=True, required=False)
    address_id = ReferenceField(queryset=Address.objects.all(), source="known_address", required=False, allow_null=True)
    address = AddressSerializer(required=False)
    active = serializers.BooleanField(required=False)

    class Meta:
        model = Customer
        fields = (
            "customer_id", "store_id", "first_name", "last_name", "email", "address_id", "address", "active",
            "create_date", *KEPT,
        )  # fmt: skip
        read_only_fields = ("customer_id", "create_date", *KEPT)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Leaves one `address`, which may be a row or the columns of one."""
        known = attrs.pop("known_address", None)
        if known and "address" in attrs:
            raise serializers.ValidationError({"address_id": "Give address or address_id, not both."})
        if not (known or "address" in attrs or self.partial):
            raise serializers.ValidationError({"address": "Give an address, or the address_id of one."})
        return attrs | ({"address": known} if known else {})


class CitySerializer(serializers.Serializer[Any]):
    """A city that an address may name."""

    city_id = serializers.IntegerField()
    city = serializers.CharField()
    country = serializers.CharField()


class StoreSerializer(serializers.ModelSerializer[Store]):
    manager = serializers.CharField(read_only=True)
    city = serializers.CharField(read_only=True)
    country = serializers.CharField(read_only=True)

    class Meta:
        model = Store
        fields = ("store_id", "manager_staff_id", "manager", "address_id", "city", "country", *KEPT)
        read_only_fields = fields


class StaffSerializer(serializers.ModelSerializer[Staff]):
    """Who works in a store."""

    class Meta:
        model = Staff
        fields = ("staff_id", "first_name", "last_name", "email", "store_id", "active", *KEPT)
        read_only_fields = fields


class InventorySerializer(serializers.ModelSerializer[Inventory]):
    """One copy of a film. `state` says whether it can be lent at all, `in_stock` whether it is in the store."""

    film_id = ReferenceField(queryset=Film.objects.all(), source="film")
    store_id = ReferenceField(queryset=Store.objects.all(), source="store")
    title = serializers.CharField(read_only=True)
    in_stock = serializers.BooleanField(read_only=True)
    due_date = serializers.DateTimeField(read_only=True, allow_null=True, help_text="While it is out.")

    class Meta:
        model = Inventory
        fields = ("inventory_id", "film_id", "title", "store_id", "state", "in_stock", "due_date", *KEPT)
        read_only_fields: tuple[str, ...] = ("inventory_id", "state", *KEPT)


class InventoryChange(InventorySerializer):
    """A copy stays a copy of its film; it may be marked, and move to another store."""

    film_id = serializers.IntegerField(read_only=True)  # type: ignore[assignment]

    class Meta(InventorySerializer.Meta):
        read_only_fields = ("inventory_id", *KEPT)


class CopyPlace(models.TextChoices):
    """Where a copy is, as anybody may know it."""

    IN = "in"
    OUT = "out"
    HELD = "held"
    LOST = CopyState.LOST.value
    RETIRED = CopyState.RETIRED.value


class CopySerializer(serializers.Serializer[Any]):
    """A copy as anybody may see it: where it is, not who has it."""

    inventory_id = serializers.IntegerField()
    store_id = serializers.IntegerField()
    state = serializers.ChoiceField(choices=CopyPlace.choices)
    due_date = serializers.DateTimeField(allow_null=True)


class RentalSerializer(serializers.ModelSerializer[Rental]):
    """A copy in a customer's hands, from `rental_date` until `return_date`."""

    inventory_id = IdField()
    staff_id = IdField(help_text="Who lends it.")
    customer_id = serializers.IntegerField(read_only=True)
    customer_name = serializers.CharField(read_only=True)
    film_id = serializers.IntegerField(read_only=True)
    title = serializers.CharField(read_only=True)
    store_id = serializers.IntegerField(read_only=True, help_text="The store that the copy belongs to.")

    class Meta:
        model = Rental
        fields = (
            "rental_id", "rental_date", "customer_id", "customer_name", "inventory_id", "film_id", "title", "store_id",
            "staff_id", "due_date", "return_date", *KEPT,
        )  # fmt: skip
        read_only_fields = ("rental_id", "rental_date", "due_date", "return_date", *KEPT)


class Nothing(serializers.Serializer[Any]):
    """An act that takes no body."""


class ChargeLine(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=["rental", "late", "replacement"])
    amount = MoneyField()


class ReturnedSerializer(RentalSerializer):
    """What a return came to: `owed` is what this rental still costs, `balance` all that the customer owes."""

    charges = ChargeLine(many=True, read_only=True)
    owed = MoneyField(read_only=True)
    balance = MoneyField(read_only=True)

    class Meta(RentalSerializer.Meta):
        fields = (*RentalSerializer.Meta.fields, "charges", "owed", "balance")  # type: ignore[assignment]


class Extension(serializers.Serializer[Any]):
    days = serializers.IntegerField(min_value=1, max_value=MOST_DAYS, help_text="How many days longer.")


class HoldSerializer(serializers.ModelSerializer[Hold]):
    """A place in the queue for a film; while `ready`, a copy is kept until `ready_until`."""

    customer_id = IdField()
    film_id = serializers.IntegerField(read_only=True)
    title = serializers.CharField(read_only=True)
    customer_name = serializers.CharField(read_only=True)
    inventory_id = serializers.IntegerField(read_only=True, allow_null=True, help_text="The copy that is kept.")
    position = serializers.IntegerField(read_only=True, allow_null=True, help_text="From 1; null when it has expired.")
    state = serializers.ChoiceField(choices=HoldState.choices, read_only=True)

    class Meta:
        model = Hold
        fields = (
            "id", "film_id", "title", "customer_id", "customer_name", "position", "state", "inventory_id",
            "ready_until", "created_at", "row_version",
        )  # fmt: skip
        read_only_fields = ("id", "ready_until", "created_at", "row_version")


class BalanceSerializer(serializers.Serializer[Any]):
    """What the customer owes; below nothing is credit."""

    balance = MoneyField(help_text="Positive is owed.")


class PaymentSerializer(serializers.Serializer[Any]):
    """An entry of the ledger: money that came in or, as a refund, was given back."""

    payment_id = serializers.IntegerField(read_only=True)
    customer_id = serializers.IntegerField(read_only=True)
    staff_id = IdField(allow_null=True, required=False, help_text="Who took it; by default the caller.")
    rental_id = IdField(allow_null=True, required=False, help_text="The rental that it is for.")
    kind = serializers.ChoiceField(choices=["payment", "refund"], default="payment")
    amount = MoneyField(max_digits=5, min_value=Decimal(CENT), max_value=Decimal(MOST))
    payment_date = serializers.DateTimeField(read_only=True)


class ChargeSerializer(serializers.Serializer[Any]):
    """An entry of the ledger: money that the customer owes."""

    id = serializers.IntegerField()
    customer_id = serializers.IntegerField()
    rental_id = serializers.IntegerField(allow_null=True)
    kind = serializers.ChoiceField(choices=["rental", "late", "replacement", "imported"])
    amount = MoneyField()
    charge_date = serializers.DateTimeField()


class SubscriptionSerializer(serializers.Serializer[Any]):
    """A plan from its first to its last day, both included; without a last one it goes on."""

    id = serializers.IntegerField(read_only=True)
    customer_id = serializers.IntegerField(read_only=True)
    plan_name = serializers.CharField(max_length=100)
    start_date = serializers.DateField()
    end_date = serializers.DateField(allow_null=True, required=False)
    row_version = serializers.IntegerField(read_only=True)


class WatchQuery(serializers.Serializer[Any]):
    customer_id = IdField(help_text="Who wants to stream it.")


class WatchSerializer(serializers.Serializer[Any]):
    may_stream = serializers.BooleanField()
    reason = serializers.CharField()
