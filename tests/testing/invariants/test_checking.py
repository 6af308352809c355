"""`check` says what is wrong with rules as acts that can be done again."""

import json
from datetime import timedelta

import attrs
import pytest

from phananh import Desk, InputError
from phananh.act_log.replay import replay
from phananh.regulation.rules import HOA_BINH_2019
from phananh.testing import INVARIANTS, Expected, check, explore
from phananh.testing.clock import ManualClock
from phananh.testing.exploration.people import make_hours
from phananh.testing.invariants import Invariant
from phananh.worktime import Term
from tests.regulation.changed_rows import rules_of, unguarded
from tests.regulation.test_own_rules import OWN

TWICE = rules_of(unguarded("reschedule", "rescheduled_before"))


def test_a_counterexample_can_be_replayed():
    """The log of a counterexample, replayed on a desk of the same rules, breaks it again."""
    (found,) = check(TWICE, only=["V21"])
    desk = Desk(rules=TWICE, calendar=make_hours(), clock=ManualClock(found.acts[-1][1]))
    outcomes = [*replay([line.encode() + b"\n" for line in found.log], desk=desk, name="found")]
    assert [outcome.outcome for outcome in outcomes] == ["recorded"] * len(found.log)
    (row,) = desk.find().rows
    assert len(desk.get(row.case).reschedules) == 2


def test_a_counterexample_reads_as_acts():
    """It prints the invariant, what is wrong, and a line of JSON an act."""
    (found,) = check(TWICE, only=["one_reschedule_at_most"])
    first, problem, *lines = str(found).splitlines()
    assert first.startswith("V21 (9.3, R32): A case is rescheduled once at most")
    assert "Rescheduled by agency" in problem
    acts = [json.loads(line)["act"] for line in lines]
    assert acts == ["receive", "escalate", "request_verification", "reschedule", "reschedule"]
    plain = found.as_dict()
    assert plain["invariant"]["id"] == "V21"
    assert plain["log"] == [*found.log]


def test_only_and_skip_choose_what_is_asked():
    """What is not asked is not told, and a name that there is not is refused."""
    assert check(TWICE, only=["V3", "V5"], kinds=["proposal"]) == ()
    skipped = {"V21": "a sample", "W": "one kind"}
    assert check(TWICE, skip=skipped, kinds=["complaint"]) == ()
    for field in ("only", "skip"):
        with pytest.raises(InputError, match=f"{field}: 'V99' is not an invariant"):
            check(**{field: {"V99": "?"}})


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"only": ["V21"], "skip": {"V21": "x"}}, "only: V21 is in `skip` too; name it in one"),
        (
            {"only": ["V3", "V21"], "skip": {"one_reschedule_at_most": "x"}},
            "only: V21 is in `skip` too",
        ),
        ({"skip": {each.id: "x" for each in INVARIANTS}}, "skip: no invariant is left to ask"),
        (
            {"only": ["V34"], "expected": Expected.of(HOA_BINH_2019)},
            "only: no invariant is left to ask; .* give `expected` its `outcomes`",
        ),
        ({"skip": ["V34"]}, r"skip: \['V34'\] is not a dict of reasons; write skip={\"V34\": "),
        ({"skip": {"V34": " "}}, "skip: 'V34' has no reason; say why it is not asked"),
        ({"skip": {"V34": None}}, "skip: 'V34' has no reason"),
    ],
)
def test_a_call_that_asks_too_little_is_refused(given, message):
    """Without an invariant to ask, or a reason not to ask one, no answer is given."""
    with pytest.raises(InputError, match=message):
        check(TWICE, **given)


def test_what_is_expected_is_typed_apart_from_the_rules():
    """Numbers that differ from those of the text are found; a text that says so is content."""
    rules = attrs.evolve(HOA_BINH_2019, reschedules=2)
    assert check(rules, only=["V21"])
    assert check(rules, only=["V21"], expected=Expected(reschedules=2), kinds=["proposal"]) == ()
    assert Expected.of(rules).reschedules == 2


@pytest.mark.slow  # one reading at a time is tried in test_readings
@pytest.mark.parametrize(
    "changed",
    [
        {"late_after": "next_opening"},
        {"late_after": "next_opening", "reassign_restarts_clock": True},
        {"reschedules": 0},
        {"first_appointment_counts": True},
        {"reschedules": 2, "asked_again": "fresh", "overdue_stages": ["agency"]},
        {"provider_limit": HOA_BINH_2019.officer_limit, "contact_gate": False},
    ],
    ids=str,
)
def test_a_reading_that_is_expected_is_no_mistake(changed):
    """Whatever reading is chosen, rules that do what it says break nothing."""
    rules = attrs.evolve(HOA_BINH_2019, **changed)
    kinds = ["information"] if "contact_gate" not in changed else ["service", "proposal"]
    skipped = {"W": "fewer kinds"} if "contact_gate" in changed else None
    assert check(rules, kinds=kinds, expected=Expected.of(rules), skip=skipped) == ()


def test_each_kind_can_be_checked_by_itself():
    """A walk of one kind breaks nothing, also of a caller whom no portal knows."""
    assert check(kinds=["service"], skip={"W": "fewer kinds"}) == ()


def test_more_states_than_a_walk_visits_are_said(monkeypatch):
    """Where a walk did not see every state, nothing is said to hold."""
    monkeypatch.setattr("phananh.testing.exploration.explore_rules.explore.__kwdefaults__", {
        **explore.__kwdefaults__, "limit": 5,
    })  # fmt: skip
    with pytest.raises(InputError, match="more than 5 states"):
        check(kinds=["service"])


def test_expected_of_rules_are_their_numbers_and_readings():
    """Of the built-in rules they are the default; anything else is refused."""
    own = Expected.of(HOA_BINH_2019)
    assert attrs.evolve(own, outcomes=Expected().outcomes) == Expected()
    assert own.outcomes is None
    days = attrs.evolve(
        HOA_BINH_2019,
        officer_limit=attrs.evolve(HOA_BINH_2019.officer_limit, budget=Term.working_days(2)),
    )
    assert Expected.of(days).officer_limit == Term.working_days(2)
    with pytest.raises(InputError, match="is not a Rules"):
        Expected.of("HB-2019")  # type: ignore[arg-type]


def test_a_second_regulation_is_checked_by_its_own_text():
    """Rules of another document hold, if what their text says is typed."""
    text = Expected(officer_limit=timedelta(hours=2))
    assert check(OWN, expected=text, only=["V15", "V16", "V21"], kinds=["proposal"]) == ()
    assert {each.invariant.id for each in check(OWN, only=["V15"])} == {"V15"}


def test_invariants_are_named_values():
    """Each has an id and a name of its own, a clause, a sentence and mistakes that it finds."""
    assert len({each.id for each in INVARIANTS}) == len(INVARIANTS) == 47
    assert len({each.name for each in INVARIANTS}) == len(INVARIANTS)
    assert [each.id for each in INVARIANTS] == [*(f"V{n}" for n in range(1, 47)), "W"]
    for each in INVARIANTS:
        assert isinstance(each, Invariant)
        assert each.clause
        assert each.formula.endswith(".")
        assert "\n" not in each.formula
        assert each.mutants
        assert str(each) == f"{each.id} ({each.clause}): {each.formula}"
        assert each.as_dict()["mutants"] == [*each.mutants]
