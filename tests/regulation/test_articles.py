"""Articles 3 to 11, clause by clause: what each asks for, as a case goes through it."""

from datetime import datetime, timedelta

import attrs
import pytest

from phananh.articles import Article
from phananh.regulation import acts as a
from phananh.regulation.cautions import find_cautions
from phananh.regulation.decide import (
    NotAllowed,
    Recorded,
    Refused,
    as_of,
    decide,
    list_allowed,
    list_triggers,
)
from phananh.regulation.intake import REQUIREMENTS, find_unmet
from phananh.regulation.personal_data import find_shown
from phananh.regulation.receipt import find_receipt_refusals
from phananh.regulation.request import Assignee, Person, Role, Sender, State
from phananh.regulation.rules import HOA_BINH_2019
from tests.regulation import cast


@pytest.mark.parametrize("content", ["", " ", "?", "Xin hỏi lệ phí"])
def test_3_1_everything_is_received(content):
    """1.2.d, 3.1: whatever was written, even nothing, and by whomever, is received."""
    act = a.Receive(by=cast.CITIZEN, kind="denunciation", channel="email", content=content)
    assert find_receipt_refusals(act, rules=HOA_BINH_2019) == ()
    assert (
        cast.received_case("denunciation", content=content, sender=Sender()).state is State.RECEIVED
    )


def test_3_2_at_any_hour():
    """3.2: received at any hour of a Sunday; the officer's hours begin on Monday morning."""
    for hour in range(24):
        sunday = datetime(2026, 3, 1, hour, 30, tzinfo=cast.VIETNAM)
        case = cast.at_officer(at=sunday)
        assert case.received_at == sunday
        assert f"{case.deadline.spans[0].start:%d.%m %H:%M}" == "02.03 07:30"
        assert f"{case.due:%d.%m %H:%M}" == "02.03 14:30"


def test_3_5_only_what_meets_article_6():
    """3.5: what does not meet Article 6 is listed on the case, every point of it."""
    lacking = {"content": " ", "sender": Sender(), "language": "en"}
    case = cast.received_case("complaint", **lacking)
    assert [row.article.id for row in find_unmet(case, rules=HOA_BINH_2019)] == [
        "1.1.b",
        "6.b",
        "6.a",
        "6.c",
        "6.c",
    ]
    asked = cast.received_case("information", **lacking)
    assert "incomplete" in find_cautions(asked, cast.context(asked.updated_at))


@pytest.mark.parametrize("kind", ["information", "conduct", "regulation", "proposal"])
def test_4_what_is_asked(kind):
    """2.1, 4.1, 4.2, 4.3, 7.3: information, reports and proposals are taken and handed on."""
    assert cast.unmet_codes(cast.received_case(kind)) == []
    assert cast.at_officer(kind).state is State.ESCALATED


@pytest.mark.parametrize(
    ("channel", "by", "taken"),
    [
        ("phone", cast.OPERATOR, []),
        ("phone", cast.CITIZEN, ["phone_by_operator"]),
        ("portal", cast.CITIZEN, []),
        ("email", cast.CITIZEN, []),
        ("message", cast.CITIZEN, []),
        ("email", cast.OPERATOR, []),
        ("portal", cast.OFFICER, ["wrong_role"]),
        ("phone", cast.CLOCK, ["wrong_role"]),
    ],
)
def test_5_where_it_is_sent(channel, by, taken):
    """5.1, 5.2: by telephone to the operator; in writing, which may come by itself."""
    act = a.Receive(by=by, kind="information", channel=channel, content="Lệ phí bao nhiêu?")
    refused = find_receipt_refusals(act, rules=HOA_BINH_2019)
    assert [reason.code for reason in refused] == taken
    if taken == ["wrong_role"]:
        assert refused[0].facts == {"role": by.role.value}
    late = find_receipt_refusals(act, rules=cast.read(backdating="refuse"), is_backdated=True)
    told = [(reason.code, reason.article.id, reason.reading) for reason in late]
    assert taken or told == [("backdated", "7.1", "R49")]


def test_6_a_in_vietnamese():
    """6.a: only what is not in Vietnamese is refused for that, and it is not handed on (3.5)."""
    reject, hand_on = cast.reject("not_vietnamese"), a.Escalate(by=cast.OPERATOR, to=cast.OFFICER)
    foreign = cast.received_case(language="fr")
    assert cast.is_recorded(foreign, reject)
    assert cast.refuse_citing(foreign, hand_on) == [("not_vietnamese", "6.a")]
    for language in ("vi-VN", "vi"):
        case = cast.received_case(language=language)
        assert cast.refuse_citing(case, reject) == [("no_ground", "6.a")]
        assert cast.is_recorded(case, hand_on)
    assert cast.refuse_citing(cast.received_case(content=" "), hand_on) == [("no_content", "6.b")]
    ungated = cast.read(contact_gate=False)
    assert cast.is_recorded(cast.received_case(content=" ", language="fr"), hand_on, rules=ungated)


