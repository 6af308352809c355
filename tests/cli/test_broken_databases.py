"""A database that fails is told in one line, in the language of the run, with the way out."""

import json
import shutil
import sqlite3
from contextlib import closing

import pytest

from phananh.errors import CorruptError, SchemaError, StoreError
from phananh.stores import MemoryStore
from phananh.stores.sql.dialects.sqlite import MIGRATIONS
from tests.cli.log import LOG, text
from tests.cli.terminal import rows, run

SCHEMA_VERSION = MIGRATIONS[-1].number


def failure(*words):
    """Return what a command that ends with 2 says, in English, in Vietnamese and as JSON."""
    told = [run(*words, *more) for more in ((), ("--lang", "vi"), ("--json",))]
    assert [result.exit_code for result in told] == [2, 2, 2]
    english, vietnamese, plain = (result.stderr for result in told)
    assert len(english.splitlines()) == len(vietnamese.splitlines()) == 1
    return english, vietnamese, json.loads(plain)


def test_no_database(tmp_path):
    """A file of something else is left as it is, and said to be so in both languages."""
    path = tmp_path / "letter.db"
    path.write_text("một bức thư\n" * 100, encoding="utf-8")
    before = path.read_bytes()
    english, vietnamese, plain = failure("list", "--db", str(path))
    assert f"while opening the store: {path}: the file is not an SQLite database" in english
    assert f"khi mở cơ sở dữ liệu: {path}: tệp không phải cơ sở dữ liệu SQLite" in vietnamese
    assert (plain["error"], plain["where"]) == ("StoreError", str(path))
    assert path.read_bytes() == before


def test_another_schema(db):
    """A newer schema asks for a newer phananh, in both languages."""
    with closing(sqlite3.connect(db)) as newer, newer:
        newer.execute("update phananh_schema set version = 99, oldest = 99")
    english, vietnamese, plain = failure("sweep", "--db", db)
    assert f"schema 99, needed {SCHEMA_VERSION}: the tables are of a newer phananh" in english
    assert english.rstrip().endswith("; upgrade phananh")
    assert f"lược đồ 99, cần {SCHEMA_VERSION}: các bảng là của phananh mới hơn" in vietnamese
    assert (plain["error"], plain["found"], plain["needed"]) == (
        "SchemaError",
        "99",
        str(SCHEMA_VERSION),
    )


def test_a_store_that_fails_in_a_replay(monkeypatch):
    """A replay's failure is a StoreError as JSON, and Vietnamese under --lang vi."""

    def failing(_store, _changes, /):
        doing = {"doing": "recording_case", "case": "HB-1", "version": 1}
        raise StoreError(where="office.db", code="busy", seconds="5", **doing)

    monkeypatch.setattr(MemoryStore, "commit", failing)
    told = run("replay", "-", "--json", "--lang", "vi", given=text(LOG))
    plain = json.loads(told.stderr)
    assert (told.exit_code, plain["error"], plain["doing"]) == (
        2, "StoreError", "recording case HB-1 version 1",
    )  # fmt: skip
    assert plain["message"] == (
        "lỗi cơ sở dữ liệu: khi ghi PAKN HB-1 phiên bản 1: office.db: đang bận: kết nối khác "
        "đang ghi, đã chờ 5 giây; hãy thử lại; không có bước nào ghi dở dang, có thể "
        "chạy lại nhật ký"
    )


def test_errors_of_a_store_have_a_text():
    """In English the text is the message; a store's own words are shown as they are."""
    corrupt = CorruptError(doing="loading", code="event_missing", case="HB-1", version=2)
    said = "while loading a case: case HB-1, version 2: this event is missing; restore it from "
    assert str(corrupt) == f"{said}a backup"
    said = "khi đọc phản ánh, kiến nghị: PAKN HB-1, phiên bản 2: thiếu bước này; hãy khôi phục từ "
    assert corrupt.text("vi") == f"{said}bản sao lưu"
    odd = SchemaError(doing="x", where="is blank", problem="y", found="{z}", needed="1")
    assert odd.text("vi") == "khi x: is blank: lược đồ {z}, cần 1: y"


@pytest.fixture
def damaged(db, tmp_path):
    """Return a copy of the database in which one event cannot be read, and that case."""
    path = str(shutil.copy(db, tmp_path / "damaged.db"))
    case = rows(run("list", "--db", db, "--json"))[0]["case"]
    with closing(sqlite3.connect(path)) as file, file:
        file.execute(
            "update phananh_event set body = '{' where case_id = ? and version = 2", (case,)
        )
    return path, case


@pytest.mark.parametrize("words", [(), ("--json",)])
def test_one_damaged_case_hides_no_other(damaged, words):
    """`list` shows the cases that can be read, names the one that cannot, and ends with 3."""
    path, case = damaged
    result = run("list", "--db", path, *words)
    assert result.exit_code == 3
    assert case not in result.stdout
    assert "answered" in result.stdout
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.startswith("not listed: while reading a stored event: ")
    assert f"case {case}, version 2" in result.stderr
    told = run("list", "--db", path, *words, "--lang", "vi").stderr
    assert told.startswith("chưa liệt kê được: khi đọc bước đã ghi: ")


def test_one_damaged_row_hides_no_other(db, tmp_path):
    """`list` shows the cases whose rows can be read, names the one that is damaged, once."""
    path = str(shutil.copy(db, tmp_path / "damaged.db"))
    shown = [row["case"] for row in rows(run("list", "--db", db, "--json"))]
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("update phananh_case set state = 'closed' where case_id = ?", (shown[0],))
    result = run("list", "--db", path, "--json")
    assert (result.exit_code, [row["case"] for row in rows(result)]) == (3, shown[1:])
    assert result.stderr == (
        f"not listed: while finding cases: case {shown[0]}: its row in lists differs from what was "
        "written; rewrite it with `phananh db verify --repair`\n"
    )
