"""Who is accused after the hand-over, who then has the case, and which unit is told (8.1.c2)."""

import unicodedata

import attrs
import pytest

from phananh.errors import InputError
from phananh.regulation import acts as a
from phananh.regulation.acts import ACTS
from phananh.regulation.case import Case
from phananh.regulation.cautions import find_cautions
from phananh.regulation.conduct import MOST_ACCUSED, merge_accused
from phananh.regulation.decide import Recorded, list_allowed, list_triggers
from phananh.regulation.request import Accused, Assignee, Holder, Kind, Person, Role, Sender
from tests.regulation import cast
from tests.regulation.positions import POSITIONS

TELL = a.NotifyUnit(by=cast.LEADERSHIP, unit=cast.HEALTH)
ACCUSE_OFFICER = a.Complete(
    by=cast.OPERATOR, accused=[Accused(id=cast.OFFICER.id.upper(), unit=cast.HEALTH)]
)


def cautions(case) -> tuple[str, ...]:
    """Return the cautions of a case as of its last event."""
    return find_cautions(case, cast.context(case.updated_at))


@pytest.mark.parametrize("place", [place for place in POSITIONS if "/" in place][1:])
def test_accused_are_added_after_the_hand_over(place):
    """R39: in every open state; those known stay, each once, and nobody is taken back."""
    case = POSITIONS[place]()
    known, other = case.accused, Accused(id=None, unit=cast.LAND)
    spelt = Accused(id=cast.SPELT, unit=cast.HEALTH.upper())
    for given in ([other], [other, other], [spelt, other] if known else [other]):
        act = a.Complete(by=cast.OPERATOR, accused=given)
        added = cast.record(case, act)
        assert added.accused == cast.record(added, act).accused == (*known, other)
    assert cast.record(case, a.Complete(by=cast.OPERATOR, accused=[])).accused == known


def test_accused_are_replaced_before_the_hand_over_only():
    """R39: the receipt's list is put right while nobody acted on it; not after an opinion."""
    empty = a.Complete(by=cast.OPERATOR, accused=[])
    assert cast.record(cast.received_case(), empty).accused == ()
    assert cast.record(cast.record(cast.at_leadership(), cast.OPINION), empty).accused == (
        cast.CULPRIT,
    )
    answered = cast.record(cast.received_case(), a.Answer(by=cast.OPERATOR, text="Đã rõ"))
    assert cast.record(answered, empty).accused == (cast.CULPRIT,)


def test_a_holder_who_becomes_accused_cannot_go_on():
    """8.1.c2, R39: the case stays, each of their acts is refused, and another is to be named."""
    case = cast.record(cast.at_officer(), ACCUSE_OFFICER)
    assert case.holder.id == cast.OFFICER.id
    assert "holder_accused" in cautions(case)
    for act in (cast.ANSWER, cast.verification_request(case), a.Note(by=cast.OFFICER, text="x")):
        assert cast.refuse_citing(case, act) == [("accused", "8.1.c2")]
    other = cast.record(case, a.Reassign(by=cast.LEADERSHIP, to=Assignee(id="cb-2")))
    assert "holder_accused" not in cautions(other)
    nobody = cast.record(cast.record(cast.at_agency(), ACCUSE_OFFICER), cast.FOUND)
    assert (nobody.holder.id, "holder_accused" in cautions(nobody)) == (None, True)
    assert cast.is_recorded(other, attrs.evolve(cast.ANSWER, by=Person(id="cb-2", role="officer")))


def test_the_accused_comes_first_then_the_person_then_the_rest():
    """Reasons come in one order: the accused, holder and role, what the row asks."""
    act = a.Reschedule(by=Person(id=cast.SPELT, role="officer"), to=cast.MONDAY, reason=" ")
    assert cast.refuse(cast.at_agency(), act) == ["accused", "wrong_role", "not_later", "blank"]
    assert cast.refuse(cast.lapsed_case(cast.at_officer()), act)[:3] == [
        "accused",
        "wrong_holder",
        "wrong_role",
    ]
    assert cast.refuse(
        cast.received_case(),
        a.Escalate(
            by=attrs.evolve(act.by, role="operator"), to=attrs.evolve(act.by, unit=cast.HEALTH)
        ),
    ) == ["accused", "accused_named"]


