"""What was found, marked in its text, and safe to put into a page."""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

# Characters that no text of ours holds stand for the marks until the rest is escaped.
BEGIN, END = "\x02", "\x03"


def marked(text: str) -> SafeString:
    """The text escaped, with `<mark>` around what was found, and no other tag."""
    safe = escape(text).replace(BEGIN, "<mark>").replace(END, "</mark>")
    return mark_safe(safe)  # noqa: S308 - escaped just before
