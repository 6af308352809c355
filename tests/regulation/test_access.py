"""Who may read a case, and what of it: never an accused, nor of their unit who sent it (R40)."""

import attrs
import pytest

from phananh import Desk, RefusedError
from phananh.regulation import acts as a
from phananh.regulation.access import find_read_refusals, leave_out_accused
from phananh.regulation.erasure import find_erasure_refusals
from phananh.regulation.request import Accused, Assignee, Person, Sender
from phananh.testing.clock import ManualClock
from tests.regulation import cast
from tests.regulation.positions import POSITIONS

STRANGER = Person(id="cd-khac", role="citizen")
SECOND = Person(id="cb-yte-2", role="officer", unit=cast.HEALTH)
LAND = Person(id="dm-tnmt", role="agency", unit=cast.LAND)
# who: position -> what they read. A is all, R the rest without the content and who sent it.
# The unit of the accused is that of the officer, of the focal point and of the head.
OPEN = ("received/operator", "escalated/officer", "pending_verification/agency", "answered")
READ = {
    cast.OPERATOR: "AAAA", cast.LEADERSHIP: "AAAA", cast.CITIZEN: "AAAA", STRANGER: "----",
    cast.OFFICER: "-RRR", SECOND: "----", cast.PROVIDER: "----", cast.FOCAL: "--R-", LAND: "----",
    cast.HEAD: "-RRR", cast.OFFICE: "----", cast.CLOCK: "----",
    attrs.evolve(cast.OFFICER, role="provider"): "----",
    attrs.evolve(cast.OPERATOR, unit=cast.HEALTH): "RRRR",
    attrs.evolve(cast.LEADERSHIP, unit=cast.HEALTH): "RRRR",
}  # fmt: skip
OF_SENDER = ("content", "sender", "sender_id")


def read(case, by, **how):
    """Return what a person reads of a case: A, R, or - for nothing."""
    refusals = find_read_refusals(case, by, **how)
    if refusals:
        with pytest.raises(RefusedError, match=r"\w \w") as caught:
            case.as_dict(for_=by, **how)
        assert (caught.value.refusals, caught.value.article) == (refusals, refusals[0].article)
        return "-"
    shown, every = case.as_dict(for_=by, **how), case.as_dict(personal=True)
    assert shown.keys() == every.keys()
    assert shown == every | {name: None for name in shown if shown[name] is None}
    assert shown["accused"] is None or by.role != "citizen"
    hidden = tuple(name for name in OF_SENDER if shown[name] is None)
    assert shown["code"] is None or (by.role in ("citizen", "operator") and not hidden)
    return {(): "A", OF_SENDER: "R"}[hidden]


def test_who_reads_what():
    """3.4, 8.1.c2: whoever works on it, and its sender; what was sent not the accused's unit."""
    for by, letters in READ.items():
        assert "".join(read(POSITIONS[place](), by) for place in OPEN) == letters, by


def test_where_nobody_is_accused_each_reader_reads_all():
    """R40: the officer and the head of a unit without an accused read who sent it."""
    case = cast.at_agency("information")
    for by in (cast.OFFICER, cast.FOCAL, cast.HEAD):
        assert read(case, by) == "A"
        assert case.as_dict(for_=by)["code"] is None
    assert case.as_dict(for_=cast.OPERATOR)["code"] == case.as_dict(for_=cast.CITIZEN)["code"]


def test_an_accused_reads_nothing():
    """8.1.c2: wherever the case lies, in whatever role, spelt in whatever way, by code too."""
    for place in POSITIONS:
        case = POSITIONS[place]()
        holder = case.holder.unit if case.holder else None
        case = attrs.evolve(case, accused=(*case.accused, cast.CULPRIT), sender_id=cast.SPELT)
        for role in {each.role for each in cast.PEOPLE}:
            for unit in (None, cast.HEALTH, holder):
                by = Person(id=cast.SPELT, role=role, unit=unit)
                assert read(case, by) == read(case, by, by_code=True) == "-"


def test_an_accused_is_told_what_a_stranger_is_told():
    """R40: there is one reason for both, which says nothing of the case."""
    case = cast.at_officer()
    found = {find_read_refusals(case, by) for by in (STRANGER, LAND, SECOND)}
    found.add(find_read_refusals(case, Person(id=cast.SPELT, role="operator")))
    ((reason,),) = found
    assert (reason.code, reason.article.id, reason.reading) == ("not_a_reader", "3.4", "R40")
    assert cast.OFFICER.id not in reason.text()


def test_who_may_be_the_accused_is_of_their_unit():
    """R40: where only the unit is known, its people do not learn who complained."""
    case = cast.at_officer(accused=(Accused(unit=cast.HEALTH),))
    assert (read(case, cast.OFFICER), read(case, cast.HEAD)) == ("R", "R")


