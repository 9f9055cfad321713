from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Found:
    """An item as a source describes it, in our words.

    `columns` are those of the media item, `details` those of its kind, `raw` is what the source said. `is_partial` is
    what a list of hits says, which is less than the whole answer about the item.
    """

    source_name: str
    external_id: str
    media_type: str
    columns: dict[str, Any]
    details: dict[str, Any]
    canonical_url: str
    raw: dict[str, Any] = field(repr=False)
    is_partial: bool = False

    @property
    def title(self) -> str:
        title: str = self.columns["title"]
        return title

    @property
    def cover_url(self) -> str:
        url: str = self.columns.get("cover_image_url", "")
        return url

    @property
    def released(self) -> date | None:
        return self.columns.get("release_date")
