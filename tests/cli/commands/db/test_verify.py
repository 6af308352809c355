"""`phananh db verify`: what is damaged, what was repaired, and what is left."""

from pathlib import Path

import pytest

from phananh.stores import SqliteStore
from tests.cli.terminal import rows, run
from tests.stores.files import alter, fill_store


@pytest.fixture
def db(tmp_path: Path) -> str:
    """Return a file with three cases."""
    fill_store(tmp_path / "cases.db")
    return str(tmp_path / "cases.db")


def test_sound_database(db: str) -> None:
    """How many cases were read is said, in both languages and as data."""
    result = run("db", "verify", "--db", db)
    assert (result.exit_code, result.stdout) == (0, "database: 3 cases read, none damaged\n")
    assert (
        "đã đọc 3 PAKN, không có gì hỏng" in run("db", "verify", "--db", db, "--lang", "vi").stdout
    )
    assert rows(run("db", "verify", "--json", "--db", db)) == [
        {"cases": 3, "damaged": 0, "repaired": 0}
    ]
    assert run("db", "verify", "--repair", "--db", db).exit_code == 0


def test_row_is_repaired(db: str) -> None:
    """Without --repair damage is named and left; with it the row is written anew."""
    alter(Path(db), "update phananh_case set late = 1 where case_id = 'HB-1'")
    named = run("db", "verify", "--db", db)
    assert named.exit_code == 3
    wrong = (
        "case HB-1: its row in lists differs from what was written; rewrite it with `phananh db "
    )
    assert named.stdout.startswith(f"damaged: while finding cases: {wrong}verify --repair`")
    assert named.stdout.endswith("named above (1)\ndatabase: 2 cases read\n")
    repaired = run("db", "verify", "--repair", "--db", db)
    assert repaired.exit_code == 0
    assert repaired.stdout.startswith("repaired: the row of case HB-1 in lists\n")
    assert repaired.stdout.endswith("database: 3 cases read\n")
    assert run("db", "verify", "--db", db).exit_code == 0


def test_damaged_history_is_left(db: str) -> None:
    """A damaged event is named and left, beside a row that is repaired."""
    alter(Path(db), "update phananh_event set body = '{}' where case_id = 'HB-0'")
    alter(Path(db), "delete from phananh_case where case_id = 'HB-1'")
    found = rows(run("db", "verify", "--repair", "--json", "--db", db))
    assert [(*row,) for row in found[:-1]] == [("damaged",), ("repaired",)]
    assert found[0]["damaged"]["case"] == "HB-0"
    assert found[1]["repaired"]["case"] == "HB-1"
    assert found[-1] == {"cases": 3, "damaged": 1, "repaired": 1}
    with SqliteStore(db) as store:
        assert len(store.load("HB-1")) == 1


def test_store_in_memory(tmp_path: Path) -> None:
    """A store without tables is verified through its calls, and cannot be repaired."""
    assert run("db", "verify", "--db", "memory:").stdout.startswith("database: 0 cases read")
    refused = run("db", "verify", "--repair", "--db", "memory:")
    assert (refused.exit_code, "has no SQL tables" in refused.stderr) == (2, True)
