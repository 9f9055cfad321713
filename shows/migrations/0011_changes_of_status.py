from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shows", "0010_shots_in_the_search")]

    operations = [
        migrations.AddIndex(
            model_name="change",
            index=models.Index(
                condition=models.Q(("field", "status"), ("subject", "shot")),
                fields=["subject_id", "id"],
                name="shows_change_of_status",
            ),
        ),
    ]
