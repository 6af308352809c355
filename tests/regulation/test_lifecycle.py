"""The outcomes typed by hand from the Articles, against what the code answers (Art. 7-10, 16)."""

import attrs
import pytest
from transitions import Machine, MachineError

from phananh.articles import Article
from phananh.errors import InputError
from phananh.regulation import acts as a
from phananh.regulation.acts import SYSTEM_TRIGGERS, Lapse
from phananh.regulation.case import fold
from phananh.regulation.decide import Recorded, Refused, as_of, decide, list_triggers
from phananh.regulation.events import Event
from phananh.regulation.lifecycle import (
    LIFECYCLE,
    Transition,
    _name_holder,
    get_table,
    make_machine,
)
from phananh.regulation.request import Accused, Assignee, Role, State
from phananh.regulation.rules import HOA_BINH_2019, Rules
from tests.regulation import cast
from tests.regulation.positions import (
    POSITIONS,
    ROLES,
    answers,
    expected_end,
    law,
    make_whole,
    people,
    position_of,
    right_person,
)
from tests.regulation.variants import VARIANTS

CELLS = [(place, trigger) for place, lines in law().items() for trigger in lines]


def test_the_stories_lead_there():
    """Each position of the table is reached by a story of ordinary acts."""
    for place in POSITIONS:
        assert position_of(POSITIONS[place]()) == place


def test_outcome():
    """11.1.b, 11.2.a: the code answers each act at each position as the Articles do."""
    for place, trigger in CELLS:
        letters, followed = answers(place, trigger)
        line = law()[place][trigger]
        assert letters == line.letters
        assert followed == ({expected_end(place, line)} if "R" in letters.values() else set())


def test_after_the_due_instant():
    """Once the clock has run out, a case is judged as overdue although nobody swept it."""
    for early, late in [
        ("escalated/officer", "overdue/officer"),
        ("pending_verification/agency", "overdue/agency"),
    ]:
        for role in ROLES:
            case = make_whole(early)
            at = case.due + cast.US
            for trigger, line in law()[late].items():
                if trigger in SYSTEM_TRIGGERS:
                    continue
                act = cast.well_formed_act(trigger, right_person(role, case), case, at)
                decision = cast.decide_on(case, act, at=at)
                assert cast.letter_of(decision) == line.letters[role], trigger
                if line.letters[role] == "R":
                    assert next(type(event).__name__ for event in decision.events) == "Lapsed"
                    assert len(decision.events) == 2


@pytest.mark.parametrize("early", ["escalated/officer", "pending_verification/agency"])
def test_a_lapse_is_the_clocks(early):
    """Only the clock records a lapse, only after the due instant, dated at it (9.1, 9.2)."""
    case = POSITIONS[early]()
    assert cast.refuse(case, Lapse(), at=case.due) == ["not_due"]
    for person in cast.PEOPLE[:-1]:
        assert cast.refuse(case, Lapse(by=person), at=case.due + cast.US) == ["wrong_role"]
    late = cast.record(case, Lapse(), at=case.due + cast.DAY)
    assert (late.state, late.updated_at) == (State.OVERDUE, case.due)
    at = case.due + cast.US
    shown = as_of(case, cast.context(at))
    act = a.Reassign(by=cast.HEAD, to=Assignee(id="nguoi-moi"))
    decision = cast.decide_on(case, act, at=at)
    assert cast.decide_on(shown, act, at=at) == decision
    assert (fold(decision.events, onto=shown), as_of(shown, cast.context(case.due))) == (
        decision.case, case,
    )  # fmt: skip


def test_possible_steps_are_named():
    """Available triggers are the acts that somebody can do from there, or might some day."""
    for place in POSITIONS:
        case, lines = make_whole(place), law()[place]
        named = set(list_triggers(case, HOA_BINH_2019))
        for trigger, line in lines.items():
            if trigger in SYSTEM_TRIGGERS:
                assert trigger not in named
            elif "R" in line.letters.values():
                assert trigger in named
            if set(line.letters.values()) == {"N"}:
                assert trigger not in named


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
    """A model that the machine moves, set back before each act."""

    state: str


def moved(made: Machine, case, act, at) -> tuple[str, str]:
    """Return what a running machine says to an act: R, F or N, and the state it is left in."""
    (model,) = made.models
    made.set_state(case.state.value, model=model)
    try:
        facts = {"case": case, "act": act, "at": at, "rules": HOA_BINH_2019}
        answer = "R" if model.trigger(act.trigger, **facts) else "F"
    except MachineError:
        answer = "N"
    return answer, model.state


def test_the_table_is_the_machine():
    """Table and machine agree on every act, by everybody, well formed and spoilt."""
    for place in POSITIONS:
        case, made, tries = make_whole(place), make_machine(), 0
        at = case.updated_at + cast.MINUTE
        made.add_model(Model(), initial=case.state.value)
        for _, by in people(case):
            for _, _, make in VARIANTS:
                act = make(by, case, at)
                decision = decide(case, act, cast.context(at))
                state = decision.case.state if isinstance(decision, Recorded) else case.state
                assert moved(made, case, act, at) == (cast.letter_of(decision), state.value)
                tries += 1
        assert tries == 28 * len(VARIANTS) == 28 * 68


