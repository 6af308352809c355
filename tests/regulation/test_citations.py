"""A step cites the clause that is its ground in this case, and the event keeps it (Art. 7-9)."""

import attrs
import pytest

from phananh.regulation import acts as a
from phananh.regulation.case import fold
from phananh.regulation.decide import Recorded, Refused
from phananh.regulation.events import Event
from phananh.regulation.recount import DEADLINE_MOVE
from phananh.regulation.request import Assignee
from phananh.regulation.rules import Rules
from phananh.stores.codec import decode, encode
from tests.regulation import cast

SALT = b"salt of citations"


def asked_twice():
    """Return a case that an agency looked into once, and that is with another one."""
    case = cast.record(cast.at_agency(), cast.FOUND)
    return cast.record(case, cast.verification_request(case, agency=cast.LAND))


def cited(case, act, rules: Rules = cast.HOA_BINH_2019) -> list[str | None]:
    """Return the clauses of the events of an act that must be recorded."""
    decision = cast.decide_on(case, act, rules=rules)
    assert isinstance(decision, Recorded), decision
    return [event.article for event in decision.events]


def lapse_of(case, rules: Rules = cast.HOA_BINH_2019) -> Event:
    """Return the lapse that comes before an act after the due instant."""
    act = a.Reassign(by=cast.HEAD, to=Assignee(id="nguoi-moi"))
    decision = cast.decide_on(case, act, at=case.clock.late_after + cast.US, rules=rules)
    assert isinstance(decision, Recorded), decision
    return decision.events[0]


def test_a_receipt_cites_its_clause():
    """7.1: the first event says by which clause the case was taken."""
    assert cast.first_event().article == "7.1"


@pytest.mark.parametrize(
    ("story", "act", "article"),
    [
        (cast.received_case, a.Answer(by=cast.OPERATOR, text="Mức thu như sau"), "8.1.a"),
        (cast.at_officer, cast.ANSWER, "8.1.b"),
        (lambda: cast.lapsed_case(cast.at_officer()), cast.ANSWER, "8.1.b"),
        (lambda: cast.record(cast.at_agency(), cast.FOUND), cast.ANSWER, "8.1.c1"),
        (cast.at_provider, a.Answer(by=cast.PROVIDER, text="Đã giao"), "8.2.b"),
    ],
    ids=["operator", "officer", "late officer", "after findings", "provider"],
)
def test_an_answer_cites_whose_it_is_and_closing_cites_the_answer(story, act, article):
    """8.1.a, 8.1.b, 8.1.c1, 8.2.b: by who answered after what; closing cites the same clause."""
    case = story()
    assert cited(case, act) == [article]
    answered = cast.record(case, act)
    assert cited(answered, a.Close(by=cast.OPERATOR)) == [article]
    refused = a.Close(by=cast.CITIZEN)
    assert cast.refuse_citing(answered, refused) == [("wrong_role", article)]


def test_a_blank_answer_is_refused_by_the_clause_of_the_answer():
    """8.1.b, 8.1.c1: before findings and after them, and wrong hands by the same clause."""
    blank, stranger = (
        attrs.evolve(cast.ANSWER, **w) for w in ({"text": " "}, {"by": cast.OPERATOR})
    )
    late, found = (
        cast.lapsed_case(cast.at_officer()),
        cast.record(cast.at_agency(), cast.FOUND),
    )
    for case, article in ((cast.at_officer(), "8.1.b"), (late, "8.1.b"), (found, "8.1.c1")):
        assert cast.refuse_citing(case, blank) == [("blank", article)]
        assert cast.refuse_citing(case, stranger) == [("wrong_role", article)]


def test_closing_a_refused_case_cites_the_refusal():
    """7.2: a case that was not taken is closed by the clause that told its sender so."""
    assert cited(cast.rejected_case(), a.Close(by=cast.OPERATOR)) == ["7.2"]


def test_a_lapse_cites_the_clause_of_its_limit():
    """9.1 of an officer's, 9.2 of an agency's, and a limit of other rules its own."""
    limited = cast.read(provider_limit=cast.limit(4, "8.2.b"))
    provider = cast.at_provider(rules=limited)
    assert lapse_of(cast.at_officer()).article == "9.1"
    assert lapse_of(cast.at_agency()).article == "9.2"
    at = provider.clock.late_after + cast.US
    act = a.Answer(by=cast.PROVIDER, text="Đã giao")
    assert cast.decide_on(provider, act, at=at, rules=limited).events[0].article == "8.2.b"
    swept = cast.decide_on(provider, a.Lapse(), at=at, rules=limited)
    assert [event.article for event in swept.events] == ["8.2.b"]
    early = cast.decide_on(cast.at_officer(), a.Lapse())
    assert isinstance(early, Refused)
    assert [reason.article.id for reason in early.reasons] == ["9.1"]


def test_a_lapse_of_a_time_named_after_its_limit_cites_that_limit():
    """R4: a time that was named after the due instant is still the agency's (9.2)."""
    rules = cast.read(reschedule_after_due=True)
    late = cast.lapsed_case(cast.at_agency(rules=rules), rules=rules)
    case = cast.record(late, cast.PUT_OFF, rules=rules)
    assert case.deadline is None
    assert lapse_of(case, rules).article == "9.2"


