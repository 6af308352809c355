"""What the suite cannot do to a file from outside: a full disk, a kill, a damaged line."""

import os
import signal
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from phananh.errors import CorruptError, StoreError
from phananh.stores.base import Query
from phananh.testing.conformance import full_disk
from phananh.testing.sample_events import START, change, completed, received

from .files import lock_file
from .store import JsonlStore

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there is no fork to try this with")


def run_in_child(call: Callable[[], object]) -> int:
    """Run in a child made by fork, and return how it ended: the code, or minus the signal."""
    child = os.fork()
    if child == 0:
        try:
            call()
        finally:
            os._exit(1)  # a call that came back, or raised, was not killed
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def kill_at(monkeypatch: pytest.MonkeyPatch, name: str, call: Callable[[], object]) -> None:
    """Run in a child that is killed where the module `os` is asked for `name`."""
    with monkeypatch.context() as patch:
        patch.setattr(os, name, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        assert run_in_child(call) == -signal.SIGKILL


def interrupt(*_: object) -> None:
    """Do what Ctrl-C does."""
    raise KeyboardInterrupt


def log_of(store: JsonlStore) -> Path:
    """Return the file with the events."""
    return store.folder / "log.jsonl"


def damage(store: JsonlStore, old: str, new: str) -> None:
    """Change bytes of the log behind the store's back; there are as many after as before."""
    data = log_of(store).read_bytes()
    assert data.count(old.encode()) == 1
    assert len(old.encode()) == len(new.encode())
    log_of(store).write_bytes(data.replace(old.encode(), new.encode()))


def test_a_full_disk_leaves_no_half_line(tmp_path: Path) -> None:
    """A commit that does not fit is a StoreError, and gone; with room again it is recorded."""
    with JsonlStore(tmp_path) as store, JsonlStore(tmp_path) as other:
        store.commit([change(received("HB-1"), command="a")])
        size = log_of(store).stat().st_size
        second = change(received("HB-2"), command="b")
        with full_disk(log_of(store), room=100), pytest.raises(StoreError):
            store.commit([second])
        assert log_of(store).stat().st_size == size
        for each in (store, other):
            assert each.load("HB-2") == ()
            assert each.find_command("b") is None
        store.commit([second])
        assert len(other.load("HB-2")) == 1
        assert len(other.scan()) == 2


def test_a_full_disk_stops_an_erasure_whole(tmp_path: Path) -> None:
    """An erasure that does not fit changes nothing, and leaves no second file."""
    with JsonlStore(tmp_path) as store:
        store.commit([change(received("HB-1"))])
        before = log_of(store).read_bytes()
        with full_disk(tmp_path / "lock", room=100), pytest.raises(StoreError):
            store.erase("HB-1", at=START)
        assert log_of(store).read_bytes() == before
        assert sorted(path.name for path in tmp_path.iterdir()) == ["lock", "log.jsonl"]


def test_a_disk_that_fails_twice_is_cut_by_the_next_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If what was half written cannot be taken back either, whoever comes next cuts it."""
    with JsonlStore(tmp_path) as store, JsonlStore(tmp_path) as other:
        store.commit([change(received("HB-1"))])
        size = log_of(store).stat().st_size
        monkeypatch.setattr(os, "ftruncate", lambda *_: os.stat(""))
        with full_disk(log_of(store), room=100), pytest.raises(StoreError):
            store.commit([change(received("HB-2"))])
        monkeypatch.undo()
        assert log_of(store).stat().st_size == size + 100
        assert other.load("HB-2") == ()
        assert log_of(store).stat().st_size == size


@pytest.mark.parametrize("cut", [1, 100, 1500])
def test_a_torn_commit_is_cut_at_the_next_open(tmp_path: Path, cut: int) -> None:
    """Of a list whose end was never written nothing is there, and the store goes on."""
    with JsonlStore(tmp_path) as store:
        store.commit([change(received("HB-1"))])
        whole = log_of(store).read_bytes()
        store.commit([change(received(case)) for case in ("HB-2", "HB-3")])
        log_of(store).write_bytes(log_of(store).read_bytes()[:-cut])
    with JsonlStore(tmp_path) as again:
        assert log_of(again).read_bytes() == whole
        again.commit([change(received("HB-2"))])
        assert [entry.event.case for entry in again.scan()] == ["HB-1", "HB-2"]


def test_an_erasure_leaves_when_it_was(tmp_path: Path) -> None:
    """The log says until when the texts were there; a second erasure does not change that."""
    with JsonlStore(tmp_path) as store:
        store.commit([change(received("HB-1"))])
        store.erase("HB-1", at=START)
        erased = log_of(store).read_bytes()
        store.erase("HB-1", at=START + timedelta(days=1))
        assert b'"erased_at":"2019-11-04T01:00:00.123456Z"' in erased
        assert log_of(store).read_bytes() == erased


def test_a_writer_killed_before_it_flushed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock of a killed writer is free, and its act is there whole, for all handles alike."""
    with JsonlStore(tmp_path) as store, JsonlStore(tmp_path) as other:
        kill_at(monkeypatch, "fsync", lambda: store.commit([change(received("HB-1"), command="a")]))
        assert store.load("HB-1") == other.load("HB-1") == (received("HB-1"),)
        assert store.find_command("a") == other.find_command("a") is not None


def test_an_erasure_killed_in_between(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log is the old one; the next to open the folder removes the copy that was begun."""
    with JsonlStore(tmp_path) as store:
        store.commit([change(received("HB-1"))])
        kill_at(monkeypatch, "replace", lambda: store.erase("HB-1", at=START))
        assert (tmp_path / "log.part").exists()
        with JsonlStore(tmp_path) as again:
            assert again.load("HB-1") == (received("HB-1"),)
        assert not (tmp_path / "log.part").exists()


@pytest.fixture
def damaged(tmp_path: Path) -> Iterator[JsonlStore]:
    """Lend a store with three cases, of which the second has a damaged line."""
    with JsonlStore(tmp_path) as store:
        for case in ("HB-1", "HB-2", "HB-3"):
            store.commit([change(received(case, content=f"text of {case}"))])
        damage(store, "text of HB-2", "text of HB-7")
    with JsonlStore(tmp_path) as store:
        yield store


def test_a_damaged_line_is_of_its_case_alone(damaged: JsonlStore) -> None:
    """Its history is a CorruptError, and the list names it; the others are as they were."""
    with pytest.raises(CorruptError) as error:
        damaged.load("HB-2")
    assert (error.value.case, error.value.version) == ("HB-2", 1)
    page = damaged.find(Query())
    assert ([row.case for row in page.rows], page.damaged) == (["HB-1", "HB-3"], ("HB-2",))
    damaged.commit([change(completed("HB-3", 2), after=damaged.load("HB-3"))])
    assert len(damaged.load("HB-3")) == 2


def test_the_feed_ends_before_a_damaged_line_and_goes_on_behind_it(damaged: JsonlStore) -> None:
    """The first error of a piece says from where to go on."""
    assert [entry.event.case for entry in damaged.scan()] == ["HB-1"]
    with pytest.raises(CorruptError) as error:
        damaged.scan("1")
    position = str(error.value.facts["position"])
    assert [entry.event.case for entry in damaged.scan(position)] == ["HB-3"]


def test_a_damaged_line_can_be_erased(damaged: JsonlStore) -> None:
    """Whatever is left of it goes, and it stays damaged."""
    damaged.erase("HB-2", at=START)
    left = log_of(damaged).read_bytes()
    assert b"text of HB-7" not in left
    assert b"text of HB-3" in left
    with pytest.raises(CorruptError):
        damaged.load("HB-2")


def test_no_list_shows_a_case_as_it_was_before_a_damaged_line(tmp_path: Path) -> None:
    """If the last event is damaged, the row of the one before it is not shown for it."""
    with JsonlStore(tmp_path) as store:
        first = received("HB-1")
        store.commit([change(first)])
        store.commit([change(completed("HB-1", 2, "text of version 2"), after=(first,))])
        damage(store, "text of version 2", "text of version 9")
    with JsonlStore(tmp_path) as store:
        page = store.find(Query())
        assert (page.rows, page.damaged) == ((), ("HB-1",))


def test_a_line_that_does_not_say_whose_it_is_stops_everything(tmp_path: Path) -> None:
    """Any case may lack an event then: nothing is shown, nothing recorded, nothing cut."""
    with JsonlStore(tmp_path) as store:
        for case in ("HB-1", "HB-2"):
            store.commit([change(received(case))])
        damage(store, '"case":"HB-2"', '"case":"HB-7"')
    damaged = log_of(store).read_bytes()
    with pytest.raises(CorruptError):
        JsonlStore(tmp_path)
    assert log_of(store).read_bytes() == damaged


def test_a_line_that_is_lost_stops_everything(tmp_path: Path) -> None:
    """Each line says its place, so that one which is not there is missed."""
    with JsonlStore(tmp_path) as store:
        for case in ("HB-1", "HB-2", "HB-3"):
            store.commit([change(received(case))])
    lines = log_of(store).read_bytes().splitlines(keepends=True)
    log_of(store).write_bytes(b"".join(lines[:2] + lines[3:]))
    with pytest.raises(CorruptError) as error:
        JsonlStore(tmp_path)
    assert error.value.facts["n"] == 2


def test_an_interrupt_leaves_nothing_half_taken_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A call that is interrupted while it reads what others wrote is made again as if new."""
    with JsonlStore(tmp_path) as store, JsonlStore(tmp_path) as other:
        other.commit([change(received(case)) for case in ("HB-1", "HB-2")])
        with monkeypatch.context() as patch:
            patch.setattr(f"{JsonlStore.__module__}.read_row", interrupt)
            with pytest.raises(KeyboardInterrupt):
                store.load("HB-1")
        assert len(store.load("HB-1")) == len(store.load("HB-2")) == 1
        assert len(store.scan()) == 2


def test_a_restored_backup_is_read_anew(tmp_path: Path) -> None:
    """A log that is shorter than it was is read from its beginning."""
    with JsonlStore(tmp_path) as store:
        store.commit([change(received("HB-1"))])
        backup = log_of(store).read_bytes()
        store.commit([change(received("HB-2"))])
        log_of(store).write_bytes(backup)
        assert store.load("HB-2") == ()
        store.commit([change(received("HB-2"))])
        assert len(store.scan()) == 2


def test_a_log_that_is_gone_is_not_begun_anew(tmp_path: Path) -> None:
    """An open store whose log was deleted fails, and makes no empty one."""
    with JsonlStore(tmp_path) as store:
        log_of(store).unlink()
        with pytest.raises(StoreError):
            store.commit([change(received("HB-1"))])
        assert not log_of(store).exists()


def test_waits_no_longer_than_it_may(tmp_path: Path) -> None:
    """While another holds the lock, a call is a StoreError that says for how long it waited."""
    with JsonlStore(tmp_path, timeout=0) as store:
        with (
            lock_file(tmp_path / "lock", 0),
            pytest.raises(StoreError, match="waited 0 s") as error,
        ):
            store.load("HB-1")
        assert error.value.code == "busy"
        assert store.load("HB-1") == ()
