import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    """Reviews know the show of their shot."""

    dependencies = [("shows", "0004_words_of_reviews")]

    operations = [
        migrations.AddConstraint(
            model_name="shot",
            constraint=models.UniqueConstraint(fields=("id", "show"), name="shows_shot_id_show_unique"),
        ),
        migrations.AddField(
            model_name="review",
            name="show",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reviews",
                to="shows.show",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="review",
            trigger=pgtrigger.compiler.Trigger(
                name="adopt_show",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.show_id = (SELECT show_id FROM shows_shot WHERE id = NEW.shot_id); RETURN NEW;",
                    hash="10b761aef74061eebf7104f342a67cf35c177308",
                    operation='INSERT OR UPDATE OF "shot_id"',
                    pgid="pgtrigger_adopt_show_25e4c",
                    table="shows_review",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(
            "UPDATE shows_review SET show_id = shows_shot.show_id FROM shows_shot WHERE shows_shot.id = shot_id",
            migrations.RunSQL.noop,
        ),
    ]
