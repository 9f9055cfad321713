"""The words of the notes: which are known, what a typo was meant to be, and what begins in some way."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from pipeline.search.query import Query, Words
from pipeline.search.typos import halves, may_be_typo, meant_by
from shows.search.planning import planned_cursor

# Longer ones, such as keys and checksums, are found as they are, and nothing is told from them.
LONGEST_WORD = 40
MOST_BEGINNINGS = 200

# What a word means to the index, and whether any note has it. For the last one also what words that begin so have lost
# in their stems: flickeri is how flickering begins, and the index has flicker.
KNOWN = """
    SELECT NULL, websearch_to_tsquery('shows_notes', %(strict)s)::text, NULL, NULL
    UNION ALL
    SELECT asked.word, asked.stem, EXISTS (SELECT FROM shows_word WHERE stem = asked.stem)
           OR asked.word = %(prefix)s AND EXISTS (
               SELECT FROM shows_word WHERE word >= asked.word AND word < asked.word || chr(1114111)),
           CASE WHEN asked.word = %(prefix)s THEN
               ARRAY(SELECT DISTINCT stem FROM shows_word
                     WHERE word >= asked.word AND word < asked.word || chr(1114111)
                       AND NOT starts_with(stem, asked.word) LIMIT %(most)s)
           END
    FROM (SELECT word, coalesce((ts_lexize('shows_stem', word))[1], word) AS stem
          FROM unnest(%(words)s::text[]) AS word) AS asked
"""
NEAR = """
    SELECT asked.word, near.word, near.stem
    FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[]) AS asked (word, head, tail, swapped),
    LATERAL (
        SELECT word, stem FROM shows_word WHERE word >= asked.head AND word < asked.head || chr(1114111)
        UNION
        SELECT word, stem FROM shows_word
        WHERE reverse(word) >= asked.tail AND reverse(word) < asked.tail || chr(1114111)
        UNION
        SELECT word, stem FROM shows_word WHERE word = asked.swapped
    ) AS near
    WHERE char_length(near.word) BETWEEN char_length(asked.word) - 1 AND char_length(asked.word) + 1
"""
# A word that somebody took out of the last note with it counts as known until the words are counted anew.
IN_NOTES = "SELECT EXISTS (SELECT FROM shows_review WHERE lexemes @@ %s::tsquery)"
# Stems count as words too, for a typo may be nearer to flicker than to the flickers of a note.
LEARN = """
    WITH written AS (
        SELECT DISTINCT word FROM shows_review, regexp_split_to_table(shows_words(body), ' ') AS word
        WHERE id = ANY(%s) AND char_length(word) BETWEEN 1 AND %s
    ), fresh AS (
        SELECT word, coalesce((ts_lexize('shows_stem', word))[1], word) AS stem FROM written
        WHERE NOT EXISTS (SELECT FROM shows_word AS known WHERE known.word = written.word)
    )
    INSERT INTO shows_word (word, stem) SELECT word, stem FROM fresh UNION SELECT stem, stem FROM fresh ORDER BY 1
    ON CONFLICT DO NOTHING
"""
FORGET = """
    DELETE FROM shows_word
    WHERE stem NOT IN (SELECT word FROM ts_stat('SELECT lexemes FROM shows_review'))
"""


@dataclass(frozen=True, slots=True)
class Term:
    """One loose word: its stem, the words (each with its stem) that a typo may stand for, and for the last word the
    stems of those that begin so."""

    word: str
    stem: str
    meant: dict[str, str] = field(default_factory=dict)
    is_prefix: bool = False
    beginnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """A query with what the notes' words make of it; the same for both engines."""

    terms: tuple[Term, ...]
    phrases: tuple[Words, ...]
    without: tuple[Words, ...]
    # The phrases and what must not be there, as PostgreSQL reads them.
    strict: str = ""

    @property
    def tsquery(self) -> str:
        """The query as PostgreSQL's full text writes it."""
        return " & ".join([*map(alternatives, self.terms), *([f"({self.strict})"] if self.strict else [])])


def understand(query: Query, *, doubting: bool = False) -> Understood:
    """Tells typos from words; with `doubting` each known word is looked for in the notes themselves."""
    loose = [*query.words, *filter(None, [query.prefix])]
    strict, found = asked_of(loose, query)
    unknown = [word for word, (_, is_known, _) in found.items() if not is_known]
    if doubting:
        unknown += [word for word in found if word not in unknown and not stands_in_notes(word, found[word])]
    meant = meant_words([word for word in unknown if may_be_typo(word) and len(word) <= LONGEST_WORD])
    terms = tuple(
        Term(word, found[word][0], meant.get(word, {}), word == query.prefix, tuple(found[word][2] or ()))
        for word in dict.fromkeys(loose)
    )
    return Understood(terms, query.phrases, query.without, strict)


def asked_of(words: Sequence[str], query: Query) -> tuple[str, dict[str, Any]]:
    """The strict part of the query, and of each loose word its stem, whether it is known, and what begins so."""
    values: dict[str, Any] = {"words": list(dict.fromkeys(words)), "prefix": query.prefix, "most": MOST_BEGINNINGS}
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, values | {"strict": strictly(query)})
        (_, strict, *_), *found = cursor.fetchall()
    return strict, {word: rest for word, *rest in found}


def strictly(query: Query) -> str:
    """What allows no typo, as people write it: `"out of focus" -"roto"`."""
    without = (f'-"{" ".join(words)}"' for words in query.without)
    return " ".join([*(f'"{" ".join(words)}"' for words in query.phrases), *without])


def stands_in_notes(word: str, found: tuple[str, bool, list[str] | None]) -> bool:
    stem, _, begin = found
    term = Term(word, stem, is_prefix=begin is not None, beginnings=tuple(begin or ()))
    with planned_cursor() as cursor:
        cursor.execute(IN_NOTES, [alternatives(term)])
        return bool(cursor.fetchone()[0])


def meant_words(typed: Sequence[str]) -> dict[str, dict[str, str]]:
    """For each word the words one slip away, with their stems."""
    if not typed:
        return {}
    parts = [halves(word) for word in typed]
    near: dict[str, dict[str, str]] = {word: {} for word in typed}
    with connection.cursor() as cursor:
        heads, tails, swapped = zip(*parts, strict=True)
        cursor.execute(NEAR, [list(typed), list(heads), [tail[::-1] for tail in tails], list(swapped)])
        for word, candidate, stem in cursor:
            near[word][candidate] = stem
    return {word: {meant: near[word][meant] for meant in meant_by(word, list(near[word]))} for word in typed}


def learn_words(ids: Collection[int]) -> None:
    """Writes down the words of these notes that were not known."""
    with connection.cursor() as cursor:
        cursor.execute(LEARN, [list(ids), LONGEST_WORD])


def recount_words() -> str:
    """Forgets words that no note has any more, and learns what events about them did not bring."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET)
        forgotten = cursor.rowcount
        cursor.execute(LEARN.replace("id = ANY(%s)", "TRUE"), [LONGEST_WORD])
        return f"words: {forgotten} forgotten, {cursor.rowcount} learned"


def alternatives(term: Term) -> str:
    """`('flicker' | 'flick':*)`: any of what the word may stand for."""
    stems = dict.fromkeys([term.stem, *term.meant.values(), *term.beginnings])
    begun = [f"{quoted(term.word)}:*"] if term.is_prefix else []
    return f"({' | '.join([*map(quoted, stems), *begun])})"


def quoted(lexeme: str) -> str:
    """A lexeme as a tsquery writes it; words hold letters and digits only, and a quote would stay harmless."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"
