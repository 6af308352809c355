"""The walk over rules: how large it is, what it shows, and whom it asks."""

import re
from datetime import timedelta

import attrs
import pytest

from phananh import InputError, Rules
from phananh.act_log.replay import replay
from phananh.desk.desk import Desk
from phananh.regulation.acts import MoveDeadline
from phananh.regulation.case import fold
from phananh.regulation.decide import NotAllowed, Recorded, Refused, decide
from phananh.regulation.request import Kind, Role, State
from phananh.regulation.rules import HOA_BINH_2019
from phananh.testing import check, explore
from phananh.testing.exploration import (
    EVERY_KIND,
    KINDS,
    make_hours,
    split_kinds,
    to_act_log,
)
from tests.regulation.changed_rows import dropped, rules_of
from tests.testing.exploration.rules_tried import RULES

# A change of these is a change of the rules, or of the walk: look at it before you pin it.
STATES, RECORDED, REFUSED, NOT_ALLOWED = 546, 13_276, 83_277, 84_189


@pytest.fixture(scope="module")
def found():
    """Return the exploration of the built-in rules, made once."""
    return explore(HOA_BINH_2019)


def test_the_built_in_rules_have_no_dead_end(found):
    """The walk is as large as when it was last reviewed, and from every state a case can end.

    Only what needs a limit of a provider, the leadership or an officer's reply is not taken.
    """
    assert (len(found.states), found.recorded, found.refused) == (STATES, RECORDED, REFUSED)
    assert (found.not_allowed, found.pairs) == (NOT_ALLOWED, RECORDED + REFUSED + NOT_ALLOWED)
    assert repr(found).endswith(f"{STATES} states, {found.pairs:,} acts tried")
    assert not found.truncated
    assert not found.failures
    assert found.dead_ends == ()
    assert {(each.row.trigger, each.source) for each in found.unreachable} == {
        (trigger, State.OVERDUE)
        for trigger in ("advise", "answer", "reschedule", "move_deadline", "lapse")
    }


def test_each_act_is_shown():
    """A visitor is shown every act that was tried, with what the judge says to it."""
    seen, kinds = [], {Recorded: 0, Refused: 0, NotAllowed: 0}

    def look(step):
        kinds[type(step.decision)] += 1
        if len(seen) < 1_000:
            seen.append(step)

    found = explore(kinds=["service"], visit=look)
    assert [*kinds.values()] == [found.recorded, found.refused, found.not_allowed]
    for step in seen:
        assert decide(step.case, step.act, step.context) == step.decision
        assert step.case == fold(step.history)


def test_a_limit_cuts_the_walk():
    """A walk that meets more states than it may says so, and calls nothing a dead end for it."""
    found = explore(limit=20)
    assert found.truncated
    assert (len(found.states), found.dead_ends) == (20, ())
    assert "more states than the limit" in str(found)


def test_the_answer_of_another_judge_counts():
    """A judge of one's own is asked in place of the library, for every person."""

    def forbid(case, act, context):
        decision = decide(case, act, context)
        if isinstance(decision, Recorded) and act.trigger in ("answer", "reject"):
            return Refused(trigger=act.trigger, reasons=())
        return decision

    found = explore(kinds=["service"], decide=forbid)
    assert {key.state for key in found.states} & {State.ANSWERED, State.REJECTED} == set()
    assert {each.state.text() for each in found.dead_ends} == {
        "received/operator", "escalated/provider", "escalated/leadership",
    }  # fmt: skip


def test_a_dropped_row_is_a_dead_end_in_words():
    """Without the leadership's opinion what was passed to them ends there, and they are stuck."""
    found = explore(rules_of(dropped("advise")), kinds=["service"])
    assert {each.state.text() for each in found.dead_ends} == {"escalated/leadership"}
    assert all(each.is_stuck for each in found.dead_ends)
    assert [act.trigger for act, _ in found.dead_ends[0].path] == ["receive", "escalate"]
    said = "  escalated/leadership (it cannot be passed on), after: receive, escalate"
    assert said in str(found).splitlines()


def test_rows_that_cannot_be_taken_are_found():
    """A row for a role that no one has there is named, and so is one from where no case is."""
    found = explore(rules_of(dropped("escalate")), kinds=["information"])
    rows = {(each.row.trigger, each.source, each.role) for each in found.unreachable}
    assert ("commend", None, Role.AGENCY_HEAD) in rows
    assert "  commend, from any state, by agency_head" in str(found).splitlines()


