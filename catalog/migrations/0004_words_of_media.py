from django.db import migrations


class Migration(migrations.Migration):
    """How the words of the library are told: accents, case and punctuation do not count."""

    dependencies = [("catalog", "0003_film_streaming_available")]

    operations = [
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS unaccent", migrations.RunSQL.noop),
        # Marks that are left on their letters, as in Hebrew, Arabic and the scripts of India, belong to the word.
        migrations.RunSQL(
            r"""
            CREATE FUNCTION catalog_plain(body text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
                RETURN btrim(regexp_replace(
                    regexp_replace(lower(unaccent('unaccent'::regdictionary, normalize(body, NFKC))), '[\u0300-\u036f]', '', 'g'),
                    '[^[:alnum:]\u0591-\u05c7\u064b-\u065f\u0900-\u0dff]+', ' ', 'g'
                ))
            """,
            "DROP FUNCTION catalog_plain(text)",
        ),
        migrations.RunSQL(
            """
            CREATE FUNCTION catalog_media_words(title text, subtitle text, creator text, description text)
                RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
                RETURN setweight(to_tsvector('simple'::regconfig, catalog_plain(title || ' ' || subtitle)), 'A')
                    || setweight(to_tsvector('simple'::regconfig, catalog_plain(creator)), 'B')
                    || setweight(to_tsvector('simple'::regconfig, catalog_plain(description)), 'C')
            """,
            "DROP FUNCTION catalog_media_words(text, text, text, text)",
        ),
        migrations.RunSQL(
            """
            CREATE FUNCTION catalog_media_query(body text, weights text)
                RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
                RETURN CASE WHEN catalog_plain(body) = '' THEN ''::tsquery ELSE to_tsquery(
                    'simple'::regconfig,
                    '''' || replace(catalog_plain(body), ' ', ''':' || weights || ' & ''') || ''':*' || weights
                ) END
            """,
            "DROP FUNCTION catalog_media_query(text, text)",
        ),
    ]
