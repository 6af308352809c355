"""Counting an explanation again: every edit of its plain form is found."""

import contextlib
import copy
import json
from datetime import UTC, datetime, timedelta
from time import process_time
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from phananh.errors import InputError
from phananh.worktime import Span, Timetable, WorkCalendar, vietnam_calendar
from phananh.worktime.explain.explanation import Explanation, verify

HANOI, BERLIN = ZoneInfo("Asia/Ho_Chi_Minh"), ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
HOUR = timedelta(hours=1)
A, VP = vietnam_calendar("A"), vietnam_calendar("VP")
CALENDARS = {
    "A": A,
    "VP": VP,
    "expected": vietnam_calendar("A", expected=True),
    "nights": WorkCalendar(timetable=Timetable.weekly("22:00-06:00, 08:00-09:00")),
    "berlin": WorkCalendar(
        timetable=Timetable.weekly("01:30-02:30, 09:00-17:00", days="mon-sun"),
        zone="Europe/Berlin",
        days=None,
    ),
    "always": WorkCalendar(timetable=Timetable.weekly("00:00-24:00", days="mon-sun"), days=None),
    "two shifts": A | WorkCalendar(timetable=Timetable.weekly("22:00-06:00")),
    "both open": A & VP,
    "power cut": A
    - Span(datetime(2026, 3, 4, 10, tzinfo=HANOI), datetime(2026, 3, 9, 14, tzinfo=HANOI)),
}
CASES = {
    "one step": (A, A.explain(datetime(2026, 3, 4, 9, tzinfo=HANOI), HOUR)),
    "lunch": (A, A.explain(datetime(2026, 3, 4, 12, 15, tzinfo=HANOI), 5 * HOUR)),
    "worked saturday": (VP, VP.explain(datetime(2026, 1, 9, 15, tzinfo=HANOI), 8 * HOUR)),
    "swap and holiday": (A, A.explain(datetime(2026, 8, 28, 15, tzinfo=HANOI), 8 * HOUR)),
    "provisional": (A, A.explain(datetime(2026, 12, 31, 16, tzinfo=HANOI), 5 * HOUR)),
    "nothing": (A, A.explain(datetime(2026, 3, 7, 3, tzinfo=HANOI), timedelta())),
    "utc": (A, A.explain(datetime(2026, 2, 13, 9, tzinfo=UTC), 5 * HOUR)),
}
OTHERS = (None, True, False, 0, -1, 3_600_000_000, 1.5, "", "lunch", "9.1", [], {}, [{}])


def _paths(value, path=()):
    if path:
        yield path
    if isinstance(value, dict | list):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _paths(part, (*path, key))


def _at_path(data, path):
    for key in path:
        data = data[key]
    return data


def _edited(data, path, value):
    data = copy.deepcopy(data)
    _at_path(data, path[:-1])[path[-1]] = value
    return data


def _without(data, path):
    data = copy.deepcopy(data)
    del _at_path(data, path[:-1])[path[-1]]
    return data


def _is_true(data, calendar):
    """Say whether the data is what the calendar explains for its own start and budget."""
    try:
        start = datetime.fromisoformat(data["start"])
        fresh = calendar.explain(start, timedelta(microseconds=data["budget_us"])).as_dict()
    except (ValueError, TypeError, KeyError, LookupError, OverflowError):
        return False
    return json.dumps(fresh, sort_keys=True) == json.dumps(data, sort_keys=True)


def _variants(value):
    """Return other values for a field: of other types, and near it."""
    near = []
    if isinstance(value, int) and not isinstance(value, bool):
        near = [value + 1, value - 1, value + 3_600_000_000, float(value), str(value)]
    if isinstance(value, str):
        near = [f"{value} ", value[:-1], value.upper() + "?"]
    if isinstance(value, str) and "T" in value and ":" in value:
        with contextlib.suppress(ValueError):  # spoilt by an edit before this one
            t = datetime.fromisoformat(value)
            steps = (HOUR, -HOUR, timedelta(microseconds=1), timedelta(days=1))
            near += [(t + step).isoformat() for step in steps]
            near.append(t.astimezone(NEW_YORK).isoformat())
    kinds = [other for other in OTHERS if type(other) is not type(value) or other != value]
    return kinds + [other for other in near if type(other) is not type(value) or other != value]


@pytest.mark.parametrize("name", CASES)
def test_every_edit_of_every_field_is_found(name):
    """Each field, each step and each gap: changed or taken out, the explanation is not verified.

    An edit below a key that is counted from start and budget is found at that key, and alone.
    """
    calendar, explanation = CASES[name]
    data = json.loads(json.dumps(explanation.as_dict()))
    tried = 0
    for path in _paths(data):
        edits = [_edited(data, path, value) for value in _variants(_at_path(data, path))]
        for edit in (*edits, _without(data, path)):
            keys = [one.split(":")[0] for one in verify(edit, calendar)]
            if _is_true(edit, calendar):
                assert (keys, path) == ([], ("start",))
                continue
            tried += 1
            assert keys, (path, edit)
            assert path[0] in ("start", "budget_us") or keys == [path[0]], (path, edit)
    assert tried > 100


@pytest.mark.parametrize("name", CASES)
def test_what_does_not_belong_is_found(name):
    """A key that no explanation has is found, at the top, in a step and in a gap."""
    calendar, explanation = CASES[name]
    data = explanation.as_dict()
    assert verify({**data, "note": "x"}, calendar) == ["note: 'x' is written, None counted"]
    for n, step in enumerate(data["steps"]):
        more = [{**step, "note": "x"}]
        if "gap" in step:
            more.append({**step, "gap": {**step["gap"], "note": "x"}})
        for edit in more:
            found = verify(_edited(data, ("steps", n), edit), calendar)
            assert found == ["steps: not those that are counted"]