def test_an_exploration_is_a_page(found):
    """Printed it is counts, a line for each state and holder, and sentences."""
    page = str(found)
    assert page.startswith(f"{HOA_BINH_2019.id}: {STATES} states, 180,742 acts tried\n")
    assert "From every open state a case can be answered or rejected." in page
    for where in {key.text() for key in found.states}:
        assert f"\n{where}: " in page
    assert re.search(r"\nescalated/leadership: \d+, with .*advise", page)


def test_paths_replay_to_the_same_case(found):
    """A desk with the same rules and hours records each line of a path, and has its case."""
    for rules, walk in (
        (HOA_BINH_2019, found),
        (RULES["R14"], explore(RULES["R14"], kinds=["conduct"])),
    ):
        nodes = [*walk.nodes.values()]
        lengths = [len(each.path) for each in nodes]
        assert lengths == sorted(lengths)
        for each in nodes[:: len(nodes) // 60]:
            if any(isinstance(act, MoveDeadline) for act, _ in each.path):
                continue  # a log cannot say it
            end = each.path[-1][1]
            desk = Desk(rules=rules, calendar=make_hours(), clock=lambda end=end: end)
            lines = to_act_log(each.path)
            assert [one.outcome for one in [*replay(lines, desk=desk, name="walk")]] == [
                "recorded"
            ] * len(lines)
            case = desk.get(desk.find().rows[0].case)
            names = (
                "id",
                "code",
                "code_digest",
                "recorded_at",
                "entered_after_due",
                "figures_and_steps",
            )
            same = {name: getattr(each.case, name) for name in names}
            assert attrs.evolve(case, **same) == each.case == fold(each.history)


def test_a_move_is_a_comment(found):
    """What a log cannot say is told in a comment, with when the limit ends."""
    moved = next(
        each for each in found.nodes.values() if isinstance(each.path[-1][0], MoveDeadline)
    )
    lines = to_act_log(moved.path, case="PA-1")
    assert lines[-1].startswith("# ")
    assert moved.case.due.isoformat() in lines[-1]
    assert '"case": "PA-1"' in lines[0]


def test_a_limit_beyond_the_calendar_is_a_failure():
    """What cannot be counted is shown among the failures, by a path of acts, and the walk ends."""
    for name in ("officer_limit", "reply_limit"):
        far = attrs.evolve(HOA_BINH_2019.officer_limit, budget=timedelta(hours=200_000))
        found = explore(attrs.evolve(HOA_BINH_2019, **{name: far}), kinds="information", limit=60)
        assert any("2101-01-01" in said for said in found.failures)
        assert all(found.failures.values())
        assert "2101-01-01" in str(found)


def test_every_kind_has_a_walk():
    """The large walk and the small one have all kinds, each once."""
    chosen, others = split_kinds(EVERY_KIND)
    assert (chosen, sorted([*chosen, *others])) == (KINDS, sorted(Kind))
    assert split_kinds([Kind.PROPOSAL]) == ((Kind.PROPOSAL,), ())


def test_a_second_reschedule_is_found(found):
    """Where the rules allow two, some state is reached by two reschedules; by default none."""
    for walk, most in ((found, 1), (explore(RULES["two reschedules"], kinds=["conduct"]), 2)):
        assert max(len(each.case.reschedules) for each in walk.nodes.values()) == most


@pytest.mark.parametrize(
    ("field", "call"),
    [
        *(("rules", lambda n=n: explore(n)) for n in (None, "HOA_BINH_2019", Rules)),
        ("rules", lambda: check(None)),
        *(("kinds", lambda f=f, k=k: f(kinds=k)) for f in (explore, check)
          for k in (5, [], ["fly"])),
        ("guards_read", lambda: explore(guards_read=5)),
        ("guards_read", lambda: explore(guards_read="finding")),
        ("only", lambda: check(only=5)),
        ("expected", lambda: check(expected=HOA_BINH_2019)),
    ],
)  # fmt: skip
def test_what_is_no_walk_is_refused(field, call):
    """Values that no walk takes are refused by the call itself."""
    with pytest.raises(InputError) as refused:
        call()
    assert refused.value.field == field
    assert refused.value.text("vi")
