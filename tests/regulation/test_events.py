"""The timeline in words: when, who did what, by which clause, in both languages (Art. 7-9)."""

import time
from datetime import UTC, timedelta

import attrs
import pytest

from phananh.cli.case_texts import TRIGGERS
from phananh.errors import InputError
from phananh.messages.labels import WORDS
from phananh.messages.texts import EVENT_TEXTS
from phananh.regulation import acts as a
from phananh.regulation.events import EVENTS, Event, clause_text, late_holder_text, tell_deed
from phananh.regulation.request import Accused, Assignee, Erased, Holder, Person, Role, Sender
from phananh.stores.codec import erase_event
from phananh.testing.sample_events import SECRETS, every_event
from tests.regulation import cast
from tests.regulation.test_recorders import ACTS

SALT = b"salt of words, 1"
TOLD_OTHERWISE = {
    "Sent",
    "AnsweredByProvider",
    "ReassignedByCentre",
    "RescheduledFrom",
    "OfficerNamed",
}


def last_event(case, act, **how) -> Event:
    """Return the event of an act that must be recorded."""
    return cast.decide_on(case, act, **how).events[-1]


def test_every_event_has_its_words():
    """Each class of events has a sentence, and each personal field a name, and is in no repr."""
    assert EVENT_TEXTS.keys() == EVENTS.keys() | TOLD_OTHERWISE
    assert TRIGGERS.keys() == EVENTS.keys(), "which act leads to it"
    personal = {
        (TRIGGERS[name], field.name)
        for name, kind in EVENTS.items()
        for field in attrs.fields(kind)
        if field.metadata.get("personal") and field.name != "by"
    }
    assert {name for _, name in personal} <= WORDS["field"].keys()
    shown = {(name, f.name) for name, act in a.ACTS.items() for f in attrs.fields(act) if f.repr}
    assert personal & shown == set(), "what is personal in an event is not in the repr of its act"


def test_both_languages_tell_every_event():
    """Every event is told in both, with its moment and whoever acted, and with no slug."""
    for event in every_event():
        vi, en = event.as_text("vi"), event.as_text()
        assert en == event.as_text() != vi
        assert vi.startswith(f"{event.at:%H giờ %M phút ngày %d}/")
        assert en.startswith(f"{event.at:%Y-%m-%d %H:%M}: operator op-lan ")
        assert "{" not in vi + en
        assert "_" not in vi + en


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_nothing_personal_unless_asked(lang):
    """No text of the sender, no citizen's id and no id of an accused is told by default."""
    for event in every_event():
        told = event.as_text(lang)
        shown, hidden = (
            repr(event),
            [each.name for each in attrs.fields(type(event)) if each.repr is False],
        )
        assert not any(f" {name}=" in shown for name in (*hidden, "code_digest"))
        assert {*hidden} >= {
            each.name for each in attrs.fields(type(event)) if each.metadata.get("personal")
        } - {"by"}
        for secret in (*SECRETS, "cb-7", "Tổ 3", "CV-12.pdf"):
            assert secret not in told + shown
    receipt = cast.first_event()
    assert cast.CITIZEN.id not in receipt.as_text(lang)
    assert cast.CULPRIT.id not in receipt.as_text(lang, personal=True)


def test_personal_texts_are_told_where_asked():
    """With `personal` each text is there with its name; what was erased says so."""
    receipt = every_event()[0]
    told = receipt.as_text(personal=True)
    assert all(secret in told for secret in SECRETS)
    assert f"; content: {SECRETS[3]}; contact details: {'; '.join(SECRETS[:3])}" in told
    gone = erase_event(receipt, SALT).as_text(personal=True)
    assert "; content: erased; contact details: erased; " in gone
    answer = next(event for event in every_event() if type(event).__name__ == "Answered")
    assert answer.as_text(personal=True).endswith("documents: CV-12.pdf; ảnh.png")


