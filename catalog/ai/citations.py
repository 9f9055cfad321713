"""The films that a model cites: those that it was not given are taken out of its answer."""

import re
from collections.abc import Mapping

CITED = re.compile(r"\s?\[films?[\s:#]*(?P<ids>\d{1,18}(?:\s*,\s*(?:film\s*)?\d{1,18})*)\]", re.IGNORECASE)
# How much of an unfinished citation is held back.
LONGEST = 60


class Citations:
    """Reads an answer as it comes; `titles` are those of the films that may be cited."""

    def __init__(self, titles: Mapping[int, str]) -> None:
        self.titles = titles
        self.cited: list[int] = []
        self.dropped = 0
        self.text = self._held = ""

    def feed(self, piece: str) -> str:
        """What can be told by now."""
        self._held += piece
        start = self._held.rfind("[")
        is_open = start >= 0 and "]" not in self._held[start:] and len(self._held) - start <= LONGEST
        # The blank before a citation goes with it.
        return self._tell(max(start - 1, 0) if is_open else len(self._held))

    def rest(self) -> str:
        return self._tell(len(self._held))

    def _tell(self, end: int) -> str:
        told, self._held = CITED.sub(self._checked, self._held[:end]), self._held[end:]
        self.text += told
        return told

    def _checked(self, match: re.Match[str]) -> str:
        ids = [int(number) for number in re.findall(r"\d+", match["ids"])]
        known = [pk for pk in ids if pk in self.titles]
        self.dropped += len(ids) - len(known)
        self.cited += known
        blank = " " if match[0][0] == " " else ""
        return f"{blank}[film {', '.join(map(str, known))}]" if known else ""

    @property
    def sources(self) -> list[int]:
        """What was cited, then what was named without."""
        text = self.text.casefold()
        named = [pk for pk, title in self.titles.items() if title.casefold() in text]
        return list(dict.fromkeys([*self.cited, *named]))
