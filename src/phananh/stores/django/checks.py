"""Our sentences where Django shows them, and checks of a project's DATABASES."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.checks import CheckMessage
from django.core.checks import Warning as CheckWarning
from django.db import connections, router
from django.utils.translation import get_language

from phananh.messages.catalogue import MESSAGES
from phananh.stores.django.store import VENDORS, begins_late, name_database

_IDS = {
    "database_unsupported": "phananh.W001",
    "database_begins_late": "phananh.W003",
}


def list_warnings(**_given: Any) -> Sequence[CheckMessage]:
    """Return the warnings for each database that the migrations of `phananh` may go to."""
    return [
        _warn(code, where=name_database(connections[alias]), **facts)
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


def _warn(code: str, **facts: Any) -> CheckMessage:
    message, lang = MESSAGES[code], active_language()
    return CheckWarning(
        message.problem(facts, lang), hint=message.way_out(facts, lang), id=_IDS[code]
    )


def active_language() -> str:
    """Return `vi` if Django speaks Vietnamese now, else `en`."""
    return "vi" if str(get_language()).startswith("vi") else "en"


def say(code: str, **facts: Any) -> str:
    """Return the problem and the way out, in the language that is active."""
    return MESSAGES[code].text(facts, active_language())