def test_who_did_what_by_which_clause():
    """Each step of a case reads as a sentence that a citizen can be sent."""
    case = cast.received_case(by=cast.OPERATOR, channel="phone")
    receipt = cast.first_event(by=cast.OPERATOR, channel="phone")
    assert receipt.as_text() == (
        "2026-03-02 10:29: operator dtv-1 received a case by phone: report on conduct, "
        "about somebody of so-y-te (Art. 7(1))"
    )
    passed = last_event(case, a.Escalate(by=cast.OPERATOR, to=cast.OFFICER))
    assert passed.as_text("vi") == (
        "10 giờ 30 phút ngày 02/3/2026: điện thoại viên dtv-1 chuyển công chức, viên chức bộ phận "
        "một cửa cb-yte-1 (so-y-te), hạn 17 giờ 30 phút ngày 02/3/2026 (điểm b khoản 1 Điều 8)"
    )
    officer = cast.at_officer()
    asked = last_event(officer, cast.verification_request(officer))
    assert asked.as_text() == (
        "2026-03-02 10:31: one-stop officer cb-yte-1 asked agency focal point (so-y-te) to verify, "
        "with an appointment on 2026-03-04 10:30, due 2026-03-03 11:31 (Art. 8(1)(c, first))"
    )
    found = cast.record(cast.at_agency(), cast.FOUND)
    again = last_event(found, cast.verification_request(found))
    assert ", the limit continues until 2026-03-03 11:32 (" in again.as_text()
    assert ", thời hạn tiếp tục đến 11 giờ 32 phút ngày 03/3/2026 (" in again.as_text("vi")
    found = cast.record(officer, cast.verification_request(officer))
    found = cast.record(found, cast.FOUND, at=found.due)
    spent = last_event(found, cast.verification_request(found))
    assert ", thời hạn tiếp tục, không còn thời gian, đến hạn ngay (" in spent.as_text("vi")
    assert ", the limit continues with no time left, so it is due at" in spent.as_text()


def test_a_time_is_put_off_from_one_to_another():
    """9.3: the citizen gets a new time, and the limit moves from its due time to that (R3)."""
    moved = last_event(cast.at_agency(), cast.PUT_OFF)
    assert (
        "hẹn lại tổ chức, cá nhân sang 10 giờ 29 phút ngày 11/3/2026, "
        "thời hạn được điều chỉnh từ 11 giờ 31 phút ngày 03/3/2026 "
        "thành 10 giờ 29 phút ngày 11/3/2026"
    ) in moved.as_text("vi")
    assert (
        "rescheduled the answer to 2026-03-11 10:29, and the limit from 2026-03-03 11:31 to "
        "2026-03-11 10:29"
    ) in moved.as_text()
    told = tell_deed(moved, "en", personal=False, before=cast.MONDAY)
    assert "from 2026-03-02 10:29 to 2026-03-11 10:29" in told
    assert tell_deed(moved, "en", personal=False) in moved.as_text()
    asked = last_event(cast.at_officer(), cast.verification_request(cast.at_officer()))
    told = tell_deed(asked, "en", personal=False, before=cast.MONDAY)
    assert told == tell_deed(asked, "en", personal=False)
    stays = attrs.evolve(moved, due=None, late_after=None)
    assert (
        "sang 10 giờ 29 phút ngày 11/3/2026, thời hạn 11 giờ 31 phút ngày 03/3/2026 giữ nguyên"
        in stays.as_text("vi")
    )


def test_an_event_as_data_has_its_class_its_sentence_and_one_clock():
    """Instants are on the clock in Vietnam, personal texts where asked, the digest nowhere."""
    received = every_event()[0]
    event = attrs.evolve(received, at=received.at.astimezone(UTC))
    plain, whole = event.as_dict(), event.as_dict("en", personal=True)
    assert (plain["event"], plain["at"][-6:]) == ("Received", "+07:00")
    assert whole["event_text"] == event.as_text(personal=True)
    assert whole.keys() - plain.keys() >= {"event_text", "content", "sender", "code"}
    assert "code_digest" not in whole
    assert "event_text" not in plain


def test_fields_that_came_later_may_be_missing_in_a_history():
    """A release reads what an earlier one recorded: what was not asked then is left out."""
    told = {}
    for event in every_event():
        fields = attrs.fields(type(event))
        given = {f.name: getattr(event, f.name) for f in fields if f.default is attrs.NOTHING}
        least = type(event)(**given)
        later = {f.name: getattr(least, f.name) for f in fields if f.default is not attrs.NOTHING}
        assert {*map(repr, later.values())} <= {"None", "False", "()"}
        told[type(event).__name__] = least.as_text()
    assert "competence" not in told["Advised"]
    assert not [each for each in told.values() if ", entered " in each]


def test_a_text_that_was_not_given_is_not_told():
    """8.1.c2: a unit may be told without a text, and then no field is named."""
    event = last_event(cast.received_case(), a.NotifyUnit(by=cast.LEADERSHIP, unit=cast.HEALTH))
    assert event.as_text(personal=True) == event.as_text()
    assert {field.name: field.default for field in attrs.fields(type(event))}["text"] is None


