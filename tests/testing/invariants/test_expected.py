"""What a text says is checked when it is typed, and a reading that is typed is no mistake."""

import re
from datetime import timedelta

import attrs
import pytest

from phananh import HOA_BINH_2019, InputError, Rules, Term
from phananh.errors import InputTypeError
from phananh.regulation.request import Role
from phananh.testing import Expected, check
from phananh.testing.invariants import read_decision, read_outcomes
from tests.testing.invariants.mistakes import LIMIT, limit

PLACE = "[received/operator]\n"
LINE = "answer F R F F F F F F F answered 8.1.a,6@1/QĐ-MAU on the spot\n"
HOURS = {"officer": LIMIT["officer"], "agency": LIMIT["agency"]}
# Each option of the rules, another value of it, the kind that shows it, and what finds it then.
READINGS = {
    "officer_limit": (limit(LIMIT["officer"], hours=9), "conduct", "V15"),
    "agency_limit": (limit(LIMIT["agency"], hours=9), "conduct", "V15"),
    "provider_limit": (limit(LIMIT["officer"], hours=16, clause="8.2.b"), "service", "V15"),
    "leadership_limit": (limit(LIMIT["officer"], hours=40, clause="8.3"), "conduct", "V15"),
    "reply_limit": (limit(LIMIT["officer"], hours=5, clause="8.1.c1"), "conduct", "V15"),
    "reschedules": (0, "conduct", "W"),
    "first_appointment_counts": (True, "conduct", "W"),
    "reschedule_moves_due": (False, "conduct", "V15"),
    "reschedule_after_due": (True, "conduct", "V22"),
    "reassign_restarts_clock": (True, "conduct", "V15"),
    "asked_again": ("fresh", "conduct", "V15"),
    "late_after": ("next_opening", "conduct", "V15"),
    "overdue_stages": (frozenset({Role.AGENCY}), "conduct", "V48"),
    "contact_gate": (False, "conduct", "V36"),
    "contact_required": (frozenset({"reply"}), "conduct", "V36"),
    "notice_reaches_back": (True, "conduct", "V35"),
}
# What says nothing of who does what and when it is due.
ASIDE = {
    "name", "version", "former_ids", "silent_warning", "waiting_warning", "backdating",
    "valid_from", "valid_until", "id_prefix", "document", "receipt_article", "lifecycle", "guards",
    "requirements", "readings",
}  # fmt: skip
QUICK = ("provider_limit", "reschedule_after_due")


def test_every_option_is_typed():
    """Each option of the rules is a field of `Expected`, or says nothing that is checked."""
    assert {field.name for field in attrs.fields(Rules) if field.init} - ASIDE == READINGS.keys()
    assert {field.name for field in attrs.fields(Expected)} == READINGS.keys() | {"outcomes"}


@pytest.mark.parametrize(
    "option", [n if n == QUICK[0] else pytest.param(n, marks=pytest.mark.slow) for n in READINGS]
)
def test_a_typed_reading_is_no_mistake(option):
    """Rules that do what is typed break nothing."""
    value, kind, _ = READINGS[option]
    rules = attrs.evolve(HOA_BINH_2019, **{option: value})
    assert (
        check(rules, expected=Expected(**{option: getattr(value, "budget", value)}), kinds=kind)
        == ()
    )


@pytest.mark.parametrize(
    "option", [n if n in QUICK else pytest.param(n, marks=pytest.mark.slow) for n in READINGS]
)
def test_another_reading_is_found(option):
    """Rules with a reading that is not typed break an invariant."""
    value, kind, found_by = READINGS[option]
    rules = attrs.evolve(HOA_BINH_2019, **{option: value})
    (found,) = check(rules, kinds=kind, only=[found_by])
    assert found.invariant.id == found_by
    assert check(rules, kinds="complaint", only=["V49"])[0].problem.startswith(f"{option} is ")


@pytest.mark.slow
def test_readings_go_together():
    """The typed table holds where several readings are changed."""
    for names in (
        ("provider_limit", "reply_limit", "first_appointment_counts", "overdue_stages"),
        ("late_after", "reassign_restarts_clock", "asked_again", "leadership_limit"),
    ):
        rules = attrs.evolve(HOA_BINH_2019, **{name: READINGS[name][0] for name in names})
        expected = Expected.of(attrs.evolve(rules, reschedules=1))
        assert check(rules, expected=expected, kinds=["conduct", "service"]) == ()


