from datetime import date
from typing import Any

from crew.models import Production
from crew.services import days
from crew.services.writing import changed, delete_free, saved
from pipeline.services import Actor, attributed, demand


def create_production(*, by: Actor, title: str, start: date, end: date) -> Production:
    """A new production, from its first to its last day. Raises ValidationError when it ends before it begins."""
    demand(by, "crew.add_production")
    with attributed(by):
        return saved(Production(title=title, period=days.period(start, end)))


def change_production(
    production_id: int, *, by: Actor, expected_version: int | None = None, **changes: Any
) -> Production:
    """Changes title, start or end of a production, whose row is locked.

    Raises what `create_production` raises, StaleVersion, Production.DoesNotExist.
    """
    demand(by, "crew.change_production")
    with attributed(by):
        production = Production.objects.lock_one(production_id, expected_version=expected_version)
        dates = {name: changes.pop(name, getattr(production, name)) for name in ("start", "end")}
        return changed(production, changes | {"period": days.period(**dates)})


def delete_production(production_id: int, *, by: Actor) -> None:
    """Deletes a production that no show points to; locks it. Raises StillHolds."""
    demand(by, "crew.delete_production")
    with attributed(by):
        production = Production.objects.select_for_update().get(pk=production_id)
        delete_free(production, "Take it off the shows first.")
