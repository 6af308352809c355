"""What is typed as a term is read, or set aside unread where it is longer than any."""

import time

import pytest

from phananh.errors import InputError
from phananh.worktime import Term
from phananh.worktime.terms.term import LONGEST, parse_term, to_plain_words

MARKS = "a" + "\u0301\u0323" * 60_000


def test_a_huge_text_is_no_term_at_once():
    """To compose it would take seconds; beyond the limit nothing is composed."""
    began = time.process_time()
    assert parse_term(MARKS) is None
    with pytest.raises(InputError, match="is not a term"):
        Term.parse(f"5 days {MARKS}")
    assert time.process_time() - began < 10


def test_the_longest_text_is_read():
    """Blanks count, and one more is too many."""
    blanks = " " * (LONGEST - len("5days"))
    assert parse_term(f"5{blanks}days") == (5, "days")
    assert parse_term(f"5{blanks} days") is None
    assert to_plain_words("Nga\u0300y  La\u0300m\tviệc") == "ngày làm việc"
