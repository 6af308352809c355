"""The walk over rules: how large it is, what it shows, and whom it asks."""

import json
from datetime import date, timedelta

import attrs
import pytest

from phananh import InputError
from phananh.articles import Article
from phananh.regulation.case import fold
from phananh.regulation.deadline import Limit
from phananh.regulation.decide import (
    NotAllowed,
    Recorded,
    Refused,
    decide,
    list_allowed,
)
from phananh.regulation.request import Role, State
from phananh.regulation.rules import HOA_BINH_2019, Rules
from phananh.testing import check, explore, histories
from tests.regulation.changed_rows import dropped, on, rules_of
from tests.testing.exploration.rules_tried import RULES

# A change of these is a change of the rules, or of the walk: look at it before you pin it.
STATES, RECORDED, REFUSED, NOT_ALLOWED = 325, 8_703, 95_579, 98_597
SPOILED_STATES = 414


@pytest.fixture(scope="module")
def found():
    """Return the exploration of the built-in rules, made once."""
    return explore(HOA_BINH_2019)


def test_the_size_is_known(found, record_property):
    """The walk is as large as when it was last reviewed."""
    record_property("explored", {"states": len(found.states), "acts": found.pairs})
    counts = (len(found.states), found.recorded, found.refused, found.not_allowed)
    assert counts == (STATES, RECORDED, REFUSED, NOT_ALLOWED)
    assert found.pairs == RECORDED + REFUSED + NOT_ALLOWED
    assert (
        repr(found)
        == f"<Exploration of {HOA_BINH_2019.id}: {STATES} states, {found.pairs:,} acts tried>"
    )
    assert not found.truncated
    assert not found.failures


def test_each_act_is_shown():
    """A visitor is shown every act that was tried, with what the judge says to it."""
    seen, kinds = [], {Recorded: 0, Refused: 0, NotAllowed: 0}

    def look(step):
        kinds[type(step.decision)] += 1
        if len(seen) < 3_000:
            seen.append(step)

    found = explore(kinds=["service"], visit=look)
    assert [*kinds.values()] == [found.recorded, found.refused, found.not_allowed]
    for step in seen:
        assert decide(step.case, step.act, step.context) == step.decision
        assert step.case == fold(step.history)
        assert step.allowed == list_allowed(step.case, step.act.by, step.context)


def test_a_limit_cuts_the_walk():
    """A walk that meets more states than it may says so, and calls nothing a dead end for it."""
    found = explore(limit=20)
    assert found.truncated
    assert len(found.states) == 20
    assert found.dead_ends == ()
    assert "more states than the limit" in found.text()


def test_every_open_state_has_a_way_out(found):
    """Under the built-in rules every case can be answered or rejected (3.1)."""
    assert found.dead_ends == ()


def test_what_no_limit_makes_possible(found):
    """Only what needs a limit of a provider, the leadership or an officer's reply is unreachable.

    The Regulation gives none (R8, R9), and a late case is not rescheduled (R4).
    """
    assert all(each.source is State.OVERDUE for each in found.unreachable)
    assert {each.row.trigger for each in found.unreachable} == {
        "advise", "answer", "reschedule", "move_deadline", "lapse",
    }  # fmt: skip
    assert {each.where for each in found.nobody} == {
        "escalated/leadership", "escalated/provider", "overdue/agency", "overdue/officer",
    }  # fmt: skip


def test_every_guard_refuses_something(found):
    """With acts spoilt in each way every guard refuses one, and nothing is left to reach."""
    spoiled = explore(spoiled=True)
    assert spoiled.never == ()
    assert found.never == ()
    assert len(spoiled.states) == SPOILED_STATES
    assert spoiled.dead_ends == ()


def test_the_answer_of_another_judge_counts():
    """A judge of one's own is asked in place of the library, for every person."""

    def forbid(case, act, context):
        decision = decide(case, act, context)
        if isinstance(decision, Recorded) and act.trigger == "answer":
            return Refused(trigger="answer", reasons=())
        return decision

    found = explore(kinds=["service"], decide=forbid)
    assert {key.state for key in found.states} & {State.ANSWERED} == set()
    stuck = {each.state.text() for each in found.dead_ends}
    assert stuck == {"escalated/provider"}


@pytest.mark.parametrize(
    "name",
    ["R9", *(pytest.param(n, marks=pytest.mark.slow) for n in ("R4", "a year later", "R14")),
     "terms in days"],
)  # fmt: skip
def test_other_rules_are_explored_too(name):
    """Numbers, terms in days and readings of one's own are walked to the end, without failure."""
    found = explore(RULES[name])
    assert not found.failures
    assert not found.truncated
    assert found.dead_ends == ()
    if name == "R9":
        assert {"overdue/provider", "overdue/leadership"} <= {k.text() for k in found.states}


def test_a_dropped_row_is_a_dead_end():
    """Without the leadership's opinion what was passed to them ends there, and they are stuck."""
    found = explore(rules_of(dropped("advise")), kinds=["information"])
    places = {each.state.text() for each in found.dead_ends}
    assert places == {"escalated/leadership"}
    assert all(each.is_stuck for each in found.dead_ends)
    assert [act.trigger for act, _ in found.dead_ends[0].path] == ["receive", "escalate"]


def test_rows_that_cannot_be_taken_are_found():
    """A row for a role that no one has there is named, and so is one from where no case is."""
    rules = rules_of(on("commend", sources=(State.REJECTED,)))
    found = explore(rules, kinds=["information"])
    rows = {(each.row.trigger, each.source, each.role) for each in found.unreachable}
    assert ("commend", None, Role.AGENCY_HEAD) in rows
    nobody = explore(rules_of(on("close", roles=frozenset())), kinds=["information"]).nobody
    assert ("answered", "close") in nobody