def test_6_a_the_language_is_put_right():
    """6.a, 10.2.a: a wrong tag of the portal is the operator's to put right, and nobody else's."""
    case = cast.received_case(language="en")
    assert cast.unmet_codes(case) == ["not_vietnamese"]
    right = a.Complete(by=cast.OPERATOR, language="vi")
    assert cast.unmet_codes(cast.record(case, right)) == []
    assert cast.refuse(case, attrs.evolve(right, by=cast.CITIZEN)) == ["operator_only"]


def test_6_b_clear_and_within_article_4():
    """6.b: unclear, or outside Article 4, is the operator's judgement."""
    for reason in ("unclear", "outside_article_4"):
        assert REQUIREMENTS[reason].article == Article("6.b")
        assert cast.record(cast.received_case(), cast.reject(reason)).state is State.REJECTED
    within = cast.record(cast.at_leadership(), attrs.evolve(cast.OPINION, within_competence=True))
    for case in (cast.received_case("service"), within):
        assert cast.refuse_citing(case, cast.reject("outside_article_4")) == [("no_ground", "6.b")]
        assert cast.is_recorded(case, cast.reject("unclear"))


def test_6_c_with_a_name_and_a_way_to_reply():
    """6.c: a missing name or contact is listed, until it is completed."""
    case = cast.received_case(sender=Sender(name="Mây"))
    assert cast.unmet_codes(case) == ["no_contact"]
    case = cast.record(case, a.Complete(by=cast.CITIZEN, sender=Sender(phone="+84 218 3831022")))
    assert (case.sender, cast.unmet_codes(case)) == (
        Sender(name="Mây", phone="+84 218 3831022"),
        [],
    )
    assert cast.refuse(case, cast.reject("no_contact")) == ["no_ground"]


def test_7_1_the_operator_records():
    """7.1: what comes in lies with the operators, any of them."""
    case = cast.received_case()
    assert (case.holder.role, case.holder.id, case.due) == (Role.OPERATOR, None, None)
    assert cast.is_recorded(case, a.Answer(by=Person(id="dtv-2", role="operator"), text="Đã rõ"))


def test_7_2_every_reason_and_where_to_go():
    """7.2: every computed reason is told besides those given, once each; and guidance."""
    case = cast.received_case("complaint", sender=Sender())
    reasons = cast.record(case, cast.reject("unclear", "no_name", "no_name")).reasons
    assert reasons == ("unclear", "no_name", "complaint_or_denunciation", "no_contact")
    bare = a.Reject(by=cast.OPERATOR, reasons=[], guidance="\u200b")
    assert cast.refuse_citing(case, bare) == [("no_reasons", "7.2"), ("blank", "7.2")]


def test_7_2_every_false_reason_is_named():
    """7.2: each reason that does not hold is named, and cites its own clause."""
    reasons = ("complaint_or_denunciation", "unclear", "not_vietnamese", "no_name", "no_contact")
    assert cast.refuse_citing(cast.received_case(), cast.reject(*reasons)) == [
        ("no_ground", "1.1.b"), ("no_ground", "6.a"), ("no_ground", "6.c"), ("no_ground", "6.c"),
    ]  # fmt: skip


def test_8_1_a_the_operator_answers():
    """8.1.a: the operator answers what is routine, and the case is closed once told."""
    case = cast.record(cast.received_case(), a.Answer(by=cast.OPERATOR, text="Lệ phí 20.000 đồng"))
    assert (case.state, case.holder) == (State.ANSWERED, None)
    assert cast.record(case, a.Close(by=cast.OPERATOR)).state is State.CLOSED


@pytest.mark.parametrize(
    ("kind", "to", "article"),
    [
        ("service", cast.OFFICER, "8.1.b"),
        ("information", cast.PROVIDER, "8.2.a"),
        ("conduct", cast.PROVIDER, "8.2.a"),
    ],
)
def test_8_who_it_concerns(kind, to, article):
    """8.1.b, 8.2.a: passed on to those whom it concerns; the refusal cites the target's clause."""
    said = cast.decide_on(cast.received_case(kind), a.Escalate(by=cast.OPERATOR, to=to))
    assert [(each.code, each.article.id, each.facts) for each in said.reasons] == [
        ("unfit_target", article, {"role": to.role.value})
    ]


