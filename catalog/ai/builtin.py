"""The answerer that needs no model: it reads the question, searches the catalogue, and says what it found."""

from dataclasses import replace
from typing import Any

from catalog.ai import facts, groups, listing
from catalog.ai.nearest import meant, nearest
from catalog.ai.questions import Question
from catalog.ai.sentences import Answer, listed, said

ABILITIES = (
    "I answer questions about the films of this catalogue: titles, actors, categories, ratings, prices, lengths, "
    "years, languages, streaming and stock.",
    "Ask for example “Which PG comedies cost 0.99?”, “Who plays in …?”, “What is the longest film?” or “Films like …”.",
)
# What one question may name and demand; each costs a part of a statement, or statements of its own.
MOST_AT_ONCE = 12


def answer(question: Question, films: Any) -> Answer:
    """What the catalogue says; what it does not know is said, with the films that come nearest."""
    if question.is_about_us:
        return said(*ABILITIES)
    if len(question.titles) + len(question.people) + len(question.conditions) > MOST_AT_ONCE:
        return said("That is more than I can look for at once. Ask for less.", is_found=False)
    if question.titles:
        return of_titles(question, films)
    if question.words and (guessed := spelt_right(question, films)):
        return guessed
    return groups.vocabulary(question) or of_many(question, films)


def of_titles(question: Question, films: Any) -> Answer:
    if question.is_like:
        return facts.like(question, films)
    if question.people:
        return facts.together(question, films)
    if question.superlative and len(question.titles) > 1:
        return listing.foremost(question, films)
    return facts.told(question, films)


def of_many(question: Question, films: Any) -> Answer:
    if question.most:
        return groups.leading(question, films)
    if question.is_average:
        return listing.averaged(question, films)
    if question.superlative:
        return listing.foremost(question, films)
    if question.is_count:
        return listing.counted(question, films)
    if question.conditions or question.words:
        return found_or_not(question, films)
    return said("I did not find out what of the catalogue you ask.", *ABILITIES, is_found=False)


def found_or_not(question: Question, films: Any) -> Answer:
    """Words without any condition must all stand in a film; else the question is about something else."""
    if question.conditions or films.matching(" ".join(question.words)).exists():
        return listing.enumerated(question, films)
    near = nearest(question, films)
    words = " ".join(question.words)
    offer = f"The nearest films that I find: {listed(near)}." if near else "Nor does any film come near."
    return said(
        f"I cannot answer that from the catalogue: it has nothing on “{words}”.", offer, films=near, is_found=False
    )


def spelt_right(question: Question, films: Any) -> Answer | None:
    """The answer about a film whose title was misspelt, if words that no film has are nearly one's title."""
    if films.matching(" ".join(question.words)).exists() or (film := meant(question, films)) is None:
        return None
    corrected = of_titles(replace(question, titles=(film,), words=()), films)
    return replace(corrected, sentences=(f"I take it that you mean {film.title}.", *corrected.sentences))
