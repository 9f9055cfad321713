"""Words that differ by one slip of the finger: a letter too many, too few, another one, or two swapped."""

LEAST_LETTERS = 4
MOST_MEANT = 10


def may_be_typo(word: str) -> bool:
    """Short words have too many neighbours, and in a code every digit counts."""
    return len(word) >= LEAST_LETTERS and word.isalpha()


def is_one_slip(typed: str, meant: str) -> bool:
    """Whether one slip turns the one word into the other."""
    if typed == meant or abs(len(typed) - len(meant)) > 1:
        return False
    if len(typed) != len(meant):
        return is_one_letter_more(*sorted((typed, meant), key=len))
    differing = [place for place, (one, other) in enumerate(zip(typed, meant, strict=True)) if one != other]
    if len(differing) == 2:
        first, second = differing
        return second == first + 1 and typed[first] == meant[second] and typed[second] == meant[first]
    return len(differing) == 1


def is_one_letter_more(short: str, long: str) -> bool:
    same = next((place for place, letter in enumerate(short) if letter != long[place]), len(short))
    return short[same:] == long[same + 1 :]


def halves(word: str) -> tuple[str, str, str]:
    """How the word begins, how it ends, and the word with the two letters swapped where they meet.

    One slip leaves one of the halves as it is, unless it swaps the two letters between them.
    """
    middle = len(word) // 2
    head, tail = word[:middle], word[middle:]
    return head, tail, f"{head[:-1]}{tail[:1]}{head[-1:]}{tail[1:]}"


def meant_by(typed: str, known: list[str]) -> list[str]:
    """Those of the known words that one slip explains, swapped letters first."""
    near = [word for word in set(known) if is_one_slip(typed, word)]
    return sorted(near, key=lambda word: (sorted(word) != sorted(typed), word))[:MOST_MEANT]