def test_a_move_cites_the_clause_of_its_limit():
    """R15: what a changed calendar moves is the officer's limit of 9.1, or the agency's of 9.2."""
    for case, article in ((cast.at_officer(), "9.1"), (cast.at_agency(), "9.2")):
        move = a.MoveDeadline(recount=cast.make_recount(case))
        assert cited(case, move) == [article]


@pytest.mark.parametrize(("story", "clause"), [(cast.at_officer, "9.1"), (cast.at_agency, "9.2")])
def test_a_day_off_that_makes_a_limit_end_earlier_is_refused_by_its_reading(story, clause):
    """R15: no clause says so of days off; the reading stands beside the clause of the limit."""
    case = story()
    sooner = cast.make_earlier_recount(case, cast.HOUR, cause="day_off")
    decision = cast.decide_on(case, a.MoveDeadline(recount=sooner, earlier=True))
    (reason,) = decision.reasons
    assert (reason.code, reason.article.id, reason.reading) == ("day_off_earlier", clause, "R15")


@pytest.mark.parametrize(
    ("story", "by", "article"),
    [
        (cast.received_case, cast.OPERATOR, "10.2.a"),
        (cast.at_officer, cast.OPERATOR, "10.2.a"),
        (cast.at_officer, cast.CITIZEN, "10.2.a"),
        (cast.at_officer, cast.LEADERSHIP, "10.2.a"),
        (cast.at_officer, cast.OFFICER, "8.1.c1"),
        (cast.at_agency, cast.FOCAL, "8.1.c1"),
        (cast.at_provider, cast.PROVIDER, "8.2.b"),
    ],
)
def test_a_note_cites_what_its_author_owes_the_record(story, by, article):
    """8.1.c1, 8.2.b, 10.2.a: by whose it is; a refused note cites the clause of the row."""
    note = a.Note(by=by, text="Đã gọi lại")
    assert cited(story(), note) == [article]
    assert cast.refuse_citing(story(), attrs.evolve(note, text=" ")) == [("blank", "10.2.a")]


def test_every_step_of_a_case_keeps_its_clause():
    """A clause is stored with each event, and read again."""
    decisions = []
    case = asked_twice()
    for act in (
        a.ReportFindings(by=attrs.evolve(cast.FOCAL, unit=cast.LAND), text="Không đúng"),
        cast.ANSWER,
        a.Close(by=cast.OPERATOR),
        a.Rate(by=cast.CITIZEN, score=4),
    ):
        decision = cast.decide_on(case, act)
        decisions += decision.events
        case = decision.case
    assert [event.article for event in decisions] == ["8.1.c1", "8.1.c1", "8.1.c1", "10.2.c"]
    for event in decisions:
        body, personal = encode(event, SALT)
        again = decode(type(event).__name__, body, personal, SALT, case=event.case, version=event.n)
        assert again == event


def test_a_history_without_clauses_is_closed_by_the_right_one():
    """What was recorded before clauses were stored is told by who answered, after what."""
    by_operator = cast.record(cast.received_case(), a.Answer(by=cast.OPERATOR, text="Như sau"))
    assert by_operator.result_article == "8.1.a"
    for story, act, article in (
        (cast.at_officer, cast.ANSWER, "8.1.b"),
        (lambda: cast.record(cast.at_agency(), cast.FOUND), cast.ANSWER, "8.1.c1"),
        (cast.at_provider, a.Answer(by=cast.PROVIDER, text="Đã giao"), "8.2.b"),
        (cast.received_case, cast.reject("unclear"), "7.2"),
    ):
        case = story()
        (event,) = cast.decide_on(case, act).events
        old = fold((attrs.evolve(event, article=None),), onto=case)
        assert old.result_article == article
        assert cited(old, a.Close(by=cast.OPERATOR)) == [article]


@pytest.mark.parametrize(
    ("place", "article"), [(cast.at_officer, "9.1"), (cast.at_agency, "9.2")], ids=["9.1", "9.2"]
)
def test_a_move_that_is_refused_cites_the_limit_that_runs(place, article):
    """Of an officer's limit 9.1 is cited, of an agency's 9.2, whatever is wrong with the move."""
    case = place()
    unexplained = a.MoveDeadline(recount=cast.make_recount(case, **cast.UNEXPLAINED))
    assert ("unexplained", article) in cast.refuse_citing(case, unexplained)
    past = a.MoveDeadline(recount=cast.make_earlier_recount(case, 7 * cast.DAY), earlier=True)
    cited = dict(cast.refuse_citing(case, past))
    assert cited["moved_into_past"] == article


def test_each_reason_against_a_move_cites_the_limit_that_runs():
    """Of an officer's limit 9.1 is cited, of an agency's 9.2; of a reschedule always 9.3."""
    for case, article in ((cast.at_officer(), "9.1"), (cast.at_agency(), "9.2")):
        found = {each.code: each.article_for(case).id for each in DEADLINE_MOVE}
        assert found.pop("promised_time") == "9.3"
        assert {*found.values()} == {article}
