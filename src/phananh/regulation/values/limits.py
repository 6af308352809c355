"""The limits of a case, from its history: running, run out, moved (Art. 9.1, 9.2).

A limit is identified by the version that opened it, and each lapse or move names that version.
"""

from datetime import datetime, timedelta

import attrs

from phananh.plain_value import PlainValue
from phananh.regulation.values.request import Holder, Role


@attrs.frozen(kw_only=True)
class RunningLimit(PlainValue):
    """A running limit: which version opened it, and when it is due (Art. 9.1, 9.2).

    `late_after` is the last instant that is in time.
    """

    opened_by: int
    due: datetime
    late_after: datetime


@attrs.frozen(kw_only=True)
class LapseRecord(PlainValue):
    """A limit that ran out: its stage, its holder, and when it was due (Art. 9.2).

    `ended_at` is when the case left that stage, or was answered. It is None until then. How late
    it was is the working time from `due` to `ended_at`, however long the case goes on with
    others.
    """

    opened_by: int
    stage: Role
    holder: str | None
    due: datetime
    ended_at: datetime | None = None

    @property
    def late(self) -> Holder:
        """The holder of the limit, an agency by its unit and others in person."""
        key = "unit" if self.stage is Role.AGENCY else "id"
        return Holder(role=self.stage, **{key: self.holder})


@attrs.frozen(kw_only=True)
class FindingsRecord(PlainValue):
    """An agency reported its findings: which one, and when (Art. 8.1.c1).

    `due` is when its limit would have run out, or None if it had already. `left` is the working
    time that was left, which it gets if it is asked again (R41), or None if that was not stored.
    """

    agency: str | None
    at: datetime
    due: datetime | None
    left: timedelta | None


@attrs.frozen(kw_only=True)
class MoveRecord(PlainValue):
    """A due time that a changed calendar moved: from when to when, and by which documents."""

    opened_by: int
    at: datetime
    old: datetime
    new: datetime
    notices: tuple[str, ...]


def make_lapse_record(opened_by: int, holder: Holder, due: datetime) -> LapseRecord:
    """Return the record of a limit that ran out on `holder`: the person, or an agency's unit."""
    who = holder.unit if holder.role is Role.AGENCY else holder.id
    return LapseRecord(opened_by=opened_by, stage=holder.role, holder=who, due=due)