def test_a_holder_without_a_unit_has_no_head():
    """8.1.c2: where nobody heads the holder, the leadership names another person."""
    alone = Person(id="cb-9", role="officer")
    case = cast.record(cast.received_case("information"), a.Escalate(by=cast.OPERATOR, to=alone))
    to = Assignee(id="cb-2")
    assert cast.record(case, a.Reassign(by=cast.LEADERSHIP, to=to)).holder.id == "cb-2"
    assert cast.refuse(case, a.Reassign(by=cast.HEAD, to=to)) == ["not_head"]
    elsewhere = a.Reassign(by=cast.HEAD, to=Assignee(id="cb-2", unit=cast.LAND))
    assert cast.refuse(cast.at_officer(), elsewhere) == ["other_unit"]


def test_a_unit_is_told_of_conduct_only():
    """8.1.c2: of a report on conduct, or where somebody is accused; of nobody's conduct no unit."""
    told = a.NotifyUnit(by=cast.LEADERSHIP, unit=cast.HEALTH)
    case = cast.received_case("information", about_unit=cast.HEALTH)
    assert cast.refuse(case, told) == ["not_conduct"]
    assert cast.is_recorded(attrs.evolve(case, accused=(cast.CULPRIT,)), told)


def test_the_unit_that_a_case_is_about_is_told():
    """8.1.c2: where nobody is named, of a report on conduct; the duty is owed to it then."""
    case = cast.at_officer("conduct", accused=(), about_unit=cast.LAND)
    assert "unit_not_told" in cautions(case)
    assert cast.refuse_citing(case, TELL) == [("not_their_unit", "8.1.c2")]
    assert "unit_not_told" not in cautions(
        cast.record(case, attrs.evolve(TELL, unit=cast.LAND.upper()))
    )


def test_a_unit_never_learns_who_complained():
    """R40: a text that names the sender is refused, and cites the reading."""
    act = attrs.evolve(TELL, text="Bà Bùi Thị Mây phản ánh")
    (reason,) = cast.decide_on(cast.answered_case(), act).reasons
    assert (reason.code, reason.article.id, reason.reading) == ("names_sender", "8.1.c2", "R40")


GUESSES = (
    "Bà Bùi Thị Mây",
    "Gọi 0218 383 1022",
    cast.SPELT,
    "Bà Trần Thị Lan",
    "Gọi 0218 383 1023",
)


def test_whoever_may_not_act_cannot_guess():
    """R40, R45: right and wrong guesses get the same reasons, of whom the text may not be."""
    case, outside = cast.answered_case(), attrs.evolve(cast.answered_case(), kind=Kind.COMPLAINT)
    colleague = Person(id="dtv-2", role="operator", unit=cast.HEALTH)
    refused = [(case, by) for by in (spelt("operator", cast.SPELT), cast.OFFICER, colleague)]
    for asked, by in (*refused, (outside, cast.OPERATOR)):
        for make in (lambda text, by=by: a.Publish(by=by, text=text),
                     lambda text, by=by: attrs.evolve(TELL, by=by, text=text)):  # fmt: skip
            found = [cast.decide_on(asked, make(text)) for text in GUESSES]
            assert found[0].reasons
            assert {each.reasons for each in found} == {found[0].reasons}


def test_a_text_that_must_be_looked_at_is_called_so():
    """R45: of whoever may act, the reason says whose data it seems to be, and not which."""
    for text, who in ((GUESSES[0], "sender"), (GUESSES[1], "sender"), (GUESSES[2], "accused")):
        (reason,) = cast.decide_on(
            cast.answered_case(), a.Publish(by=cast.OPERATOR, text=text)
        ).reasons
        assert (reason.code, reason.facts) == (f"names_{who}", {})
        assert "check the text" in reason.text()
        assert "kiểm tra lại nội dung" in reason.text("vi")