def test_the_machine_is_a_notation():
    """The machine has no model, no automatic triggers, and the seven states (Art. 7-8)."""
    made = make_machine()
    assert made.models == []
    condition = made.events["reject"].transitions["received"][0].conditions[0].func
    assert condition.__name__.startswith("reject_no_reasons_")
    assert {*made.states} == {state.value for state in State}
    assert {*made.events} == {row.trigger for row in LIFECYCLE}


def test_a_row_says_who_gets_the_case():
    """The drawn table shows the role that holds the case afterwards, if another does."""
    gets = {(row.trigger, row.new_holder) for row in LIFECYCLE if row.new_holder}
    assert gets == {
        *(("escalate", role) for role in (Role.OFFICER, Role.PROVIDER, Role.LEADERSHIP)),
        *(("advise", Role.OPERATOR), ("request_verification", Role.AGENCY)),
        ("report_findings", Role.OFFICER),
        *(("send_back", role) for role in (Role.OPERATOR, Role.OFFICER)),
        ("reopen", Role.OPERATOR),
    }
    assert [row.new_holder for row in LIFECYCLE].count(Role.OFFICER) == 5  # in time and late


def test_a_row_says_whose_case_it_is_for():
    """Steps of one holder are of that holder alone, and may cite what else grounds them."""
    whose = {
        (row.trigger, str(row.sources[0]), " ".join(sorted(row.holders)))
        for row in LIFECYCLE
        if row.holders
    }
    assert whose == {
        ("advise", "escalated", "leadership"),
        ("answer", "escalated", "officer"),
        ("answer", "escalated", "provider"),
        ("request_verification", "escalated", "officer"),
        ("report_findings", "pending_verification", "agency"),
        ("report_findings", "overdue", "agency"),
        ("send_back", "escalated", "officer provider"),
        ("send_back", "pending_verification", "agency"),
        ("send_back", "overdue", "agency"),
        ("lift_lapse", "overdue", "agency"),
        ("lift_lapse", "overdue", "leadership officer provider"),
        ("reschedule", "pending_verification", "agency"),
        ("reassign", "escalated", "agency officer provider"),
    }
    others = {(row.trigger, " ".join(each.id for each in row.others)) for row in LIFECYCLE}
    assert {pair for pair in others if pair[1]} == {
        ("note", "8.1.c1 8.2.b 8.3"),
        ("answer", "8.1.c1"),
        ("lift_lapse", "9.1"),
        ("move_deadline", "9.2"),
        ("lapse", "9.1"),
        ("reassign", "11.1.a"),
        ("close", "8.1.b 8.1.c1 8.2.b"),
    }


def test_a_row_of_several_clauses_finds_its_own_in_the_case():
    """Only a note does not: its clause is that of what its author owes the record."""
    assert [row.trigger for row in LIFECYCLE if bool(row.others) != bool(row.cite)] == ["note"]


def test_the_table_is_read_only():
    """Neither level of the table can be written to."""
    with pytest.raises(TypeError):
        get_table(HOA_BINH_2019)[State.CLOSED] = {}
    with pytest.raises(TypeError):
        get_table(HOA_BINH_2019)[State.CLOSED]["answer"] = ()
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        LIFECYCLE[0].trigger = "forget"


@pytest.mark.parametrize("trigger", ["archive", "", "receive"])
def test_a_row_for_no_act_is_refused(trigger):
    """A row for what is no act, or for the receipt, is refused for every table of rules."""
    rows = [*LIFECYCLE, attrs.evolve(REJECT, trigger=trigger)]
    with pytest.raises(
        InputError, match="is not an act of a case; use one of complete, note"
    ) as found:
        get_table(attrs.evolve(HOA_BINH_2019, lifecycle=rows))
    assert found.value.text("vi")
    assert (found.value.field, found.value.article) == ("lifecycle", REJECT.article)
    assert (found.value.field, found.value.code) == ("lifecycle", "transition_of_no_act")


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
    with pytest.raises(InputError, match="can both pass") as caught:
        table_of((*LIFECYCLE, twin))
    assert isinstance(caught.value.article, Article)
    assert [*caught.value.facts] == ["step", "source"]
    with pytest.raises(InputError, match="can both pass"):
        table_of((twin, *LIFECYCLE))


@pytest.mark.parametrize(
    ("by", "article"), [(cast.OFFICER, "8.1.b"), (cast.PROVIDER, "8.2.b")], ids=["one", "other"]
)
def test_only_what_is_wrong_with_whoever_asks_is_said(by, article):
    """Of two rows the one that would be theirs is cited: their role is none of the reasons."""
    answer = a.Answer(by=by, text="Đã xem xét")
    assert cast.refuse_citing(cast.at_leadership("proposal"), answer) == [
        ("wrong_holder", article),
        ("not_the_holder", article),
    ]


