"""A question's words, of which each reader takes those that it understands."""

import re
from dataclasses import dataclass

# Stand in a question for the names that were found in it, so that no reader takes their words.
TITLE, PERSON = "\ue000", "\ue001"
NEGATED = re.compile(
    r"(?:\b(?:not|no|non|neither|nor|never|except|excluding|without|cannot|other than)|n't)"
    r"(?:\s+(?:be|been|in|of|the|an?|any|for|to|from|with|rated|available|category|genre))*[\s-]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Taken:
    match: re.Match[str]
    is_negated: bool = False


# Typographic quotes, as the plain ones.
PLAIN = str.maketrans({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0xAB: '"', 0xBB: '"'})


class Reading:
    """`text` is what nobody has understood yet."""

    def __init__(self, question: str) -> None:
        self.text = f" {' '.join(question.translate(PLAIN).split())} "

    def takes(self, pattern: re.Pattern[str]) -> bool:
        return self.take(pattern) is not None

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.search(self.text)
        if found:
            self.replace(found.start(), found.end())
        return found

    def take_all(self, pattern: re.Pattern[str]) -> list[Taken]:
        """Every match, each with whether a "not" stands before it."""
        taken = []
        while found := pattern.search(self.text):
            negation = NEGATED.search(self.text, 0, found.start())
            taken.append(Taken(found, negation is not None))
            self.replace(negation.start() if negation else found.start(), found.end())
        return taken

    def replace(self, start: int, end: int, mark: str = "") -> None:
        self.text = f"{self.text[:start]} {mark} {self.text[end:]}"


def any_of(*words: str) -> re.Pattern[str]:
    """Any of the expressions, as whole words and regardless of case."""
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)
