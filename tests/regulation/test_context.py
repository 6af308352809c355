"""Whose hours count: chosen by role and unit, and refused by name where they mean nothing."""

import pytest

from phananh import Desk, InputError, Role, WorkCalendar, vietnam_calendar
from phananh.regulation.context import list_calendars, make_lookup
from phananh.worktime import Timetable

A, VP = vietnam_calendar("A"), vietnam_calendar("VP")
SHORT = WorkCalendar(name="short", timetable=Timetable.weekly("08:00-11:00"))


@pytest.mark.parametrize(
    ("role", "unit", "wanted"),
    [
        (Role.OFFICER, "U-1", A),
        (Role.AGENCY, "U-1", VP),
        (Role.AGENCY, None, VP),
        (Role.AGENCY, "Sở Y tế", SHORT),
        (Role.AGENCY, "SỞ Y TẾ", SHORT),
        (Role.AGENCY, "so\u031b\u0309 y te\u0302\u0301", SHORT),
        (Role.PROVIDER, "buu-dien", SHORT),
    ],
)
def test_a_unit_goes_before_its_role(role, unit, wanted):
    """A pair of role and unit goes before the role, however the unit is spelt (R18)."""
    hours = make_lookup(
        {
            Role.OFFICER: A,
            "agency": VP,
            (Role.AGENCY, "Sở Y tế"): SHORT,
            ("provider", "BUU-DIEN"): SHORT,
        }
    )
    assert hours(role, unit) is wanted
    assert list_calendars(hours) == (A, VP, SHORT)


def test_whom_nobody_named_has_no_hours():
    """Another unit of a role that was named by units only is an error that says who is named."""
    hours = make_lookup({Role.OFFICER: A, (Role.AGENCY, "U-2"): VP})
    with pytest.raises(
        InputError, match=r"^calendar: no hours for the agency focal point of .U-3.*agency, o"
    ):
        hours(Role.AGENCY, "U-3")
    with pytest.raises(InputError, match="no hours for the centre leadership;"):
        hours(Role.LEADERSHIP, None)


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("calendar", {"nobody": A}),
        ("calendar", {("nobody", "U-1"): A}),
        ("calendar", {Role.AGENCY: "A"}),
        ("calendar", {(Role.AGENCY, "U-1", 2): A}),
        ("calendar", {(Role.AGENCY, " "): A}),
        ("calendar", {(Role.AGENCY, "Sở Y tế"): A, (Role.AGENCY, "SỞ Y TẾ"): VP}),
        ("calendar", {None: A}),
        ("calendar", "A"),
        ("clock", "09:00"),
        ("randbits", 80),
        ("clock_skew", 60),
    ],
    ids=str,
)
def test_what_means_nothing_to_a_desk_is_refused(field, given):
    """A misspelt role, a calendar or clock that is none, a unit named twice: refused when built."""
    with pytest.raises(InputError, match=r"\w \w") as caught:
        Desk(**{field: given})
    assert caught.value.field == field
    assert caught.value.way_out


@pytest.mark.parametrize(
    ("given", "code", "value"),
    [
        ({"nobody": A}, "not_a_role", "'nobody'"),
        ({Role.AGENCY: "A"}, "not_a_calendar_of_actor", "'A'"),
        (
            {(Role.AGENCY, "Sở Y tế"): A, (Role.AGENCY, "SỞ Y TẾ"): VP},
            "actor_named_twice",
            "(<Role.AGENCY: 'agency'>, 'SỞ Y TẾ')",
        ),
        ("A", "not_a_calendar_choice", "'A'"),
    ],
    ids=["role", "calendar", "twice", "choice"],
)
def test_each_mistake_in_hours_has_a_code(given, code, value):
    """What is wrong with hours is told apart by the code of the error, and quoted."""
    with pytest.raises(InputError, match=r"\w \w") as caught:
        make_lookup(given)
    assert (caught.value.code, caught.value.facts["value"]) == (code, value)


def test_a_role_that_is_none_is_shown_with_those_that_are():
    """The error of a misspelt role quotes what was given, whole, and lists the roles."""
    with pytest.raises(InputError, match=r"'nobody'.*officer") as caught:
        make_lookup({("nobody", "U-1"): A})
    assert (caught.value.facts["value"], caught.value.facts["known"]) == (
        "('nobody', 'U-1')",
        tuple(Role),
    )