def test_a_citizen_sends_and_is_not_named():
    """What a citizen does is told of a citizen, by the role alone, or with the id where asked."""
    receipt = cast.first_event("service", accused=(), about_unit=cast.POST)
    told = (
        "2026-03-02 10:29: citizen sent a case by portal: postal or other service, about buu-dien"
    )
    assert receipt.as_text() == f"{told} (Art. 7(1))"
    assert "citizen cd-may sent" in receipt.as_text(personal=True)
    gone = erase_event(receipt, SALT)
    assert gone.as_text(personal=True).startswith("2026-03-02 10:29: citizen sent")


def test_seconds_are_shown_where_two_instants_share_a_minute():
    """An answer twenty seconds late does not read as if it came at its due time."""
    case = cast.at_officer()
    due = case.due
    answer = a.Answer(by=cast.OFFICER, text="Rõ")
    answered = last_event(case, answer, at=due + timedelta(seconds=20))
    assert answered.as_text().startswith("2026-03-02 17:30: ")
    assert answered.as_text(beside=[due]).startswith("2026-03-02 17:30:20: ")
    assert answered.as_text("vi", beside=[due]).startswith("17 giờ 30 phút 20 giây ngày 02/3/2026")
    late = last_event(case, a.Lapse(), at=due + cast.US)
    assert "ran out, 2026-03-02 17:30:00: " in late.as_text(beside=[answered.at])


def test_a_long_history_is_told_as_quickly_as_several_short_ones():
    """Each of 2,000 events looks only at what falls into its minutes, of 6,000 instants."""
    case = cast.at_officer()
    noted = last_event(case, a.Note(by=cast.OFFICER, text="Ghi chú"), at=case.due)
    instants = tuple(case.due + n * timedelta(seconds=50) for n in range(6_000))
    began = time.process_time()
    told = [attrs.evolve(noted, n=n).as_text(beside=instants) for n in range(2_000)]
    assert time.process_time() - began < 3
    assert all(text.startswith("2026-03-02 17:30:00: ") for text in told)


def test_the_system_is_nobody():
    """A lapse and a move have no actor: the limit ran out, and whose it was is said."""
    case = cast.at_officer()
    late = last_event(case, a.Lapse(), at=case.due + cast.US)
    assert late.as_text() == (
        "2026-03-02 17:30: the limit ran out, 2026-03-02 17:30: one-stop officer cb-yte-1 "
        "(so-y-te) is late (Art. 9(1), reading R2)"
    )
    moved = last_event(case, a.MoveDeadline(recount=cast.make_recount(case)))
    assert moved.as_text("vi").startswith(
        "10 giờ 31 phút ngày 02/3/2026: tính lại thời hạn từ 17 giờ 30 phút ngày 02/3/2026"
    )
    assert ", theo Thông báo số 1 (khoản 1 Điều 9)" in moved.as_text("vi")


@pytest.mark.parametrize(
    ("within", "vi", "en"),
    [
        (True, "cho ý kiến: thuộc thẩm quyền", "gave an opinion: within competence"),
        (False, "cho ý kiến: không thuộc thẩm quyền", "gave an opinion: out of competence"),
    ],
)
def test_an_opinion_says_what_it_found(within, vi, en):
    """8.3: whether the matter is within competence is data, and told."""
    act = a.Advise(by=cast.LEADERSHIP, text="Đã xem", within_competence=within)
    event = last_event(cast.at_leadership(), act)
    assert vi in event.as_text("vi")
    assert en in event.as_text()


def test_a_completion_names_its_fields():
    """10.2.a: which fields were added is told, in words."""
    more = {"content": "Quầy 3", "accused": (Accused(unit=cast.LAND),)}
    event = last_event(cast.received_case(), a.Complete(by=cast.OPERATOR, **more))
    assert "completed content and accused" in event.as_text()
    more = {"language": "en", "kind": "proposal", "about_unit": "u", "procedure": "tt-1"}
    event = last_event(
        cast.received_case(), a.Complete(by=cast.OPERATOR, sender=cast.SENDER, **more)
    )
    for name in ("contact details", "kind", "unit", "language", "procedure"):
        assert name in event.as_text().partition("completed")[2]


