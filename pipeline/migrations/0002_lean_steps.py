from django.db import migrations, models

OUTCOMES = [
    ("completed", "Completed"),
    ("failed", "Failed"),
    ("lost", "Lost"),
    ("cancelled", "Cancelled"),
    ("released", "Released"),
]


class Migration(migrations.Migration):
    """Steps are claimed and ended often: fewer rows and indexes to write each time, and room on the page for it."""

    dependencies = [("pipeline", "0001_jobs_and_outbox")]

    operations = [
        migrations.RunSQL("DELETE FROM pipeline_attempt WHERE outcome = 'running'", migrations.RunSQL.noop),
        migrations.RemoveConstraint(model_name="attempt", name="pipeline_attempt_outcome_known"),
        # So that going back finds a value for rows that are there.
        migrations.AlterField(
            model_name="attempt", name="fence", field=models.PositiveIntegerField(db_default=0)
        ),
        migrations.RemoveField(model_name="attempt", name="fence"),
        migrations.AlterField(model_name="attempt", name="finished_at", field=models.DateTimeField()),
        migrations.AlterField(
            model_name="attempt", name="outcome", field=models.CharField(choices=OUTCOMES, max_length=10)
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(outcome__in=[value for value, _ in OUTCOMES]), name="pipeline_attempt_outcome_known"
            ),
        ),
        migrations.AddField(
            model_name="step", name="worker", field=models.CharField(blank=True, default="", max_length=200),
            preserve_default=False,
        ),
        migrations.RemoveIndex(model_name="step", name="pipeline_step_leased"),
        migrations.RemoveIndex(model_name="step", name="pipeline_step_waiting"),
        migrations.RemoveIndex(model_name="outboxevent", name="pipeline_outbox_of_key"),
        migrations.RunSQL(
            """
            ALTER TABLE pipeline_step SET (fillfactor = 60);
            ALTER TABLE pipeline_job SET (fillfactor = 70);
            """,
            """
            ALTER TABLE pipeline_step RESET (fillfactor);
            ALTER TABLE pipeline_job RESET (fillfactor);
            """,
        ),
    ]  # fmt: skip
