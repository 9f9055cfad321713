"""A library of 100,000 media with 1,000,000 states: one statement for each table makes its rows in the database."""

from typing import Any

from django.db import connection, transaction

from catalog.models import MediaItem
from config.accounts.models import User

MEDIA, PEOPLE, SHARE = 100_000, 100, 10
DOMAIN = "@bench.test"
WORDS = """
    amber anchor ashes autumn barley beacon bitter border bridge broken burning candle canyon castle cedar circle
    cobalt copper corridor crimson crooked crystal daughter desert distant drowned echo ember empty engine feather
    forest forgotten fragile frozen garden glass golden granite harbour hidden hollow iron island lantern last little
    long lost marble meadow midnight mirror orchard paper quiet river salt shadow silver stolen thunder velvet winter
"""
SYLLABLES = "bal cor den fel gar hal ister jun kor lan mir nor ost pel quin ras"
# Each row's words follow from its number `n`, by the bytes of its hash: sixteen of them, `b`.
STATEMENTS = {
    "catalog_mediaitem": """
        INSERT INTO catalog_mediaitem (id, media_type, title, subtitle, creator, description, release_date,
                                       release_precision, cover_image_url, metadata, created_at, updated_at)
        SELECT md5('bench ' || n)::uuid, (ARRAY['book', 'movie', 'game', 'music'])[1 + n %% 4],
               initcap('the ' || word[1] || ' ' || word[2] || ' of ' || name[3] || name[4] || name[5]), '',
               initcap(name[6] || name[7] || ' ' || name[8] || name[9] || name[10]),
               array_to_string(word[3:10], ' ') || ' ' || name[1] || name[4] || ' ' || name[2] || name[5],
               date '1950-01-01' + n %% 25000, 'day', '', '{}', began, began
        FROM (SELECT n, now() - n * interval '1 minute' AS began, array_agg((%(words)s::text[])[1 + b %% 64]) AS word,
                     array_agg((%(syllables)s::text[])[1 + b %% 16]) AS name
              FROM generate_series(0, %(media)s - 1) n,
                   LATERAL (SELECT get_byte(decode(md5(n::text), 'hex'), k) AS b FROM generate_series(0, 15) k) AS byte
              GROUP BY n) AS made""",
    "catalog_book": """
        INSERT INTO catalog_book (media_item_id, authors, page_count, isbn)
        SELECT id, ARRAY[creator], 300, '' FROM catalog_mediaitem WHERE media_type = 'book'
        ON CONFLICT DO NOTHING""",
    "catalog_movie": """
        INSERT INTO catalog_movie (media_item_id, tmdb_type, runtime, directors)
        SELECT id, 'movie', 100, ARRAY[creator] FROM catalog_mediaitem WHERE media_type = 'movie'
        ON CONFLICT DO NOTHING""",
    "catalog_game": """
        INSERT INTO catalog_game (media_item_id, platforms, developers)
        SELECT id, '{}', ARRAY[creator] FROM catalog_mediaitem WHERE media_type = 'game'
        ON CONFLICT DO NOTHING""",
    "catalog_music": """
        INSERT INTO catalog_music (media_item_id, artist, album)
        SELECT id, creator, '' FROM catalog_mediaitem WHERE media_type = 'music'
        ON CONFLICT DO NOTHING""",
    "catalog_mediasource": """
        INSERT INTO catalog_mediasource (media_item_id, source_name, external_id, canonical_url, cover_url,
                                         raw_payload, is_partial, fetched_at)
        SELECT md5('bench ' || n)::uuid, (ARRAY['google_books', 'tmdb', 'igdb', 'lastfm'])[1 + n %% 4], 'bench ' || n,
               '', '', jsonb_build_object('id', n), false, now()
        FROM generate_series(0, %(media)s - 1) n""",
    "catalog_mediastate": """
        INSERT INTO catalog_mediastate (user_id, media_item_id, status, rating, favorite, notes, created_at, updated_at)
        SELECT (%(people)s::uuid[])[1 + person], md5('bench ' || place * %(share)s + person %% %(share)s)::uuid,
               (ARRAY['want_to_consume', 'currently_consuming', 'paused', 'consumed', 'dropped'])[1 + place %% 5],
               place * 7 %% 101 / 10.0, place %% 20 = 0, '', now(), now() - place * interval '1 minute'
        FROM generate_series(0, %(media)s / %(share)s - 1) place, generate_series(0, cardinality(%(people)s) - 1) person
        """,
    "catalog_tag": """
        INSERT INTO catalog_tag (user_id, name, created_at)
        SELECT person, name, now()
        FROM unnest(%(people)s::uuid[]) person, unnest(ARRAY['noir', 'slow burn', 'summer', 'with the family']) name""",
    "catalog_taggedmedia": """
        INSERT INTO catalog_taggedmedia (tag_id, media_item_id, created_at)
        SELECT tag.id, state.media_item_id, now()
        FROM catalog_mediastate AS state JOIN catalog_tag AS tag USING (user_id)
        WHERE state.status = 'consumed' AND (state.id + tag.id) %% 4 = 0
        ON CONFLICT DO NOTHING""",
    "catalog_menu": """
        INSERT INTO catalog_menu (user_id, title, description, slug, is_public, created_at, updated_at)
        SELECT (%(people)s::uuid[])[1 + n %% cardinality(%(people)s)], 'Bench', '', 'bench-' || n, true, now(), now()
        FROM generate_series(0, %(media)s / 20 - 1) n""",
    "catalog_course": """
        INSERT INTO catalog_course (menu_id, title, description, intent, position)
        SELECT id, 'Course', '', '', place FROM catalog_menu, generate_series(0, 2) place WHERE slug LIKE 'bench-%%'""",
    "catalog_courseitem": """
        INSERT INTO catalog_courseitem (course_id, media_item_id, notes, position)
        SELECT course.id, md5('bench ' || (course.id * 5 + place) %% %(media)s)::uuid, '', place
        FROM catalog_course AS course JOIN catalog_menu AS menu ON menu.id = menu_id, generate_series(0, 4) place
        WHERE slug LIKE 'bench-%%'""",
}  # fmt: skip


def loaded() -> bool:
    return MediaItem.objects.count() >= MEDIA


def load(media: int = MEDIA) -> None:
    """Replaces nothing: media, people and all that is theirs. What refers to what is right as it is made."""
    values: dict[str, Any] = {"media": media, "share": SHARE, "words": WORDS.split(), "syllables": SYLLABLES.split()}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in STATEMENTS.values():
            cursor.execute(statement, values | {"people": [person.pk for person in people()]})


def people() -> list[User]:
    """Who has the states: each a tenth of the media."""
    emails = [f"library{number:03d}{DOMAIN}" for number in range(PEOPLE)]
    if not User.objects.filter(email=emails[0]).exists():
        User.objects.bulk_create([User(email=email, display_name="Bench") for email in emails])
    return list(User.objects.filter(email__in=emails).order_by("email"))


def tidy() -> None:
    """What autovacuum does within minutes of a load."""
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM (ANALYZE) {', '.join(STATEMENTS)}")
