"""The register of staff who were complained of, of violations and of commendations."""

from datetime import timedelta

import attrs
import pytest

from phananh import Accused, Assignee, Desk, MemoryStore, Person
from phananh.errors import CorruptError
from phananh.office import list_conduct
from tests.desk.people import ACCUSED, HOUR, OFFICER, OPERATOR, Hand, a_case, end_hours, with_agency

LEADER = Person(id="GD-1", role="leadership")
AGENCY = Person(id="AG-1", role="agency", unit="U-2")
HEAD = Person(id="AH-1", role="agency_head", unit="U-2")


@pytest.fixture
def desk():
    """Return a desk with a clock that is moved by hand."""
    return Desk(clock=Hand())


def only(desk, for_=LEADER, **options):
    """Return the one complaint that a person finds."""
    (found,) = list_conduct(desk, for_=for_, **options).complaints
    return found


def test_a_unit_that_was_told_is_reminded_until_it_names_another_person(desk):
    """Art. 8.1.c2: told when, a reminder by working time, and what the unit did."""
    case = desk.escalate(a_case(desk, accused=ACCUSED), to=OFFICER, by=OPERATOR)
    found = only(desk)
    assert (found.unit, found.people, found.told, found.remind_at) == ("U-1", ("CB-1",), (), None)
    told = desk.now()
    desk.notify_unit(case.id, unit="u-1", by=LEADER)
    desk.reassign(case.id, to=Assignee(id="OF-2"), by=LEADER)  # for one who is not accused
    assert (only(desk).told, only(desk).remind_at) == ((told,), told + 24 * HOUR)
    ended = end_hours(desk.calendar("agency", "U-1"), told.date())
    assert only(attrs.evolve(desk, calendar=ended)).remind_at is None
    desk.clock.at += HOUR
    desk.notify_unit(case.id, unit="U-1", by=LEADER)
    assert only(desk, remind_after=HOUR).remind_at == desk.now() + HOUR
    desk.complete(case.id, accused=[Accused(id="of-2", unit="U-1")], by=OPERATOR)
    desk.reassign(case.id, to=Assignee(id="OF-3"), by=LEADER)
    found = only(desk)
    assert (found.done, found.done_at, found.remind_at) == ("reassigned", desk.now(), None)
    assert len(found.told) == 2
    assert "CB-1" not in repr(found)
    desk.clock.at += HOUR
    refused = a_case(desk, accused=ACCUSED)
    desk.notify_unit(refused.id, unit="U-1", by=LEADER)
    desk.reject(refused.id, reasons=["unclear"], guidance="x", by=OPERATOR)
    found = only(desk, since=refused.received_at)
    assert (found.told, found.remind_at) == ((desk.now(),), None)


def test_a_notice_of_before_the_calendar_has_no_reminder(desk):
    """A mistyped year in a log leaves the register of the others readable."""
    old = desk.now().replace(year=1970)
    case = desk.receive(
        kind="conduct", channel="phone", content="x", accused=ACCUSED, by=OPERATOR, at=old
    )
    desk.notify_unit(case, unit="U-1", by=LEADER, at=old)
    assert (only(desk).told, only(desk).remind_at) == ((old,), None)
    hours = desk.calendar("officer", None)
    lone = attrs.evolve(desk, calendar={("agency", "U-9"): hours, "officer": hours})
    assert only(lone).remind_at is None  # whose hours nobody gave


def test_what_a_unit_found_is_what_it_did(desk):
    """Art. 8.1.c2: findings of the unit after it was told count, and those before it do not."""
    case = with_agency(desk, desk.clock)
    case = desk.complete(case, accused=[Accused(unit="U-2")], by=OPERATOR)
    desk.notify_unit(case.id, unit="U-2", by=LEADER)
    desk.report_findings(case.id, text="mẫu", by=AGENCY)
    assert only(desk).done == "found"
    desk.clock.at += timedelta(days=1)
    again = with_agency(desk, desk.clock)
    desk.report_findings(again.id, text="mẫu", by=AGENCY)
    desk.complete(again.id, accused=[Accused(unit="U-2")], by=OPERATOR)
    desk.notify_unit(again.id, unit="U-2", by=LEADER)
    found = only(desk, since=desk.now())
    assert (found.case, found.done, found.people) == (again.id, None, ())
    desk.notify_unit(case.id, unit="U-2", by=LEADER)  # of another one, such as who is accused since
    assert {each.done for each in list_conduct(desk, for_=LEADER).complaints} == {None}
    desk.clock.at += timedelta(days=1)
    asked = with_agency(desk, desk.clock)
    desk.complete(asked.id, accused=[Accused(unit="U-2")], by=OPERATOR)
    desk.notify_unit(asked.id, unit="U-2", by=LEADER)
    desk.reassign(asked.id, to=Assignee(id="AG-2"), by=HEAD)
    assert only(desk, since=asked.received_at).done == "reassigned"  # who did the work was unknown


def test_a_unit_that_was_told_reports_its_outcome(desk):
    """Art. 8.1.c2: what it did about its staff is in the register, for the centre, until erased."""
    case = with_agency(desk, desk.clock)
    case = desk.complete(case, accused=[Accused(id="CB-1", unit="U-7")], by=OPERATOR)
    case = desk.notify_unit(case, unit="U-7", by=LEADER)
    for text in ("đã nhắc nhở", "đã kỷ luật"):
        desk.report_outcome(case.id, text=text, by=attrs.evolve(HEAD, id="AH-7", unit="u-7"))
    found = only(desk)
    assert (found.done, found.done_at, found.remind_at) == ("reported", desk.now(), None)
    assert (found.outcome, only(desk, HEAD).outcome) == ("đã kỷ luật", None)
    assert "kỷ luật" not in repr(found)
    desk.report_findings(case.id, text="mẫu", by=AGENCY)
    desk.answer(case.id, text="mẫu", by=OFFICER)
    desk.erase(case.id, by=LEADER, ground="mẫu")
    assert (only(desk).done, only(desk).outcome) == ("reported", None)


