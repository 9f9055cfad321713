"""Names of the catalogue that a question holds: films, people, categories, languages, extras."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Length, StrIndex, Upper

from catalog.ai.measures import Condition
from catalog.ai.reading import PERSON, TITLE, Reading, Taken, any_of
from catalog.models import Actor, Category, Film, Language
from catalog.querysets.films import links

MOST = 200
# Words that may be a title, and mostly are not.
ORDINARY = frozenset(
    """
    a about all an and any are film films for how i in is it movie movies no not of on one or rated that the this to
    what when which who with you
    """.split()  # noqa: SIM905 -- as people read it
)
SYNONYMS = {
    "sci-fi": ("scifi", "science fiction", "sci fi"),
    "science fiction": ("sci-fi", "scifi", "sci fi"),
    "animation": ("animated", "cartoon", "cartoons"),
    "children": ("kids", "child", "children's", "kid"),
    "classics": ("classic", "classical"),
    "documentary": ("documentaries", "docs"),
    "comedy": ("comedies", "comic"),
    "music": ("musical", "musicals"),
    "sports": ("sport",),
    "romance": ("romantic", "romances"),
    "western": ("westerns",),
}
# Before a name of which only a part is given.
CUE = rf"(?:with|starring|stars?|featuring|actors?|actress(?:es)?|does|did|named|called|{PERSON}\s+(?:and|or))\s+"


@dataclass(frozen=True)
class Person:
    """A name, and all who bear it."""

    name: str
    ids: tuple[int, ...]

    @property
    def shown(self) -> str:
        return self.name if len(self.ids) == 1 else f"one of the {len(self.ids)} actors named {self.name}"

    @property
    def films(self) -> Q:
        return Q(pk__in=links("FilmActor").filter(actor__in=self.ids).values("film_id"))


def read_titles(reading: Reading, films: Any) -> tuple[Film, ...]:
    """The films whose titles stand in the question, in its order; long titles win over those within them."""
    text = reading.text
    place = StrIndex(Upper(Value(text)), Upper("title"))
    among = films.annotate(place=place).filter(place__gt=0).order_by(-Length("title"), "pk")[:MOST]
    found: dict[int, list[Film]] = {}
    for film in among:
        match = standing(film.title, reading.text)
        if match and is_meant(film.title, match, reading.text):
            reading.replace(match.start(), match.end(), TITLE)
            found.setdefault(text.upper().find(film.title.upper()), []).append(film)
        elif earlier := next((group for group in found.values() if group[0].title.upper() == film.title.upper()), None):
            earlier.append(film)
    return tuple(film for _, group in sorted(found.items()) for film in group)


def standing(name: str, text: str) -> re.Match[str] | None:
    """Where the name stands as words of its own."""
    quoted = rf"[\"']?(?<!\w){re.escape(name)}(?!\w)[\"']?"
    return re.search(quoted, text, re.IGNORECASE)


def is_meant(title: str, match: re.Match[str], text: str) -> bool:
    """An ordinary word is a title only when quoted, or written like one within a sentence."""
    if title.lower() not in ORDINARY and len(title) > 2:
        return True
    found = match[0]
    return found != found.strip("\"'") or (
        found == title and title[0].isupper() and bool(text[: match.start()].strip())
    )


def read_people(reading: Reading) -> tuple[tuple[Person, ...], bool]:
    """Who is named, in full or, behind a word like "starring", in part; and whether any of them will do."""
    upper = Upper(Value(reading.text))
    within = {name: StrIndex(upper, Upper(name)) for name in ("first_name", "last_name")}
    among = list(Actor.objects.annotate(first=within["first_name"], last=within["last_name"])
                 .filter(Q(first__gt=0) | Q(last__gt=0)).order_by("pk")[:MOST])  # fmt: skip
    people = [*full_names(reading, among), *parts_of_names(reading, among)]
    return tuple(people), bool(re.search(rf"{PERSON}\s+or\s+{PERSON}", reading.text))


def full_names(reading: Reading, among: list[Actor]) -> Iterator[Person]:
    names: dict[str, list[Actor]] = {}
    for actor in among:
        names.setdefault(str(actor).casefold(), []).append(actor)
    for name, actors in names.items():
        if match := standing(name, reading.text):
            reading.replace(match.start(), match.end(), PERSON)
            yield Person(str(actors[0]), tuple(actor.pk for actor in actors))


def parts_of_names(reading: Reading, among: list[Actor]) -> Iterator[Person]:
    for column in ("last_name", "first_name"):
        parts: dict[str, list[int]] = {}
        for actor in among:
            parts.setdefault(getattr(actor, column), []).append(actor.pk)
        for part, ids in parts.items():
            if match := re.search(rf"(?<!\w){CUE}({re.escape(part)})(?!\w)", reading.text, re.IGNORECASE):
                reading.replace(match.start(1), match.end(1), PERSON)
                yield Person(part, tuple(ids))


def read_categories(reading: Reading) -> list[Condition]:
    spelt = {word: name for name in Category.objects.values_list("name", flat=True) for word in spellings(name)}
    found = found_names(reading, spelt)
    wanted = dict.fromkeys(name for name, taken in found if not taken.is_negated)
    refused = dict.fromkeys(name for name, taken in found if taken.is_negated)
    return [
        *wanted_categories(list(wanted), reading),
        *(Condition(f"not of the category {name}", ~in_category(name)) for name in refused),
    ]


def wanted_categories(names: list[str], reading: Reading) -> list[Condition]:
    """All of them, unless an "or" stands between."""
    if len(names) > 1 and re.search(r"\bor\b", reading.text):
        among = links("FilmCategory").filter(category__name__in=names).values("film_id")
        return [Condition(f"of the category {' or '.join(names)}", Q(pk__in=among))]
    return [Condition(f"of the category {name}", in_category(name)) for name in names]


def in_category(name: str) -> Q:
    return Q(pk__in=links("FilmCategory").filter(category__name=name).values("film_id"))


def spellings(name: str) -> Iterable[str]:
    """The name, its plural or singular, and what else people say."""
    low = name.lower()
    plural = f"{low[:-1]}ies" if low.endswith("y") else f"{low}s"
    if low == "new":
        # Everything may be called new; this is the category of that name.
        return ("category new", "new category", "new films?", "new movies?", "new releases?")
    return (low, plural, *([low[:-1]] if low.endswith("s") else []), *SYNONYMS.get(low, ()))


def found_names(reading: Reading, spelt: dict[str, str]) -> list[tuple[str, Taken]]:
    if not spelt:
        return []
    words = sorted(spelt, key=len, reverse=True)
    around = r"(?:(?:of|in|from) the (?:category|genre)\s+)?(?P<name>{})(?:\s+(?:category|genre))?"
    taken = reading.take_all(
        any_of(around.format("|".join(word if "?" in word else re.escape(word) for word in words)))
    )
    return [(named(one.match["name"], spelt), one) for one in taken]


def named(found: str, spelt: dict[str, str]) -> str:
    low = found.lower()
    return spelt.get(low) or next(name for word, name in spelt.items() if re.fullmatch(word, low))


def read_languages(reading: Reading) -> list[Condition]:
    names = {name.lower(): name for name in Language.objects.values_list("name", flat=True)}
    if not names:
        return []
    pattern = any_of(rf"(?:in |spoken in )?(?P<name>{'|'.join(map(re.escape, names))})(?:[- ]language|[- ]speaking)?")
    return [
        Condition(f"{'not ' if one.is_negated else ''}in {name}", ~q if one.is_negated else q)
        for one in reading.take_all(pattern)
        for name in [names[one.match["name"].lower()]]
        for q in [Q(language__name=name)]
    ]


def read_features(reading: Reading, films: Any) -> list[Condition]:
    """Extras such as trailers, by the words that films have for them."""
    unnested = Func(F("special_features"), function="unnest", output_field=TextField())
    known = {
        name.lower(): name
        for name in films.annotate(extra=unnested).order_by().values_list("extra", flat=True).distinct()[:MOST]
    }
    if not known:
        return []
    spelt = {re.escape(low).removesuffix("s") + "s?": name for low, name in known.items()}
    spelt |= {re.escape(low.removesuffix("ies") + "y"): name for low, name in known.items() if low.endswith("ies")}
    pattern = any_of(rf"(?P<name>{'|'.join(sorted(spelt, key=len, reverse=True))})")
    return [
        Condition(
            f"{'without' if one.is_negated else 'with'} {name}",
            ~Q(special_features__contains=[name]) if one.is_negated else Q(special_features__contains=[name]),
        )
        for one in reading.take_all(pattern)
        for name in [next(name for word, name in spelt.items() if re.fullmatch(word, one.match["name"], re.IGNORECASE))]
    ]
