from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from pipeline.models import VersionedModel
from rentals.models.customer import Customer
from rentals.querysets import SubscriptionQuerySet

# Both days included; without a last one there is no end.
DAYS = Func("start_date", "end_date", Value("[]"), function="daterange", output_field=DateRangeField())


class StreamingSubscription(VersionedModel):
    """A customer's plan, from its first to its last day; one at a time."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="subscriptions", db_index=False)
    plan_name = models.CharField(max_length=100)
    start_date = models.DateField()
    end_date = models.DateField(null=True, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta(VersionedModel.Meta):
        db_table = "streaming_subscription"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end_date__isnull=True) | Q(end_date__gte=F("start_date")),
                name="streaming_subscription_days_in_order",
            ),
            ExclusionConstraint(
                name="streaming_subscription_one_at_a_time",
                expressions=[("customer", RangeOperators.EQUAL), (DAYS, RangeOperators.OVERLAPS)],
            ),
        ]
        indexes = [models.Index(fields=["customer", "start_date"], name="subscription_of_customer")]

    def __str__(self) -> str:
        return f"{self.plan_name} from {self.start_date}"
