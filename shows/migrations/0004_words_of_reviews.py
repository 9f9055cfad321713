from django.db import migrations


class Migration(migrations.Migration):
    """How the words of notes are told: English stems, no word left out, and what is no letter or digit parts words."""

    dependencies = [("shows", "0003_version_media")]

    operations = [
        migrations.RunSQL(
            """
            CREATE TEXT SEARCH DICTIONARY shows_stem (TEMPLATE = snowball, LANGUAGE = english);
            CREATE TEXT SEARCH CONFIGURATION shows_notes (COPY = simple);
            ALTER TEXT SEARCH CONFIGURATION shows_notes
                ALTER MAPPING FOR asciiword, word, numword, asciihword, hword, numhword,
                    hword_asciipart, hword_part, hword_numpart WITH shows_stem;
            """,
            """
            DROP TEXT SEARCH CONFIGURATION shows_notes;
            DROP TEXT SEARCH DICTIONARY shows_stem;
            """,
        ),
        # Marks on letters belong to their word: accents, points, the vowels of India. PostgreSQL would read edge.mov as the name of a host, and key/fill as that of a file.
        migrations.RunSQL(
            r"""
            CREATE FUNCTION shows_words(body text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
                RETURN regexp_replace(lower(normalize(body, NFKC)), '[^[:alnum:]\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0dff]+', ' ', 'g')
            """,
            "DROP FUNCTION shows_words(text)",
        ),
        migrations.RunSQL(
            """
            CREATE FUNCTION shows_lexemes(body text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
                RETURN to_tsvector('shows_notes'::regconfig, shows_words(body))
            """,
            "DROP FUNCTION shows_lexemes(text)",
        ),
    ]