def test_a_unit_that_was_notified_stays_in_the_register(desk):
    """Art. 8.1.c2: also if somebody of another unit is accused later."""
    case = a_case(desk, kind="conduct", about_unit="U-2")
    desk.notify_unit(case.id, unit="U-2", by=LEADER)
    desk.report_outcome(case.id, text="Đã phê bình.", by=AGENCY)
    desk.complete(case.id, accused=ACCUSED, by=OPERATOR)
    complaints = list_conduct(desk, for_=LEADER).complaints
    assert {each.unit: each.done for each in complaints} == {"U-1": None, "U-2": "reported"}


def test_a_citizen_finds_no_member_of_the_staff(desk):
    """Who is accused, late or punctual is not for the sender of the case."""
    sender = Person(id="CD-1", role="citizen")
    case = desk.receive(kind="conduct", channel="portal", content="x", by=sender)
    desk.complete(case, accused=ACCUSED, by=OPERATOR)
    desk.note(case.id, text="x", by=sender)  # they may read it
    assert list_conduct(desk, for_=LEADER).complaints
    assert list_conduct(desk, for_=sender).complaints == ()


def test_a_report_on_conduct_names_a_unit_alone(desk):
    """A report on conduct without an accused is a complaint of the unit it is about."""
    a_case(desk, kind="conduct", about_unit="U-9")
    a_case(desk, kind="conduct")
    a_case(desk)
    assert (only(desk).unit, only(desk).people) == ("U-9", ())


def test_an_accused_and_their_unit_find_nothing(desk):
    """Art. 8.1.c2: it is shown neither to the accused, in any role, nor to their unit."""
    case = a_case(desk, accused=[Accused(id="op-1", unit="U-1")])
    for reader in (
        Person(id="OP-1", role="operator"),
        Person(id="OP-1", role="leadership"),
        Person(id="OP-2", role="operator", unit="U-1"),
        Person(id="X", role="agency_head", unit="U-1"),
        Person(id="X", role="citizen"),
    ):
        assert list_conduct(desk, for_=reader).complaints == ()
    assert only(desk, Person(id="OP-2", role="operator")).case == case.id


def test_violations_and_commendations(desk):
    """Art. 16.1-3: each limit that ran out and counts, proposed senders, and who was never late."""
    late = with_agency(desk, desk.clock)
    desk.clock.at += timedelta(days=3)
    desk.report_findings(late.id, text="mẫu", by=AGENCY)
    desk.answer(late.id, text="mẫu", by=OFFICER)
    desk.commend(late.id, text="Đề nghị khen mẫu", by=HEAD)
    lifted = desk.escalate(a_case(desk), to=OFFICER, by=OPERATOR)
    desk.clock.at += timedelta(days=3)
    desk.sweep()
    assert len(list_conduct(desk, for_=LEADER).violations) == 2
    desk.lift_lapse(lifted.id, text="mẫu", by=LEADER)
    desk.answer(lifted.id, text="mẫu", by=OFFICER)
    desk.answer(a_case(desk).id, text="mẫu", by=OPERATOR)
    found = list_conduct(desk, for_=LEADER)
    ((case, lapse),) = found.violations
    assert (case, lapse.unit, lapse.ended_at is not None) == (late.id, "U-2", True)
    assert [(each.case, each.by) for each in found.commended] == [(late.id, HEAD)]
    before = list_conduct(desk, for_=LEADER, before=late.received_at)
    assert (found.punctual, before.punctual) == ((("OF-1", 2), ("OP-1", 1)), ())
    late_officer = desk.escalate(a_case(desk), to=OFFICER, by=OPERATOR)
    desk.clock.at += timedelta(days=3)
    found = list_conduct(desk, for_=LEADER)  # before a sweep
    assert (len(found.violations), found.punctual) == (2, (("OP-1", 1),))
    desk.answer(late_officer.id, text="mẫu", by=OFFICER)
    desk.answer(a_case(desk).id, text="mẫu", by=Person(id="op-1", role="operator"))
    desk.complete(late_officer.id, accused=[Accused(unit="U-9")], by=OPERATOR)
    for reader in (LEADER, attrs.evolve(LEADER, unit="U-9")):  # who may not read what was late
        assert list_conduct(desk, for_=reader).punctual == (("OP-1", 2),)


class DamagedStore(MemoryStore):
    """A store of which no history can be read."""

    def load_many(self, _cases, /):
        """Return none of them."""
        return {}

    def load(self, case, /):
        """Say what is damaged."""
        raise CorruptError(doing="loading", code="event_missing", case=case, version=1)


def test_a_register_is_not_silent_about_what_it_cannot_read():
    """A history that is damaged is an error, as a list without it would look whole."""
    desk = Desk(store=DamagedStore(), clock=Hand())
    a_case(desk)
    with pytest.raises(CorruptError):
        list_conduct(desk, for_=LEADER)


def test_no_notice_is_owed_of_a_denunciation_or_a_refusal(desk):
    """Art. 1.1.b, 7.2, 8.1.c2: it is no complaint of a unit, unless the unit was told before."""
    refused, denounced = (a_case(desk, kind="conduct", accused=ACCUSED) for _ in range(2))
    desk.reject(refused, reasons=["unclear"], guidance="mẫu", by=OPERATOR)
    desk.notify_unit(denounced, unit="U-1", by=LEADER)
    desk.complete(denounced.id, kind="denunciation", by=OPERATOR)
    assert only(desk).case == denounced.id