def test_to_an_accused_no_reason_gives_a_name():
    """8.1.c2: not who has the case, nor who else is accused, nor what the sender gave."""
    lacking = Sender(phone="không rõ")
    case = cast.received_case(sender=lacking, accused=(cast.CULPRIT, Accused(id="k-2", unit="K")))
    by = spelt("operator", cast.SPELT)
    other = Person(id="k-2", role="officer")
    for act in (
        a.Escalate(by=by, to=other),
        attrs.evolve(cast.reject("no_name", "no_contact"), by=by),
        a.NotifyUnit(by=attrs.evolve(by, role="leadership"), unit="X"),
    ):
        assert cast.refuse(case, act) == ["accused"]
    case = cast.at_officer()
    for role in ("officer", "agency", "provider"):
        act = attrs.evolve(cast.ANSWER, by=spelt(role, cast.SPELT, cast.HEALTH))
        for reason in cast.decide_on(case, act).reasons:
            said = str(reason.as_dict())
            assert cast.OFFICER.id not in said
            assert cast.HEALTH not in said
    (reason,) = cast.decide_on(case, attrs.evolve(cast.ANSWER, by=PEER)).reasons
    assert cast.OFFICER.id in reason.text()


def test_an_accused_hears_the_same_whatever_the_sender_wrote():
    """R40: no reason and no list of acts depends on content, language, sender or unit."""
    said = (
        {},
        {"content": "", "language": "en", "sender": Sender(), "about_unit": cast.LAND},
    )
    rejection = cast.reject("outside_article_4", "out_of_competence", "no_name")
    to_provider = a.Escalate(by=cast.OPERATOR, to=cast.PROVIDER)
    for place in POSITIONS:
        case = attrs.evolve(POSITIONS[place](), accused=(cast.CULPRIT,))
        at = case.updated_at + cast.MINUTE
        own = [
            cast.well_formed_act(each, cast.OPERATOR, case, at)
            for each in ACTS
            if each != "receive"
        ]
        for act in (*own, rejection, to_provider):
            for role in ("operator", "leadership", "officer"):
                told = attrs.evolve(act, by=spelt(role, cast.SPELT, cast.LAND))
                cases = [attrs.evolve(case, **each) for each in said]
                assert len({cast.decide_on(each, told, at=at) for each in cases}) == 1, (
                    place,
                    told,
                )


PEER = Person(id="cb-yte-2", role="officer", unit=cast.HEALTH)
NAME = "nguyễn-tòa-01"
SPELLINGS = (
    NAME,
    NAME.upper(),
    unicodedata.normalize("NFD", NAME),
    unicodedata.normalize("NFD", NAME.title()),
    NAME.replace("òa", "oà"),
)


def spelt(role: str, spelling: str, unit: str | None = None) -> Person:
    """Return the accused in a role, spelt in one of the ways."""
    return Person(id=spelling, role=role, unit=unit)


def accusing(person: Person, case: Case) -> Case:
    """Return the case as if this person had been accused from the beginning."""
    accused = (Accused(id=person.id.upper(), unit=person.unit or cast.HUB),)
    return attrs.evolve(case, accused=accused)


PATHS = {
    "the operator answers":
        ("operator", cast.received_case, lambda by: a.Answer(by=by, text="Đã rõ")),
    "the operator completes":
        ("operator", cast.received_case, lambda by: a.Complete(by=by, accused=[])),
    "the operator refuses":
        ("operator", cast.received_case,
         lambda by: a.Reject(by=by, reasons=["unclear"], guidance="Nói rõ")),
    "the operator passes it on":
        ("operator", cast.received_case, lambda by: a.Escalate(by=by, to=cast.OFFICER)),
    "the operator closes": ("operator", cast.answered_case, lambda by: a.Close(by=by)),
    "the operator closes a refusal": ("operator", cast.rejected_case, lambda by: a.Close(by=by)),
    "the operator publishes":
        ("operator", cast.answered_case, lambda by: a.Publish(by=by, text="Đã xử lý")),
    "the officer closes": ("officer", cast.answered_case, lambda by: a.Close(by=by)),
    "the focal point reports":
        ("agency", cast.at_agency, lambda by: a.ReportFindings(by=by, text="Không có sai phạm")),
    "the focal point reschedules":
        ("agency", cast.at_agency,
         lambda by: a.Reschedule(by=by, to=cast.LATER, reason="Chờ hồ sơ")),
    "the late focal point reports":
        ("agency", lambda: cast.lapsed_case(cast.at_agency()),
         lambda by: a.ReportFindings(by=by, text="Không có sai phạm")),
    "the head names another":
        ("agency_head", cast.at_officer, lambda by: a.Reassign(by=by, to=Assignee(id="cb-2"))),
    "the head commends":
        ("agency_head", cast.answered_case, lambda by: a.Commend(by=by, text="Đề nghị khen")),
    "the leadership gives an opinion":
        ("leadership", cast.at_leadership, lambda by: attrs.evolve(cast.OPINION, by=by)),
    "the leadership tells the unit":
        ("leadership", cast.received_case, lambda by: a.NotifyUnit(by=by, unit=cast.HEALTH)),
    "the leadership publishes":
        ("leadership", cast.answered_case, lambda by: a.Publish(by=by, text="Đã xử lý")),
}  # fmt: skip
UNITS = {"agency": cast.HEALTH, "agency_head": cast.HEALTH, "officer": cast.HEALTH}


