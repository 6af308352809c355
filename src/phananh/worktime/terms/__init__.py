"""Terms in working days, days, weeks, months and years: Civil Code 2015, Art. 144-148."""

from phananh.worktime.terms.term import Term

__all__ = ["Term"]
