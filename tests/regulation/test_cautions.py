"""What deserves a look although no rule is broken, each while it lasts (R9, R24, R29, R35, R36)."""

from datetime import date, datetime, timedelta

import attrs
import pytest

from phananh.errors import InputError
from phananh.messages.labels import word
from phananh.regulation import acts as a
from phananh.regulation.cautions import caution_text, find_cautions
from phananh.regulation.decide import list_triggers
from phananh.regulation.request import Accused, Assignee, Erased, Sender
from phananh.regulation.rules import HOA_BINH_2019
from phananh.worktime import Term
from phananh.worktime.days.vietnam import VIETNAM_DAYS
from tests.regulation import cast

# These stories are of 2026; that the rules ended is a caution with a test of its own.
IN_FORCE = attrs.evolve(HOA_BINH_2019, valid_until=None)
LONG = timedelta(days=60)
SHORT = attrs.evolve(cast.CENTRE, days=attrs.evolve(VIETNAM_DAYS, last_day=date(2026, 3, 31)))


def seen(case, at=None) -> tuple[str, ...]:
    """Return the cautions of a case, as of its last event unless told else."""
    return find_cautions(case, cast.context(at or case.updated_at, IN_FORCE))


def test_incomplete():
    """What Article 6 still asks for is pointed out until it is given (10.2.a)."""
    case = cast.received_case("information", sender=Sender(name="Mây"))
    assert seen(case) == ("incomplete",)
    case = cast.record(case, a.Complete(by=cast.CITIZEN, sender=Sender(email="may@vidu.vn")))
    assert seen(case) == ()


def test_another_language():
    """3.5, 6.a: content in another language is pointed out as long as the case is open."""
    case = cast.received_case("information", language="en")
    assert seen(case) == ("incomplete", "not_vietnamese")
    assert seen(cast.record(case, a.Answer(by=cast.OPERATOR, text="Đã rõ"))) == ()
    assert seen(cast.received_case("complaint", language="en")) == ("complaint",)
    assert seen(cast.received_case("information", language="vi-VN")) == ()


@pytest.mark.parametrize("kind", ["complaint", "denunciation"])
def test_a_complaint_is_to_be_rejected(kind):
    """1.1.b: what the hotline does not take is pointed out until it is refused, or is no such."""
    case = cast.received_case(kind)
    assert seen(case) == ("complaint",)
    assert seen(cast.received_case(kind, sender=Sender(name="Mây"))) == ("complaint",)
    reject = a.Reject(by=cast.OPERATOR, reasons=["complaint_or_denunciation"], guidance="Nơi nhận")
    assert seen(cast.record(case, reject)) == ()
    assert seen(cast.record(case, a.Complete(by=cast.OPERATOR, kind="information"))) == ()


def asked(at: str):
    """Return a case sent to an agency on Wednesday 4 March 2026 at 9, with an appointment."""
    nine = datetime.fromisoformat("2026-03-04T09:00+07:00")
    case = cast.at_officer("information", at=nine - 2 * cast.MINUTE)
    appointment = datetime.fromisoformat(f"{at}+07:00")
    return cast.record(case, cast.verification_request(case, appointment=appointment), at=nine)


@pytest.mark.parametrize(
    ("at", "found"),
    [
        ("2026-03-08T09:00", ("appointment_off_hours",)),  # a Sunday
        ("2026-03-06T12:00", ("appointment_off_hours",)),
        ("2026-03-06T17:30", ()),  # the closing instant
        ("2026-03-06T17:30:00.000001", ("appointment_off_hours",)),
        ("2026-03-06T07:30", ()),
        ("2026-03-06T07:29:59.999999", ("appointment_off_hours",)),
        ("2150-03-06T09:00", ()),  # nobody knows that day
    ],
)
def test_an_appointment_outside_working_time(at, found):
    """8.1.c1: a time at which the officer is off is pointed out, and allowed (R24)."""
    assert seen(asked(at)) == found


def test_an_appointment_before_the_agency_must_report():
    """9.2: a time before the agency's own limit ends is pointed out while the agency works."""
    due = asked("2026-03-06T09:00").due
    early = asked(f"{due - cast.HOUR:%Y-%m-%dT%H:%M}")
    assert seen(asked(f"{due:%Y-%m-%dT%H:%M}")) == ()
    assert seen(early) == ("appointment_before_limit",)
    assert seen(early, early.promised + cast.US) == ("appointment_missed",)
    assert seen(cast.record(early, cast.FOUND, at=early.updated_at + cast.MINUTE)) == ()
    put_off = a.Reschedule(by=cast.FOCAL, to=due + cast.DAY, reason="Chờ hồ sơ gốc")
    assert seen(cast.record(early, put_off, at=early.updated_at + cast.MINUTE)) == ()
    for act in (
        a.SendBack(by=cast.FOCAL, text="Nhầm"), a.SendBack(by=cast.OFFICER, text="Nhầm"),
        a.Escalate(by=cast.OPERATOR, to=cast.OFFICER),
    ):  # fmt: skip
        early = cast.record(early, act, at=early.promised - cast.MINUTE)
    assert seen(early) == ("passed_around",)  # the officer has a limit of their own


