"""The compiled table against the machine it comes from, and what its compiler refuses (Art. 8)."""

from datetime import timedelta

import attrs
import pytest
from transitions import Machine, MachineError

from phananh.articles import Article
from phananh.errors import InputError
from phananh.regulation.decide import Recorded, decide
from phananh.regulation.lifecycle import LIFECYCLE, Transition
from phananh.regulation.machine import get_table, make_machine
from phananh.regulation.request import OPEN_STATES, Role, State
from phananh.regulation.rules import HOA_BINH_2019, SIGNED_ON, Limit
from tests.regulation import cast
from tests.regulation.positions import POSITIONS
from tests.regulation.variants import VARIANTS
from tests.regulation.walk import people


def row(trigger: str, article: str) -> Transition:
    """Return the row of a trigger that cites a clause."""
    return next(r for r in LIFECYCLE if (r.trigger, r.article.id) == (trigger, article))


REJECT, TO_OFFICER, BY_OFFICER = (
    row(*each) for each in (("reject", "7.2"), ("escalate", "8.1.b"), ("answer", "8.1.b"))
)


def table_of(rows):
    """Return the table of rules with these rows."""
    return get_table(attrs.evolve(HOA_BINH_2019, lifecycle=rows))


class Model:
    """A model that the machine moves, thrown away after each act."""

    state: str


def moved(made: Machine, case, act, at) -> tuple[str, str]:
    """Return what a running machine says to an act: R, F or N, and the state it is left in."""
    model = Model()
    made.add_model(model, initial=case.state.value)
    try:
        facts = {"case": case, "act": act, "at": at, "rules": HOA_BINH_2019}
        answer = "R" if model.trigger(act.trigger, **facts) else "F"
    except MachineError:
        answer = "N"
    state = model.state
    made.remove_model(model)
    return answer, state


@pytest.mark.parametrize("place", POSITIONS)
def test_the_table_is_the_machine(place):
    """Table and machine agree on every act, by everybody, well formed and spoilt."""
    case, made, tries = POSITIONS[place](), make_machine(), 0
    at = case.updated_at + cast.MINUTE
    for _, by in people(case):
        for _, _, make in VARIANTS:
            act = make(by, case, at)
            decision = decide(case, act, cast.context(at))
            state = decision.case.state if isinstance(decision, Recorded) else case.state
            assert moved(made, case, act, at) == (cast.letter_of(decision), state.value)
            tries += 1
    assert tries == 28 * len(VARIANTS) == 28 * 56


def test_the_machine_is_a_notation():
    """The machine has no model, no automatic triggers, and the seven states (Art. 7-8)."""
    made = make_machine()
    assert made.models == []
    assert {*made.states} == {state.value for state in State}
    assert {*made.events} == {row.trigger for row in LIFECYCLE}


def test_a_returned_machine_is_the_users():
    """Changing a returned machine changes no table and no other machine."""
    before = {state: dict(cells) for state, cells in get_table(HOA_BINH_2019).items()}
    made = make_machine()
    made.remove_transition("advise")
    made.add_transition("close", "received", "closed")
    made.add_state("lost")
    assert {state: dict(cells) for state, cells in get_table(HOA_BINH_2019).items()} == before


def test_the_table_is_read_only():
    """Neither level of the table can be written to."""
    with pytest.raises(TypeError):
        get_table(HOA_BINH_2019)[State.CLOSED] = {}
    with pytest.raises(TypeError):
        get_table(HOA_BINH_2019)[State.CLOSED]["answer"] = ()
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        LIFECYCLE[0].trigger = "forget"


def test_the_condition_of_an_arrow_names_what_it_asks():
    """What draws the machine shows a condition by its step and the codes of the guards."""
    for trigger, event in make_machine().events.items():
        for arrow in (each for arrows in event.transitions.values() for each in arrows):
            codes = [guard.code for guard in arrow.origin.guards]
            assert [it.func.__name__ for it in arrow.conditions] == ["_".join([trigger, *codes])]


def test_a_table_is_compiled_once():
    """The table of rules is kept with them, is no part of their repr, and is asked for again."""
    rules = attrs.evolve(HOA_BINH_2019, name="SAMPLE")
    assert get_table(rules) is get_table(rules) is rules._table
    assert "_table" not in repr(rules)


