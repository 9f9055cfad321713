"""How a code is found in what people and cutting rooms write."""

import re

from shows.models.show import CODE_PATTERN

CODE = re.compile(CODE_PATTERN)
LONGEST_CODE = 20
ILLEGAL = re.compile(r"[^A-Za-z0-9_.\-]+")
LEADING_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")
BRACKETS = {")": "(", "]": "[", "}": "{"}
# What stands after a name's last dot is often a part of the code (SQ01.SH010), so digits make no file extension,
# but in formats that have them.
EXTENSION = re.compile(r"\.(?:[a-z]{2,5}|3gp|cr[23]|j2[ck]|jp2|m2ts|m2[tv]|m4[av]|mj2|mp[234]|r3d)$", re.IGNORECASE)
FRAME_NUMBER = re.compile(r"\.[0-9]+$")


def is_code(text: str) -> bool:
    return CODE.fullmatch(text) is not None


def without_leading_zeros(code: str) -> str:
    """What a spreadsheet may have made of a code, regardless of case: the same for SH0010 and sh10."""
    return LEADING_ZEROS.sub("", code.upper())


def sequence_code(name: str) -> str:
    """A timeline's name as a code: illegal runs become `_`, cut at 20, nothing else taken off."""
    return ILLEGAL.sub("_", name)[:LONGEST_CODE]


def shot_code(name: str) -> str:
    """The code that a clip's name holds: `ZZ100_501 (LAY3)` is `ZZ100_501`. It may be too long, or empty."""
    bare = without_brackets(name)
    stem = EXTENSION.sub("", bare)
    if stem != bare:
        stem = FRAME_NUMBER.sub("", stem)
    return ILLEGAL.sub("_", stem).strip("_")


def without_brackets(name: str) -> str:
    """The name without the brackets at its end, however many, and the blanks before them."""
    name = name.rstrip()
    while name and name[-1] in BRACKETS and (start := opening_of_last(name)) is not None:
        name = name[:start].rstrip()
    return name


def opening_of_last(name: str) -> int | None:
    """Where the bracket opens that closes at the end of the name."""
    closing, depth = name[-1], 0
    for index in range(len(name) - 1, -1, -1):
        depth += (name[index] == closing) - (name[index] == BRACKETS[closing])
        if depth == 0:
            return index
    return None
