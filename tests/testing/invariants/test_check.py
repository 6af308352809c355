"""`check` says what is wrong with rules as acts that can be done again."""

import json
from datetime import timedelta

import attrs
import pytest

from phananh import InputError
from phananh.articles import Document
from phananh.errors import InputTypeError
from phananh.regulation import acts as a
from phananh.regulation.request import Role
from phananh.testing import Expected, check, diff, invariant
from phananh.testing.exploration import Exploration
from phananh.testing.invariants import INVARIANTS, objection
from tests.regulation.changed_rows import rules_of, unguarded
from tests.testing.invariants.mistakes import HB, LIMIT, guarded, limit

SAMPLE = Document(number="1/QĐ-SAMPLE", clauses={"3": "Sample"}, languages=("en",))
TWICE = rules_of(unguarded("reschedule", "rescheduled_before"))


def test_a_counterexample_reads_as_acts_and_can_be_replayed():
    """It prints the invariant, what is wrong, and each act as JSON, which a desk does again."""
    (found,) = check(TWICE, only=["one_reschedule_at_most"], kinds=["conduct"])
    first, problem, *lines = str(found).splitlines()
    assert first.startswith("V21 (9.3, R32): A case is rescheduled once at most")
    assert problem == "  reschedule by agency (right, good): of 1 reschedules none is left"
    acts = [json.loads(line)["act"] for line in lines]
    assert acts == ["receive", "escalate", "request_verification", "reschedule", "reschedule"]
    assert [each.outcome for each in found.replay()] == ["recorded"] * 5


def test_only_and_skip_choose_what_is_asked():
    """What is not asked is not told, by number or by name."""
    assert check(TWICE, only=["V3", "V5"], kinds=["complaint"]) == ()
    asked = {"V21": "a sample", "reasons_are_whole": "another"}
    assert check(TWICE, skip=asked, kinds=["complaint"]) == ()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"only": ["V99"]}, "only: 'V99' is not an invariant"),
        ({"skip": {"V99": "?"}}, "skip: 'V99' is not an invariant"),
        ({"only": ["V21"], "skip": {"V21": "x"}}, "skip: no invariant is left to ask"),
        ({"skip": {each.id: "x" for each in INVARIANTS}}, "skip: no invariant is left to ask"),
        ({"skip": ["V34"]}, r"skip: \['V34'\] is not a dict of reasons; write skip={\"V34\": "),
        ({"skip": {"V34": " "}}, "skip: .* is not a dict of reasons"),
        ({"skip": {"V34": None}}, "skip: .* is not a dict of reasons"),
    ],
)
def test_a_call_that_asks_too_little_is_refused(given, message):
    """Without an invariant to ask, or a reason not to ask one, no answer is given."""
    with pytest.raises(InputError, match=message):
        check(TWICE, **given)


def test_more_states_than_a_walk_visits_are_said(monkeypatch):
    """Where a walk did not see every state, nothing is said to hold."""
    monkeypatch.setattr(Exploration, "_enter", _enter_five(Exploration._enter))
    with pytest.raises(InputError, match="more than 5 states"):
        check(kinds=["service"])


def _enter_five(enter):
    def few(self, *given):
        self.limit = 5
        return enter(self, *given)

    return few


def test_what_the_text_says_is_typed_apart_from_the_rules():
    """Numbers that differ from those of the text are found; a text that says so is content."""
    rules = attrs.evolve(HB, provider_limit=limit(LIMIT["officer"], hours=8, clause="8.2.b"))
    asked, five = ["V15", "V49"], Expected(provider_limit=timedelta(hours=5))
    first, second = check(rules, kinds=["service"], only=asked, expected=five)
    due = "due 2025-03-04 10:30:00+07:00, expected 2025-03-03 17:30:00+07:00"
    assert (first.invariant.id, second.invariant.id) == ("V15", "V49")
    assert first.problem == f"escalate by operator (right, good): {due}"
    assert second.problem == "provider_limit is 8:00:00 in the rules, and 5:00:00 in the text"
    for expected in (Expected(provider_limit=timedelta(hours=8)), Expected.of(rules)):
        assert check(rules, kinds=["complaint"], only=asked, expected=expected) == ()


def test_a_guard_of_a_document_of_ones_own_is_not_compared():
    """What it is for only its own text says. One that cites the Decision allows too little."""
    for clause, ids in ((SAMPLE.article("3").id, []), ("10.2.c", ["W"])):
        strict = guarded("rate", lambda _c, a, _t, _r: {} if a.score < 3 else None,
                         needs_act=True, clause=clause)  # fmt: skip
        found = check(rules_of(strict), kinds=["service"], guards_read=())
        assert [each.invariant.id for each in found] == ids
    assert found[0].problem == "rate by citizen (right, 1): it is refused: own 10.2.c"


def test_invariants_and_acts_of_ones_own_are_asked():
    """An objection says why an act must be refused, an invariant what is wrong with a record."""

    @objection("OURS", "3", a.Rate)
    def nobody_is_praised(act, _asked):
        """A score is three at most."""
        return "too good" if act.score > 3 else None

    @invariant("OURS-2", "3")
    def nobody_marks_two(record):
        """No mark is two."""
        return "two" if getattr(record.event, "score", 0) == 2 else None

    given = {"invariants": [nobody_is_praised, nobody_marks_two], "guards_read": ()}
    given |= {"acts": [("rate", {"score": 2})], "kinds": ["service"]}
    found = check(only=["OURS", "OURS-2"], **given)
    assert {each.problem for each in found} == {
        "rate by citizen (right, good): too good", "rate by citizen (right, own 1): two",
    }  # fmt: skip
    keeps = rules_of(
        guarded("rate", lambda _c, act, _at, _r: {} if act.score > 3 else None, needs_act=True)
    )
    assert check(keeps, only=["OURS", "W"], **given) == ()


def test_rules_part_at_the_fewest_acts():
    """What both say to the last act is told, and rules that are alike do not part."""
    assert diff(HB, attrs.evolve(HB, name="SAME"), kinds=["complaint"]) is None
    once = rules_of(guarded("publish", lambda c, _a, _t, _r: {} if c.published else None))
    for rules, others in ((HB, once), (once, HB)):
        found = diff(rules, others, kinds=["service"])
        assert [act.trigger for act, _ in found.acts] == ["receive", "answer", "publish", "publish"]
        said = {found.first.split(",")[0], found.second.split(",")[0]}
        assert said == {"publish by operator: Published", "publish by operator: refused"}
    cited = rules_of(lambda r: attrs.evolve(r, article=HB.receipt_article, others=(), cite=None))
    assert diff(HB, cited, kinds=["complaint"]) is None
    parted = diff(HB, cited, kinds=["complaint"], clauses=True)
    assert "7.1" in str(parted)
    assert len(parted.log) == 2
    with pytest.raises(InputTypeError):
        diff(HB, None)


def test_rules_of_ones_own_are_compared_with_the_table():
    """`Expected.of` keeps the typed table, so a step too many is found; without it none is."""
    rules = rules_of(lambda r: attrs.evolve(r, roles=r.roles | {Role.OPERATOR})
                     if r.trigger == "rate" else r)  # fmt: skip
    (found,) = check(rules, expected=Expected.of(rules), only=["V34"], kinds=["information"])
    assert found.problem.endswith("rate from answered is not for the operator")
    blind = Expected.of(rules, outcomes=None)
    assert check(rules, expected=blind, only=["V34", "W"], kinds=["complaint"]) == ()