def test_whoever_else_tries_is_told_who_has_the_case():
    """8.1: the message names the holder; an accused holder only by the unit, an agency always."""
    colleague = attrs.evolve(cast.OFFICER, id="cb-khac")
    (reason,) = cast.decide_on(cast.at_officer(), attrs.evolve(cast.ANSWER, by=colleague)).reasons
    assert reason.text("vi") == (
        "phản ánh, kiến nghị đang do công chức, viên chức bộ phận một cửa cb-yte-1 (so-y-te) xử "
        "lý, không phải người hoặc đơn vị này"
    )
    accused = (Accused(id=cast.OFFICER.id, unit=cast.HEALTH),)
    found = cast.record(cast.at_officer(), a.Complete(by=cast.OPERATOR, accused=accused))
    (reason,) = cast.decide_on(found, attrs.evolve(cast.ANSWER, by=colleague)).reasons
    assert "the one-stop officer (so-y-te), not" in reason.text()
    foreign = attrs.evolve(cast.FOCAL, unit="so-khac")
    (reason,) = cast.decide_on(cast.at_agency(), attrs.evolve(cast.FOUND, by=foreign)).reasons
    assert "the agency focal point (so-y-te), not" in reason.text()
    focal = cast.record(cast.at_officer(), cast.verification_request(found, focal="dm-yte"))
    assert _name_holder(focal, cast.OFFICER)["named"] == "(so-y-te)"
    assert _name_holder(found, cast.OFFICER) == {"holder": "officer"}  # the accused
    assert _name_holder(cast.answered_case(), cast.OFFICER) == {}  # a row of one's own may ask


SALT = b"salt of citations"


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
    assert answered.clock is None
    assert cited(answered, a.Close(by=cast.OPERATOR)) == [article]
    assert cast.refuse_citing(answered, a.Close(by=cast.CITIZEN)) == [("wrong_role", article)]


def test_closing_a_refused_case_cites_the_refusal():
    """7.2: a case that was not taken is closed by the clause that told its sender so."""
    assert cited(cast.rejected_case(), a.Close(by=cast.OPERATOR)) == ["7.2"]


def test_a_lapse_cites_the_clause_of_its_limit():
    """9.1 of an officer's, 9.2 of an agency's, and a limit of other rules its own."""
    limited = cast.read(provider_limit=cast.limit(4, "8.2.b"))
    provider = cast.at_provider(rules=limited)
    assert (lapse_of(cast.at_officer()).article, lapse_of(cast.at_agency()).article) == (
        "9.1",
        "9.2",
    )
    at = provider.clock.late_after + cast.US
    act = a.Answer(by=cast.PROVIDER, text="Đã giao")
    assert cast.decide_on(provider, act, at=at, rules=limited).events[0].article == "8.2.b"
    swept = cast.decide_on(provider, a.Lapse(), at=at, rules=limited)
    assert [event.article for event in swept.events] == ["8.2.b"]
    early = cast.decide_on(cast.at_officer(), a.Lapse())
    assert isinstance(early, Refused)
    assert [reason.article.id for reason in early.reasons] == ["9.1"]


def test_a_move_cites_the_clause_of_its_limit():
    """R15: what a changed calendar moves is the officer's limit of 9.1, or the agency's of 9.2."""
    for case, article in ((cast.at_officer(), "9.1"), (cast.at_agency(), "9.2")):
        assert cited(case, a.MoveDeadline(recount=cast.make_recount(case))) == [article]


@pytest.mark.parametrize(("story", "clause"), [(cast.at_officer, "9.1"), (cast.at_agency, "9.2")])
def test_a_day_off_that_makes_a_limit_end_earlier_is_refused_by_its_reading(story, clause):
    """R15: no clause says so of days off; the reading stands beside the clause of the limit."""
    case = story()
    sooner = cast.make_earlier_recount(case, cast.HOUR, cause="day_off")
    (reason,) = cast.decide_on(case, a.MoveDeadline(recount=sooner, earlier=True)).reasons
    assert (reason.code, reason.article.id, reason.reading) == ("day_off_earlier", clause, "R15")


@pytest.mark.parametrize(
    ("story", "by", "article"),
    [
        (cast.received_case, cast.OPERATOR, "10.2.a"),
        (cast.at_officer, cast.OPERATOR, "10.2.a"),
        (cast.at_officer, cast.CITIZEN, "10.2.a"),
        (cast.at_officer, cast.LEADERSHIP, "8.3"),
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
        assert (old.result_article, cited(old, a.Close(by=cast.OPERATOR))) == (article, [article])
        assert fold((attrs.evolve(event, article="3.5"),), onto=case).result_article == "3.5"
