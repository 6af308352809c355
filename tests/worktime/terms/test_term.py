"""A term as a value: how it is written, read, compared, and refused."""

import datetime
import pickle
import unicodedata

import pytest
from hypothesis import given, strategies as st

from phananh import InputError
from phananh.errors import InputTypeError
from phananh.worktime import vietnam_calendar
from phananh.worktime.terms import Term
from phananh.worktime.terms.term import number
from tests.worktime.pasted import pasted
from tests.worktime.terms.drawn import terms

PLACE = datetime.date(2026, 3, 4)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("5 ngày làm việc", Term.working_days(5)),
        ("05 ngày làm việc", Term.working_days(5)),
        ("05 (năm) ngày làm việc", Term.working_days(5)),
        ("  5  Ngày  Làm  Việc ", Term.working_days(5)),
        ("1 working day", Term.working_days(1)),
        ("5 working days", Term.working_days(5)),
        ("5wd", Term.working_days(5)),
        ("10 ngày", Term.days(10)),
        ("10 days", Term.days(10)),
        ("10d", Term.days(10)),
        ("2 tuần", Term.weeks(2)),
        ("2w", Term.weeks(2)),
        ("3 tháng", Term.months(3)),
        ("3mo", Term.months(3)),
        ("1 năm", Term.years(1)),
        ("1 year", Term.years(1)),
        ("nửa tháng", Term.days(15)),
        ("nửa năm", Term.months(6)),
    ],
)
def test_parse(text, term):
    """A term is read as laws write it, in Vietnamese or English, composed or decomposed."""
    assert (Term.parse(text), Term.parse(unicodedata.normalize("NFD", text))) == (term, term)


@pytest.mark.parametrize(
    "text", ["", "5", "wd", "5 h", "5m", "-5 days", "5.5 days", "năm ngày", "5 days 3", "\u0665d"]
)
def test_what_is_no_term(text):
    """Anything else is refused, and the message shows how to write a term."""
    with pytest.raises(InputError, match=r'is not a term; write "5 working days"'):
        Term.parse(text)


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("không", 0), ("năm", 5), ("mười", 10), ("mười lăm", 15), ("hai mươi", 20),
        ("hai mươi mốt", 21), ("ba mươi tư", 34), ("chín mươi chín", 99), ("một trăm", 100),
        ("một trăm linh năm", 105), ("một trăm lẻ bảy", 107), ("ba trăm sáu mươi lăm", 365),
    ],
)  # fmt: skip
def test_numbers_in_words(words, count):
    """A number is read as legal texts write it out."""
    assert number(words) == count


@pytest.mark.parametrize("words", ["", "five", "năm năm", "trăm", "linh năm", "năm mười", "mươi"])
def test_words_that_say_no_number(words):
    """What is no number in words says nothing about the figures."""
    assert number(words) is None


def test_figures_and_words_agree():
    """A text that says 5 and six is refused; whose words are none of ours is read by figures."""
    assert Term.parse("05 (năm) ngày làm việc") == Term.working_days(5)
    assert (Term.parse("15 (mười lăm) ngày"), Term.parse("5 (five) days")) == (
        Term.days(15),
        Term.days(5),
    )
    with pytest.raises(InputError) as caught:
        Term.parse("05 (sáu) ngày làm việc")
    assert caught.value.problem.endswith("says 5 in figures and 6 in words")
    assert caught.value.way_out == "write only the one that you mean"


def test_parse_takes_text_and_options():
    """Options go beside the text; what is no text is a type error."""
    assert Term.parse("5wd", ends="closing") == Term.working_days(5, ends="closing")
    with pytest.raises(InputTypeError, match="5 is not a term"):
        Term.parse(5)


@given(term=terms(), lang=st.sampled_from(("vi", "en")))
def test_words_are_read_back(term, lang):
    """A term in words, in either language, is read as the same count and unit."""
    found = Term.parse(term.text(lang))
    assert (found.count, found.unit) == (term.count, term.unit)


@given(term=terms())
def test_a_term_is_a_value(term):
    """Its repr makes an equal term; it pickles and hashes, and cannot be changed."""
    again = pasted(term)
    assert again == term == pickle.loads(pickle.dumps(term))
    assert hash(again) == hash(term)
    with pytest.raises(AttributeError):
        term.count = 1


def test_as_dict():
    """Plain data, ready for JSON."""
    assert Term.working_days(5, received=datetime.time(15)).as_dict() == {
        "count": 5,
        "unit": "working_days",
        "counts_first_day": False,
        "rolls": True,
        "ends": "midnight",
        "received": "15:00:00",
    }


@pytest.mark.parametrize("received", ["date", "opening", datetime.time(15)])
def test_a_term_comes_back_from_its_data(received):
    """What `as_dict` wrote is read as the same term, with a time of day as a time."""
    term = Term.days(3, received=received)
    assert Term.from_dict(term.as_dict()) == term


@pytest.mark.parametrize("count", [True, 1.0, "1", None])
def test_a_count_is_a_whole_number(count):
    """A number of another kind is a type error."""
    with pytest.raises(InputTypeError, match="is not a whole number"):
        Term.days(count)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"unit": "fortnights"}, "unit: 'fortnights' is unknown; use one of working_days, days"),
        ({"unit": "days", "ends": "noon"}, "ends: 'noon' is unknown; use one of midnight, closing"),
        ({"unit": "days", "received": "later"}, "received: 'later' is unknown; use date, opening"),
        ({"unit": "days", "ends": "closing", "rolls": False}, "ends: a day off has no closing"),
        ({"unit": "working_days", "rolls": False}, "rolls: the last working day"),
        (
            {"unit": "working_days", "ends": "closing", "counts_first_day": True},
            'received: what comes after closing would be due before it came; use "opening"',
        ),
        (
            {"unit": "days", "received": datetime.time(15, tzinfo=datetime.UTC)},
            "received: 15:00:00+00:00 has a time zone",
        ),
    ],
)
def test_options_that_do_not_go_together(options, message):
    """What would leave the end open is refused when the term is made."""
    with pytest.raises(InputError) as caught:
        Term(count=1, **options)
    assert message in str(caught.value)


def test_where_a_term_may_start():
    """From an aware datetime or a date; the answer comes in the zone of the question."""
    office, term = vietnam_calendar("A"), Term.days(1)
    utc = datetime.datetime(2026, 3, 3, 17, tzinfo=datetime.UTC)  # 4 March, 00:00 in Vietnam
    assert term.due(utc, on=office).isoformat() == "2026-03-05T17:00:00+00:00"
    assert term.due(PLACE, on=office).isoformat() == "2026-03-06T00:00:00+07:00"
    with pytest.raises(InputError, match="has no offset"):
        term.due(datetime.datetime(2026, 3, 4), on=office)
    with pytest.raises(InputTypeError, match="'2026-03-04' is neither a datetime nor a date"):
        term.due("2026-03-04", on=office)
    with pytest.raises(InputTypeError, match=r"^on: None is not a WorkCalendar"):
        term.due(PLACE, on=None)
