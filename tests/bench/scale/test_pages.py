"""The page on scale says what was measured, and which goals were missed."""

import pytest

from tests.bench.scale import pages

SIZES = ("10000", "1000000")


def made_up(times: float) -> dict:
    """Return a run in which the larger size takes so many times as long."""

    def numbers(base: float) -> dict[str, float]:
        return {"10000": base, "1000000": base * times}

    kinds = ("new, 1 writers", "new, 8 writers", "old, 1 writers", "old, 8 writers")
    facts = {
        "events": 4, "drawn a second": 9_000, "imported a second": 8_000,
        "events imported a second": 32_000, "bytes a case": 3_600,
        "bytes of tables a case": {"phananh_case": 800, "phananh_event": 2_800},
    }  # fmt: skip
    return {
        "date": "2026-11-27",
        "where": "here",
        "fill": dict.fromkeys(SIZES, facts),
        "acts": {kind: {size: 1 / n for size, n in numbers(0.0004).items()} for kind in kinds},
        "load": numbers(0.00005),
        "desk.get": numbers(0.00006),
        "feed, events a second": numbers(90_000),
        "feed, 500 events": numbers(0.004),
        "check_calendars": numbers(0.0001),
        "sweep": {"a thousand marked": numbers(0.5), "a thousand found": numbers(0.01)},
        "count": {"none": numbers(0.00002)},
        "find": [
            {"filter": "none", "order": order, "page": page, "seconds": numbers(base)}
            for order, page, base in (("newest", "first", 0.0008), ("newest", "deep", 0.004))
        ],
    }


def test_a_goal_that_was_met_is_not_called_missed():
    """Where the largest size takes as long as the smallest, no goal is missed."""
    text = pages.flat_block(made_up(1.1)) + pages.lists_block(made_up(1.1))
    assert "| load a case | 50 µs | 55 µs | 1.10 | at most 1.5 times |" in text
    assert "| none | 4 ms | 4.4 ms | newest, deep | 22 µs |" in text
    assert "not met" not in text


def test_a_goal_that_was_missed_is_said():
    """A cost that doubles, and a page over 5 ms, are called missed where they stand."""
    run = made_up(2)
    goals = [line for line in pages.flat_block(run).splitlines() if "not met" in line]
    assert len(goals) == len(pages.GOALS)
    assert "newest, deep: **not met**" in pages.lists_block(run)


def test_sizes_tell_of_tables_and_rates():
    """Bytes a case stand whole and by table, with the rates of imports and acts."""
    text = pages.sizes_block(made_up(1))
    assert "| bytes a case | 3,600 | 3,600 |" in text
    assert "| - `phananh_event` | 2,800 | 2,800 |" in text
    assert "| acts on new cases a second, 1 writer | 2,500 | 2,500 |" in text


def test_a_run_is_kept_beside_the_others(monkeypatch, tmp_path):
    """An engine's run takes the place of its last one, and of no other engine's."""
    monkeypatch.setattr(pages, "DATA", tmp_path / "scale.json")
    pages.keep("SQLite", made_up(1))
    pages.keep("PostgreSQL", made_up(2))
    pages.keep("SQLite", made_up(3))
    data = pages.measured()
    assert data["PostgreSQL"]["load"]["1000000"] == pytest.approx(0.0001)
    assert data["SQLite"]["load"]["1000000"] == pytest.approx(0.00015)


def test_the_picture_has_a_line_for_each_goal():
    """Each cost that has a goal is a line of the picture, with its name at the end."""
    drawn = pages.picture("SQLite", {"SQLite": made_up(1)})
    assert drawn.count("<polyline") > len(pages.GOALS)
    for name in ("act, in hand", "act by id", "load", "deep page", "mark one due"):
        assert f">{name}</text>" in drawn