def test_the_accused_do_nothing():
    """Whatever their role, the accused are refused for that alone, and another person is not."""
    for spelling in SPELLINGS:
        for role, story, act in PATHS.values():
            case = story()
            by = spelt(role, spelling, UNITS.get(role))
            assert cast.refuse_citing(case, act(by)) == [("accused", "8.1.c2")]
            assert cast.is_recorded(case, act(attrs.evolve(by, id="nguoi-khac")))


@pytest.mark.parametrize("answer", [cast.at_officer, lambda: cast.lapsed_case(cast.at_officer())])
@pytest.mark.parametrize(
    "act",
    [
        a.Answer(by=cast.OFFICER, text="Đã rõ"),
        a.RequestVerification(by=cast.OFFICER, agency=cast.LAND, appointment=cast.LATER),
    ],
    ids=["answers", "asks"],
)
def test_an_accused_holder_does_nothing(answer, act):
    """An officer who came to hold their own case is refused, in time and late."""
    assert cast.refuse(accusing(cast.OFFICER, answer()), act) == ["accused"]


@pytest.mark.parametrize("spelling", SPELLINGS, ids=ascii)
def test_nobody_gives_it_to_the_accused(spelling):
    """Escalation, reassignment and the addressee of a verification never name the accused."""
    for role in ("officer", "leadership"):
        to = Person(id=spelling, role=role, unit=cast.HEALTH)
        assert cast.refuse(cast.received_case(), a.Escalate(by=cast.OPERATOR, to=to)) == [
            "accused_named"
        ]
    asked = cast.verification_request(cast.at_officer(), focal=spelling)
    assert cast.refuse(cast.at_officer(), asked) == ["accused_named"]
    for story in (cast.at_officer, cast.at_agency):
        for by in (cast.HEAD, cast.LEADERSHIP):
            given = a.Reassign(by=by, to=Assignee(id=spelling))
            assert cast.refuse_citing(story(), given) == [("accused_named", "8.1.c2")]


@pytest.mark.parametrize("role", ["operator", "leadership"])
@pytest.mark.parametrize("unit", [cast.HEALTH, "SO-Y-TE"])
def test_nobody_of_their_unit_publishes(role, unit):
    """A colleague handles the case, but does not decide about publishing it (2.2, R16)."""
    by = Person(id="dong-nghiep", role=role, unit=unit)
    assert cast.refuse(cast.answered_case(), a.Publish(by=by, text="Đã xử lý")) == ["accused_unit"]
    assert isinstance(
        cast.decide_on(cast.answered_case("information"), a.Publish(by=by, text="Đã xử lý")),
        Recorded,
    )
    other = a.Publish(by=attrs.evolve(by, role="provider"), text="Đã xử lý")
    assert cast.refuse(cast.answered_case(), other) == ["wrong_role", "accused_unit"]


def test_the_leadership_steps_in_for_the_head():
    """Only where somebody of the unit is accused may the leadership name another person (R33)."""
    given = a.Reassign(by=cast.LEADERSHIP, to=Assignee(id="cb-2"))
    assert cast.record(cast.at_officer(), given).holder.id == "cb-2"
    assert cast.refuse_citing(cast.at_officer("information"), given) == [
        ("head_not_accused", "11.1.a")
    ]  # a unit names its people
    accused_head = a.Reassign(by=spelt("agency_head", NAME, cast.HEALTH), to=Assignee(id="cb-2"))
    assert cast.refuse(cast.at_officer(), accused_head) == ["accused"]


