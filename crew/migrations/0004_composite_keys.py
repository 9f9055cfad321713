from django.db import migrations


class Migration(migrations.Migration):
    """A booking repeats its person's contract and its production's days; a change of these reaches it at once."""

    dependencies = [("crew", "0003_bookings")]

    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE booking ADD CONSTRAINT booking_of_crew_member
                FOREIGN KEY (crew_member_id, employment) REFERENCES crew_member (id, employment) ON UPDATE CASCADE
            """,
            "ALTER TABLE booking DROP CONSTRAINT booking_of_crew_member",
        ),
        migrations.RunSQL(
            """
            ALTER TABLE booking ADD CONSTRAINT booking_of_production
                FOREIGN KEY (production_id, period) REFERENCES production (id, period)
                ON UPDATE CASCADE ON DELETE CASCADE
            """,
            "ALTER TABLE booking DROP CONSTRAINT booking_of_production",
        ),
    ]
