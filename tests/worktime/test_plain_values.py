"""Subclasses of datetime and timedelta at the doors: taken as what they are, plain values come out.

A Timestamp or Timedelta of pandas may hold nanoseconds, which no calendar can count with.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from phananh.errors import InputError
from phananh.worktime import Span, Term, vietnam_calendar
from tests.worktime.calendars import HANOI, HOUR

pd = pytest.importorskip("pandas")

AT = datetime(2026, 3, 4, 16, 45, tzinfo=HANOI)
STAMP, SPAN = pd.Timestamp(AT), pd.Timedelta(hours=1)
FINE = STAMP + pd.Timedelta(1, "ns")
FINE_SPAN = SPAN + pd.Timedelta(1, "ns")
OFFICE = vietnam_calendar("A")


def _instants(calendar, t):
    """Yield what each question about an instant finds, with the plain answer's instant."""
    yield from (calendar.add(t, HOUR), calendar.add(t, timedelta()), calendar.subtract(t, HOUR))
    yield from (calendar.next_opening(t), calendar.local(t))
    allotted = calendar.allot(t, HOUR)
    yield from (
        allotted.start,
        allotted.due,
        *(e for s in allotted.spans for e in (s.start, s.end)),
    )
    explained = calendar.explain(t, HOUR)
    yield from (explained.start, explained.due, explained.steps[0].start)
    yield Term.days(2).due(t, on=calendar)
    yield from (Term.days(2).expiry(t, on=calendar).start, Span(t, t + HOUR).start)
    yield from (end for span in calendar.spans(t, t + HOUR) for end in (span.start, span.end))


@pytest.mark.parametrize("zone", [HANOI, UTC, ZoneInfo("Europe/Berlin")])
def test_a_timestamp_of_pandas_gives_plain_instants(zone):
    """Each answer is that of the plain datetime, of the plain type, in the same zone."""
    stamp, plain = STAMP.tz_convert(zone), AT.astimezone(zone)
    found, wanted = list(_instants(OFFICE, stamp)), list(_instants(OFFICE, plain))
    assert (found, {type(each) for each in found}) == (wanted, {datetime})
    assert [each.utcoffset() for each in found] == [each.utcoffset() for each in wanted]


@pytest.mark.parametrize("warm", [STAMP, FINE.tz_convert("UTC") - pd.Timedelta(1, "ns")])
def test_nanoseconds_are_refused_by_every_scalar(warm):
    """An instant finer than a microsecond is refused by name; nothing is cut off."""
    OFFICE.add(warm, HOUR)
    asked = [
        ("start", lambda: OFFICE.add(FINE, HOUR)),
        ("start", lambda: OFFICE.add(FINE, timedelta())),
        ("end", lambda: OFFICE.subtract(FINE, HOUR)),
        ("start", lambda: OFFICE.between(FINE, AT)),
        ("end", lambda: OFFICE.between(AT, FINE)),
        ("at", lambda: OFFICE.is_open(FINE)),
        ("at", lambda: OFFICE.next_opening(FINE)),
        ("start", lambda: OFFICE.allot(FINE, HOUR)),
        ("start", lambda: OFFICE.explain(FINE, HOUR)),
        ("start", lambda: OFFICE.provisional(FINE, AT)),
        ("start", lambda: Term.days(2).due(FINE, on=OFFICE)),
        ("end", lambda: Span(AT, FINE)),
        ("budget", lambda: OFFICE.add(AT, FINE_SPAN)),
        ("budget", lambda: OFFICE.subtract(AT, FINE_SPAN)),
        ("budget", lambda: OFFICE.allot(AT, FINE_SPAN)),
        ("budget", lambda: OFFICE.explain(AT, FINE_SPAN)),
    ]
    for field, ask in asked:
        with pytest.raises(InputError, match="nanoseconds beyond the microsecond") as caught:
            ask()
        assert (caught.value.field, caught.value.code) == (field, "finer_than_microseconds")
