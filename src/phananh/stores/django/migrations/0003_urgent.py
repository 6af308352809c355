"""The step to schema 5: when a case is urgent, and who waits for an agency."""

from django.db import migrations

from phananh.stores.django.operations import ChangeTables


class Migration(migrations.Migration):  # type: ignore[misc]  # Django has no types
    """Two columns of a row, and their indexes."""

    dependencies = (("phananh", "0002_recorded_at"),)
    operations = (ChangeTables(since=4, upto=5),)
