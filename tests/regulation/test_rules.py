"""The rules as values: other numbers, an id for every reading, and what is refused (Art. 9)."""

from datetime import date, datetime, timedelta

import attrs
import pytest

from phananh.articles import Article
from phananh.errors import InputError
from phananh.regulation.decide import list_allowed
from phananh.regulation.request import Role
from phananh.regulation.rules import HOA_BINH_2019, SIGNED_ON, Limit, Rules
from tests.regulation import cast

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
    again = attrs.evolve(cast.PUT_OFF, to=cast.LATER + cast.DAY)
    case = cast.record(case, again, rules=OTHER)
    third = attrs.evolve(cast.PUT_OFF, to=cast.LATER + 2 * cast.DAY)
    assert cast.refuse(case, third, rules=OTHER) == ["rescheduled_before"]
    assert case.rules == OTHER.id != HOA_BINH_2019.id
    assert "reschedule" in list_allowed(case, cast.FOCAL, cast.context(case.updated_at, OTHER))


def test_an_id_is_the_name_and_the_version_that_the_author_gave():
    """The id of the rules of 2019 is stored in every case, and only its author changes it."""
    assert HOA_BINH_2019.id == "HB-2019-729997ed"
    assert OTHER.id == "elsewhere-1"
    changed = attrs.evolve(OTHER, reschedules=3, lifecycle=OTHER.lifecycle[1:])
    assert changed.id == OTHER.id
    assert attrs.evolve(changed, version="2025b").id == "elsewhere-2025b"


@pytest.mark.parametrize(
    "changes",
    [
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
        {"version": "a" * 99},
        {"version": 2},
        {"former_ids": "HB-1"},
        {"former_ids": ["HB\0"]},
    ],
)
def test_rules_that_cannot_be_meant(changes):
    """Rules that no regulation could mean are refused when they are made, by name."""
    with pytest.raises(InputError) as caught:
        cast.read(**changes)
    assert caught.value.field in {*changes, "id"}


def test_an_option_that_there_is_not_says_which_there_are():
    """The error gives the clause, the word as it was given, and the words to choose from."""
    with pytest.raises(InputError) as caught:
        cast.read(late_after="closing")
    facts = caught.value.facts
    assert (caught.value.code, caught.value.article.id) == ("unknown_value", "9.2")
    assert (facts["value"], facts["known"]) == ("'closing'", ("due", "next_opening"))


def test_rules_as_data_are_their_numbers_and_options():
    """The tables of rows are left out; of the document only its number stands."""
    plain = HOA_BINH_2019.as_dict()
    assert plain["document"] == HOA_BINH_2019.document.number
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


@pytest.mark.parametrize(
    "wrong", [{"article": "9.1"}, {"since": "2019-10-30"}, {"since": datetime(2019, 10, 30)}]
)
def test_limits_that_cite_nothing(wrong):
    """A limit cites a clause of the registry and a date."""
    given = {"budget": timedelta(hours=5), "article": Article("9.1"), "since": SIGNED_ON} | wrong
    with pytest.raises(InputError) as caught:
        Limit(**given)
    assert caught.value.field in wrong


@pytest.mark.parametrize("budget", [timedelta(), timedelta(hours=-5), 5, True, float("nan")])
def test_limits_that_are_none(budget):
    """A limit is working time above zero, given as a timedelta."""
    with pytest.raises(InputError):
        Limit(budget=budget, article=Article("9.1"), since=SIGNED_ON)


@pytest.mark.parametrize("field", ["asked_again", "late_after"])
def test_an_option_takes_only_its_words(field):
    """A word that is none of an option's is refused under the name of the option."""
    with pytest.raises(InputError) as caught:
        cast.read(**{field: "sometimes"})
    assert (caught.value.field, caught.value.code) == (field, "unknown_value")


def test_a_number_of_reschedules_cites_its_clause():
    """9.3: what is no number of times is refused with that clause and what was given."""
    with pytest.raises(InputError) as caught:
        cast.read(reschedules=-1)
    error = caught.value
    assert (error.code, error.article.id, error.facts["value"]) == (
        "not_a_number_of_times", "9.3", "-1",
    )  # fmt: skip


def test_rules_hold_from_the_day_of_the_decision_by_default():
    """QD.2: the Decision was signed on 30 October 2019, and holds from then on."""
    rules = Rules(name="S", officer_limit=cast.limit(5, "9.1"), agency_limit=cast.limit(8, "9.2"))
    assert (rules.valid_from, rules.valid_until) == (date(2019, 10, 30), None)


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
        with pytest.raises(InputError) as caught:
            cast.read(**{field: wrong})
        assert (caught.value.field, caught.value.code) == (field, "not_of_type")
        assert caught.value.facts["form"] == f"a tuple of {kind} values"


def test_what_is_left_out_is_as_the_decision_has_it():
    """Rules that give two limits and no more have every other option of 2370, and no last day."""
    whole = attrs.evolve(HOA_BINH_2019, name="S", version="1", valid_until=None)
    limits = {"officer_limit": whole.officer_limit, "agency_limit": whole.agency_limit}
    assert Rules(name="S", **limits) == whole
