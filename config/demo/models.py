from django.db import models


class DemoRow(models.Model):
    """A row that the demo made and on which the rest of it hangs: what the next seeding replaces.

    There is no foreign key, because the row may be gone already. Once the demo was seeded the table is never empty.
    """

    kind = models.CharField(max_length=80)
    # Text, so that every kind of primary key fits.
    key = models.CharField(max_length=40)

    class Meta:
        default_permissions = ()
        permissions = [("seed", "Can replace the demo by a new one")]
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="demo_row_unique")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
