"""Days of bookings as a calendar that every calendar program reads: RFC 5545."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

PRODUCT = "-//Backlot//Crew//EN"
# Octets of a line, the break left out; what is longer goes on in the next line, after a blank.
LONGEST_LINE = 75
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
# Text holds none of these; a tab is allowed.
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
LINE_ENDS = re.compile(r"\r\n?")


def calendar_text(name: str, bookings: Iterable[dict[str, Any]], at: datetime) -> str:
    """A calendar with an all-day event for each row of `Booking.objects.as_rows()`; `at` is when it was asked for."""
    return "".join(f"{folded(line)}\r\n" for line in calendar_lines(name, bookings, at))


def calendar_lines(name: str, bookings: Iterable[dict[str, Any]], at: datetime) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN")
    yield from (f"NAME:{escaped(name)}", f"X-WR-CALNAME:{escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT1H")
    stamp = f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    for booking in bookings:
        yield from event_lines(booking, stamp)
    yield "END:VCALENDAR"


def event_lines(booking: dict[str, Any], stamp: str) -> Iterator[str]:
    """One booking; its end is the day after the last one, as the format wants it. Of time off no reason is told."""
    yield from ("BEGIN:VEVENT", f"UID:booking-{booking['id']}@backlot", f"DTSTAMP:{stamp}")
    yield f"SEQUENCE:{booking['row_version']}"
    yield f"DTSTART;VALUE=DATE:{day(booking['start'])}"
    yield f"DTEND;VALUE=DATE:{day(booking['end'] + timedelta(days=1))}"
    yield f"SUMMARY:{escaped(booking['production']['title'] if booking['production'] else 'Time off')}"
    if booking["role"]:
        yield f"DESCRIPTION:{escaped(booking['role'])}"
    yield from ("TRANSP:OPAQUE", "END:VEVENT")


def day(value: date) -> str:
    """Eight digits, in the first year of all too."""
    return value.isoformat().replace("-", "")


def escaped(text: str) -> str:
    return CONTROLS.sub("", LINE_ENDS.sub("\n", text)).translate(ESCAPED)


def folded(line: str) -> str:
    """The line broken after at most 75 octets, and within no character."""
    parts, room = [""], LONGEST_LINE
    for character in line:
        size = len(character.encode())
        if size > room:
            parts.append("")
            # The blank counts.
            room = LONGEST_LINE - 1
        parts[-1] += character
        room -= size
    return "\r\n ".join(parts)
