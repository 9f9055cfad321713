import django.contrib.postgres.indexes
from django.db import migrations


class Migration(migrations.Migration):
    """New notes enter the index of words many at a time."""

    dependencies = [("shows", "0007_saved_searches")]

    operations = [
        migrations.RemoveIndex(model_name="review", name="shows_review_lexemes"),
        migrations.AddIndex(
            model_name="review",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["lexemes", "show", "status", "department", "author"],
                gin_pending_list_limit=1024,
                name="shows_review_lexemes",
            ),
        ),
    ]