def test_a_case_has_no_more_accused_than_each_act_is_held_against():
    """1,000 in all, however many acts name them; who is named again counts once (R39)."""
    assert MOST_ACCUSED == 1_000
    case = cast.at_officer()
    many = tuple(Accused(id=f"NV-{n}", unit="U-1") for n in range(MOST_ACCUSED))
    full = attrs.evolve(case, accused=many[:-1])
    assert merge_accused(full, many[-1:]) == many
    assert merge_accused(attrs.evolve(case, accused=many), many[:5]) == many
    acted = attrs.evolve(case, accused=many, staff=frozenset({("OP-2", "TT")}))
    assert merge_accused(acted, (Accused(id="op-2", unit="TT"),))[-1].id == "op-2"
    with pytest.raises(InputError, match=r"\w \w") as caught:
        merge_accused(full, (many[-1], Accused(id="NV-X", unit="U-1")))
    assert (caught.value.code, caught.value.field) == ("too_many_accused", "accused")
    with pytest.raises(InputError, match="1001 people accused, at most 1000"):
        cast.decide_on(
            attrs.evolve(case, accused=many),
            a.Complete(by=cast.OPERATOR, accused=[Accused(id="NV-X", unit="U-1")]),
        )


def test_findings_go_to_the_unit_of_an_officer_who_became_accused():
    """8.1.c2: to nobody yet, so that only naming, noting and completing are possible."""
    case = cast.record(cast.at_agency(accused=()), ACCUSE_OFFICER)
    for act in (cast.FOUND, a.SendBack(by=cast.FOCAL, text="Không thuộc thẩm quyền")):
        back = cast.record(case, act)
        assert back.holder == Holder(role=Role.OFFICER, unit=cast.HEALTH)
        answer = attrs.evolve(cast.ANSWER, by=attrs.evolve(cast.OFFICER, id="cb-2"))
        assert cast.refuse(back, answer) == ["not_the_holder"]
        assert list_triggers(back, cast.HOA_BINH_2019) == (
            "complete", "note", "withdraw", "lift_lapse", "reassign", "notify_unit",
        )  # fmt: skip
        named = cast.record(back, a.Reassign(by=cast.HEAD, to=Assignee(id="cb-2")))
        assert named.holder == Holder(role=Role.OFFICER, id="cb-2", unit=cast.HEALTH)
        assert cast.is_recorded(named, answer)


def test_the_head_of_the_officer_names_who_gets_it_back():
    """8.1.c2, 11.1.a: while another agency has it, and nothing else changes."""
    asked = cast.at_officer("information")
    case = cast.record(asked, cast.verification_request(asked, agency=cast.LAND))
    to = Assignee(id="cb-2", unit=cast.HEALTH.upper())
    act = a.Reassign(by=cast.HEAD, to=to)
    other = cast.record(case, act)
    assert (other.holder, other.clock, other.since) == (case.holder, case.clock, case.since)
    assert other.officer == Holder(role=Role.OFFICER, id=to.id, unit=cast.HEALTH)
    found = attrs.evolve(cast.FOUND, by=attrs.evolve(cast.FOCAL, unit=cast.LAND))
    assert cast.record(other, found).holder == other.officer
    assert cast.refuse_citing(other, act) == [("same_person", "11.1.a")]
    assert cast.refuse_citing(case, attrs.evolve(act, to=attrs.evolve(to, unit=None))) == [
        ("not_head", "11.1.a")
    ]
    assert cast.refuse(case, attrs.evolve(act, by=attrs.evolve(cast.HEAD, unit=cast.POST))) == [
        "not_head"
    ]
    land = attrs.evolve(act, by=attrs.evolve(cast.HEAD, unit=cast.LAND))
    assert cast.refuse(case, land) == ["not_head"]
    named = cast.record(case, attrs.evolve(land, to=Assignee(id="dm-9")))
    assert (named.holder.id, named.officer) == ("dm-9", case.officer)
    own = cast.record(asked, cast.verification_request(asked, focal=cast.FOCAL.id))  # of one unit
    accused = tuple(Accused(id=x.id, unit=cast.HEALTH) for x in (cast.OFFICER, cast.FOCAL))
    for known, ids in (
        (0, ("cb-2", "cb-yte-1")),
        (1, ("dm-yte", "cb-2")),
        (2, ("cb-2", "cb-yte-1")),
    ):
        named = cast.record(attrs.evolve(own, accused=accused[:known]), act)
        assert (named.holder.id, named.officer.id) == ids
    for accused, expected in (((cast.CULPRIT,), []), ((), ["head_not_accused"])):
        given = attrs.evolve(case, accused=accused)
        allowed = list_allowed(given, cast.LEADERSHIP, cast.context(given.updated_at))["reassign"]
        assert [each.code for each in allowed] == expected
        assert cast.is_recorded(given, attrs.evolve(act, by=cast.LEADERSHIP)) is (not expected)
    last = cast.decide_on(case, act).events[-1]
    said = "gets the case back from the agency: one-stop officer cb-2 (so-y-te)"
    assert (last.article, said in last.as_text()) == ("11.1.a", True)


