from django.db import migrations


class Migration(migrations.Migration):
    """The types of Pagila's columns, and what the indexes of words stand on."""

    initial = True

    operations = [
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS pg_trgm", migrations.RunSQL.noop),
        migrations.RunSQL(
            "CREATE TYPE mpaa_rating AS ENUM ('G', 'PG', 'PG-13', 'R', 'NC-17')",
            "DROP TYPE mpaa_rating",
        ),
        migrations.RunSQL(
            "CREATE DOMAIN year AS integer CONSTRAINT year_check CHECK (VALUE BETWEEN 1901 AND 2155)",
            "DROP DOMAIN year",
        ),
    ]