def test_expected_of_rules_are_their_numbers_and_readings():
    """Of the built-in rules they are the default, and a term in days is taken too."""
    assert Expected.of(HOA_BINH_2019) == Expected()
    days = attrs.evolve(LIMIT["officer"], budget=Term.working_days(2))
    assert Expected.of(attrs.evolve(HOA_BINH_2019, officer_limit=days)).officer_limit == days.budget
    assert Expected.of(HOA_BINH_2019, reschedules=3).reschedules == 3
    assert Expected(overdue_stages=["agency"]).overdue_stages == {Role.AGENCY}
    with pytest.raises(InputTypeError):
        Expected.of("HB-2019")


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"late_after": "x"}, "'x' is unknown; use one of due, next_opening"),
        ({"overdue_stages": ["boss"]}, "boss is unknown; use one of agency"),
        ({"officer_limit": 8}, "8 is neither a timedelta nor a Term"),
        ({"agency_limit": None}, "None is neither a timedelta nor a Term"),
        ({"reply_limit": timedelta()}, "0:00:00 is not a limit"),
        ({"reschedules": -1}, "-1 is not a number of times"),
        ({"contact_gate": "no"}, "'no' is not a boolean"),
        ({"outcomes": "[closed]"}, r"'\[closed\]' is not a table of outcomes; read it with"),
    ],
    ids=str,
)
def test_a_wrong_value_is_refused(given, problem):
    """The field is named, and the way out is that of the rules' own fields."""
    (field,) = given
    with pytest.raises(InputError, match=f"^{field}: .*{problem}"):
        Expected(**given)


def test_a_table_is_read():
    """Positions, acts, letters, the state that follows and the clauses are as typed."""
    found = read_outcomes(f"# sample\n\n{PLACE}{LINE}  [closed]\n[overdue/agency if reply_limit]\n")
    answer = found["received/operator"]["answer"]
    assert (answer.leads_to, answer.clauses, answer.find_roles("answer")) == (
        "answered", ("8.1.a", "6@1/QĐ-MAU"), {Role.OPERATOR},
    )  # fmt: skip
    assert found["closed"] == found["overdue/agency if reply_limit"] == {}
    for clause, may in (("8.1.a", True), ("8.1.b", False), (None, True), ("6@1/QĐ-MAU", True),
                        ("7@1/QĐ-MAU", False), ("7@2/QĐ-MAU", True)):  # fmt: skip
        assert answer.may_cite(clause) is may


def test_a_reading_has_its_own_lines():
    """Typed lines of a reading take the place of the others where it is the reading."""
    typed = read_outcomes("""
        [overdue/officer if reply_limit]
        lapse F F F F F F F F R = 8
        [overdue/officer]
        lapse F F F F F F F F F - 9
        note  R R R F R F F F F =
    """)
    plain = Expected(outcomes=typed)
    limited = Expected(outcomes=typed, reply_limit=timedelta(hours=1))
    assert plain.find_roles("overdue/officer", "lapse") == set()
    assert limited.find_roles("overdue/officer", "lapse") == {Role.SYSTEM}
    assert limited.find_roles("overdue/officer", "note") >= {Role.OFFICER, Role.CITIZEN}
    assert limited.find_roles("overdue/officer", "rate") == set()


def test_a_line_that_is_none_is_refused():
    """The error says in which line, and what stands there."""
    wrong = {
        1: (LINE, "[recieved/operator]", "[received/boss]", "[overdue/officer if late]",
            "[received]", "[answered/operator]", "[received, operator]"),
        2: [PLACE + line for line in (
            PLACE, "answer F R X F F F F F F =", "answer F R F", "closing F R F F F F F F F =",
            "close F R F F F F F F F clsoed", "note F R R N F F F F F =",
            "note F R R F F F F F F -", "answer")],
        3: [PLACE + LINE + LINE],
    }  # fmt: skip
    for number, texts in wrong.items():
        for text in texts:
            shown = re.escape(repr(text.splitlines()[-1].strip())[:30])
            with pytest.raises(InputError, match=f"^outcomes: line {number} is .*{shown}"):
                read_outcomes(text)


def test_what_is_no_text_is_refused():
    """A number, or a table that was read before, is no text."""
    for value in (5, read_decision()):
        with pytest.raises(InputTypeError, match=r"^outcomes: "):
            read_outcomes(value)