def test_the_page_says_it_in_words(found):
    """Printed, an exploration is counts, a table and sentences."""
    page = str(found)
    assert page.startswith(f"{HOA_BINH_2019.id}: {STATES} states, 202,879 acts tried\n")
    assert "From every open state a case can be answered or rejected." in page
    assert "passed on, service provider: lapse" in page
    assert max(map(len, page.splitlines())) <= 100
    bare = str(explore(rules_of(dropped("advise")), kinds=["information"]))
    assert "passed on, centre leadership (it cannot be passed on), after: receive, escalate" in bare


def test_everything_is_plain_data(found):
    """An exploration is written as JSON, with its paths as act logs."""
    plain = json.loads(json.dumps(found.as_dict()))
    assert len(plain["states"]) == STATES
    assert plain["pairs"] == found.pairs
    assert plain["states"][0]["path"][0].startswith('{"act": "receive"')
    assert sum(len(each["edges"]) for each in plain["states"]) == RECORDED


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_it_is_drawn(found, lang):
    """Both diagrams have a node for each state and holder, and the arrows between them."""
    mermaid, dot = found.mermaid(lang), found.dot(lang)
    for where in {key.text().replace("/", "_") for key in found.states}:
        assert f"    {where} : " in mermaid
        assert f"    {where} [label=" in dot
    assert "    escalated_officer --> pending_verification_agency : " in mermaid
    assert "    escalated_officer -> pending_verification_agency [label=" in dot
    assert "deadEnd" not in mermaid
    assert "deadEnd" in explore(rules_of(dropped("advise")), kinds=["information"]).mermaid(lang)


def test_the_order_of_two_acts(found):
    """An answer and a hand-over to the agency exclude each other; a note and an answer do too."""
    pairs = {(each.where, each.first, each.second): each for each in found.order_matters}
    race = pairs["escalated/officer", "answer", "request_verification"]
    assert race.then == "request_verification is refused"
    assert race.otherwise == "answer is refused"
    assert ("answered", "publish", "commend") not in pairs


def test_histories_are_smallest_first():
    """Histories come by their number of acts, none beyond the depth, and are what they say."""
    found = [*histories(depth=4, kinds=["information"])]
    lengths = [len(each.path) for each in found]
    assert lengths == sorted(lengths)
    assert lengths[-1] == 4
    for each in found:
        assert each.case == fold(each.events)


@pytest.mark.parametrize("name", ["officer_limit", "reply_limit"])
def test_a_limit_beyond_the_calendar_is_a_failure(name):
    """What cannot be counted is shown among the failures, by a path of acts, and the walk ends."""
    far = Limit(budget=timedelta(hours=200_000), article=Article("9.1"), since=date(2019, 10, 30))
    found = explore(attrs.evolve(HOA_BINH_2019, **{name: far}), kinds="information")
    assert any("2101-01-01" in said for said in found.failures)
    assert all(found.failures.values())
    assert "2101-01-01" in str(found)


def test_a_text_is_one_kind():
    """A kind in place of a list is that kind."""
    found, same = (explore(kinds=each, limit=9) for each in ("complaint", ["complaint"]))
    assert found.states == same.states


def test_a_text_is_one_part_of_the_past():
    """A part that own guards read, in place of a list, is that part."""
    found = explore(kinds="complaint", guards_read="findings", limit=9)
    assert found.walk.canonical.guards_read == ("findings",)


@pytest.mark.parametrize(
    ("field", "call"),
    [
        *(("rules", lambda n=n: explore(n)) for n in (None, "HOA_BINH_2019", Rules)),
        ("rules", lambda: histories(None)),
        ("rules", lambda: check(None)),
        ("kinds", lambda: explore(kinds=[])),
        ("kinds", lambda: histories(kinds=())),
        *(("kinds", lambda f=f: f(kinds=5)) for f in (explore, histories, check)),
        *(("limit", lambda n=n: explore(limit=n)) for n in (0, -1, "9", True, None)),
        *(("depth", lambda n=n: histories(depth=n)) for n in (0, -1, "9", True, 1.5, None)),
        *(("agencies", lambda n=n: explore(agencies=n)) for n in (0, 3, "2", True, None)),
        ("agencies", lambda: histories(agencies=3)),
        ("decide", lambda: explore(decide=5)),
        ("list_allowed", lambda: explore(list_allowed=None)),
        ("visit", lambda: explore(visit=5)),
        ("guards_read", lambda: explore(guards_read=5)),
        ("guards_read", lambda: explore(guards_read="finding")),
        ("only", lambda: check(only=5)),
        ("make_desk", lambda: check(make_desk=5)),
    ],
)
def test_what_is_no_walk_is_refused(field, call):
    """Values that no walk takes are refused by the call itself, with the way out."""
    with pytest.raises(InputError, match=r"; (give|use one of) ") as refused:
        call()
    assert refused.value.field == field
    assert refused.value.text("vi")


def test_a_second_reschedule_is_found(record_property):
    """Where the rules allow two, a history of six acts holds two reschedules; by default none."""
    for rules, most in ((HOA_BINH_2019, 1), (RULES["two reschedules"], 2)):
        found = [*histories(rules, kinds=["information"])]
        record_property(f"histories of {rules.id}", len(found))
        assert max(len(each.case.reschedules) for each in found) == most