def test_instants_are_told_to_the_minute_before():
    """R46: seconds and their parts stand in no text, and no due time is told too late."""
    at = cast.MONDAY + timedelta(seconds=59, microseconds=999999)
    event = last_event(cast.received_case(), a.Escalate(by=cast.OPERATOR, to=cast.OFFICER), at=at)
    assert event.as_text().startswith("2026-03-02 10:29: ")
    assert ", due 2026-03-02 17:29 (" in event.as_text()


def cited(case, act, **how):
    """Return what the event of an act cites, in Vietnamese and English."""
    event = cast.decide_on(case, act, **how).events[-1]
    return clause_text(event, "vi"), clause_text(event, "en")


def test_a_refusal_out_of_competence_rests_on_the_opinion():
    """8.3, R43: 7.2 speaks of Articles 4 and 6 alone, and is cited only with another reason."""
    case = cast.record(cast.at_leadership(), cast.OPINION)
    assert cited(case, cast.reject("out_of_competence")) == (
        "khoản 3 Điều 8, cách hiểu R43", "Art. 8(3), reading R43",
    )  # fmt: skip
    assert cited(case, cast.reject("out_of_competence", "unclear")) == (
        "khoản 2 Điều 7; khoản 3 Điều 8, cách hiểu R43; điểm b Điều 6",
        "Art. 7(2); Art. 8(3), reading R43; Art. 6(b)",
    )
    told = last_event(case, cast.reject("out_of_competence", "unclear")).as_text()
    assert "by the leadership's opinion and the content is not clear (" in told
    assert cited(cast.received_case(), cast.reject("unclear"))[0] == "khoản 2 Điều 7; điểm b Điều 6"


def test_an_agency_is_late_by_the_text_and_an_officer_by_a_reading():
    """9.2 names the state for agencies only, so that of an officer cites R2."""
    officer, agency = cast.at_officer(), cast.at_agency()
    late = cited(officer, a.Lapse(), at=officer.due + cast.US)
    assert late == ("khoản 1 Điều 9, cách hiểu R2", "Art. 9(1), reading R2")
    assert cited(agency, a.Lapse(), at=agency.due + cast.US)[0] == "khoản 2 Điều 9"


def test_a_clause_of_other_rules_is_cited_alone():
    """Our readings are of the Decision; a history of before clauses were stored cites none."""
    case = cast.record(cast.at_leadership(), cast.OPINION)
    event = cast.decide_on(case, cast.reject("out_of_competence")).events[-1]
    other = attrs.evolve(event, article="5@61/2018/NĐ-CP")
    assert clause_text(other, "vi") == "Điều 5 của 61/2018/NĐ-CP"
    assert clause_text(attrs.evolve(event, article=None), "vi") == ""
    officer = cast.at_officer()
    lapsed = cast.decide_on(officer, a.Lapse(), at=officer.due + cast.US).events[-1]
    other = attrs.evolve(lapsed, article="13.8@01/2018/TT-VPCP")
    assert clause_text(other, "en") == "Art. 13(8) of 01/2018/TT-VPCP"


def test_what_is_left_in_words():
    """A page shows in place of a text that it was erased. The length is data, and in no words."""
    left = Erased(length=15, digest="0" * 32)
    assert left.text("vi") == "đã xóa"
    assert left.text() == left.text() == "erased"
    with pytest.raises(InputError, match=r"\w \w"):
        left.text("fr")
    assert left.as_dict() == {"erased": True, "length": 15}


def test_what_names_a_citizen_is_shown_where_that_is_asked_for():
    """The id of a citizen, and each field of a sender, is in no repr and no plain data."""
    citizen = Person(id="cd-1", role="citizen")
    assert (citizen.as_dict(), citizen.as_dict(personal=True)["id"]) == (
        {"role": "citizen", "unit": None}, "cd-1",
    )  # fmt: skip
    assert "cd-1" not in repr(citizen) + str(citizen)
    assert Accused(id="cb-1", unit="u").as_dict() == {"unit": "u"}
    assert cast.OPERATOR.as_dict()["id"] == cast.OPERATOR.id
    whole = Sender(name="Mây", address="Số 1", phone="0912", email="m@vidu.vn", id="cd-1")
    assert (repr(whole), whole.as_dict()) == ("Sender()", {})
    assert [*whole.as_dict(personal=True)] == ["name", "address", "phone", "email", "id"]


