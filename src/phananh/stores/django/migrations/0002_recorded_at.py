"""The step to schema 4: when the last event of a case was entered."""

from django.db import migrations

from phananh.stores.django.operations import ChangeTables


class Migration(migrations.Migration):  # type: ignore[misc]  # Django has no types
    """A column of a row."""

    dependencies = (("phananh", "0001_tables"),)
    operations = (ChangeTables(since=3, upto=4),)
