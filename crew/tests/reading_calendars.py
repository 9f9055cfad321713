"""Reads a calendar as a calendar program does: RFC 5545, sections 3.1 and 3.3.11."""

import re
from datetime import date, datetime

Event = dict[str, str]


def events_of(content: bytes) -> list[Event]:
    """The events of a calendar by the names of their properties, parameters left out."""
    events: list[Event] = []
    for name, value in properties(content):
        if (name, value) == ("BEGIN", "VEVENT"):
            events.append({})
        elif events:
            events[-1][name] = value
    return events


def properties(content: bytes) -> list[tuple[str, str]]:
    assert content.endswith(b"\r\n")
    lines = content.removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    # A broken character would not be text here.
    unfolded = "\r\n".join(line.decode() for line in lines).replace("\r\n ", "")
    pairs = [line.partition(":") for line in unfolded.split("\r\n")]
    return [(name.partition(";")[0], unescaped(value)) for name, _, value in pairs]


def unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def days_of(event: Event) -> tuple[date, date]:
    """The first day, and the day after the last one."""
    return as_date(event["DTSTART"]), as_date(event["DTEND"])


def as_date(value: str) -> date:
    return datetime.strptime(value, "%Y%m%d").date()  # noqa: DTZ007 - a day
