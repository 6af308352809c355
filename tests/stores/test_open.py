"""A store by its address: which one, with which options, and what is no address."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from phananh import Desk, open_store
from phananh.errors import InputError, SchemaError
from phananh.stores import MemoryStore, SqliteStore
from phananh.stores.open import _require_extra, split_options
from phananh.stores.passwords import hide_passwords
from tests.desk import people as p
from tests.stores.files import alter

BRAND = """\
from phananh.stores import MemoryStore


class BrandStore(MemoryStore):
    def __init__(self, address):
        super().__init__()
        self.address = address
"""


WAYS = (
    r"^store: .* use one of memory:, sqlite:///path, postgresql://host/database, sqlalchemy\+URL, "
    "or a plain path"
)
SQLALCHEMY = r"write sqlalchemy\+mariadb\+pymysql://user@host/database"


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
    for is_checked in (True, False):  # a server is connected to at the first call
        with open_store("POSTGRES://lan@h/db?phananh_schema=x", check_schema=is_checked) as server:
            found = repr(server), *(vars(server)[name] for name in ("_dsn", "_is_checked"))
        assert found == (
            "PostgresStore('postgresql://h/db')",
            "postgres://lan@h/db",
            not is_checked,
        )


@pytest.mark.parametrize(
    "address",
    ["oracle://lan:s3cret@h/db", "brand:cases"],
)
def test_what_names_no_store_is_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    """A word or a scheme that names no store is refused with those known; no file is made."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=WAYS) as caught:
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
        *(
            (f"{begin}postgres://lan:s3cret/@h/x", r"\*\*\*.*; use one of")
            for begin in (" ", '"', "\ufeff", "DB=")
        ),
        ("sqlalchemy+", "is not a URL of SQLAlchemy"),
        ("sqlalchemy+foo", "is not a URL of SQLAlchemy"),
        ("POSTGRES", "write postgresql://user@host/database"),
        ("postgresql", "write postgresql://user@host/database"),
        ("postgres:", "write postgresql://user@host/database"),
        (" DbName = x", r"\*\*\* .*write postgresql://user@host/database"),
        *((name, SQLALCHEMY) for name in ("sqlalchemy", "mariadb", "MySQL")),
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
    for address in (str(path), f"sqlalchemy+sqlite:///{path}"):
        with pytest.raises(SchemaError), open_store(address) as store:
            store.load("HB-1")
        with open_store(address, check_schema=False) as store:
            assert store.load("HB-1") == ()


def test_options_of_ours_are_taken_out_of_the_url() -> None:
    """What is ours is read by its type; hosts and options of the driver stay as they are."""
    url, options = split_options(
        "postgresql://a:b@h1,h2:5433/db?phananh_schema=hotline&target_session_attrs=read-write"
        "&phananh_timeout=2.5&phananh_prepare=off&phananh_retry_for=7&sslmode=require"
    )
    assert url == ("postgresql://a:b@h1,h2:5433/db?target_session_attrs=read-write&sslmode=require")
    assert options == {"schema": "hotline", "timeout": 2.5, "prepare": False, "retry_for": 7}
    flags = {"on": True, "True": True, "1": True, "off": False, "FALSE": False, "0": False}
    read = {each: split_options(f"postgresql:///db?phananh_prepare={each}") for each in flags}
    assert read == {each: ("postgresql:///db", {"prepare": flag}) for each, flag in flags.items()}
    assert split_options("postgresql:///db") == ("postgresql:///db", {})


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("phananh_shema=x", "use one of phananh_schema, phananh_timeout"),
        ("phananh_timeout=soon", "'phananh_timeout=soon' is not understood"),
        ("phananh_prepare=maybe", "write phananh_timeout=5 or phananh_prepare=off"),
        ("phananh_schema=%22x", "not a name of a schema|schema"),
    ],
)
def test_option_that_there_is_not_is_refused(query: str, said: str) -> None:
    """A misspelt option, or a value that it cannot have, is an error that shows no password."""
    with pytest.raises(InputError, match=said) as caught:
        open_store(f"postgresql://lan:s3cret@h/db?{query}")
    assert "s3cret" not in str(caught.value)


