from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from catalog.models import Film
from catalog.services.records import Records
from pipeline.services import Actor, Refusals, demand
from rentals.errors import CustomerInactive, SubscriptionOverlaps
from rentals.models import Customer, StreamingSubscription
from rentals.services.writing import changed, saved, written

records = Records(StreamingSubscription, "End it instead.")


@dataclass(frozen=True)
class Streaming:
    """Whether a customer may stream a film, and why (not)."""

    may_stream: bool
    reason: str


def subscribe(
    customer_id: int, *, by: Actor, plan_name: str, start_date: date, end_date: date | None = None
) -> StreamingSubscription:
    """A new plan, from its first to its last day, or without an end (None, or the last day of the year 9999).

    Raises SubscriptionOverlaps, CustomerInactive, ValidationError by field, Customer.DoesNotExist.
    """
    demand(by, "rentals.add_streamingsubscription")
    with written():
        customer = Customer.objects.lock_one(customer_id)
        if not customer.is_active:
            raise CustomerInactive(customer.pk)
        row = StreamingSubscription(
            customer=customer, plan_name=plan_name, start_date=start_date, end_date=open_ended(end_date)
        )
        return saved(row, OVERLAPS)


def change_subscription(
    subscription_id: int, *, by: Actor, expected_version: int | None = None, **changes: Any
) -> StreamingSubscription:
    """Changes plan or days of a subscription, whose row is locked; an `end_date` ends it.

    Raises SubscriptionOverlaps, StaleVersion, ValidationError by field, StreamingSubscription.DoesNotExist.
    """
    demand(by, "rentals.change_streamingsubscription")
    with written():
        row = StreamingSubscription.objects.lock_one(subscription_id, expected_version=expected_version)
        if "end_date" in changes:
            changes["end_date"] = open_ended(changes["end_date"])
        return changed(row, changes, OVERLAPS)


def delete_subscription(subscription_id: int, *, by: Actor) -> None:
    """Deletes a subscription that was a mistake. Raises StreamingSubscription.DoesNotExist."""
    records.remove(subscription_id, by=by)


def open_ended(end_date: date | None) -> date | None:
    return None if end_date == date.max else end_date


def overlapping(row: StreamingSubscription) -> SubscriptionOverlaps:
    others = StreamingSubscription.objects.filter(customer=row.customer_id).exclude(pk=row.pk)
    other = others.overlapping(row.start_date, row.end_date).order_by("start_date").as_csv_rows().first()
    return SubscriptionOverlaps(other)


OVERLAPS: Refusals = {"streaming_subscription_one_at_a_time": overlapping}


def may_stream(film_id: int, *, customer_id: int, on: date | None = None) -> Streaming:
    """Whether a customer may stream a film on a day: the film is offered, and a plan runs.

    Raises Film.DoesNotExist, Customer.DoesNotExist.
    """
    film = Film.objects.only("streaming_available").get(pk=film_id)
    customer = Customer.objects.get(pk=customer_id)
    if not film.streaming_available:
        return Streaming(may_stream=False, reason="The film is not offered for streaming.")
    if not customer.is_active:
        return Streaming(may_stream=False, reason="The customer is not active.")
    plan = customer.subscriptions.running(on or timezone.localdate()).first()
    if plan is None:
        return Streaming(may_stream=False, reason="The customer has no subscription that runs on that day.")
    return Streaming(may_stream=True, reason=f"The plan {plan.plan_name} runs.")
