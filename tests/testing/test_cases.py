"""A case in any state is a real one: by ordinary acts, at the moment that was asked for."""

from datetime import timedelta
from typing import Any

import attrs
import pytest

from phananh import HOA_BINH_2019, Accused, Desk, MemoryStore, Person, Sender
from phananh.articles import Article
from phananh.errors import InputError
from phananh.regulation.case import Case, fold
from phananh.regulation.deadline import SIGNED_ON, Limit
from phananh.regulation.request import Kind, Role
from phananh.regulation.rules import Rules
from phananh.stores import SqliteStore
from phananh.stores.base import Query
from phananh.testing.cases import a_case, a_desk, a_person
from phananh.testing.clock import ManualClock
from phananh.worktime import vietnam_calendar
from phananh.worktime.terms import Term
from tests.desk import people as p
from tests.regulation.changed_rows import dropped, on, rules_of
from tests.regulation.test_rules import OWN

HOUR = timedelta(hours=1)


def limit(clause: str, budget: timedelta | Term) -> Limit:
    """Return a limit of so much time."""
    return Limit(budget=budget, article=Article(clause), since=SIGNED_ON)


# Every holder of these has a limit, so that each can be late.
LIMITED = attrs.evolve(
    HOA_BINH_2019,
    name="LIMITED",
    reply_limit=limit("8.1.c1", 4 * HOUR),
    provider_limit=limit("8.2.b", 6 * HOUR),
    leadership_limit=limit("8.3", 3 * HOUR),
)
IN_DAYS = attrs.evolve(
    HOA_BINH_2019, name="DAYS", officer_limit=limit("9.1", Term.working_days(5)), reschedules=3
)
PLACES = [
    ("received", "operator"),
    ("escalated", "officer"),
    ("escalated", "provider"),
    ("escalated", "leadership"),
    ("pending_verification", "agency"),
    ("overdue", "officer"),
    ("overdue", "agency"),
    ("answered", None),
    ("rejected", None),
    ("closed", None),
]
MORE = [*PLACES, ("overdue", "provider"), ("overdue", "leadership")]


def check_real(desk: Desk, case: Case) -> None:
    """Check that a case is stored, and is what its history adds up to."""
    assert desk.get(case.id) == case == fold(desk.history(case))
    assert case.updated_at <= desk.now()
    assert desk.as_of(case) == case, "something has run out that nobody recorded"


@pytest.mark.parametrize("rules", [HOA_BINH_2019, LIMITED, IN_DAYS, OWN], ids=lambda r: r.name)
def test_every_state_and_holder_is_reached(rules: Rules) -> None:
    """A case gets to each state, with each role that may have it there, under any rules."""
    for state, holder in MORE if rules is LIMITED else PLACES:
        desk = a_desk(rules=rules)
        case = a_case(state, holder=holder, desk=desk)  # type: ignore[arg-type]  # slugs
        assert ((case.state, case.holder.role if case.holder else None), case.rules) == (
            (state, holder),
            rules.id,
        )
        check_real(desk, case)


def test_case_is_as_late_as_asked() -> None:
    """Exactly so long before the clock's moment a limit of the case ran out."""
    spans = {"1us": timedelta.resolution, "1h": HOUR, "2d": 48 * HOUR}
    for state in ("overdue", "answered", "closed", "pending_verification"):
        for by, expected in spans.items():
            desk = a_desk()
            case = a_case(state, late_by=by, desk=desk)
            assert (case.state, desk.now() - case.lapses[-1].due) == (state, expected)
            check_real(desk, case)


def test_overdue_case_is_late_by_a_minute() -> None:
    """Where the state alone says that a limit ran out, it did so a minute ago."""
    desk = a_desk()
    assert a_case("overdue", desk=desk).lapses[-1].due == desk.now() - timedelta(minutes=1)


def test_case_is_due_when_asked() -> None:
    """Exactly so long after the clock's moment the running limit ends."""
    for due_in in ("0s", "1us", "2h", "5h"):
        for holder, state in (("officer", "escalated"), ("agency", "pending_verification")):
            desk = a_desk()
            case = a_case(state, due_in=due_in, desk=desk)  # type: ignore[arg-type]  # a slug
            clock = ManualClock(desk.now())
            clock.advance(due_in)
            assert clock() == case.due
            assert case.holder is not None
            assert case.holder.role == holder
            check_real(desk, case)


def test_case_that_was_put_off() -> None:
    """A rescheduled case has been put off once, by a week, whatever state it is in."""
    for state in ("pending_verification", "escalated", "overdue", "answered", "closed"):
        desk = a_desk()
        case = a_case(state, rescheduled=True, desk=desk)
        assert (case.state, len(case.reschedules)) == (state, 1)
        check_real(desk, case)
    desk = a_desk()
    case = a_case("pending_verification", rescheduled=True, due_in="2h", desk=desk)
    assert case.due == case.reschedules[0] == desk.now() + 2 * HOUR


def test_way_is_the_shortest() -> None:
    """No act is done that the state does not need, and the clock moves only where it must."""
    desk = a_desk(at="2025-04-21 10:00")
    case = a_case("closed", desk=desk)
    assert [type(event).__name__ for event in desk.history(case)] == [
        "Received", "Answered", "Closed",
    ]  # fmt: skip
    assert ({event.at for event in desk.history(case)}, desk.now().hour) == ({desk.now()}, 10)


