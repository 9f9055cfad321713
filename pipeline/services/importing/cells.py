"""What the cells of our own CSV say."""

# Our CSV puts an apostrophe before text that begins like this, so that no spreadsheet runs it as a formula.
GUARDED = ("=", "+", "-", "@", "'", "\t", "\r")


def unguarded(cell: str) -> str:
    """The text without the apostrophe that our CSV put before it; any other apostrophe belongs to the text."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(GUARDED) else cell
