"""A path of the walk, written as an act log and replayed on a desk."""

import attrs
import pytest

from phananh.act_log.replay import replay
from phananh.desk.desk import Desk
from phananh.regulation.acts import MoveDeadline
from phananh.testing import histories, to_act_log
from phananh.testing.exploration.people import make_hours
from tests.testing.exploration.rules_tried import RULES

MOST = 150
HOURS = make_hours()


def is_without_moves(history) -> bool:
    """Tell whether a log can say all of it."""
    return not any(isinstance(act, MoveDeadline) for act, _ in history.path)


@pytest.mark.parametrize("name", ["built in", "two reschedules", "terms in days", "R14"])
def test_a_replay_comes_to_the_same_case(name):
    """A desk with the same rules and hours records each line, and has the same case."""
    rules = RULES[name]
    found = [each for each in histories(rules, depth=6) if is_without_moves(each)]
    for history in found[:: len(found) // MOST]:
        lines = to_act_log(history.path)
        desk = Desk(rules=rules, calendar=HOURS, clock=lambda end=history.path[-1][1]: end)
        outcomes = [*replay([line.encode() for line in lines], desk=desk, name="walk")]
        assert [each.outcome for each in outcomes] == ["recorded"] * len(lines)
        (row,) = desk.find().rows
        case = desk.get(row.case)
        same = {name: getattr(history.case, name) for name in ("id", "code", "code_digest")}
        assert attrs.evolve(case, **same) == history.case


def test_a_move_is_a_comment():
    """What a log cannot say is told in a comment, with when the limit ends."""
    moved = next(each for each in histories(depth=4) if not is_without_moves(each))
    lines = to_act_log(moved.path, case="PA-1")
    assert lines[-1].startswith("# ")
    assert moved.case.due.isoformat() in lines[-1]
    assert '"case": "PA-1"' in lines[0]