def test_each_accused_unit_is_to_be_told():
    """R36: every unit of an accused is to be told, by whatever spelling, and after closing too."""
    case = cast.received_case(accused=(cast.CULPRIT, Accused(unit=cast.LAND)))
    case = cast.record(case, a.NotifyUnit(by=cast.LEADERSHIP, unit=cast.HEALTH.upper()))
    assert seen(case) == ("unit_not_told",)
    assert seen(cast.record(case, a.NotifyUnit(by=cast.LEADERSHIP, unit=cast.LAND))) == ()
    nobody = cast.received_case(accused=[Accused(unit=cast.LAND)])  # and about no unit
    assert seen(cast.record(nobody, a.NotifyUnit(by=cast.LEADERSHIP, unit=cast.LAND))) == ()
    closed = cast.record(cast.record(case, a.Answer(by=cast.OPERATOR, text="Đã rõ")),
                       a.Close(by=cast.OPERATOR))  # fmt: skip
    assert seen(closed) == ("unit_not_told",)
    found = cast.record(cast.received_case(), a.Complete(by=cast.OPERATOR, kind="denunciation"))
    assert seen(found) == ("complaint",)  # no unit may be told of it (1.1.b, R56)


def test_a_unit_that_nobody_recorded_is_to_be_found_out():
    """R36: a conduct case without accused or unit shows the duty, after the answer too.

    It does also if another unit was told, of which no person is named.
    """
    case = cast.received_case(accused=())
    assert seen(case) == ("unit_not_told",)
    about = cast.record(case, a.Complete(by=cast.OPERATOR, about_unit=cast.LAND))
    named = cast.record(about, a.Complete(by=cast.OPERATOR, accused=[Accused(unit=cast.HEALTH)]))
    told = cast.record(named, a.NotifyUnit(by=cast.LEADERSHIP, unit=cast.HEALTH))
    assert [seen(each) for each in (about, named, told)] == [("unit_not_told",)] * 3
    assert seen(cast.record(case, a.Answer(by=cast.OPERATOR, text="Đã rõ"))) == ("unit_not_told",)
    assert seen(cast.received_case("proposal")) == ()


def test_a_refused_case_tells_no_unit():
    """R36: in that state there is no step by which a unit could be told."""
    refused = cast.record(cast.received_case(), cast.reject("unclear"))
    assert "notify_unit" not in list_triggers(refused, HOA_BINH_2019)
    assert seen(refused) == ()


def test_a_case_that_is_out_of_competence_goes_on():
    """8.3: the sender is to be told so, until they are, or until the leadership has it again."""
    asked = cast.at_leadership("information")
    case = cast.record(asked, cast.OPINION)
    assert (seen(asked), seen(case)) == ((), ("not_within_competence",))
    officer = cast.record(case, a.Escalate(by=cast.OPERATOR, to=cast.OFFICER))
    assert seen(officer) == ("not_within_competence",)
    again = cast.record(case, a.Escalate(by=cast.OPERATOR, to=cast.LEADERSHIP))
    assert seen(again) == ()
    yes = attrs.evolve(cast.OPINION, within_competence=True)
    assert seen(cast.record(again, yes)) == ("passed_around",)
    assert seen(cast.record(case, cast.reject("out_of_competence"))) == ()
    assert seen(cast.record(case, a.Answer(by=cast.OPERATOR, text="Thuộc bộ khác"))) == ()


def test_a_missed_appointment():
    """R35: the appointment named last counts; at it nothing is missed, and an answer keeps it."""
    case = cast.at_agency("information")
    appointment = case.appointments[-1].time
    assert (seen(case, appointment), seen(case, appointment + cast.US)) == (
        (),
        ("appointment_missed",),
    )
    put_off = a.Reschedule(by=cast.FOCAL, to=appointment + cast.DAY, reason="Chờ hồ sơ gốc")
    later = cast.record(case, put_off)
    assert seen(later, appointment + cast.DAY) == ()
    assert "appointment_missed" in seen(later, appointment + cast.DAY + cast.US)
    found = cast.record(later, cast.FOUND)
    assert (
        seen(cast.record(found, a.Answer(by=cast.OFFICER, text="Đã rõ")), appointment + LONG) == ()
    )


