"""How asking a source can end otherwise than with an answer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from catalog.models import SourceName
from pipeline.errors import Refusal


class SourceFailure(Refusal):
    """A source gave no answer that can be used. `state` is what a search says of it."""

    status = 503
    code = "source_failed"
    title = "The source gave no answer"
    state = "error"

    def __init__(self, source: str, detail: str, **facts: Any) -> None:
        label = SourceName(source).label
        super().__init__(f"{label} {detail}", source=source, **facts)
        self.source = source


class NotConfigured(SourceFailure):
    """Its credentials are missing, or it does not accept them."""

    code = "source_not_configured"
    title = "The source is not configured"
    state = "not configured"


class RateLimited(SourceFailure):
    """It wants no more requests for now; `until` is when it takes some again, where it says so."""

    code = "source_rate_limited"
    title = "The source takes no more requests for now"
    state = "rate limited"

    def __init__(self, source: str, until: datetime | None = None) -> None:
        when = f"until {until:%H:%M:%S} UTC" if until else "for a while"
        super().__init__(source, f"takes no more requests {when}. Try again then.", until=until and until.isoformat())
        self.until = until

    @property
    def headers(self) -> Mapping[str, str]:  # type: ignore[override]
        left = max(1, round((self.until - timezone.now()).total_seconds())) if self.until else 60
        return {"Retry-After": str(left)}


class NotFound(SourceFailure):
    """It knows nothing by that name."""

    status = 404
    code = "not_found"
    title = "Not found"

    def __init__(self, source: str, external_id: str = "") -> None:
        named = f" {external_id[:100]!r}" if external_id else ""
        super().__init__(source, f"knows no item{named}.")


class Refused(SourceFailure):
    """It understood, and does not do it; asking again helps nothing."""

    code = "source_refused"
    title = "The source refused"

    def __init__(self, source: str) -> None:
        super().__init__(source, "refused the question. The log has its answer.")


class BrokenAnswer(SourceFailure):
    """What it sent is no answer: cut off, too large, no JSON, a redirect."""

    code = "source_broken"
    title = "The source's answer cannot be read"

    def __init__(self, source: str, why: str) -> None:
        super().__init__(source, f"sent an answer that cannot be used: {why}.")


class Unavailable(BrokenAnswer):
    """It failed or could not be reached, which may pass."""

    code = "source_unavailable"
    title = "The source cannot be reached"


class TimedOut(Unavailable):
    """It did not answer in time."""

    code = "source_timed_out"
    state = "timed out"

    def __init__(self, source: str) -> None:
        super().__init__(source, "it came too late")
