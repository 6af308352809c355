"""Random act logs, read by the library and by a reading that does not know it: the same.

The reading is `tests/oracle/acts`, the logs are `tests/oracle/logs`; `make slow` reads many more,
and test_second_reading_defects.py proves that a difference is found.
"""

import ast
import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from phananh import MemoryStore, open_store
from phananh.messages.refusals import REFUSALS
from tests import oracle
from tests.act_log.two_readings import (
    RERUN_SEEDS,
    SEEDS,
    Answer,
    find_difference,
    log_of,
    read_both,
    replay_again,
)
from tests.oracle.acts.form import ACTS
from tests.oracle.logs import draw
from tests.oracle.logs.chance import MICROSECOND
from tests.slow import second_reading_run

# What no line can be refused for: it is no lapse, moves no limit, and has no rival.
NO_LINE = {
    *("nothing_to_move", "promised_time", "earlier_kept", "day_off_earlier", "unexplained"),
    *("not_yet_known", "moved_into_past", "ran_out_before", "not_due", "conflict"),
}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_two_readings_agree(seed: int) -> None:
    """Every line has one outcome, state, holder, due, lapses and reasons, whoever reads it."""
    found = find_difference([seed])
    assert found is None, str(found)


@pytest.mark.parametrize("seed", RERUN_SEEDS)
def test_a_second_run_prints_what_the_first_did(seed: int) -> None:
    """After a part of a log, the whole log prints twice what a fresh store prints."""
    for said, fresh in replay_again(log_of(seed), MemoryStore()):
        assert said == fresh


@pytest.mark.parametrize("seed", RERUN_SEEDS[:3])
def test_a_second_run_on_a_file(seed: int, tmp_path: Path) -> None:
    """On SQLite, too, each run prints what the first did."""
    with closing(open_store(tmp_path / "cases.db")) as store:
        for said, fresh in replay_again(log_of(seed), store):
            assert said == fresh


def test_a_seed_always_draws_the_same_log() -> None:
    """Two draws from one seed are equal, and another seed draws another log."""
    assert draw(7) == draw(7)
    assert draw(7).lines != draw(9).lines


def imported(path: Path) -> Iterator[str]:
    """Yield the packages that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0]


def test_the_oracle_does_not_know_the_library() -> None:
    """Neither the oracle of working time nor that of act logs imports what it is held against."""
    [folder] = oracle.__path__
    found = {name for path in Path(folder).rglob("*.py") for name in imported(path)}
    assert {"datetime", "tests"} <= found
    assert not {"phananh", "holidays"} & found


def reached() -> Iterator[tuple[str, str]]:
    """Yield each act with its outcome, each reason, and each edge, line by line."""
    for seed in SEEDS:
        keys: set[str] = set()
        for answers in read_both(log_of(seed)):
            answer = answers.library
            invalid = answer["outcome"] == "invalid"
            yield ("any act" if invalid else answer["act"]), answer["outcome"]
            yield from (("reason", code) for code, _ in answer["reasons"])
            if not invalid:
                line = json.loads(answers.line.removeprefix("\ufeff"))
                yield from (("edge", edge) for edge in edges(line, answer))
                if answer["outcome"] == "recorded" and "key" in line:
                    yield "edge", "done again" if line["key"] in keys else "done once"
                    keys.add(line["key"])


def edges(line: Answer, answer: Answer) -> Iterator[str]:
    """Yield where a line stands by the limits of its case."""
    at = datetime.fromisoformat(line["at"])
    if answer["due"] is not None:
        left = datetime.fromisoformat(answer["due"]) - at
        if left in (timedelta(0), MICROSECOND):
            yield "a microsecond before" if left else "at the due instant"
    for lapse in answer["lapses"]:
        if at - datetime.fromisoformat(lapse["due"]) == MICROSECOND:
            yield "a microsecond after"


def test_all_there_is_is_reached() -> None:
    """The logs reach each act with each outcome that it can have, each reason and each edge."""
    counts = Counter(reached())
    for act in ACTS:
        assert counts[act, "recorded"] >= 20, act
        if act != "sweep":
            assert counts[act, "refused"] >= 3, act
        # A unit is told in every state but one: the typed table of outcomes has that.
        if act not in ("sweep", "receive", "notify_unit"):
            assert counts[act, "not_allowed"] >= 8, act
    assert counts["any act", "invalid"] >= 300
    for code in REFUSALS.keys() - NO_LINE:
        assert counts["reason", code] >= 4, code
    for edge in ("a microsecond before", "at the due instant", "a microsecond after", "done again"):
        assert counts["edge", edge] >= 8, edge


def test_the_long_run_counts_and_tells_a_digest(capsys: pytest.CaptureFixture[str]) -> None:
    """A short run of the long comparison agrees, and prints how much of what it read."""
    assert second_reading_run.main(["--logs", "3", "--seed", "1"]) == 0
    printed = capsys.readouterr().out
    assert re.search(r"^ +\d+ recorded$", printed, re.MULTILINE)
    assert re.search(r"^3 logs, \d+ lines agree, sha256 [0-9a-f]{64}$", printed, re.MULTILINE)
