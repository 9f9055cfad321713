from django.db import migrations


class Migration(migrations.Migration):
    """What a constraint of customers and ranges of days stands on; crew has it as well."""

    dependencies = [("rentals", "0002_pagila_functions")]

    operations = [migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS btree_gist", migrations.RunSQL.noop)]
