"""A term in days as it is typed: 5wd, 10d, 2 tuần (Civil Code 2015, Art. 147 and 148)."""

from phananh.cli.errors import CommandError
from phananh.errors import short_repr
from phananh.worktime import Term
from phananh.worktime.terms.parse import parse_term


def read_term(text: str) -> Term | None:
    """Return the term that is written, or None if it may be a budget of working time."""
    found = parse_term(text)
    if found is None:
        return None
    count, unit = found
    if count == 0:
        raise CommandError("empty_term", text=short_repr(text))
    return Term(count=count, unit=unit)
