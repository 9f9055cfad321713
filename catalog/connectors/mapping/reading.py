"""Readers of what services send: whatever is in a field, something of the right type comes out, or nothing."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote, urlsplit

LONGEST_LINE = 500
LONGEST_NAME = 300
LONGEST_TEXT = 20_000
LONGEST_URL = 2000
MOST_NAMES = 200
BIGGEST = 2**31 - 1
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ISO = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?\b")
ENGLISH = re.compile(r"(\d{1,2}) ([A-Z][a-z]{2}) (\d{4})")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Neither PostgreSQL nor a page can show these.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
BLOCKS = frozenset({"br", "p", "div", "li", "h1", "h2", "h3", "tr"})
SILENT = frozenset({"script", "style"})
Release = tuple[date, str] | None


def at(payload: Any, path: str) -> Any:
    """What stands at `volumeInfo.imageLinks.thumbnail`; None where something on the way is no object."""
    for name in path.split("."):
        payload = payload.get(name) if isinstance(payload, dict) else None
    return payload


def first(payload: Any, paths: str) -> Any:
    """The first of several paths, parted by blanks, at which something stands."""
    values = (at(payload, path) for path in paths.split())
    return next((value for value in values if value not in (None, "", [], {})), None)


def line(value: Any, longest: int = LONGEST_LINE) -> str:
    """One line of text; of an object its name."""
    return " ".join(written(value).split())[:longest].strip()


def written(value: Any) -> str:
    """The text of a text, a number, or an object that has one."""
    if isinstance(value, dict):
        value = next((value[key] for key in ("name", "#text", "title") if key in value), "")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return UNWRITABLE.sub("", str(value))


def known(value: Any) -> str:
    """A line, unless it says that nobody knows."""
    found = line(value)
    return "" if found.lower() in ("[unknown]", "unknown") else found


class Unmarked(HTMLParser):
    """The text of a piece of HTML, with its blocks on lines of their own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.silent += tag in SILENT
        self.parts.append("\n" if tag in BLOCKS else "")

    def handle_endtag(self, tag: str) -> None:
        self.silent = max(0, self.silent - (tag in SILENT))
        self.parts.append("\n" if tag in BLOCKS else "")

    def handle_data(self, data: str) -> None:
        self.parts.append("" if self.silent else data)


def prose(value: Any) -> str:
    """A text of several lines, without HTML."""
    reader = Unmarked()
    reader.feed(written(value))
    reader.close()
    lines = (" ".join(part.split()) for part in "".join(reader.parts).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:LONGEST_TEXT]


def number(value: Any) -> int | None:
    """A whole number above 0, also where it is written as a text; of a list the first that is one."""
    if isinstance(value, list):
        return next((found for found in map(number, value) if found), None)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    digits = str(value).strip().removesuffix(".0")
    return int(digits) if digits.isdecimal() and 0 < int(digits[:20]) <= BIGGEST else None


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; one object in place of a list is a list of one, anything else of none."""
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, dict)]


def names(value: Any) -> list[str]:
    """The names in a list of texts or objects, each once, in their order."""
    values = value if isinstance(value, list) else [value]
    return once(known(one)[:LONGEST_NAME] for one in values if isinstance(one, str | dict))


def once(found: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, found)))[:MOST_NAMES]


def released(value: Any) -> Release:
    """`1808`, `1996-06`, `2005-11-03` or `13 Sep 2005, 00:00`, with how much of it is known."""
    text = line(value)
    if found := ISO.match(text):
        year, month, day = (int(part) if part else 0 for part in found.groups())
    elif found := ENGLISH.match(text):
        day, year = int(found[1]), int(found[3])
        month = MONTHS.index(found[2]) + 1 if found[2] in MONTHS else 0
    else:
        return None
    return next(dated(year, month, day), None)


def dated(year: int, month: int, day: int) -> Iterator[tuple[date, str]]:
    """The date with its precision, and then with less, as far as there are such days."""
    for precision, parts in (("day", (month, day)), ("month", (month, 1)), ("year", (1, 1))):
        try:
            yield date(year, *parts), precision
        except ValueError:
            continue


def moment(value: Any) -> Release:
    """Seconds since 1970, which may be negative, as a day."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return (EPOCH + timedelta(seconds=value)).date(), "day"
    except (OverflowError, ValueError):
        return None


def link(value: Any) -> str:
    """An address of the web by HTTPS; `//host/…` and `http://` become that, anything else is none."""
    text = written(value).strip()
    text = f"https:{text}" if text.startswith("//") else text
    try:
        parts = urlsplit(text)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username
    except ValueError:
        return ""
    url = quote(parts._replace(scheme="https").geturl(), safe=":/?#[]@!$&'()*+,;=%~") if is_web else ""
    return url if len(url) <= LONGEST_URL else ""
