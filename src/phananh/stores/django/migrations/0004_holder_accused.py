"""The step to schema 6: whether another holder must be named."""

from django.db import migrations

from phananh.stores.django.operations import ChangeTables


class Migration(migrations.Migration):  # type: ignore[misc]  # Django has no types
    """A column of a row, and its index."""

    dependencies = (("phananh", "0003_urgent"),)
    operations = (ChangeTables(since=5, upto=6),)
