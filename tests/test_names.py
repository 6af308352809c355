"""The public names: all are there, each from one home, and none is loaded before its use."""

import subprocess
import sys

import pytest

import phananh


@pytest.mark.parametrize("name", phananh.__all__)
def test_every_name_is_there(name):
    """Every public name can be had, and is listed by `dir`."""
    assert getattr(phananh, name) is not None
    assert name in dir(phananh)


def test_no_other_name_is_there():
    """A name that is not public is an AttributeError, as in any module."""
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        _ = phananh.Nothing


def test_working_time_stands_alone():
    """Who only counts working hours loads neither the desk, nor a store, nor the lifecycle."""
    ask = (
        "import sys, phananh; phananh.vietnam_calendar('A');"
        "print(*(name for name in sys.modules if name.startswith('phananh')))"
    )
    run = [sys.executable, "-c", ask]
    loaded = subprocess.run(run, check=True, capture_output=True, text=True).stdout.split()
    assert "phananh.worktime" in loaded
    assert not [name for name in loaded if name.startswith(("phananh.desk.desk", "phananh.stores"))]
    assert not [name for name in loaded if name.startswith("phananh.regulation")]


SELDOM = {
    *("csv", "json", "secrets", "tomllib", "sqlite3", "holidays", "transitions"),
    *("importlib.resources", "phananh.stores.codec", "phananh.worktime.explain.explanation"),
    *("phananh.worktime.formats.toml", "phananh.worktime.presets", "phananh.stores.memory"),
    *("phananh.desk.forms", "phananh.desk.inbox", "phananh.desk.recalculation"),
    *("phananh.regulation.personal_data", "phananh.regulation.recount", "phananh.spreadsheet"),
}


@pytest.mark.skipif("coverage" in sys.modules, reason="what measures loads some of them")
def test_desk_is_imported_without_what_it_seldom_needs():
    """Who imports Desk does not wait for codecs, files, words and libraries of later uses."""
    run = [sys.executable, "-c", "import sys; from phananh import Desk; print(*sys.modules)"]
    loaded = subprocess.run(run, check=True, capture_output=True, text=True).stdout.split()
    assert "phananh.desk.desk" in loaded
    assert not SELDOM & {*loaded}
