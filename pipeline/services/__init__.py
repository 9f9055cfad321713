"""Writes: who speaks, what is refused; and, module by module, everything that happens to a job."""

from pipeline.services.writing import (
    Actor,
    Refusals,
    Row,
    attributed,
    changed,
    constraint_of,
    demand,
    hanging_on,
    saved,
)

__all__ = [
    "Actor",
    "Refusals",
    "Row",
    "attributed",
    "changed",
    "constraint_of",
    "demand",
    "hanging_on",
    "saved",
]
