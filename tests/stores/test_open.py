"""`open_store` finds a store by its address, or says which addresses there are."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from phananh import Desk, open_store
from phananh.errors import InputError, SchemaError
from phananh.stores import MemoryStore, SqliteStore
from tests.desk import people as p
from tests.stores.files import alter

BRAND = """\
from phananh.stores import MemoryStore


class BrandStore(MemoryStore):
    def __init__(self, address):
        super().__init__()
        self.address = address
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return what installs a package that brings a store for the scheme `brand`."""

    def write(entry: str) -> None:
        info = tmp_path / "brand-1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: brand\nVersion: 1\n")
        (info / "entry_points.txt").write_text(f"[phananh.stores]\nbrand = {entry}\n")
        (tmp_path / "brand_store.py").write_text(BRAND)
        monkeypatch.syspath_prepend(tmp_path)
        monkeypatch.delitem(sys.modules, "brand_store", raising=False)

    return write


def test_address_names_the_store(tmp_path: Path) -> None:
    """open_store takes memory:, a sqlite address and a path."""
    assert isinstance(open_store("memory:"), MemoryStore)
    for address in (f"sqlite:///{tmp_path}/a.db", f"{tmp_path}/a.db", tmp_path / "a.db"):
        with open_store(address) as store:
            assert isinstance(store, SqliteStore)
            assert store.path == str(tmp_path / "a.db")
    assert sorted(os.listdir(tmp_path)) == ["a.db", "a.db-lock"]


@pytest.mark.parametrize(
    "address",
    ["oracle://lan:s3cret@h/db", "brand:cases"],
)
def test_what_names_no_store_is_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    """A word or a scheme that names no store is refused with those known; no file is made."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="use one of memory:, sqlite:///path") as caught:
        open_store(address)
    assert "s3cret" not in str(caught.value) + repr(caught.value)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    ("address", "way_out"),
    [
        ("sqlite:cases.db", "write sqlite:///cases.db"),
        ("sqlite://", "write sqlite:///cases.db"),
        ("mysql+pymysql://lan:s3cret@h/x", r"use one of .* sqlalchemy\+URL"),
        ("host=h dbname=x password=s3cret", "write postgresql://user@host/database"),
        ("sqlalchemy+", "is not a URL of SQLAlchemy"),
        ("sqlalchemy+foo", "is not a URL of SQLAlchemy"),
        ("POSTGRES", "write postgresql://user@host/database"),
        ("Memory", "write memory:"),
        ("sqlite", "write sqlite:///cases.db"),
    ],
)
def test_near_miss_is_told_how_to_write_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, way_out: str
) -> None:
    """An address that is nearly one of ours is refused with the one meant; no file is made."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=way_out) as caught:
        open_store(address)
    assert "s3cret" not in str(caught.value) + repr(caught.value)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("address", [None, 5, b"cases.db"])
def test_address_of_another_type_is_refused(address: object) -> None:
    """What is neither text nor a path is named, with what an address is."""
    with pytest.raises(InputError, match="is not an address of a store; give a path or a URL"):
        open_store(address)  # type: ignore[call-overload]


def test_another_package_brings_a_scheme(install: Callable[[str], None]) -> None:
    """An entry point gets the whole address, and its store works as ours do."""
    install("brand_store:BrandStore")
    with open_store("brand://lan@host/cases") as store:
        assert getattr(store, "address", None) == "brand://lan@host/cases"
        desk = Desk(store=store, clock=p.Hand())
        assert desk.get(p.a_case(desk).id).version == 1
    with pytest.raises(InputError, match=r"sqlite:///path, .*brand:, or a plain path"):
        open_store("grand://host/cases")


@pytest.mark.parametrize("entry", ["brand_store:GrandStore", "brand_shop:BrandStore"])
def test_store_that_cannot_be_loaded_is_named(install: Callable[[str], None], entry: str) -> None:
    """A package that was half removed is named with what failed."""
    install(entry)
    with pytest.raises(InputError, match=f"store for brand at {entry} cannot be loaded"):
        open_store("brand:")


def test_older_tables_are_opened_to_migrate_them(tmp_path: Path) -> None:
    """Tables of an older schema are refused, unless the schema is not to be checked."""
    path = tmp_path / "old.db"
    open_store(path).close()
    alter(path, "update phananh_schema set version = 1, oldest = 1")
    with pytest.raises(SchemaError):
        open_store(path)
    open_store(path, check_schema=False).close()


def test_scheme_may_be_written_in_capitals() -> None:
    """POSTGRESQL:// is the scheme that libpq knows in small letters."""
    from phananh.stores.postgres import PostgresStore

    address = "POSTGRESQL://127.0.0.1:1/x?phananh_timeout=0.1&phananh_retry_for=0"
    with open_store(address) as store:
        assert isinstance(store, PostgresStore)