def test_the_unit_of_a_holder_is_theirs_whatever_unit_was_said():
    """R40: an accused may have been named with another unit than the case knows."""
    wrong = (Accused(id=cast.OFFICER.id, unit="so-khac"),)
    case = cast.at_officer(accused=())
    assert read(case, cast.HEAD) == "A"
    accused = cast.record(case, a.Complete(by=cast.OPERATOR, accused=wrong))
    assert (read(accused, cast.HEAD), leave_out_accused(accused.holder, wrong).unit) == (
        "R",
        cast.HEALTH,
    )
    other = cast.record(accused, a.Reassign(by=cast.HEAD, to=Assignee(id=SECOND.id)))
    assert (read(other, SECOND), read(other, cast.HEAD)) == ("R", "R")


def test_the_unit_of_whoever_acted_is_theirs_too():
    """R40: the head reported for a unit, and was named with another one later."""
    case = cast.record(cast.at_agency(accused=()), attrs.evolve(cast.FOUND, by=cast.HEAD))
    wrong = (Accused(id=cast.HEAD.id.upper(), unit="so-khac"),)
    accused = cast.record(case, a.Complete(by=cast.OPERATOR, accused=wrong))
    assert (read(case, cast.OFFICER), read(accused, cast.OFFICER)) == ("A", "R")
    assert read(accused, attrs.evolve(cast.OFFICER, unit=None)) == "R"  # it is known whose they are


def test_the_unit_of_who_is_to_get_the_case_back_is_theirs_too():
    """R40: they were named while an agency has it, and are accused as of another unit since."""
    case = cast.at_officer(accused=())
    case = cast.record(case, cast.verification_request(case, agency=cast.LAND))
    back = Assignee(id=SECOND.id, unit=cast.HEALTH)
    case = cast.record(case, a.Reassign(by=cast.HEAD, to=back))
    wrong = (Accused(id=SECOND.id, unit="so-khac"),)
    accused = cast.record(case, a.Complete(by=cast.OPERATOR, accused=wrong))
    assert (read(case, cast.HEAD), read(accused, cast.HEAD)) == ("A", "R")


def test_a_unit_that_was_notified_stays_one_that_does_not_learn_who_complained():
    """R40: also if it turns out before the hand-over that the report is about another unit."""
    case = cast.received_case(accused=(), about_unit=cast.HEALTH)
    right = a.Complete(by=cast.OPERATOR, about_unit=cast.LAND)
    told = cast.record(case, a.NotifyUnit(by=cast.LEADERSHIP, unit=cast.HEALTH.upper()))
    for letter, before in (("R", told), ("A", case)):
        case = cast.record(
            cast.record(before, right), a.Escalate(by=cast.OPERATOR, to=cast.OFFICER)
        )
        assert read(case, cast.OFFICER) == letter


def test_who_replaced_the_officer_reads_what_they_answered():
    """8.1.c2: the new one after the answer too, and the former one no more."""
    case = cast.record(cast.at_officer(), a.Reassign(by=cast.HEAD, to=Assignee(id=SECOND.id)))
    for asked in (case, cast.record(case, attrs.evolve(cast.ANSWER, by=SECOND))):
        assert (read(asked, cast.OFFICER), read(asked, SECOND) == "-") == ("-", False)


def test_a_desk_takes_the_code_of_whoever_named_it():
    """R48: of a call the citizen is whoever has its code; an id makes nobody the sender."""
    desk = Desk(clock=ManualClock(cast.MONDAY))
    case = desk.receive(kind="information", channel="phone", content="Câu hỏi mẫu",
                        sender=Sender(), by=cast.OPERATOR)  # fmt: skip
    assert desk.may_read(case.code, cast.CITIZEN) == ()
    assert desk.may_read(case.id, by=cast.CITIZEN) == desk.may_read(case, cast.CITIZEN) != ()
    assert case.as_dict("vi", for_=cast.CITIZEN, by_code=True)["content"] == "Câu hỏi mẫu"
    assert "content" not in case.as_dict()


def test_the_unit_that_a_report_on_conduct_is_about_does_not_learn_who_complained():
    """R40: anybody there may be whom it is about, as where only the unit of an accused is known."""
    about = {"accused": (), "about_unit": cast.HEALTH.upper()}
    assert read(cast.at_officer(**about), cast.OFFICER) == "R"
    for given in ({"kind": "denunciation"}, {"about_unit": cast.LAND}):
        case = cast.record(cast.at_officer(**about), a.Complete(by=cast.OPERATOR, **given))
        assert read(case, cast.OFFICER) == "R"
    done = cast.record(cast.received_case(**about), a.Answer(by=cast.OPERATOR, text="Đã rõ"))
    leader = attrs.evolve(cast.LEADERSHIP, unit=cast.HEALTH)
    for by, code in ((leader, "accused_unit"), (cast.OFFICER, "wrong_role")):
        assert cast.refuse(done, a.Publish(by=by, text="Trần Văn Ba")) == [code]
    told = a.NotifyUnit(by=leader, unit=cast.HEALTH, text="Trần Văn Ba")
    assert cast.refuse(done, told) == ["accused_unit"]
    assert [each.code for each in find_erasure_refusals(done, leader, "Trần Văn Ba")] == [
        "accused_unit"
    ]
    assert read(cast.at_officer("information", about_unit=cast.HEALTH), cast.OFFICER) == "A"


