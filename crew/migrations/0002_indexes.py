import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    """What lists of people and productions are sorted and searched by."""

    dependencies = [("crew", "0001_initial")]

    operations = [
        # Others may use the extension too, so it stays when this is undone.
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS pg_trgm", migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="crewmember",
            index=models.Index(fields=["full_name", "id"], name="crew_member_by_name"),
        ),
        migrations.AddIndex(
            model_name="crewmember",
            index=models.Index(
                models.Func(models.F("employment"), function="lower", output_field=models.DateField()),
                models.F("id"),
                name="crew_member_by_hire_date",
            ),
        ),
        migrations.AddIndex(
            model_name="crewmember",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Upper("full_name"), name="gin_trgm_ops"
                ),
                name="crew_member_name_words",
            ),
        ),
        migrations.AddIndex(
            model_name="production",
            index=models.Index(fields=["title", "id"], name="production_by_title"),
        ),
        migrations.AddIndex(
            model_name="production",
            index=models.Index(
                models.Func(models.F("period"), function="lower", output_field=models.DateField()),
                models.F("id"),
                name="production_by_start",
            ),
        ),
        migrations.AddIndex(
            model_name="production",
            index=models.Index(
                models.Func(models.F("period"), function="upper", output_field=models.DateField()),
                models.F("id"),
                name="production_by_end",
            ),
        ),
        migrations.AddIndex(
            model_name="production",
            index=django.contrib.postgres.indexes.GistIndex(fields=["period"], name="production_of_days"),
        ),
        migrations.AddIndex(
            model_name="production",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Upper("title"), name="gin_trgm_ops"
                ),
                name="production_title_words",
            ),
        ),
    ]