def test_8_1_b_the_named_officer():
    """8.1.b: the officer to whom it was passed answers; a colleague holds another case."""
    colleague = Person(id="cb-yte-2", role="officer", unit=cast.HEALTH)
    assert cast.refuse(cast.at_officer(), a.Answer(by=colleague, text="Đã rõ")) == [
        "not_the_holder"
    ]
    loud = Person(id=cast.OFFICER.id.upper(), role="officer")
    assert cast.record(cast.at_officer(), a.Answer(by=loud, text="Đã rõ")).state is State.ANSWERED


def test_8_1_c1_the_agency_reports_and_the_officer_answers():
    """1.2.a, 8.1.c1: with a time told, the agency is asked; it reports, and who asked answers."""
    case = cast.at_agency()
    assert [told.time for told in case.appointments] == [cast.MONDAY + cast.MINUTE + 2 * cast.DAY]
    assert isinstance(cast.decide_on(case, cast.ANSWER), NotAllowed)
    stranger = Person(id="dm-2", role="agency", unit=cast.LAND)
    assert cast.refuse(case, a.ReportFindings(by=stranger, text="Có")) == ["not_the_holder"]
    anybody = Person(id="dm-3", role="agency", unit=cast.HEALTH.upper())
    case = cast.record(case, a.ReportFindings(by=anybody, text="Có"))
    assert (case.state, case.holder.id) == (State.ESCALATED, cast.OFFICER.id)
    assert cast.record(case, cast.ANSWER).state is State.ANSWERED


def test_8_1_c1_back_to_whoever_asked():
    """8.1.c1: after a change of officer, the findings go to the officer who asked."""
    case = cast.record(cast.at_officer(), a.Reassign(by=cast.HEAD, to=Assignee(id="cb-2")))
    by = Person(id="cb-2", role="officer", unit=cast.HEALTH)
    case = cast.record(cast.record(case, cast.verification_request(case, by=by)), cast.FOUND)
    assert case.holder.id == "cb-2"


@pytest.mark.parametrize("ahead", [-cast.US, 0 * cast.US])
def test_8_1_c1_the_appointment_lies_ahead(ahead):
    """8.1.c1: a time told to the citizen that is not ahead is refused."""
    case = cast.at_officer()
    at = case.updated_at + cast.HOUR
    assert cast.refuse(case, cast.verification_request(case, appointment=at + ahead), at=at) == [
        "past_appointment"
    ]
    assert cast.record(
        case, cast.verification_request(case, appointment=at + cast.US), at=at
    ).appointments


def test_8_1_c2_the_unit_is_told():
    """8.1.c2: the accused's unit is told; until then it is owed."""
    case = cast.at_officer()
    assert "unit_not_told" in find_cautions(case, cast.context(case.updated_at))
    case = cast.record(case, a.NotifyUnit(by=cast.LEADERSHIP, unit=cast.HEALTH))
    assert "unit_not_told" not in find_cautions(case, cast.context(case.updated_at))
    assert cast.refuse(case, a.NotifyUnit(by=cast.LEADERSHIP, unit=cast.LAND)) == ["not_their_unit"]
    assert cast.refuse(case, a.NotifyUnit(by=cast.LEADERSHIP, unit=cast.HEALTH, text=" ")) == [
        "blank"
    ]


def test_8_1_c2_a_unit_that_was_told_reports():
    """8.1.c2: any focal point of it, or its head, once it was told, as often as needed."""
    act, case = a.ReportOutcome(by=cast.FOCAL, text="Đã nhắc nhở"), cast.at_officer()
    assert isinstance(cast.decide_on(case, act), NotAllowed)
    assert "report_outcome" not in list_triggers(case, HOA_BINH_2019)
    (reason,) = list_allowed(case, cast.FOCAL, cast.context(case.updated_at))["report_outcome"]
    assert reason.code == "no_such_step"
    told = cast.record(case, a.NotifyUnit(by=cast.LEADERSHIP, unit=cast.HEALTH.upper()))
    assert "report_outcome" in list_triggers(told, HOA_BINH_2019)
    for by in (cast.FOCAL, cast.HEAD):
        (event,) = cast.decide_on(told, attrs.evolve(act, by=by)).events
        assert (event.unit, event.text, event.article) == (cast.HEALTH, "Đã nhắc nhở", "8.1.c2")
        after = cast.record(told, attrs.evolve(act, by=by))
        assert (after.state, after.holder, after.clock) == (told.state, told.holder, told.clock)
    for by, why in (
        (Person(id=cast.SPELT, role="agency", unit=cast.HEALTH), ["accused"]),
        (Person(id=cast.SPELT, role="agency", unit=cast.LAND), ["accused"]),
        (Person(id="dm-2", role="agency", unit=cast.LAND), ["not_notified"]),
        (Person(id="dm-2", role="agency"), ["not_notified"]),
        (cast.OFFICER, ["wrong_role"]),
        (cast.LEADERSHIP, ["wrong_role"]),
    ):
        assert cast.refuse(told, attrs.evolve(act, by=by)) == why
    assert cast.refuse_citing(told, attrs.evolve(act, text=" ")) == [("blank", "8.1.c2")]