@pytest.mark.parametrize(
    "story",
    [
        lambda: cast.received_case("information"),
        cast.at_provider,
        lambda: cast.at_leadership("information"),
        lambda: cast.record(cast.at_agency("information"), cast.FOUND),
    ],
    ids=["operator", "provider", "leadership", "officer after the findings"],
)
def test_a_long_silence(story):
    """R9: a wait that no clock watches is pointed out after five working days."""
    case = story()
    five_days = cast.CENTRE.add(case.since, timedelta(hours=40))
    assert "silent" not in seen(case, five_days)
    assert "silent" in seen(case, cast.CENTRE.add(five_days, cast.MINUTE))


def test_a_watched_wait_is_not_silent():
    """Where a clock runs or has run out, lateness says more than silence."""
    for case in (cast.at_officer("information"), cast.at_agency("information")):
        assert "silent" not in seen(case, case.due)
        late = cast.lapsed_case(case)
        assert "silent" not in seen(late, late.updated_at + LONG)
    lifted = cast.record(late, a.LiftLapse(by=cast.LEADERSHIP, text="Mất điện"))
    other = cast.record(
        lifted, a.Reassign(by=cast.HEAD, to=Assignee(id="dm-2")), at=lifted.updated_at + LONG
    )
    assert "silent" in seen(other, other.since)  # of the unit, whoever of it has the case
    blamed = a.Complete(by=cast.OPERATOR, accused=[Accused(id=cast.OFFICER.id, unit=cast.HEALTH)])
    late = cast.lapsed_case(cast.record(cast.at_officer(), blamed))
    assert "silent" not in seen(late, late.updated_at + LONG)
    named = cast.record(late, a.Reassign(by=cast.HEAD, to=Assignee(id="cb-2")))
    assert "silent" in seen(named, named.since + LONG)  # of who is not late, as in the report


@pytest.mark.parametrize(
    ("received", "caution"),
    [
        ("2019-10-29T16:59:59+00:00", {"rules_not_begun"}),
        ("2019-10-29T17:00:00+00:00", set()),
        ("2019-10-29T23:59:59+07:00", {"rules_not_begun"}),
        ("2019-10-30T00:00:00+07:00", set()),
        ("2025-06-30T16:59:59+00:00", set()),
        ("2025-06-30T17:00:00+00:00", {"rules_ended"}),
        ("2025-06-30T23:59:59+07:00", set()),
    ],
)
def test_outside_the_days_of_the_rules(received, caution):
    """QD.2, R29, R47: what came before their first day or after their last is marked.

    The day is that of Vietnam, in whatever zone the instant was written.
    """
    case = cast.received_case("information", at=datetime.fromisoformat(received))
    found = {*find_cautions(case, cast.context(case.updated_at))}
    assert found & {"rules_not_begun", "rules_ended"} == caution


@pytest.mark.parametrize(
    ("until", "vi", "en"),
    [
        (HOA_BINH_2019.valid_until, "sáp nhập vào Phú Thọ (01/07/2025)", "merged on 2025-07-01"),
        (date(2027, 3, 31), "sau ngày 31/03/2027, ngày cuối cùng", "after 2027-03-31, the last"),
    ],
)
def test_only_hoa_binh_was_merged(until, vi, en):
    """R29: the merger is told of its own date; rules that end on another day say that day."""
    rules = attrs.evolve(HOA_BINH_2019, valid_until=until)
    assert vi in caution_text("rules_ended", rules, "vi")
    assert en in caution_text("rules_ended", rules, "en")
    assert caution_text("silent", rules, "en") == "a long wait without a limit"
    assert "sáp nhập" not in word("caution", "rules_ended", "vi")
    endless = attrs.evolve(HOA_BINH_2019, valid_until=None)
    assert caution_text("rules_ended", endless, "vi") == word("caution", "rules_ended", "vi")


def test_an_erased_sender_is_pointed_out():
    """Whoever has a case without its sender is warned that nobody can be answered."""
    case = attrs.evolve(cast.received_case(), sender=Erased(length=8, digest="0" * 64))
    assert "sender_erased" in seen(case)
    assert "sender_erased" not in seen(cast.received_case())


def _no_hours(_role, _unit):
    raise InputError(field="calendar", code="no_hours")


