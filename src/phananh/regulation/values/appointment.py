"""An appointment: the time by which the citizen expects the answer, and how it ended.

It is made when an agency is asked (Art. 8.1.c1), and again when it is rescheduled (Art. 9.3). A
missed one changes neither the due time nor lateness, but it stays missed for good (R35).
"""

from datetime import UTC, datetime
from typing import Any, Literal

import attrs

from phananh.plain_data import fields_to_plain, item_to_plain
from phananh.plain_value import PlainValue
from phananh.regulation.values.request import ErasedPerson, Person
from phananh.worktime.instants import require_aware

AppointmentStatus = Literal["open", "kept", "missed", "replaced"]
End = Literal["replaced_at", "answered_at"]


@attrs.frozen(kw_only=True, slots=False)  # quicker to make and to end
class Appointment(PlainValue):
    """A time promised to the citizen: who promised it, when, and what ended it.

    An answer at `time` itself is in time. `told_at` and `version` are those of the event that
    promised it. `again` says that an agency was asked again, so that the citizen waits once more
    (R41). `provisional` says that its day is not official yet (9.3). `replaced_at` is when
    another time was promised, and `answered_at` when the answer came, whether in time or not.
    """

    told_at: datetime
    time: datetime
    by: Person | ErasedPerson
    version: int
    again: bool = False
    provisional: bool = False
    replaced_at: datetime | None = None
    answered_at: datetime | None = None

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        """Return the appointment. `status` is how it ended, or None while it is open or overdue."""
        fields = fields_to_plain(self, lang, personal=personal)
        ended = self.replaced_at or self.answered_at
        return {**fields, **item_to_plain("status", self.status(ended) if ended else None, lang)}

    def status(self, at: datetime) -> AppointmentStatus:
        """Return the status at a moment: open, kept, missed, or replaced before its time.

        Raises:
            InputError: `at` has no offset.
        """
        last = min(require_aware(at, "at"), self.time, key=_to_utc)
        if _is_by(self.replaced_at, last):
            return "replaced"
        if _is_by(self.answered_at, last):
            return "kept"
        return "open" if _to_utc(at) <= _to_utc(self.time) else "missed"


def end_appointment(told: Appointment, how: End, at: datetime) -> Appointment:
    """Return the appointment as ended: `replaced_at` or `answered_at` is that moment."""
    fields = vars(told).copy()
    fields[how] = at
    ended = object.__new__(Appointment)
    object.__setattr__(ended, "__dict__", fields)
    return ended


def _is_by(moment: datetime | None, last: datetime) -> bool:
    return moment is not None and _to_utc(moment) <= _to_utc(last)


def _to_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