def test_accused_are_named_after_the_answer_too():
    """R39: by the operator and the leadership, with the unit, and nothing else changes."""
    unit = a.Complete(by=cast.LEADERSHIP, accused=[cast.CULPRIT], about_unit=cast.LAND)
    for make in ("answered", "closed"):
        case = POSITIONS[make]()
        added = cast.record(case, unit)
        assert (added.about_unit, added.state) == (cast.LAND, case.state)
        assert cast.is_recorded(added, attrs.evolve(TELL, unit=cast.LAND))
        for given in ({"content": "x"}, {"sender": cast.SENDER}, {"kind": "complaint"}):
            act = attrs.evolve(unit, by=cast.OPERATOR, **given)
            assert cast.refuse_citing(case, act) == [("after_answer", "10.2.a")]
        assert (
            cast.refuse(case, attrs.evolve(unit, by=cast.CITIZEN))
            == cast.refuse(case, attrs.evolve(TELL, by=cast.OFFICER))
            == ["wrong_role"]
        )
    on_the_spot = cast.record(cast.received_case(), a.Answer(by=cast.OPERATOR, text="Đã rõ"))
    assert cast.record(on_the_spot, attrs.evolve(unit, accused=[])).accused == (cast.CULPRIT,)


def test_invented_accused_do_not_keep_the_holder_out():
    """8.1.c2: however long the list is, whoever has the case can be added to it."""
    case = cast.at_officer("information")
    crowd = tuple(Accused(id=f"x-{n}", unit=cast.LAND) for n in range(MOST_ACCUSED))
    full = attrs.evolve(case, accused=crowd, staff=frozenset())  # the officer has no unit
    added = cast.record(full, ACCUSE_OFFICER)
    assert (len(added.accused), cast.refuse(added, cast.ANSWER)) == (MOST_ACCUSED + 1, ["accused"])
    with pytest.raises(InputError, match="1000"):
        cast.record(full, attrs.evolve(ACCUSE_OFFICER, accused=[Accused(id="x", unit=cast.LAND)]))
    again = Accused(id=cast.OFFICER.id, unit="U-1")  # under another unit, or beside others
    for case, accused in ((added, [again]), (full, [again, Accused(id="x", unit=cast.LAND)])):
        with pytest.raises(InputError, match="1000"):
            cast.record(case, a.Complete(by=cast.OPERATOR, accused=accused))
    away = attrs.evolve(cast.at_agency("information"), accused=crowd)
    assert cast.is_recorded(away, a.Complete(by=cast.OPERATOR, accused=[again]))


def test_whoever_is_accused_as_of_another_unit_is_of_the_one_they_had_the_case_for():
    """8.1.c2: a citizen may name the wrong one, and their own is told all the same."""
    named = a.Complete(
        by=cast.OPERATOR,
        about_unit=cast.POST,
        accused=[Accused(id=cast.OFFICER.id, unit=cast.POST)],
    )
    assert cast.is_recorded(
        cast.record(cast.at_officer("information"), named),
        attrs.evolve(TELL, unit=cast.OFFICER.unit),
    )
