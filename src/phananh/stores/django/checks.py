"""System checks: what of the DATABASES of a project does not go well with the store."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.checks import CheckMessage
from django.core.checks import Warning as CheckWarning
from django.db import connections, router

from phananh.messages.catalogue import MESSAGES
from phananh.stores.django.sentences import active_language
from phananh.stores.django.store import VENDORS, begins_late, name_database

_IDS = {
    "database_unsupported": "phananh.W001",
    "database_of_old_driver": "phananh.W002",
    "database_begins_late": "phananh.W003",
    "isolation_is_higher": "phananh.W004",
}
_HIGHER = ("REPEATABLE_READ", "SERIALIZABLE")


def list_warnings(**_given: Any) -> Sequence[CheckMessage]:
    """Return the warnings for each database that the migrations of `phananh` may go to."""
    return [
        _say(code, where=name_database(connections[alias]), **facts)
        for alias in connections
        if router.allow_migrate(alias, "phananh")
        for code, facts in _find_flaws(connections[alias])
    ]


def _find_flaws(connection: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the code and the facts of each, without opening the connection."""
    if connection.vendor not in VENDORS:
        yield "database_unsupported", {"vendor": connection.vendor, "known": VENDORS}
    if begins_late(connection):
        yield "database_begins_late", {}
    if connection.vendor == "postgresql":
        if (driver := connection.Database.__name__) != "psycopg":
            yield "database_of_old_driver", {"driver": driver}
        level = connection.settings_dict["OPTIONS"].get("isolation_level")
        if getattr(level, "name", "") in _HIGHER:
            yield "isolation_is_higher", {"level": level.name}


def _say(code: str, **facts: Any) -> CheckMessage:
    message, lang = MESSAGES[code], active_language()
    return CheckWarning(
        message.problem(facts, lang), hint=message.way_out(facts, lang), id=_IDS[code]
    )
