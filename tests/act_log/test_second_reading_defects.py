"""Defects put in the library, each found by the random logs that the two readings share.

Without them a comparison that sees nothing would look like one that agrees.
"""

from datetime import datetime
from typing import Any

import attrs
import pytest

from phananh import MemoryStore
from phananh.act_log import progress as progress_module
from phananh.act_log import replay as replay_module
from phananh.regulation import case as effects
from phananh.regulation import conduct
from phananh.regulation import decide as decide_module
from phananh.regulation import lifecycle as matching
from phananh.regulation import reschedule as reschedule_module
from phananh.regulation.guards import Guard
from phananh.regulation.rules import HOA_BINH_2019, Rules
from tests.act_log import two_readings
from tests.act_log.two_readings import RERUN_SEEDS, find_difference, log_of, replay_again
from tests.regulation.engine import test_mutants as mutants
from tests.slow import second_reading_run

# No line is a lapse, or moves a limit by a changed calendar.
NOT_IN_A_LOG = ("M40 ", "M47 ", "M48 ")
ROWS = [name for name in mutants.ROWS if not name.startswith(NOT_IN_A_LOG)]
FOLDED = [name for name, (where, *_) in mutants.CODE.items() if where is mutants.APPLY]


@pytest.mark.parametrize("name", ROWS)
def test_a_changed_row_is_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever row of the table says something else than the Articles, a log shows it."""
    change, _ = mutants.ROWS[name]
    monkeypatch.setattr(two_readings, "RULES", mutants.rules_of(change))
    assert find_difference() is not None


@pytest.mark.parametrize("name", [name for name in FOLDED if not name.startswith("M49 ")])
def test_a_changed_fold_is_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A case that adds up its history wrongly is shown wrongly in one of the logs."""
    _, event, wrong, _ = mutants.CODE[name]
    applied: dict[Any, Any] = effects.EFFECTS
    monkeypatch.setitem(applied, event, wrong)
    assert find_difference() is not None


def _late_at_the_due(at: datetime, *, late_after: datetime) -> bool:
    return at >= late_after


def _by_id(case: Any, person: Any) -> bool:
    holder = case.holder
    return holder is not None and holder.role is person.role and holder.id == person.id


_LOG = replay_module.LogReplay
_PROGRESS = progress_module.LogProgress
_RECORD = _LOG._record


def _aged(log: Any, number: int, entry: Any) -> Any:
    return log.desk.as_of(_RECORD(log, number, entry), at=entry.at)


def _ask_every_act(guards: tuple[Guard, ...]) -> Rules:
    return attrs.evolve(HOA_BINH_2019, guards=guards)


DEFECTS: dict[str, tuple[Any, str, Any]] = {
    "late at the due instant": (decide_module, "is_late", _late_at_the_due),
    "swept at the due instant": (progress_module, "is_late", _late_at_the_due),
    "only a sweep marks": (decide_module, "find_pending_lapse", lambda case, moment: ()),
    "an agency holds by id": (matching, "is_holder", _by_id),
    "a second reschedule": (reschedule_module, "count_reschedules", lambda case, *, rules: 0),
    "the accused act": (two_readings, "RULES", _ask_every_act(conduct.EVERY_ACT[1:])),
    "the accused are named": (two_readings, "RULES", _ask_every_act(conduct.EVERY_ACT[:1])),
    "ids by the letter": (conduct, "is_same_id", lambda one, two: one == two),
    "possible whoever holds": (decide_module, "is_for_holder", lambda transition, case: True),
    "a first result that ages": (_LOG, "_record", _aged),
    "shown as it was reached": (_LOG, "_as_of", lambda log, name, at: log.progress.find(name)),
    "a key for two acts": (_PROGRESS, "check_key", lambda log, entry: None),
    "lines in any order": (_PROGRESS, "check_order", lambda log, entry: None),
    "marked in any order": (replay_module, "sorted", reversed),
}


@pytest.mark.parametrize("name", DEFECTS)
def test_a_defect_is_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A function that judges or replays wrongly makes a difference in one of the logs."""
    where, what, wrong = DEFECTS[name]
    monkeypatch.setattr(where, what, wrong, raising=what != "sorted")
    assert find_difference() is not None


def _is_same(seed: int) -> bool:
    return all(said == fresh for said, fresh in replay_again(log_of(seed), MemoryStore()))


def test_a_key_taken_for_an_earlier_line_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a refused line takes the result of a later one, a second run prints otherwise."""
    monkeypatch.setattr(_LOG, "_is_ahead", lambda log, case, entry: False)
    assert not all(_is_same(seed) for seed in RERUN_SEEDS)


def test_the_long_run_fails_at_a_difference(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A defect ends the long comparison with 1, and the lines that differ are printed."""
    monkeypatch.setattr(decide_module, "find_pending_lapse", lambda case, moment: ())
    assert second_reading_run.main(["--logs", "2", "--seed", "0"]) == 1
    printed = capsys.readouterr().out
    assert "  reading: " in printed
    assert " lines differ, seeds 0 to 1" in printed
