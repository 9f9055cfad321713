import json
from decimal import Decimal
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalog.connectors.mapping.reading import UNWRITABLE
from catalog.models import MediaItem

MOST_METADATA = 20_000
TENTH = Decimal("0.1")


@extend_schema_field({"type": "object", "additionalProperties": True})
class MetadataField(serializers.JSONField):
    """Whatever else is known, as an object."""

    default_error_messages = {
        "not_an_object": "An object is wanted.",
        "too_large": f"It has more than {MOST_METADATA} characters.",
        "unwritable": "It holds a character or a number that cannot be stored.",
    }

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, dict):
            self.fail("not_an_object")
        try:
            text = json.dumps(data, allow_nan=False, ensure_ascii=False)
        except (ValueError, RecursionError):
            self.fail("unwritable")
        if len(text) > MOST_METADATA:
            self.fail("too_large")
        if UNWRITABLE.search(text) or "\\u0000" in text:
            self.fail("unwritable")
        return data


@extend_schema_field({"type": "number", "minimum": 0, "maximum": 10, "multipleOf": 0.1})
class TenthsField(serializers.Field[Any, Any, Any, Any]):
    """0 to 10 in tenths, as a JSON number."""

    default_error_messages = {"invalid": "A number from 0 to 10 with one digit behind the point."}

    def to_internal_value(self, data: Any) -> Decimal:
        if isinstance(data, bool) or not isinstance(data, int | float):
            self.fail("invalid")
        # A NaN is in no order with anything.
        if not 0 <= data <= 10 or Decimal(str(data)) % TENTH:
            self.fail("invalid")
        return Decimal(str(data)).quantize(TENTH)

    def to_representation(self, value: Any) -> float:
        return float(value)


class MediaField(serializers.UUIDField):
    """The id of a media item that is there, or null."""

    default_error_messages = {"unknown": "There is no media item {media_id}."}

    def to_internal_value(self, data: Any) -> Any:
        media_id: UUID = super().to_internal_value(data)
        item = MediaItem.objects.filter(pk=media_id).first()
        if item is None:
            self.fail("unknown", media_id=media_id)
        return item