def test_steps_out_of_place_are_found():
    """A step taken out, told twice, or exchanged with its neighbour is noticed."""
    data = CASES["worked saturday"][1].as_dict()
    first, second, third = data["steps"]
    for steps in ([first, third], [first, second, second, third], [first, third, second]):
        assert verify({**data, "steps": steps}, VP) == ["steps: not those that are counted"]


@pytest.mark.parametrize("data", [None, [], "{}", {}, {"start": "x", "budget_us": -1}])
def test_what_is_no_explanation_is_said_to_be_none(data):
    """Data of another shape is refused in words, never by an exception."""
    assert verify(data, A) == ["start: not an instant, as an explanation writes it"]


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        (
            "budget_us",
            10**18,
            "budget_us: takes 7306 days, and each step is explained for at most 7305",
        ),
        ("budget_us", 100_000 * 3600 * 10**6, "budget_us: takes 7306 days"),
        ("start", "1900-08-28T14:00:00+07:00", "due: calendar A: "),
        ("start", "2100-12-28T14:00:00+07:00", "due: calendar A: "),
    ],
)
def test_more_than_the_calendar_has_is_said(key, value, said):
    """A start beyond the days covered has no end, and a budget of decades is not counted."""
    data = {**CASES["nothing"][1].as_dict(), "budget_us": 10**12, key: value}
    began = process_time()
    assert verify(data, A)[0].startswith(said)
    assert process_time() - began < 10


def test_the_calendar_must_be_given_for_plain_data():
    """Plain data names its calendar but does not bring it."""
    with pytest.raises(InputError, match=r"verify\(data, calendar\)"):
        verify(CASES["lunch"][1].as_dict())


def test_the_tables_have_no_part_in_it():
    """A calendar that only counts again never loads a year."""
    fresh = WorkCalendar(name="A", timetable=A.timetable)
    assert verify(CASES["lunch"][1].as_dict(), fresh) == []
    assert fresh._years.hot[-1] is None
    fresh.add(datetime(2026, 3, 4, 9, tzinfo=HANOI), HOUR)
    assert fresh._years.hot[-1] is not None


def test_another_calendar_is_found():
    """Name, version and what follows from them do not fit another calendar."""
    found = verify(CASES["lunch"][1].as_dict(), VP)
    assert "calendar: 'A' is written, 'VP' counted" in found
    assert any(one.startswith("version: ") for one in found)


def test_words_behind_the_data_are_compared_too():
    """A day that is not the calendar's is found though no plain field shows it."""
    good = CASES["worked saturday"][1]
    first, second, *rest = good.steps
    other = attrs.evolve(second, day=attrs.evolve(second.day, source="CV 1/X"))
    found = verify(attrs.evolve(good, steps=(first, other, *rest)))
    assert found == ["steps: the days behind them are not what the calendar says"]


def test_reading_back_refuses_what_was_edited():
    """`from_dict` gives the explanation back whole, or names the keys that are wrong."""
    data = CASES["lunch"][1].as_dict()
    assert Explanation.from_dict(data, calendar=A) == CASES["lunch"][1]
    data["steps"][1]["left_us"] = 1
    with pytest.raises(InputError, match=r"^explanation: steps: not what the calendar says$"):
        Explanation.from_dict(data, calendar=A)


def test_a_zone_with_two_offsets_is_given():
    """Asked in New York across its change of clocks, the zone must be named to compare."""
    explanation = A.explain(datetime(2026, 10, 30, 5, tzinfo=NEW_YORK), 8 * HOUR)
    data = explanation.as_dict()
    assert {data["start"][-6:], data["due"][-6:]} == {"-04:00", "-05:00"}
    assert verify(data, A, zone=NEW_YORK) == []
    assert verify(explanation) == []
    assert any("due: " in one for one in verify(data, A))


def test_a_start_that_the_clocks_skip_is_read_as_it_was_written():
    """02:54 does not exist in New York on 8 March; asked all the same, it is an instant."""
    explanation = A.explain(datetime(2026, 3, 8, 2, 54, tzinfo=NEW_YORK), 8 * HOUR)
    assert explanation.as_dict()["start"] == "2026-03-08T02:54:00-05:00"
    assert verify(explanation) == []


@given(
    name=st.sampled_from(sorted(CALENDARS)),
    start=st.datetimes(datetime(2024, 1, 1), datetime(2027, 6, 1)),
    zone=st.sampled_from([HANOI, UTC, BERLIN, NEW_YORK]),
    minutes=st.integers(0, 60 * 100),
    microseconds=st.integers(0, 1),
)
def test_what_is_explained_is_counted_the_same(name, start, zone, minutes, microseconds):
    """The tables and the walk agree, through JSON and back, in any zone."""
    calendar = CALENDARS[name]
    budget = timedelta(minutes=minutes, microseconds=microseconds)
    explanation = calendar.explain(start.replace(tzinfo=zone), budget)
    data = json.loads(json.dumps(explanation.as_dict()))
    assert verify(explanation) == []
    assert verify(data, calendar, zone=zone) == []
    assert Explanation.from_dict(data, calendar=calendar, zone=zone) == explanation


@given(st.data())
def test_nothing_is_wrong_only_with_what_is_true(data):
    """Two edits at once: nothing is reported exactly when the calendar explains the same."""
    calendar, explanation = CASES[data.draw(st.sampled_from(sorted(CASES)))]
    edit = explanation.as_dict()
    for _ in range(2):
        path = data.draw(st.sampled_from(list(_paths(edit))))
        edit = _edited(edit, path, data.draw(st.sampled_from(_variants(_at_path(edit, path)))))
    assert (verify(edit, calendar) == []) == _is_true(edit, calendar)
