"""The tables of schema 3."""

from django.db import migrations

from phananh.stores.django.operations import ChangeTables


class Migration(migrations.Migration):  # type: ignore[misc]  # Django has no types
    """All tables and indexes."""

    initial = True
    operations = (ChangeTables(since=0, upto=3),)