@pytest.mark.parametrize("hours", [_no_hours, lambda *_: SHORT], ids=["nobody's", "ended"])
def test_a_wait_of_unknown_hours_is_not_silent(hours):
    """Where nobody knows the hours of the holder, or of these days, nothing is said of a wait."""
    case = cast.received_case("information")
    known = cast.context(case.updated_at + LONG, IN_FORCE)
    assert "silent" in find_cautions(case, known)
    assert "silent" not in find_cautions(case, attrs.evolve(known, calendar_for=hours))


def test_a_case_waits_for_the_operator():
    """3.2, R52: from one working hour on, until an operator acted, and again when it is back."""
    case = cast.received_case("information")
    assert "waiting" not in seen(case, case.since + cast.HOUR)
    assert "waiting" in seen(case, case.since + cast.HOUR + cast.US)
    assert "waiting" not in seen(cast.at_officer("information"), case.since + 2 * cast.HOUR)
    patient = attrs.evolve(IN_FORCE, waiting_warning=timedelta(hours=2))
    assert (
        find_cautions(case, cast.context(case.since + timedelta(hours=1, minutes=30), patient))
        == ()
    )
    assert seen(attrs.evolve(case, holder=None), case.since + LONG) == ()


def test_the_officer_who_asks_again_puts_the_citizen_off():
    """9.3, R58: from the second later appointment on; an earlier one, or the agency's, is none."""
    case = cast.at_agency("information")
    for days, expected in [(4, False), (6, True)]:
        found = cast.record(case, cast.FOUND)
        same = cast.verification_request(found, appointment=found.promised)
        assert "put_off" not in seen(cast.record(found, same))
        later = found.updated_at + days * cast.DAY
        case = cast.record(found, cast.verification_request(found, appointment=later))
        assert ("put_off" in seen(case)) is expected
    refused = tuple(attrs.evolve(each, answered_at=each.told_at) for each in case.appointments)
    assert "put_off" not in seen(attrs.evolve(case, appointments=refused))  # and reopened
    assert "put_off" not in seen(cast.record(cast.record(case, cast.FOUND), cast.ANSWER))
    back = cast.record(cast.record(cast.at_agency("information"), cast.PUT_OFF), cast.FOUND)
    for later in (timedelta(), cast.DAY):
        request = cast.verification_request(back, appointment=back.promised + later)
        assert not {"put_off", "appointment_earlier"} & {*seen(cast.record(back, request))}
    sooner = cast.verification_request(back, appointment=back.updated_at + cast.DAY)
    earlier = cast.record(back, sooner)
    assert "put_off" not in seen(earlier)
    first, second = earlier.appointments[-2:]
    for each, is_told in ((first, True), (attrs.evolve(first, answered_at=first.told_at), False)):
        then = attrs.evolve(earlier, appointments=(each, second))
        assert ("appointment_earlier" in seen(then)) is is_told
    assert "appointment_earlier" not in seen(earlier, earlier.promised + cast.US)  # it is missed


def test_findings_without_an_answer():
    """8.1.c1, R8: once the officer has had them for the time that 9.1 gives for an answer."""
    found = cast.record(cast.at_agency("information"), cast.FOUND)
    due = cast.CENTRE.add(found.since, timedelta(hours=5))
    assert "no_reply_after_findings" not in seen(found, due)
    assert "no_reply_after_findings" in seen(found, due + cast.MINUTE)
    named = cast.record(found, a.Reassign(by=cast.HEAD, to=Assignee(id="cb-2")))
    assert "no_reply_after_findings" in seen(named, due + cast.DAY)
    back = cast.record(named, a.SendBack(by=attrs.evolve(cast.OFFICER, id="cb-2"), text="Nhầm"))
    again = cast.record(back, a.Escalate(by=cast.OPERATOR, to=cast.OFFICER))
    asked = cast.record(found, cast.verification_request(found))
    for case in (again, asked, cast.at_officer("information")):
        for other in (case, cast.lapsed_case(case)):
            assert "no_reply_after_findings" not in seen(other, due + 9 * cast.DAY)
    assert "no_reply_after_findings" not in seen(cast.record(found, cast.ANSWER), due + cast.DAY)
    returned = cast.record(cast.at_agency("information"), a.SendBack(by=cast.FOCAL, text="Nhầm"))
    once_more = cast.record(cast.record(again, cast.verification_request(again)), cast.FOUND)
    for case in (returned, once_more):
        assert "no_reply_after_findings" in seen(case, due + 9 * cast.DAY)
    in_days = attrs.evolve(IN_FORCE.officer_limit, budget=Term.working_days(1))
    rules = attrs.evolve(IN_FORCE, officer_limit=in_days)
    assert "no_reply_after_findings" not in find_cautions(
        found, cast.context(due + 9 * cast.DAY, rules)
    )  # days are not compared with hours
