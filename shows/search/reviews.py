from pipeline.search.engine import EngineDown, is_configured
from pipeline.services import Actor
from shows.search import elasticsearch, postgresql
from shows.search.asked import FACETS, Found, Hits, ReviewsAsked
from shows.search.rows import codes_of, rows_of
from shows.search.words import Understood, understand


def search_reviews(asked: ReviewsAsked, *, user: Actor) -> Found:
    """Reviews that match, best first; nothing is found, counted or in a facet for who may not read reviews.

    The engine is asked where one is configured; where it does not answer in time, PostgreSQL is.
    """
    if not user.has_perm("shows.view_review"):
        return shown("postgresql", Hits(), "", user)
    understood = understand(asked.query)
    engine, hits = find(asked, understood)
    if not hits.count:
        # A word may have left the notes and still count as known: then it is a typo after all.
        doubted = understand(asked.query, doubting=True)
        if doubted != understood:
            understood = doubted
            engine, hits = find(asked, doubted)
    return shown(engine, hits, understood.tsquery, user)


def find(asked: ReviewsAsked, understood: Understood) -> tuple[str, Hits]:
    """The engine that answered, and what."""
    if is_configured():
        try:
            return "elasticsearch", elasticsearch.find_reviews(asked, understood)
        except EngineDown:
            pass
    return "postgresql", postgresql.find_reviews(asked, understood.tsquery)


def shown(engine: str, hits: Hits, tsquery: str, user: Actor) -> Found:
    facets = {name: dict(hits.facets.get(name, {})) for name in FACETS}
    codes = codes_of(facets["show"])
    facets["show"] = {codes[pk]: number for pk, number in facets["show"].items() if pk in codes}
    return Found(
        engine=engine,
        degraded=is_configured() and engine == "postgresql",
        count=hits.count,
        count_is_exact=hits.is_exact,
        results=rows_of(hits.scores, tsquery, user) if hits.scores else [],
        facets=facets,
    )
