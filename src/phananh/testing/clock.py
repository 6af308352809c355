"""A clock that stands still until a test moves it: time is an argument there too."""

from datetime import UTC, datetime, timedelta

from phananh.errors import InputError
from phananh.regulation.values.cleaning import clean_instant


class ManualClock:
    """A clock that shows the instant it was set to; call it to read it.

    >>> from datetime import UTC, datetime, timedelta
    >>> clock = ManualClock(datetime(2019, 11, 4, 1, 0, tzinfo=UTC))
    >>> clock.advance(timedelta(hours=8))
    >>> clock().isoformat()
    '2019-11-04T09:00:00+00:00'
    """

    def __init__(self, at: datetime) -> None:
        """Show `at`; a naive time is an `InputError`."""
        self._at = clean_instant(at, field="at")

    def __call__(self) -> datetime:
        """Return the instant shown."""
        return self._at

    def set(self, at: datetime) -> None:
        """Show `at`, earlier than now too: clocks of machines do go back."""
        self._at = clean_instant(at, field="at")

    def advance(self, by: timedelta) -> None:
        """Move on by elapsed time, whatever the clocks of the zone do; not back."""
        if by < timedelta():
            raise InputError(field="by", code="moves_back", value=str(by))
        zone = self._at.tzinfo
        shown = self._at.astimezone(UTC) + by
        self._at = shown.astimezone(zone)
