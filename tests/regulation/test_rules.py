"""The rules as values: other numbers, an id for every reading, and what is refused (Art. 9)."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace

import attrs
import pytest

from phananh import RefusedError, StepNotAllowedError
from phananh.articles import Article, Document
from phananh.desk.desk import Desk
from phananh.errors import InputError, UnknownRulesError
from phananh.regulation.conduct import EVERY_ACT
from phananh.regulation.deadline import SIGNED_ON, Limit
from phananh.regulation.decide import list_allowed
from phananh.regulation.guards import Guard, guard
from phananh.regulation.intake import INTAKE, Requirement
from phananh.regulation.lifecycle import LIFECYCLE, Transition, get_table
from phananh.regulation.request import Accused, Role, Sender, State
from phananh.regulation.rules import (
    HOA_BINH_2019,
    Rules,
    find_in_force,
    list_rules,
)
from tests.regulation import cast
from tests.regulation.changed_rows import dropped, rules_of

OTHER = Rules(
    name="elsewhere",
    officer_limit=cast.limit(3, "9.1"),
    agency_limit=cast.limit(16, "9.2"),
    reschedules=2,
)


def test_another_regulation_runs_through_the_same_code():
    """Three hours, sixteen hours and two reschedules: other numbers, the same table."""
    case = cast.at_officer(rules=OTHER)
    assert case.due == cast.CENTRE.add(case.updated_at, timedelta(hours=3))
    case = cast.record(case, cast.verification_request(case), rules=OTHER)
    assert case.due == cast.AGENCY.add(case.updated_at, timedelta(hours=16))
    case = cast.record(case, cast.PUT_OFF, rules=OTHER)
    case = cast.record(case, attrs.evolve(cast.PUT_OFF, to=cast.LATER + cast.DAY), rules=OTHER)
    assert case.reschedules == (cast.LATER, cast.LATER + cast.DAY)
    third = attrs.evolve(cast.PUT_OFF, to=cast.LATER + 2 * cast.DAY)
    assert cast.refuse(case, third, rules=OTHER) == ["rescheduled_before"]
    assert case.rules == OTHER.id != HOA_BINH_2019.id
    assert "reschedule" in list_allowed(case, cast.FOCAL, cast.context(case.updated_at, OTHER))


def test_an_id_is_the_name_and_the_version_that_the_author_gave():
    """The id of the rules of 2019 is stored in every case, and only its author changes it."""
    assert (HOA_BINH_2019.id, OTHER.id) == ("HB-2019-729997ed", "elsewhere-1")
    changed = attrs.evolve(OTHER, reschedules=3, lifecycle=OTHER.lifecycle[1:])
    assert (changed.id, attrs.evolve(changed, version="2025b").id) == (OTHER.id, "elsewhere-2025b")


def test_rules_that_cannot_be_meant():
    """Rules that no regulation could mean are refused when they are made, by name."""
    for changes in [
        {"reschedules": -1},
        {"reschedules": True},
        {"reschedules": 1.0},
        {"overdue_stages": frozenset({"nobody"})},
        {"contact_required": frozenset({"fax"})},
        {"silent_warning": timedelta()},
        {"silent_warning": None},
        {"overdue_stages": "agency"},
        {"contact_required": "name"},
        {"officer_limit": None},
        {"agency_limit": timedelta(hours=8)},
        {"reply_limit": timedelta(hours=8)},
        {"provider_limit": timedelta(-1)},
        {"leadership_limit": 5},
        {"reschedule_moves_due": "yes"},
        {"reschedule_after_due": 1},
        {"first_appointment_counts": None},
        {"reassign_restarts_clock": "no"},
        {"notice_reaches_back": 0},
        {"late_after": "closing"},
        {"valid_until": "2025-06-30"},
        {"valid_until": datetime(2025, 6, 30)},
        {"valid_from": None},
        {"name": ""},
        {"name": "HB\0"},
        {"version": ""},
        {"receipt_article": "7.1"},
        {"document": "2370/QĐ-UBND"},
        {"version": "a" * 99},
        {"version": 2},
        {"former_ids": "HB-1"},
        {"former_ids": ["HB\0"]},
    ]:
        with pytest.raises(InputError, match=r"\w \w") as caught:
            cast.read(**changes)
        assert caught.value.field in {*changes, "id"}
        assert "reschedules" not in changes or caught.value.article.id == "9.3"


def test_an_option_that_there_is_not_says_which_there_are():
    """The error gives the clause, the word as it was given, and the words to choose from."""
    with pytest.raises(InputError, match=r"\w \w") as caught:
        cast.read(late_after="closing")
    facts = caught.value.facts
    assert (caught.value.code, caught.value.article.id) == ("unknown_value", "9.2")
    assert (facts["value"], facts["known"]) == ("'closing'", ("due", "next_opening"))


def test_rules_as_data_are_their_numbers_and_options():
    """The tables of rows are left out; of the document only its number stands."""
    plain = HOA_BINH_2019.as_dict()
    assert ([*plain][-1], plain["document"]) == ("document", HOA_BINH_2019.document.number)
    assert {*plain}.isdisjoint({"lifecycle", "guards", "requirements", "readings"})
    assert plain["reschedules"] == 1


def test_sets_are_taken_in_each_form():
    """Stages and contact data come as any collection, roles as words; the rules are the same."""
    for stages in ({"agency"}, ["agency"], (Role.AGENCY,), frozenset({Role.AGENCY})):
        rules = cast.read(overdue_stages=stages, contact_required=["name"])
        assert rules == cast.read(overdue_stages={Role.AGENCY}, contact_required={"name"})
        assert hash(rules) == hash(
            cast.read(overdue_stages={Role.AGENCY}, contact_required={"name"})
        )


def test_limits_that_cite_nothing_are_refused():
    """A limit is working time above zero, cites a clause of the registry, and begins on a date."""
    usual = {"budget": timedelta(hours=5), "article": Article("9.1"), "since": SIGNED_ON}
    for wrong in (
        *({"budget": each} for each in (timedelta(), timedelta(hours=-5), 5, True)),
        *({"since": each} for each in ("2019-10-30", datetime(2019, 10, 30))),
        {"article": "9.1"},
    ):
        with pytest.raises(InputError, match=r"\w \w") as caught:
            Limit(**usual | wrong)
        assert caught.value.field in wrong


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("lifecycle", "Transition"),
        ("guards", "Guard"),
        ("requirements", "Requirement"),
        ("readings", "Reading"),
    ],
)
def test_a_table_of_rules_has_rows_of_its_kind(field, kind):
    """A row of another kind, or a row in place of the table, is refused, and the kind is named."""
    table = getattr(HOA_BINH_2019, field)
    for wrong in ((*table, "row"), table[0], "row"):
        with pytest.raises(InputError, match=r"\w \w") as caught:
            cast.read(**{field: wrong})
        assert (caught.value.field, caught.value.code) == (field, "not_of_type")
        assert caught.value.facts["form"] == f"a tuple of {kind} values"


FUNCTION, ROLES = ("Callable", "def name(...): ..."), ("frozenset", "a frozenset of Role values")
PARTS = {
    LIFECYCLE[0]: {
        "trigger": ("str", '"answer"'), "sources": ("tuple", "a tuple of State values"),
        "dest": ("State", "State.ANSWERED, SAME_STATE"), "make_event": FUNCTION, "cite": FUNCTION,
        **dict.fromkeys(("holders", "roles", "by_holder"), ROLES),
        **dict.fromkeys(("target", "new_holder"), ("Role", "Role.OFFICER")),
        "guards": ("tuple", "a tuple of Guard values"), "article": ("Article", 'Article("8.1.a")'),
        "others": ("tuple", "a tuple of Article values"),
    },
    EVERY_ACT[0]: {
        "code": ("str", '"not_later"'), "article": ("Article", 'Article("9.3")'), "check": FUNCTION,
    },
}  # fmt: skip


def test_a_part_of_another_kind_is_refused_with_how_to_write_one():
    """Each part of a row and of a guard names the kind that it is of, with an example."""
    for whole, parts in PARTS.items():
        for field, (kind, form) in parts.items():
            with pytest.raises(InputError, match="5") as caught:
                attrs.evolve(whole, **{field: 5})
            assert (caught.value.field, caught.value.code) == (field, "not_of_type")
            assert caught.value.facts == {"value": "5", "kind": kind, "form": form}


def test_what_is_left_out_is_as_the_decision_has_it():
    """Rules that give two limits and no more have every other option of 2370, and no last day."""
    whole = attrs.evolve(HOA_BINH_2019, name="S", version="1", valid_until=None)
    limits = {"officer_limit": whole.officer_limit, "agency_limit": whole.agency_limit}
    assert Rules(name="S", **limits) == whole


def test_what_a_row_of_a_table_may_leave_out():
    """A step, a guard and a requirement of your own need no more than what each is about."""
    least = {
        Transition: {"holders": frozenset(), "target": None, "new_holder": None, "guards": (),
                     "others": (), "cite": None, "requires": None},
        Guard: {"needs_act": False, "compares": False, "is_private": False, "cite": None,
                "reading": None},
        Requirement: {"unmet": None, "judged": False, "lacks": ""},
    }  # fmt: skip
    for kind, known in least.items():
        given = ((field.name, field.default) for field in attrs.fields(kind))
        assert {n: default for n, default in given if default is not attrs.NOTHING} == known


def test_rules_are_printed_without_the_rows_of_their_tables():
    """A repr of rules says how many rows each table has, for a log that prints them."""
    shown = repr(HOA_BINH_2019)
    for name in ("lifecycle", "guards", "requirements", "readings"):
        assert f"{name}=<{len(getattr(HOA_BINH_2019, name))}>" in shown
    assert "_table" not in shown
    assert "receipt_article" not in HOA_BINH_2019.as_dict()
    assert get_table(HOA_BINH_2019)
    assert attrs.evolve(HOA_BINH_2019) == HOA_BINH_2019  # whichever has its table
    said = []
    HOA_BINH_2019._repr_pretty_(SimpleNamespace(text=said.append), cycle=False)
    assert said == [shown]


def test_the_last_day_of_rules_is_not_before_their_first():
    """Rules of a day are rules; those that would end before they begin are a mistake."""
    first = HOA_BINH_2019.valid_from
    assert cast.read(valid_until=first).valid_until == first
    with pytest.raises(InputError) as caught:
        cast.read(valid_until=first - cast.DAY)
    told = caught.value.field, caught.value.code, caught.value.facts
    assert told == ("valid_until", "before_valid_from", {"first": first, "last": first - cast.DAY})


def test_rules_of_one_day_without_a_second_time_are_rules():
    """The last day may be the first, and no reschedule may be possible."""
    first = HOA_BINH_2019.valid_from
    short = cast.read(valid_until=first, reschedules=0)
    assert (short.valid_until, short.reschedules) == (first, 0)
    assert cast.refuse(cast.at_agency(rules=short), cast.PUT_OFF, rules=short) == [
        "rescheduled_before"
    ]


LATER = attrs.evolve(HOA_BINH_2019, name="LATER", valid_from=date(2027, 1, 1), valid_until=None)


def test_two_sets_of_one_day_are_refused_with_both_names():
    """Both ids and the day are said, so that one of them can be taken out."""
    other = attrs.evolve(HOA_BINH_2019, name="OTHER")
    for sets in ([HOA_BINH_2019, other], [HOA_BINH_2019, HOA_BINH_2019]):
        with pytest.raises(InputError, match=r"\w \w") as caught:
            list_rules([LATER, *sets])
        assert (caught.value.field, caught.value.code) == ("rules", "rules_of_one_day")
        assert caught.value.facts["sets"] == tuple(each.id for each in sets)
        assert caught.value.facts["first"] == HOA_BINH_2019.valid_from


def test_two_sets_of_one_id_are_refused():
    """A stored case names its rules by an id, and a former one counts."""
    later = attrs.evolve(HOA_BINH_2019, valid_from=date(2027, 1, 1), valid_until=None)
    heir = attrs.evolve(later, name="HEIR", former_ids=("Z-1", HOA_BINH_2019.id))
    other = attrs.evolve(HOA_BINH_2019, former_ids=("Z-1",))
    for sets in ((HOA_BINH_2019, later), (HOA_BINH_2019, heir), (heir, other)):
        with pytest.raises(InputError, match=r"\w \w") as caught:
            list_rules(sets)
        assert (caught.value.field, caught.value.code) == ("rules", "rules_of_one_id")
        assert caught.value.facts["value"] == HOA_BINH_2019.id


def test_a_case_stored_under_a_former_id_is_read_and_goes_on():
    """Rules that got another id name the former one, and their cases are decided as before."""
    former = attrs.evolve(HOA_BINH_2019, name="MAU", version="1a2b3c4d", former_ids=())
    desk = Desk(rules=former, clock=lambda: cast.MONDAY)
    case = desk.receive(
        kind="information", channel="phone", content="Câu hỏi", sender=cast.SENDER,
        by=cast.OPERATOR,
    )  # fmt: skip
    renamed = attrs.evolve(former, version="1")
    with pytest.raises(UnknownRulesError, match=r"\w \w"):
        attrs.evolve(desk, rules=renamed).answer(case, text="Trả lời", by=cast.OPERATOR)
    heir = attrs.evolve(desk, rules=attrs.evolve(renamed, former_ids=[former.id]))
    heir.answer(case, text="Trả lời", by=cast.OPERATOR)
    assert [event.rules for event in heir.history(case)] == [former.id, "MAU-1"]
    assert heir.get(case.id).rules == former.id


def test_the_set_that_began_last_is_in_force():
    """QD.2, 17.2: from its own day on, and before all of them the first."""
    sets = list_rules([LATER, HOA_BINH_2019])
    assert sets == (HOA_BINH_2019, LATER)
    assert find_in_force(sets, date(2026, 12, 31)) is HOA_BINH_2019
    assert find_in_force(sets, date(2027, 1, 1)) is LATER
    assert find_in_force(sets, date(1999, 1, 1)) is HOA_BINH_2019


SAMPLE = Document(number="1/QĐ-SAMPLE", clauses={"1": "Sample", "2.a": "Sample", "3": "Sample"},
                  languages=("en",))  # fmt: skip
RECEIPT = {"kind": "information", "channel": "phone", "content": "Câu hỏi mẫu",
           "sender": cast.SENDER, "by": cast.OPERATOR}  # fmt: skip


@guard("unfit_target", SAMPLE.article("2.a").id, needs_act=True)
def never_fits(_case, _act, _at, _rules):
    """Object always."""
    return {"role": "officer"}


OWN = attrs.evolve(
    HOA_BINH_2019,
    name="SAMPLE",
    document=SAMPLE,
    receipt_article=SAMPLE.article("1"),
    officer_limit=Limit(
        budget=timedelta(hours=2), article=SAMPLE.article("2.a"), since=date(2025, 1, 1)
    ),
    lifecycle=[
        attrs.evolve(row, article=SAMPLE.article("3"), others=(), cite=None) for row in LIFECYCLE
    ],
)


def desk_of(rules) -> Desk:
    """Return a desk of these rules at a fixed hour."""
    return Desk(rules=rules, clock=lambda: cast.MONDAY)


def test_a_dropped_row_is_a_step_that_there_is_not():
    """A desk decides by the rows of its rules, and names what they leave possible."""
    desk = desk_of(rules_of(dropped("reject")))
    case = desk.receive(**RECEIPT)
    with pytest.raises(StepNotAllowedError, match=r"\w \w") as refused:
        desk.reject(case, reasons=["unclear"], guidance="Mẫu", by=cast.OPERATOR)
    assert "reject" not in refused.value.allowed
    assert "reject" not in desk.allowed(case, by=cast.OPERATOR)


def test_a_second_regulation_cites_its_own_clauses():
    """Receipt, step, limit and refusal cite the document of the rules, in a history too."""
    desk = desk_of(OWN)
    case = desk.receive(**RECEIPT)
    case = desk.escalate(case, to=cast.OFFICER, by=cast.OPERATOR)
    assert [event.article for event in desk.history(case)] == [
        "1@1/QĐ-SAMPLE",
        "3@1/QĐ-SAMPLE",
    ]
    assert case.deadline.article == "2.a@1/QĐ-SAMPLE"
    assert "Art. 3 of 1/QĐ-SAMPLE" in desk.history(case)[1].as_text()
    told = desk.explain(case)
    assert told.startswith("Art. 2(a) of 1/QĐ-SAMPLE: 2 working hours\n")
    assert "2370" not in told
    with pytest.raises(RefusedError, match=r"\w \w") as refused:
        desk.answer(case, text="Mẫu", by=cast.OPERATOR)
    assert refused.value.refusals[-1].article == SAMPLE.article("3")
    assert desk.as_of(case, at=cast.MONDAY + timedelta(days=3)).lapses


def test_a_guard_of_ones_own_decides():
    """A guard that was put into a row refuses, with the clause of its own document."""
    rules = rules_of(
        lambda row: attrs.evolve(row, guards=(never_fits,)) if row.trigger == "escalate" else row
    )
    desk = desk_of(rules)
    case = desk.receive(**RECEIPT)
    with pytest.raises(RefusedError, match=r"\w \w") as refused:
        desk.escalate(case, to=cast.OFFICER, by=cast.OPERATOR)
    assert str(refused.value.refusals[0].article) == "2.a@1/QĐ-SAMPLE"


def test_guards_of_every_act_are_those_of_the_rules():
    """Without the guard of the actor an accused may act; a guard of ones own is always asked."""
    accused = {"accused": [Accused(id=cast.OPERATOR.id, unit=cast.HUB)], "kind": "conduct"}
    for guards, may in ((EVERY_ACT, False), (EVERY_ACT[1:], True)):
        desk = desk_of(attrs.evolve(HOA_BINH_2019, guards=guards))
        assert (
            not desk.allowed(desk.receive(**RECEIPT | accused), by=cast.OPERATOR)["answer"]
        ) is may

    @guard("not_due", "3.3")
    def nobody(_case, _act, _at, _rules):
        return {}

    desk = desk_of(attrs.evolve(HOA_BINH_2019, guards=[nobody]))
    case = desk.receive(**RECEIPT)
    assert [each.code for each in desk.allowed(case, by=cast.OPERATOR)["answer"]] == ["not_due"]


def test_requirements_are_those_of_the_rules():
    """What a request must meet is the table of the rules."""
    lacking = RECEIPT | {"sender": Sender(phone="0912 345 678")}
    assert desk_of(HOA_BINH_2019).unmet(desk_of(HOA_BINH_2019).receive(**lacking))
    judged = [attrs.evolve(each, unmet=None) for each in INTAKE]  # by the operator alone
    for table in (INTAKE[:4], judged):
        desk = desk_of(attrs.evolve(HOA_BINH_2019, requirements=table))
        case = desk.receive(**lacking)
        assert desk.unmet(case) == ()
        assert desk.escalate(case, to=cast.OFFICER, by=cast.OPERATOR).holder


def test_what_the_compiler_refuses_it_refuses_for_every_table():
    """Rows that can both pass are refused when a desk gets them, before any act."""
    twice = attrs.evolve(HOA_BINH_2019, lifecycle=[*LIFECYCLE, LIFECYCLE[3]])
    for call in (lambda: desk_of(twice), lambda: get_table(twice)):
        with pytest.raises(InputError, match="two rows for reject from received"):
            call()
    with pytest.raises(InputError, match="give a tuple of Transition values"):
        attrs.evolve(HOA_BINH_2019, lifecycle=["reject"])


def test_what_is_no_row_is_refused():
    """A row with a field of another kind is refused when it is made, with the way out."""
    for field, wrong, said in [
        ("trigger", None, 'give "answer"'),
        ("sources", State.CLOSED, "give a tuple of State values"),
        ("sources", ("closed",), "give a tuple of State values"),
        ("dest", "closed", "give State.ANSWERED"),
        ("holders", {Role.OFFICER}, "give a frozenset of Role values"),
        ("target", "officer", "give Role.OFFICER"),
        ("new_holder", "officer", "give Role.OFFICER"),
        ("roles", frozenset({"operator"}), "give a frozenset of Role values"),
        ("by_holder", None, "give a frozenset of Role values"),
        ("guards", [never_fits], "a tuple of Guard values"),
        ("guards", (print,), "a tuple of Guard values"),
        ("make_event", None, "give def"),
        ("article", "9.3", "give Article"),
        ("others", ("9.3",), "a tuple of Article values"),
        ("cite", "9.3", "give def"),
    ]:
        with pytest.raises(InputError, match=said) as refused:
            attrs.evolve(LIFECYCLE[0], **{field: wrong})
        assert refused.value.field == field
        assert refused.value.text("vi")


def test_every_field_of_rules_is_checked():
    """What is no value of a field at all is refused when it is made, by the name of the field."""
    for made in (HOA_BINH_2019, LIFECYCLE[0], HOA_BINH_2019.officer_limit):
        for name in (field.name for field in attrs.fields(type(made)) if field.init):
            with pytest.raises(InputError, match=r"\w \w") as caught:
                attrs.evolve(made, **{name: object()})
            assert caught.value.field == name


def test_ids_of_cases_begin_with_capitals_and_digits():
    """What cannot begin the id of a case is refused by name."""
    for odd in ("hb", "", "H B", "ABCDEFGHI", "1A", 5, None):
        with pytest.raises(InputError, match=r"\w \w") as caught:
            attrs.evolve(HOA_BINH_2019, id_prefix=odd)
        assert (caught.value.field, caught.value.code) == ("id_prefix", "not_a_prefix")
