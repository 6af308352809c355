"""The table of calls."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Make it."""

    initial = True
    operations = (
        migrations.CreateModel(
            name="Call",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("case", models.CharField(max_length=100, unique=True)),
                ("seconds", models.PositiveIntegerField("cuộc gọi dài bao nhiêu giây")),
            ],
        ),
    )
