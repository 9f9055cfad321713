import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.contrib.postgres.operations import BtreeGinExtension
from django.db import migrations, models

import shows.models.review


class Migration(migrations.Migration):
    """Lexemes of the notes with their index, the words that they hold, and events for every change of them."""

    dependencies = [("pipeline", "0001_jobs_and_outbox"), ("shows", "0005_show_of_reviews")]

    operations = [
        BtreeGinExtension(),
        migrations.AlterField(
            model_name="review",
            name="show",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reviews",
                to="shows.show",
            ),
        ),
        migrations.RunSQL(
            """
            ALTER TABLE shows_review ADD CONSTRAINT shows_review_shot_of_show
                FOREIGN KEY (shot_id, show_id) REFERENCES shows_shot (id, show_id) ON UPDATE CASCADE
            """,
            "ALTER TABLE shows_review DROP CONSTRAINT shows_review_shot_of_show",
        ),
        migrations.AddField(
            model_name="review",
            name="lexemes",
            field=models.GeneratedField(
                db_persist=True,
                expression=shows.models.review.Lexemes("body"),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.CreateModel(
            name="Word",
            fields=[
                ("word", models.TextField(db_collation="C", primary_key=True, serialize=False)),
                ("stem", models.TextField(db_collation="C")),
            ],
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="review",
            name="count_change",
        ),
        migrations.AddIndex(
            model_name="review",
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=False,
                fields=["lexemes", "show", "status", "department", "author"],
                name="shows_review_lexemes",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="review",
            trigger=pgtrigger.compiler.Trigger(
                name="count_change",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            NEW.row_version = OLD.row_version;\n            IF to_jsonb(NEW) - 'lexemes' IS DISTINCT FROM to_jsonb(OLD) - 'lexemes' THEN\n                NEW.row_version = OLD.row_version + 1;\n            END IF;\n            RETURN NEW;\n        ",
                    hash="0776a0c5a589a3c457177af785c13e24d82e652d",
                    operation="UPDATE",
                    pgid="pgtrigger_count_change_37f52",
                    table="shows_review",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="review",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        INSERT INTO pipeline_outboxevent (topic, key, payload)\n        SELECT 'search.index', 'reviews', jsonb_build_object('rows', written.ids)\n        FROM (SELECT range_agg(int8range(id, id, '[]'))::text AS ids FROM (SELECT id FROM new_rows) AS written) AS written\n        WHERE written.ids IS NOT NULL;\n     RETURN NULL;",
                    hash="722e481988f4e9b208c77e14f6527994df658314",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_announce_insert_2f10a",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="shows_review",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="review",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        INSERT INTO pipeline_outboxevent (topic, key, payload)\n        SELECT 'search.index', 'reviews', jsonb_build_object('rows', written.ids)\n        FROM (SELECT range_agg(int8range(id, id, '[]'))::text AS ids FROM (SELECT id FROM new_rows JOIN old_rows USING (id) WHERE new_rows.row_version <> old_rows.row_version) AS written) AS written\n        WHERE written.ids IS NOT NULL;\n     RETURN NULL;",
                    hash="f4b5c55bf06ff7264efddd4f8dab1027ad7bc254",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_announce_update_d6f8f",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="shows_review",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="review",
            trigger=pgtrigger.compiler.Trigger(
                name="announce_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        INSERT INTO pipeline_outboxevent (topic, key, payload)\n        SELECT 'search.index', 'reviews', jsonb_build_object('rows', written.ids)\n        FROM (SELECT range_agg(int8range(id, id, '[]'))::text AS ids FROM (SELECT id FROM old_rows) AS written) AS written\n        WHERE written.ids IS NOT NULL;\n     RETURN NULL;",
                    hash="374ddba9ad6931ded617c036a9ca99124cc133bc",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_announce_delete_8573f",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="shows_review",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="word",
            index=models.Index(fields=["stem"], name="shows_word_stem"),
        ),
        migrations.AddIndex(
            model_name="word",
            index=models.Index(django.db.models.functions.text.Reverse("word"), name="shows_word_reversed"),
        ),
    ]
