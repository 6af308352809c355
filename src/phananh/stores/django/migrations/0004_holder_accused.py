"""The step to schema 6: whether another holder must be named, and which unit waits."""

from django.db import migrations

from phananh.stores.django.operations import ChangeTables


class Migration(migrations.Migration):  # type: ignore[misc]  # Django has no types
    """Two columns of a row, and their indexes."""

    dependencies = (("phananh", "0003_urgent"),)
    operations = (ChangeTables(since=5, upto=6),)