def test_8_2_services():
    """1.2.c, 8.2.a, 8.2.b: a service request goes to the provider, who records the result."""
    case = cast.at_provider()
    assert (case.holder.id, case.due) == (cast.PROVIDER.id, None)
    assert cast.record(case, a.Answer(by=cast.PROVIDER, text="Đã giao")).state is State.ANSWERED


def test_8_3_out_of_competence():
    """8.3, R43: the leadership finds it out of competence, then the operator tells the sender."""
    assert cast.refuse_citing(cast.received_case(), cast.reject("out_of_competence")) == [
        ("not_advised", "8.3")
    ]
    case = cast.record(cast.at_leadership(), cast.OPINION)
    assert (case.state, case.holder.role, case.advised) == (State.RECEIVED, Role.OPERATOR, True)
    assert cast.record(case, cast.reject("out_of_competence")).state is State.REJECTED
    assert cast.refuse_citing(cast.at_leadership(), attrs.evolve(cast.OPINION, text="\u3164")) == [
        ("blank", "8.3")
    ]


def test_8_3_the_last_opinion_counts():
    """8.3, R43: a "yes", and a "yes" after a "no", let nobody refuse it as out of competence."""
    competent = attrs.evolve(cast.OPINION, within_competence=True)
    out = cast.reject("out_of_competence")
    assert cast.refuse(cast.record(cast.at_leadership(), competent), out) == ["not_advised"]
    case = cast.record(cast.at_leadership(), cast.OPINION)
    case = cast.record(case, a.Escalate(by=cast.OPERATOR, to=cast.LEADERSHIP))
    assert cast.refuse(cast.record(case, competent), out) == ["not_advised"]


@pytest.mark.parametrize(
    ("story", "article", "hours", "calendar"),
    [(cast.at_officer, "9.1", 5, cast.CENTRE), (cast.at_agency, "9.2", 8, cast.AGENCY)],
)
def test_9_1_and_9_2_the_hours(story, article, hours, calendar):
    """9.1, 9.2, 11.1.b, 11.2.a: five and eight working hours from the hand-over."""
    case = story()
    assert case.due == calendar.add(case.updated_at, timedelta(hours=hours))
    assert (case.deadline.article, case.deadline.start) == (article, case.updated_at)
    assert case.deadline.verify(calendar) == ()


def test_9_2_overdue_for_ever():
    """9.2: once the hours are over the case is overdue, and late for ever, answered or closed."""
    case = cast.at_agency()
    assert not as_of(case, cast.context(case.due)).is_late
    assert as_of(case, cast.context(case.due + cast.US)).is_late
    late = cast.record(case, cast.FOUND, at=case.due + cast.US)
    assert (late.state, late.holder.role) == (State.OVERDUE, Role.OFFICER)
    closed = cast.record(cast.record(late, cast.ANSWER), a.Close(by=cast.OFFICER))
    assert [(lapse.stage, lapse.holder, lapse.due) for lapse in closed.lapses] == [
        (Role.AGENCY, cast.HEALTH, case.due)
    ]


def test_9_3_once():
    """9.3: the agency reschedules once; a second time is refused, after a new hand-over too."""
    case = cast.record(cast.at_agency(), cast.PUT_OFF)
    again = a.Reschedule(by=cast.FOCAL, to=cast.LATER + cast.DAY, reason="Chờ thêm")
    assert [(each.code, each.facts) for each in cast.decide_on(case, again).reasons] == [
        ("rescheduled_before", {"times": "1", "most": "1"})
    ]
    case = cast.record(case, cast.FOUND)
    case = cast.record(case, cast.verification_request(case))
    assert cast.refuse(case, again) == ["rescheduled_before"]


