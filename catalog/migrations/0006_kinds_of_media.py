from django.db import migrations

KINDS = ("book", "movie", "game", "music")


class Migration(migrations.Migration):
    """A row of one kind belongs to an item of that kind, which never becomes another: the database says so."""

    dependencies = [("catalog", "0005_library")]

    operations = [
        migrations.RunSQL(
            f"""
            ALTER TABLE catalog_{kind} ADD CONSTRAINT catalog_{kind}_of_its_kind
                FOREIGN KEY (media_item_id, media_type) REFERENCES catalog_mediaitem (id, media_type) ON DELETE CASCADE
            """,
            f"ALTER TABLE catalog_{kind} DROP CONSTRAINT catalog_{kind}_of_its_kind",
        )
        for kind in KINDS
    ]