TOLD = """\
operator dtv-1 completed content and contact details and accused and unit it is about and language \
and kind: proposal (Art. 10(2)(a))
one-stop officer cb-yte-1 added a note (Art. 8(1)(c, first))
operator dtv-1 did not accept the case: the content is not clear (Art. 7(2); Art. 6(b))
one-stop officer cb-yte-1 answered the sender (Art. 8(1)(b))
operator dtv-1 passed the case to one-stop officer cb-yte-1 (so-y-te), due 2026-03-02 17:30 \
(Art. 8(1)(b))
centre leadership gd-1 gave an opinion: out of competence (Art. 8(3))
one-stop officer cb-yte-1 asked agency focal point dm-tnmt (so-tnmt) to verify, with an \
appointment on 2026-03-11 10:29, due 2026-03-03 11:31 (Art. 8(1)(c, first))
agency focal point dm-yte reported the findings (Art. 8(1)(c, first))
one-stop officer cb-yte-1 sent the case back to operator (Art. 10(1)(b), reading R53)
agency focal point dm-yte rescheduled the answer to 2026-03-11 10:29, and the limit from \
2026-03-03 11:31 to 2026-03-11 10:29 (Art. 9(3))
head of the unit tt-yte named one-stop officer cb-2 (so-y-te) to handle the case \
(Art. 8(1)(c, second))
centre leadership gd-1 notified so-y-te, and asked for another person (Art. 8(1)(c, second))
citizen withdrew the case (Art. 3(1), reading R54)
centre leadership gd-1 reopened the case (Art. 7(2), reading R55)
operator dtv-1 closed the case (Art. 8(1)(b))
operator dtv-1 published the result (Art. 10(2)(b))
head of the unit tt-yte proposed a commendation (Art. 16(1), para. 2)
citizen rated the handling 4 of 5 (Art. 10(2)(c))
service provider bd-1 updated the progress and answered the sender (Art. 8(2)(b), reading R26)
centre leadership gd-1 lifted the lapse of one-stop officer cb-yte-1 (so-y-te) at \
2026-03-02 17:30 (Art. 9(1), reading R50)
centre leadership gd-1 recorded whom the unit sends: one-stop officer cb-2 (so-y-te) \
(Art. 8(1)(c, second))
head of the unit tt-yte named one-stop officer cb-2 (so-y-te) to handle the case (Art. 11(1)(a))
"""
SPECIAL = (
    (cast.at_provider, a.Answer(by=cast.PROVIDER, text="Đã giao")),
    (lambda: cast.lapsed_case(cast.at_officer()), a.LiftLapse(by=cast.LEADERSHIP, text="Nghỉ bù")),
    (cast.at_officer, a.Reassign(by=cast.LEADERSHIP, to=Assignee(id="cb-2"))),
    (
        lambda: cast.at_officer("information"),
        a.Reassign(by=cast.HEAD, to=Assignee(id="cb-2")),
    ),
)


def test_each_step_is_told_with_its_clause_and_its_reading():
    """The whole sentence of every act, of whoever may do it, and what it rests on."""
    events = [last_event(story(), act) for story, act in (*ACTS, *SPECIAL)]
    assert [event.as_text().partition(": ")[2] for event in events] == TOLD.splitlines()
    escalated = events[4]
    seconds = attrs.evolve(escalated, at=escalated.deadline.due.replace(second=7)).as_text()
    assert "17:30:07: operator" in seconds
    assert "17:30:00 (" in seconds
    lapse = last_event(cast.at_officer(), a.Lapse(), at=escalated.deadline.due + cast.US)
    assert attrs.evolve(lapse, recorded_at=lapse.at + cast.DAY).as_text() == lapse.as_text()


def test_a_kind_that_was_put_right_is_told_with_the_one_before():
    """10.2.a: where the kind before is known, both kinds are told."""
    case = cast.received_case("information")
    event = last_event(case, a.Complete(by=cast.OPERATOR, kind="proposal"))
    told = tell_deed(event, "en", personal=False, before=case.kind)
    assert "request for information" in told
    assert "proposal" in told
    assert "request for information" not in tell_deed(event, "en", personal=False)


def test_whoever_was_late_is_named_by_their_unit_in_an_agency():
    """9.2, R51: an agency is late as a whole, whoever of it had the case, or an accused's unit."""
    late = (("agency", "cb-1"), ("officer", "cb-1"), ("officer", None))
    assert [
        late_holder_text(Holder(role=Role(role), id=each, unit="so-y-te"), "en")
        for role, each in late
    ] == ["the agency (so-y-te)", "one-stop officer cb-1 (so-y-te)", "the unit (so-y-te)"]