def test_contents_are_as_given() -> None:
    """What a request says, and with whom it lies, is what the test gave."""
    officer = Person(id="CB-7", role="officer", unit="MC-2")
    case = a_case(
        "escalated",
        holder=officer,
        accused=[Accused(id="CB-9", unit="U-9")],
        content="Nội dung riêng",
        sender=Sender(name="Tên riêng", phone="0218 383 1022"),
        channel="portal",
        about_unit="U-9",
        received_at="2025-04-18 08:00",
    )
    assert case.holder is not None
    assert (case.holder.id, case.holder.unit) == ("CB-7", "MC-2")
    assert (case.kind, case.channel, case.about_unit) == (Kind.CONDUCT, "portal", "U-9")
    assert isinstance(case.sender, Sender)
    assert (case.content, case.sender.name) == ("Nội dung riêng", "Tên riêng")
    assert case.received_at.isoformat() == "2025-04-18T08:00:00+07:00"
    case = a_case("pending_verification", holder=Person(id="DM-7", role="agency", unit="Sở 7"))
    assert case.holder is not None
    assert (case.holder.id, case.holder.unit) == ("DM-7", "Sở 7")


def test_kind_fits_unless_it_is_given() -> None:
    """A provider gets a service, the accused make it conduct, all else is information."""
    assert a_case().kind is Kind.INFORMATION
    assert a_case("escalated", holder="provider").kind is Kind.SERVICE
    assert a_case(accused=p.ACCUSED).kind is Kind.CONDUCT
    assert a_case("rejected", kind="denunciation").kind is Kind.DENUNCIATION


def test_several_cases_share_a_desk() -> None:
    """Cases on one desk have ids of their own, and each is where it was asked to be."""
    desk = a_desk()
    made = [a_case(state, desk=desk) for state in ("received", "escalated", "answered")]
    assert desk.count() == 3
    assert [desk.get(case.id).state for case in made] == ["received", "escalated", "answered"]


def test_case_is_made_in_a_store_of_your_own(tmp_path: object) -> None:
    """A new desk records in the store, under the rules and hours that were given."""
    with SqliteStore(f"{tmp_path}/cases.db") as store:
        case = a_case("escalated", store=store, rules=LIMITED, hours="VP")
        assert fold(store.load(case.id)) == case
    assert case.rules == LIMITED.id
    assert case.deadline is not None
    assert case.deadline.calendar == vietnam_calendar("VP").name


def test_desk_with_a_clock_of_its_own_stays_on_it() -> None:
    """Without a manual clock a case is made as of now, and one that needs a later moment is not."""
    desk = Desk(clock=p.Hand())
    assert a_case("pending_verification", desk=desk).updated_at == p.MORNING
    with pytest.raises(InputError, match="this clock cannot be set; give the desk a ManualClock"):
        a_case("overdue", desk=desk)
    late = a_case("overdue", desk=desk, received_at=p.MORNING - timedelta(days=7))
    assert late.lapses[-1].due < p.MORNING
    assert desk.count() == 2


def test_receipt_by_the_sample_people() -> None:
    """The people of a case are samples, of their role, and others where you say so."""
    desk = a_desk()
    case = a_case("escalated", desk=desk)
    assert desk.answer(case, text="Xong", by=a_person("officer")).state == "answered"
    other = a_person("officer", id="CB-2", unit="MC-2")
    assert (other.id, other.role, other.unit) == ("CB-2", "officer", "MC-2")
    assert isinstance(desk.store, MemoryStore)
    assert desk.store.count(Query()) == 1


def test_ways_follow_the_rules() -> None:
    """Where a step was dropped there is none, and whoever may act under the rules acts."""
    with pytest.raises(InputError, match="is rejected; ask for one of received/operator, answ"):
        a_case("rejected", rules=rules_of(dropped("reject")))
    rules = rules_of(on("reject", roles=frozenset({Role.LEADERSHIP}), by_holder=frozenset()))
    desk = a_desk(rules=rules)
    assert desk.history(a_case("rejected", desk=desk))[-1].by.role is Role.LEADERSHIP
    assert a_case("rejected", kind="complaint").reasons == ("complaint_or_denunciation",)


def test_impossible_case_is_refused() -> None:
    """The error says what was asked and what is possible. No case is left, the clock stands."""
    desk = a_desk()
    before = desk.now()
    wrong: tuple[tuple[dict[str, Any], str], ...] = (
        ({"state": "overdue", "holder": "citizen"}, "one of overdue/officer, overdue/agency"),
        ({"state": "received", "late_by": "1h"}, "received/late; ask for one of received/op"),
        ({"state": "rejected", "rescheduled": True}, "rejected/rescheduled; ask for one of rej"),
        ({"state": "escalated", "kind": "complaint"}, "ask for one of received/operator, reject"),
        ({"state": "escalated", "due_in": "9h"}, "longer than all the time until it is due"),
        ({"state": "escalated", "due_in": "-1s"}, "due_in: .* is below 0:00:00"),
        ({"state": "overdue", "late_by": "0s"}, "late_by: 0:00:00 is below 0:00:00.000001"),
        ({"state": "overdue", "late_by": "soon"}, "'soon' is not an amount of time"),
        ({"state": "overdue", "late_by": "1h", "due_in": "1h"}, "give one of them"),
        ({"state": "late"}, "state: 'late' is unknown"),
        ({"state": "overdue", "holder": "nobody"}, "role: 'nobody' is unknown"),
        ({"state": "escalated", "hours": "VP"}, "hours: `desk` is given"),
    )
    for wanted, message in wrong:
        with pytest.raises(InputError, match=message):
            a_case(desk=desk, **wanted)
    assert (desk.count(), desk.now()) == (0, before)