@pytest.mark.parametrize("role", ["operator", "leadership", "citizen"])
@pytest.mark.parametrize("changes", [{"accused": (Accused(id="nv-khac", unit="so-khac"),)},
                                     {"sender": Sender(email="a@b.vn")}, {"content": "x"},
                                     {"sender": Sender(phone="0912345678", id="cd-khac")},
                                     {"accused": ()}, {"about_unit": "so-khac"}, {"procedure": "x"},
                                     {"kind": "information"}])  # fmt: skip
def test_somebody_of_their_unit_cannot_make_the_sender_readable(role, changes):
    """R40: whoever completes may name other accused, or themselves as the sender."""
    by = Person(id="dtv-cung-don-vi", role=role, unit=cast.HEALTH)
    about = {"accused": (), "about_unit": cast.HEALTH.upper()}
    for case in (cast.received_case(), cast.received_case(**about)):
        if "accused" in changes and not case.accused:
            continue  # whom nobody accused, nobody takes back
        cast.record(case, a.Complete(by=cast.OPERATOR, **changes))
        same = a.Complete(by=attrs.evolve(by, role="operator"), accused=case.accused)
        cast.record(case, same)
        for kind in ("complaint", "denunciation"):
            cast.record(case, attrs.evolve(same, accused=None, kind=kind))
        named = cast.refuse_citing(case, a.Complete(by=by, **changes))
        assert (("accused_unit", "8.1.c2") in named) == (role != "citizen")
    found = a.Complete(by=attrs.evolve(by, role="operator"), kind="denunciation")  # (R56)
    assert cast.refuse(cast.at_officer(**about), found) == ["accused_unit"]


def test_somebody_of_their_unit_says_who_else_is_accused():
    """8.1.c2: a colleague may handle it, and find that a colleague of theirs is accused too."""
    by = Person(id="dtv-cung-don-vi", role="operator", unit=cast.HEALTH)
    new = Accused(id="dtv-2", unit=cast.HEALTH)
    done = cast.answered_case()
    for case, role in (
        (cast.received_case(), "operator"),
        (cast.at_officer(), "operator"),
        (done, "operator"),
        (done, "leadership"),
    ):
        given = a.Complete(by=attrs.evolve(by, role=role), accused=(*case.accused, new))
        assert cast.record(case, given).accused == (*case.accused, new)


@pytest.mark.parametrize("kind", ["service", "complaint", "information"])
def test_somebody_of_their_unit_finds_that_it_is_about_conduct(kind):
    """8.1.c2: also where it was put among another kind, and a colleague was accused since."""
    by = Person(id="dtv-cung-don-vi", role="operator", unit=cast.HEALTH)
    told = a.NotifyUnit(by=cast.LEADERSHIP, unit=cast.HEALTH)
    assert cast.is_recorded(
        cast.record(
            cast.received_case(kind, accused=(cast.CULPRIT,)), a.Complete(by=by, kind="conduct")
        ),
        told,
    )


@pytest.mark.parametrize("sender", [Sender(), Sender(name="Người mẫu", phone="không có")])
def test_somebody_of_their_unit_gives_what_it_is_not_handed_on_without(sender):
    """3.5, R42: whom a citizen called completes name and number, also as a colleague, once.

    No address of e-mail stands where a colleague gives a number: letters would go there.
    """
    by = Person(id="dtv-cung-don-vi", role="operator", unit=cast.HEALTH)
    case = cast.received_case(sender=sender)
    lacks = Sender(phone="0912345678", name=None if sender.name else "Người gửi mẫu")
    done = cast.record(case, a.Complete(by=by, sender=lacks))
    assert read(done, by) == "R"
    cast.record(done, a.Escalate(by=by, to=cast.PROVIDER if done.kind == "service" else SECOND))
    for known, there in (
        (case, attrs.evolve(lacks, address="Tổ 5")),
        (case, attrs.evolve(lacks, id="cd-khac")),
        (done, Sender(name="Khác")),
    ):
        assert cast.refuse(known, a.Complete(by=by, sender=there)) == ["accused_unit"]
    mails = ("ban@vidu.vn", "0912345678 b\uff20vidu.vn", "0912345678 b&#64;vidu.vn", "b'@vidu.vn")
    for known, phone in ((done, "0912345678"), *((case, each) for each in mails)):
        given = a.Complete(by=by, sender=attrs.evolve(lacks, phone=phone))
        assert cast.refuse(known, given) == ["accused_unit"]
