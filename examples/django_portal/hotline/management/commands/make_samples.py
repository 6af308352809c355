"""`python manage.py make_samples`: sample users, one per group, to try the portal out with."""

from typing import Any

from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand

PASSWORD = "mat-khau-mau"  # noqa: S105 - said in README.md, for trying it out
SAMPLES = {
    "dien-thoai-vien": "operator",
    "mot-cua": "officer/MC-MAU",
    "lanh-dao": "leadership",
}


class Command(BaseCommand):
    """Make a user and a group for each role; safe to repeat."""

    help = "Make sample users, one per group, to try the portal out with."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Make what is not there, and say which users there are."""
        for name, group in SAMPLES.items():
            user, made = User.objects.get_or_create(username=name)
            if made:
                user.set_password(PASSWORD)
                user.save()
            user.groups.set([Group.objects.get_or_create(name=group)[0]])
            self.stdout.write(f"{name}: {group}")
