import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    """Who is wanted for a production, and who is bound when: nobody twice on a day, nobody outside of the contract."""

    dependencies = [("crew", "0002_indexes")]

    operations = [
        # Others may use the extension too, so it stays when this is undone.
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS btree_gist", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Booking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ("employment", django.contrib.postgres.fields.ranges.DateRangeField(editable=False)),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("reason", models.CharField(blank=True, db_default="", max_length=200)),
            ],
            options={
                "db_table": "booking",
                "ordering": ["id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Requirement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                (
                    "count",
                    models.PositiveIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(1000),
                        ]
                    ),
                ),
            ],
            options={
                "db_table": "production_requirement",
                "ordering": ["id"],
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="production",
            name="staffing_changes",
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddField(
            model_name="booking",
            name="crew_member",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="bookings",
                related_query_name="booking",
                to="crew.crewmember",
            ),
        ),
        migrations.AddField(
            model_name="booking",
            name="production",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="bookings",
                related_query_name="booking",
                to="crew.production",
            ),
        ),
        migrations.AddField(
            model_name="booking",
            name="role",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="bookings",
                to="crew.role",
            ),
        ),
        migrations.AddField(
            model_name="requirement",
            name="production",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="requirements",
                related_query_name="requirement",
                to="crew.production",
            ),
        ),
        migrations.AddField(
            model_name="requirement",
            name="role",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="requirements", to="crew.role"
            ),
        ),
        migrations.AddIndex(
            model_name="booking",
            index=models.Index(
                condition=models.Q(("production__isnull", False)), fields=["production", "id"], name="booking_of_job"
            ),
        ),
        migrations.AddIndex(
            model_name="booking",
            index=models.Index(
                models.F("crew_member"),
                models.Func(models.F("period"), function="upper", output_field=models.DateField()),
                include=("period", "production"),
                name="booking_of_person_by_day",
            ),
        ),
        migrations.AddIndex(
            model_name="booking",
            index=models.Index(condition=models.Q(("role__isnull", False)), fields=["role"], name="booking_of_role"),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("crew_member", "="), ("period", "&&")], name="booking_one_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.CheckConstraint(
                condition=models.Q(("employment__contains", models.F("period"))), name="booking_within_contract"
            ),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("period__isempty", False), ("period__lower_inf", False), ("period__upper_inf", False)
                ),
                name="booking_period_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("production__isnull", False), ("reason", ""), ("role__isnull", False)),
                    models.Q(("production__isnull", True), ("role__isnull", True)),
                    _connector="OR",
                ),
                name="booking_is_work_or_time_off",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="booking",
            trigger=pgtrigger.compiler.Trigger(
                name="count_change",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            NEW.row_version = OLD.row_version;\n            IF NEW IS DISTINCT FROM OLD THEN\n                NEW.row_version = OLD.row_version + 1;\n            END IF;\n            RETURN NEW;\n        ",
                    hash="1e78ff956f963b791141fa9279f77868a7bc5def",
                    operation="UPDATE",
                    pgid="pgtrigger_count_change_85efa",
                    table="booking",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="requirement",
            constraint=models.UniqueConstraint(fields=("production", "role"), name="production_requirement_once"),
        ),
        migrations.AddConstraint(
            model_name="requirement",
            constraint=models.CheckConstraint(
                condition=models.Q(("count__range", (1, 1000))), name="production_requirement_count"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="requirement",
            trigger=pgtrigger.compiler.Trigger(
                name="count_change",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            NEW.row_version = OLD.row_version;\n            IF NEW IS DISTINCT FROM OLD THEN\n                NEW.row_version = OLD.row_version + 1;\n            END IF;\n            RETURN NEW;\n        ",
                    hash="edabf8c0aacec33795dce60e4d556482d29899e2",
                    operation="UPDATE",
                    pgid="pgtrigger_count_change_70d36",
                    table="production_requirement",
                    when="BEFORE",
                ),
            ),
        ),
    ]