@pytest.mark.parametrize("trigger", ["archive", "", "receive"])
def test_a_row_for_no_act_is_refused(trigger):
    """A row for what is no act, or for the receipt, is refused for every table of rules."""
    rows = [*LIFECYCLE, attrs.evolve(REJECT, trigger=trigger)]
    with pytest.raises(
        InputError, match="is not an act of a case; use one of complete, note"
    ) as found:
        get_table(attrs.evolve(HOA_BINH_2019, lifecycle=rows))
    assert found.value.text("vi")


@pytest.mark.parametrize(
    "twin",
    [
        attrs.evolve(REJECT, article=Article("3.5")),
        attrs.evolve(TO_OFFICER, article=Article("3.4")),
        attrs.evolve(TO_OFFICER, target=None),
        attrs.evolve(BY_OFFICER, holders=frozenset()),
        attrs.evolve(BY_OFFICER, holders=frozenset({Role.PROVIDER})),
    ],
    ids=["same row", "same target", "any target", "any holder", "same holder"],
)
def test_overlaps_are_refused(twin):
    """Two rows that could both pass are refused, told apart by data and never by guards."""
    with pytest.raises(InputError, match="can both pass"):
        table_of((*LIFECYCLE, twin))
    with pytest.raises(InputError, match="can both pass"):
        table_of((twin, *LIFECYCLE))


def test_the_order_of_rows_means_nothing():
    """The table is the same from the rows in reverse, but for the order of alternatives."""
    turned = table_of(LIFECYCLE[::-1])
    for state, cells in get_table(HOA_BINH_2019).items():
        assert {t: {*rows} for t, rows in cells.items()} == {
            t: {*rows} for t, rows in turned[state].items()
        }


def _limit(article: str) -> Limit:
    return Limit(budget=timedelta(hours=4), article=Article(article), since=SIGNED_ON)


OPTIONS = {
    "default": {},
    "R2 agency": {"overdue_stages": frozenset({Role.AGENCY})},
    "R2 nobody": {"overdue_stages": frozenset()},
    "R3": {"reschedule_moves_due": False},
    "R4": {"reschedule_after_due": True},
    "R5": {"first_appointment_counts": True},
    "R8": {"reply_limit": _limit("9.1")},
    "R9 provider": {"provider_limit": _limit("8.2.a")},
    "R9 leadership": {"leadership_limit": _limit("8.3")},
    "R37": {"notice_reaches_back": True},
    "R10": {"reassign_restarts_clock": True},
    "R14": {"late_after": "next_opening"},
    "R41": {"asked_again": "fresh"},
    "R42": {"contact_gate": False},
}
START = (State.RECEIVED, Role.OPERATOR)


def moves(place, rules):
    """Yield the people and the position of every row that leads on from a position."""
    state, holder = place
    for row in (row for rows in get_table(HOA_BINH_2019)[state].values() for row in rows):
        if row.holders and holder not in row.holders:
            continue
        after = row.dest if isinstance(row.dest, State) else state
        if row.trigger == "lapse":
            if rules.limit(holder) is None:
                continue
            after = after if holder in rules.overdue_stages else state
        lies = row.new_holder or (holder if after in OPEN_STATES else None)
        yield row.roles - {Role.SYSTEM}, (after, lies)


def reached(rules) -> dict:
    """Return every position that can be reached, with its moves."""
    found, todo = {}, [START]
    while todo:
        place = todo.pop()
        if place not in found:
            found[place] = list(moves(place, rules))
            todo += [after for _, after in found[place]]
    return found


@pytest.mark.parametrize("name", OPTIONS)
def test_no_dead_end(name):
    """Whatever options are chosen: each position can end, and a person can move it (3.1)."""
    found = reached(attrs.evolve(HOA_BINH_2019, **OPTIONS[name]))
    ended = {(State.CLOSED, None)}
    for _ in found:
        ended |= {place for place, steps in found.items() if any(to in ended for _, to in steps)}
    assert ended == found.keys()
    for place, steps in found.items():
        if place[0] in OPEN_STATES:
            assert any(who and after != place for who, after in steps)


def test_the_positions_are_known():
    """Ten positions are reached by default; a limit for provider or leadership adds one each."""
    counts = {name: len(reached(attrs.evolve(HOA_BINH_2019, **o))) for name, o in OPTIONS.items()}
    assert counts["default"] == 10
    assert counts["R9 provider"] == counts["R9 leadership"] == 11
    assert counts["R2 nobody"] == 8