def test_missing_driver_is_told_with_the_command_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without psycopg or SQLAlchemy the error has the line to type, and what is missing."""
    for extra, driver, address in (
        ("postgres", "psycopg", "postgres://lan:s3cret@h/db"),
        ("sqlalchemy", "sqlalchemy", "sqlalchemy+sqlite:///cases.db"),
    ):
        monkeypatch.delitem(sys.modules, f"phananh.stores.{extra}", raising=False)
        monkeypatch.setitem(sys.modules, driver, None)
        with pytest.raises(InputError, match=rf'pip install "\.\[{extra}\]"') as caught:
            open_store(address)
        assert f'trong bản sao mã nguồn: `pip install ".[{extra}]"`' in caught.value.text("vi")
        assert caught.value.facts == {"extra": extra, "cause": driver}
    with pytest.raises(InputError) as caught, _require_extra("postgres"):
        raise ImportError("no pq wrapper available")  # as psycopg says, without a name
    assert caught.value.facts == {"extra": "postgres", "cause": "no pq wrapper available"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgresql://lan:s3cret@db1/cases", "postgresql://lan:***@db1/cases"),
        ("postgresql://lan:s@3/c:ret@db1:5432/cases", "postgresql://lan:***@db1:5432/cases"),
        ("at 'postgres://:s3cret@/cases' now", "at 'postgres://:***@/cases' now"),
        ("mysql+pymysql://lan:s3cret@db1,db2/x", "mysql+pymysql://lan:***@db1,db2/x"),
        ("postgresql:///cases?user=lan&password=s3cret&x=1",
         "postgresql:///cases?user=lan&password=***&x=1"),
        ("host=db1 password=s3cret user=lan", "host=db1 password=*** user=lan"),
        (r"host=db1 password = 's3 \' cret' user=lan", "host=db1 password = *** user=lan"),
        ("sslpassword=s3cret", "sslpassword=***"),
        ("postgresql//lan:s3cret@h/db, lan:s3/cret@h", "postgresql//lan:***@h/db, lan:***@h"),
        ("mysql://h:1/db?password=s3@cret", "mysql://h:1/db?password=***"),
        ("host=db1 PASSWORD='s3cret, cut", "host=db1 PASSWORD=***"),
        ("postgresql://u:s3#cret@h/db#s3&cret", "postgresql://u:***@h/db#***"),
        ('database "db#s3cret" does not exist', 'database "db#***" does not exist'),
        ("two: a://b:s3cret@c and d://e:s3cret@f", "two: a://b:***@c and d://e:***@f"),
    ],
)  # fmt: skip
def test_passwords_are_hidden(text: str, shown: str) -> None:
    """The password of a URL, of its query and of a connection string reads as three stars."""
    assert (hide_passwords(text), hide_passwords(shown)) == (shown, shown)


@pytest.mark.parametrize(
    "text",
    [
        "cases.db", "sqlite:////srv/cases#1.db", "while reading: /srv/cases#1.db: locked",
        "postgresql://lan@db1:5432/cases?user=lan",
        "password authentication failed for user \"lan\"", "10:00 lan@example.org",
        "connection to server at \"127.0.0.1\", port 5432 failed",
    ],
)  # fmt: skip
def test_other_texts_stay(text: str) -> None:
    """What holds no password is shown as it is."""
    assert hide_passwords(text) == text


@pytest.mark.parametrize(
    ("name", "needed"),
    [("PostgresStore", "psycopg"), ("SqlalchemyStore", "sqlalchemy"), ("DjangoStore", "django")],
)
def test_the_extra_is_named(name: str, needed: str) -> None:
    """Importing the store without its driver names the extra, and how to get it."""
    code = f"import sys; sys.modules[{needed!r}] = None; from phananh.stores import {name}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert f'pip install ".[{name.lower()[:-5]}]"' in done.stderr.splitlines()[-1]
