"""A Recount: a deadline on a changed calendar, and why it differs (R15, Art. 9.1, 9.2)."""

from datetime import date

import attrs

from phananh.regulation.values.deadline import Deadline


@attrs.frozen(kw_only=True)
class Recount:
    """A deadline computed on a changed calendar, and why it differs.

    `days` are the dates that differ up to the later of the two due times. `notices` are the
    documents that explain them, in the order of the dates. `issued` is the last date of issue
    among those that did it before the earlier due time. It is None if one of them has no date, so
    that no one can show that the change was known in time. `known` is the last day on which one
    became known. `unexplained` are the days that today's calendar gives no reason for, and
    `missing` the notices that the former calendar had for them.
    """

    deadline: Deadline
    days: tuple[date, ...]
    notices: tuple[str, ...]
    issued: date | None
    cause: str
    known: date | None = None
    unexplained: tuple[date, ...] = ()
    missing: tuple[str, ...] = ()
