"""What the API takes and answers about people; answers come from `.values()` and have these keys."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.fields import empty

from crew.models import CrewMember, Role

BIGGEST_ID = 2**63 - 1


@extend_schema_field({"type": "string", "maxLength": 100})
class RoleField(serializers.CharField):
    """A role by its name, regardless of case."""

    default_error_messages = {"unknown": "There is no role {name!r}. GET /api/v1/crew/roles names all."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=100, **kwargs)

    def run_validation(self, data: Any = empty) -> Any:
        """Checks the name as a text first."""
        name = super().run_validation(data)
        role = Role.objects.filter(name__iexact=name).first()
        if role is None:
            self.fail("unknown", name=name)
        return role

    def to_representation(self, value: Any) -> str:
        return str(value)


class RoleSerializer(serializers.ModelSerializer[Role]):
    """A job in the studio: its name is unique, regardless of case."""

    class Meta:
        model = Role
        fields = ("id", "name", "department", "row_version")
        read_only_fields = ("id", "row_version")
        validators: list[Any] = []


class CrewMemberSerializer(serializers.ModelSerializer[CrewMember]):
    """Somebody under contract from the first to the last day, both included.

    `day_rate` is there for who may see day rates alone. `user` is the person's account.
    """

    role = RoleField()
    hire_date = serializers.DateField()
    fire_date = serializers.DateField(
        required=False,
        allow_null=True,
        help_text="The last day. Null while the contract is open-ended; 9999-12-31 is taken as that.",
    )
    email = serializers.EmailField(max_length=254, allow_blank=True, default="")
    user = serializers.UUIDField(read_only=True, allow_null=True)

    class Meta:
        model = CrewMember
        fields = ("id", "full_name", "role", "hire_date", "fire_date", "email", "day_rate", "user", "row_version")
        read_only_fields = ("id", "row_version")
        validators: list[Any] = []


class NamedPerson(serializers.Serializer[Any]):
    """Somebody, as other rows name them."""

    id = serializers.IntegerField()
    full_name = serializers.CharField()


class NamedProduction(serializers.Serializer[Any]):
    """A production, as other rows name it. To who may not see productions it is `busy`, and its id null."""

    id = serializers.IntegerField(allow_null=True)
    title = serializers.CharField()


class BookingSerializer(serializers.Serializer[Any]):
    """Somebody bound from the first to the last day: to a production in a role, or without them, as time off."""

    id = serializers.IntegerField(read_only=True)
    crew_member = NamedPerson(read_only=True)
    production = NamedProduction(read_only=True, allow_null=True)
    role = serializers.CharField(read_only=True, allow_null=True)
    start = serializers.DateField(read_only=True)
    end = serializers.DateField(read_only=True)
    reason = serializers.CharField(read_only=True)
    row_version = serializers.IntegerField(read_only=True)


class TimeOff(BookingSerializer):
    """Days on which somebody cannot be booked."""

    start = serializers.DateField()
    end = serializers.DateField()
    reason = serializers.CharField(max_length=200, allow_blank=True, default="")


class NewBooking(BookingSerializer):
    """Whom to book for a production."""

    crew_member = serializers.IntegerField(  # type: ignore[assignment]
        min_value=1, max_value=BIGGEST_ID, help_text="The id of a crew member."
    )
