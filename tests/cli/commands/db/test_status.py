"""`phananh db status`: what is in a database, and how far the feed and its consumers are."""

from datetime import timedelta
from pathlib import Path

from phananh.stores import SqliteStore
from phananh.testing.sample_events import START
from tests.cli.terminal import rows, run
from tests.stores.files import alter, fill_store
from tests.stores.sql.old_file import make_old


def test_status_counts_and_names_consumers(tmp_path: Path) -> None:
    """Cases, events, the end of the feed, each consumer and when its lease ends are said."""
    path = tmp_path / "cases.db"
    fill_store(path)
    with SqliteStore(path) as store:
        mail = store.claim("mail", START, START + timedelta(hours=1))
        assert mail is not None
        store.advance(mail, "2")
        sms = store.claim("sms", START, START + timedelta(hours=1), start="end")
        assert sms is not None
        store.release(sms)
    told = run("db", "status", "--db", str(path))
    assert told.exit_code == 0
    lines = told.stdout.splitlines()
    assert lines[:2] == ["sqlite, schema: 3, this version needs: 3", "cases: 3, events: 3"]
    assert lines[2].startswith("size: 0.")
    assert lines[3] == "the feed ends at: 3"
    assert [line.split() for line in lines[-2:]] == [
        ["mail", "2", "2019-11-04", "09:00", "1"],
        ["sms", "3", "-", "1"],
    ]
    (facts,) = rows(run("db", "status", "--json", "--db", str(path)))
    assert [each["consumer"] for each in facts["consumers"]] == ["mail", "sms"]
    assert facts["consumers"][1]["until"] is None
    assert (facts["cases"], facts["events"], facts["more"]) == (3, 3, [])
    assert (
        "PAKN: 3; bước đã ghi: 3" in run("db", "status", "--db", str(path), "--lang", "vi").stdout
    )


def test_status_of_tables_on_which_this_version_cannot_run(tmp_path: Path) -> None:
    """Older tables are told with the steps that are left, newer ones with the way out; 3."""
    fill_store(tmp_path / "now.db")
    make_old(tmp_path / "old.db", tmp_path / "now.db")
    older = run("db", "status", "--db", str(tmp_path / "old.db"))
    assert (older.exit_code, older.stdout) == (
        3, "sqlite, schema: 2, this version needs: 3\nto do: 3_pre_lists_and_consumers\n",
    )  # fmt: skip
    alter(tmp_path / "now.db", "update phananh_schema set version = 99, oldest = 99")
    newer = run("db", "status", "--db", str(tmp_path / "now.db"))
    assert newer.exit_code == 3
    assert "Upgrade phananh" in newer.stdout
