from django.db import migrations


class Migration(migrations.Migration):
    """A shot's show is its sequence's, and a review's version is one of its shot's: the database says so."""

    dependencies = [("shows", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE shows_shot ADD CONSTRAINT shows_shot_sequence_of_show
                FOREIGN KEY (sequence_id, show_id) REFERENCES shows_sequence (id, show_id) ON UPDATE CASCADE
            """,
            "ALTER TABLE shows_shot DROP CONSTRAINT shows_shot_sequence_of_show",
        ),
        migrations.RunSQL(
            """
            ALTER TABLE shows_review ADD CONSTRAINT shows_review_version_of_shot
                FOREIGN KEY (version_id, shot_id) REFERENCES shows_version (id, shot_id)
            """,
            "ALTER TABLE shows_review DROP CONSTRAINT shows_review_version_of_shot",
        ),
    ]
