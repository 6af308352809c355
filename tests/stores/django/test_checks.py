"""The system checks say what of DATABASES does not go well with the store, and only that."""

from typing import Any

import pytest
from django.core.checks import run_checks
from django.test import override_settings

from tests.stores.django import databases

_SQLITE = {"ENGINE": "django.db.backends.sqlite3", "NAME": "x.db"}
_POSTGRES = {"ENGINE": "django.db.backends.postgresql", "NAME": "x"}


def check(**given: Any) -> dict[str, str]:
    """Return what is said of a database, by the id of the warning."""
    name = f"DATABASES[{databases.add_database(**given)!r}]"
    found = [each for each in run_checks() if each.msg.startswith(name)]
    return {each.id: f"{each.msg} {each.hint}" for each in found}


@pytest.mark.parametrize("mode", ["IMMEDIATE", "immediate", "EXCLUSIVE"])
def test_a_database_that_begins_early_is_well(mode: str) -> None:
    """Nothing is said of SQLite whose transactions take the write lock when they begin."""
    assert check(**_SQLITE, OPTIONS={"transaction_mode": mode}) == {}


@pytest.mark.parametrize("mode", [None, "DEFERRED"])
def test_a_database_that_begins_late_is_named(mode: str | None) -> None:
    """SQLite that takes the write lock at the first write is warned of, with the setting."""
    assert [*check(**_SQLITE, OPTIONS={})] == ["phananh.W003"]
    found = check(**_SQLITE, OPTIONS={"transaction_mode": mode})
    assert [*found] == ["phananh.W003"]
    assert '"transaction_mode": "IMMEDIATE"' in found["phananh.W003"]


def test_a_database_without_tables_of_ours_is_named() -> None:
    """One that we do not speak is warned of, unless a router keeps our tables away."""
    dummy = {"ENGINE": "django.db.backends.dummy", "NAME": "x"}
    assert [*check(**dummy)] == ["phananh.W001"]
    with override_settings(DATABASE_ROUTERS=["tests.stores.django.test_migrations.Elsewhere"]):
        assert check(**dummy) == {}
