"""`manage.py phananh_sweep`: mark every case with a limit that ran out, as from cron (Art. 9.2)."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string

from phananh.stores.django.apps import active_language, say


class Command(BaseCommand):  # type: ignore[misc]  # Django has no types
    """Sweep the desk that the setting PHANANH_DESK names."""

    help = "Mark every case whose limit has run out, on the desk that PHANANH_DESK names"

    def handle(self, **_options: Any) -> None:
        """Sweep, and say how many were marked and which could not be read.

        Raises:
            CommandError: no desk is named, or a case could not be read or decided.
        """
        swept = _find_desk().sweep()
        self.stdout.write(say("swept", lapsed=len(swept.lapsed)))
        for failure in swept.failed:
            self.stderr.write(failure.text(active_language()))
        if swept.failed:
            raise CommandError(say("not_all_swept", failed=len(swept.failed)))


def _find_desk() -> Any:
    """Return the desk that the setting names, or that a function of that name returns."""
    path = getattr(settings, "PHANANH_DESK", None)
    if not path:
        raise CommandError(say("desk_not_named"))
    found = import_string(path)
    return found if hasattr(found, "sweep") else found()
