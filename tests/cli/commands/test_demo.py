"""`demo`: two days at the hotline, the same each time, kept only where asked."""

import attrs

from phananh.samples import draw_changes
from phananh.stores import SqliteStore
from phananh.stores.base import Query
from tests.cli.terminal import rows, run


def test_it_can_be_kept(tmp_path):
    """With `--db` the cases are there afterwards, and the demo can be told again."""
    kept = str(tmp_path / "demo.db")
    assert (run("demo", "--db", kept).exit_code, run("demo", "--db", kept).exit_code) == (0, 0)
    assert len(rows(run("list", "--db", kept, "--json"))) == 12


def test_svg(tmp_path):
    """`--svg` writes the picture to a file."""
    file = tmp_path / "demo.svg"
    assert run("demo", "--svg", str(file)).exit_code == 0
    assert "</svg>" in file.read_text(encoding="utf-8")


def test_samples_are_added_to_what_is_there(tmp_path):
    """`--cases` adds so many cases to a database, those of a seed, and says how many."""
    kept = str(tmp_path / "office.db")
    assert run("demo", "--db", kept).exit_code == 0
    (facts,) = rows(run("demo", "--cases", "1200", "--seed", "7", "--db", kept, "--json"))
    expected = tuple(draw_changes(1_200, seed=7))
    events = sum(len(change.events) for change in expected)
    assert facts == {
        "cases": 1_200, "events": events, "seed": 7, "until": "2025-06-30T17:00:00+07:00",
    }  # fmt: skip
    with SqliteStore(kept) as store:
        assert len(store.find(Query(limit=9_999)).rows) == 1_206
        for change in expected[::97]:
            for stored, drawn in zip(store.load(change.case), change.events, strict=True):
                assert attrs.evolve(stored, recorded_at=drawn.recorded_at) == drawn


def test_samples_of_one_seed_are_not_added_twice(tmp_path):
    """Where the cases of a seed are there already, nothing is recorded, and the way out is said."""
    kept = str(tmp_path / "office.db")
    asked = ("demo", "--cases", "20", "--seed", "7", "--db", kept)
    assert run(*asked).exit_code == 0
    again = run(*asked)
    assert again.exit_code == 2
    assert "has cases of --seed 7. Give another --seed" in again.stderr
    assert "đã có phản ánh, kiến nghị của --seed 7" in run(*asked, "--lang", "vi").stderr
    with SqliteStore(kept) as store:
        assert len(store.find(Query()).rows) == 20