def test_10_2_a_completed_by_operator_or_sender():
    """10.2.a: the sender adds content; what kind it is, and who is accused, the operator says."""
    case = cast.record(cast.received_case(), a.Complete(by=cast.CITIZEN, content="Quầy số 3"))
    assert case.content == "Quầy số 3"
    for change in ({"kind": "proposal"}, {"accused": []}, {"about_unit": cast.LAND}):
        assert cast.refuse(case, a.Complete(by=cast.CITIZEN, **change)) == ["operator_only"]
        assert cast.is_recorded(case, a.Complete(by=cast.OPERATOR, **change))
    other = a.Complete(by=Person(id="cd-2", role="citizen"), content="Của tôi")
    assert cast.refuse(case, other) == ["not_the_sender"]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Bà BÙI THỊ  MÂY đã được trả lời", "name"),
        ("Gọi +84 (218) 383 1022", "phone"),
        ("Thư gửi MAY@vidu.vn", "email"),
        ("Bùi Thị Mây, 12 Lò Văn Giá", "name|address"),
        ("Bà Bùi\u200b Thị M\u00ada\u0302\u034f\u0301y", "name"),
        ("Bà B\u00adùi\u200b Thị Mâ\u2060y, may\u200b@vidu.vn", "name|email"),
        ("Gọi 0218\u200b\u202a3831022\u202c", "phone"),
        ("Một công dân ở Hòa Bình", None),
    ],
)
def test_10_2_b_the_result_is_posted(text, field):
    """2.2, 10.2.b: the result is posted without the sender's name, address, phone or e-mail."""
    case = cast.answered_case()
    decision = cast.decide_on(case, a.Publish(by=cast.OPERATOR, text=text))
    if field is None:
        assert isinstance(decision, Recorded)
    else:
        assert "|".join(find_shown(case, text)) == field
        assert [(each.code, each.facts) for each in decision.reasons] == [("names_sender", {})]


def test_2_2_what_is_public_is_withdrawn():
    """2.2: the centre, but no unit of an accused, withdraws what is public, and says why."""
    act, case = a.Unpublish(by=cast.OPERATOR, text="Có tên người"), cast.answered_case()
    assert isinstance(cast.decide_on(case, act), NotAllowed)
    public = cast.record(case, a.Publish(by=cast.OPERATOR, text="Đã xử lý"))
    assert cast.refuse_citing(public, attrs.evolve(act, text=" ")) == [("blank", "2.2")]
    near = Person(id="dtv-2", role="operator", unit=cast.HEALTH)
    assert cast.refuse(public, attrs.evolve(act, by=near)) == ["accused_unit"]
    hidden = cast.record(public, act)
    assert (public.published, hidden.published, hidden.state) == (1, 0, public.state)
    assert isinstance(cast.decide_on(hidden, act), NotAllowed)
    assert cast.record(hidden, a.Publish(by=cast.OPERATOR, text="Đã xử lý")).published == 1


def test_10_2_c_the_sender_is_satisfied_or_not():
    """10.2.c: the sender rates the answer, once."""
    case = cast.record(cast.answered_case(), a.Rate(by=cast.CITIZEN, score=4))
    assert case.rating == 4
    assert cast.refuse(case, a.Rate(by=cast.CITIZEN, score=5)) == ["rated_before"]
    stranger = a.Rate(by=Person(id="cd-2", role="citizen"), score=1)
    assert cast.refuse(cast.answered_case(), stranger) == ["not_the_sender"]


def test_10_2_c_on_a_call_the_tracking_code_says_who_the_sender_is():
    """R48: where nobody's id is known, whoever names the case by its code is the citizen."""
    by_phone = cast.answered_case(by=cast.OPERATOR, channel="phone")
    stranger = a.Rate(by=Person(id="cd-2", role="citizen"), score=1)
    assert cast.refuse(by_phone, stranger) == ["not_the_sender"]
    named = attrs.evolve(cast.context(by_phone.updated_at), named_by_code=True)
    assert isinstance(decide(by_phone, stranger, named), Recorded)
    assert list_allowed(by_phone, stranger.by, named)["rate"] == ()
    assert isinstance(decide(cast.answered_case(), stranger, named), Refused)


def test_11_1_d_who_answers_is_kept():
    """11.1.d: the event of findings, and that of the answer, has the person who wrote them."""
    case = cast.at_agency()
    reported = cast.decide_on(case, cast.FOUND).events[-1]
    answered = cast.decide_on(cast.record(case, cast.FOUND), cast.ANSWER).events[-1]
    assert (reported.by, answered.by) == (cast.FOUND.by, cast.ANSWER.by)
