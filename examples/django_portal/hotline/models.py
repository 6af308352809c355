"""What the application stores of a call; the case itself is in the tables of phananh."""

from django.db import models


class Call(models.Model):
    """A call, and the case that was made of it in the same transaction."""

    case = models.CharField(max_length=100, unique=True)
    seconds = models.PositiveIntegerField("cuộc gọi dài bao nhiêu giây")
