"""The telling cases: which calendar gets which deadline right, asked anew in every run.

The right answers are written here by hand; a test holds them to the oracle's walk from day to
day. A calendar is asked by its own means: subtraction where a budget is negative, each day
written out where it knows no seasons.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import attrs

from benchmarks.calendars import HOUR, VIETNAM, Absent, InexpressibleError, Peer

UTC = ZoneInfo("UTC")
TICK = timedelta(microseconds=1)
RIGHT, WRONG, CANNOT, ABSENT = "✓", "✗", "n/a", "absent"


@attrs.frozen
class Case:
    """A start, a budget and the due time, on Vietnam's wall clock; hours of A or VP."""

    what: str
    start: str
    budget: timedelta
    due: str
    preset: str = "A"
    zone: ZoneInfo = VIETNAM

    @property
    def begin(self) -> datetime:
        """The start as it is handed over: in Vietnam's zone, or in UTC."""
        return datetime.fromisoformat(self.start).replace(tzinfo=VIETNAM).astimezone(self.zone)


CASES = (
    Case(
        "a budget ends at the closing for lunch", "2026-03-04 07:30", 4 * HOUR, "2026-03-04 11:30"
    ),
    Case("a budget ends at the closing", "2026-03-04 13:30", 4 * HOUR, "2026-03-04 17:30"),
    Case("a budget of zero, at a closing", "2026-03-04 11:30", 0 * HOUR, "2026-03-04 11:30"),
    Case("a budget of zero, at lunch", "2026-03-04 12:00", 0 * HOUR, "2026-03-04 12:00"),
    Case("a budget of zero, at night", "2026-03-07 03:00", 0 * HOUR, "2026-03-07 03:00"),
    Case("received at lunch", "2026-03-04 12:15", 5 * HOUR, "2026-03-05 08:30"),
    Case("received at the closing", "2026-03-04 17:30", 5 * HOUR, "2026-03-05 14:30"),
    Case("over a weekend", "2026-03-06 15:00", 5 * HOUR, "2026-03-09 10:00"),
    Case("over Tết", "2026-02-13 16:00", 5 * HOUR, "2026-02-23 11:00"),
    Case("over the substitute day 27/4/2026", "2026-04-24 16:00", 8 * HOUR, "2026-04-28 16:00"),
    Case("over the new holiday 24/11/2026", "2026-11-23 16:00", 5 * HOUR, "2026-11-25 11:00"),
    Case("over 2/1/2026, off by a late swap", "2025-12-31 16:00", 8 * HOUR, "2026-01-05 16:00"),
    Case(
        "into Saturday 10/1/2026, worked for it", "2026-01-09 16:00", 5 * HOUR, "2026-01-10 11:00"
    ),
    Case("into Saturday 22/8/2026, worked", "2026-08-21 17:00", 8 * HOUR, "2026-08-22 17:00"),
    Case("over 31/8/2026, off for it", "2026-08-28 15:00", 8 * HOUR, "2026-09-03 15:00"),
    Case("back over lunch", "2026-03-04 13:30", -4 * HOUR, "2026-03-04 07:30"),
    Case("back over a holiday and a swap", "2026-01-05 08:00", -1 * HOUR, "2025-12-31 17:00"),
    Case(
        "received a microsecond before closing",
        "2026-03-04 17:29:59.999999",
        5 * HOUR,
        "2026-03-05 14:29:59.999999",
    ),
    Case("a budget of a microsecond", "2026-03-04 07:30", TICK, "2026-03-04 07:30:00.000001"),
    Case(
        "a microsecond before lunch, one after it",
        "2026-03-04 11:29:59.999999",
        2 * TICK,
        "2026-03-04 13:30:00.000001",
    ),
    Case("into summer hours (VP)", "2025-04-15 15:30", 5 * HOUR, "2025-04-16 11:00", preset="VP"),
    Case("into winter hours (VP)", "2025-10-15 16:30", 5 * HOUR, "2025-10-16 12:00", preset="VP"),
    Case("a start in UTC", "2026-03-04 09:00", 4 * HOUR, "2026-03-04 15:00", zone=UTC),
)
BEYOND = Case("2027, not announced yet", "2027-02-05 09:00", 8 * HOUR, "")


def verdict(peer: Peer | Absent, case: Case) -> str:
    """Return ✓, ✗ with the wrong answer, the error raised, or n/a: no words for the case."""
    if isinstance(peer, Absent):
        return ABSENT
    t = case.begin if case.zone is UTC else peer.native(case.begin)
    try:
        found = peer.answer(t, case.budget, preset=case.preset)
    except InexpressibleError:
        return CANNOT
    except peer.refusals as error:
        return _named(error) if case.due else f"{RIGHT} refuses"
    except Exception as error:  # noqa: BLE001 - whatever a library raises is its answer
        return _named(error)
    if not case.due:
        flagged = peer.flags is not None and peer.flags(t, case.budget)
        return f"{RIGHT} flags it" if flagged else f"{WRONG} no warning"
    due = datetime.fromisoformat(case.due)
    return RIGHT if found == due else f"{WRONG} {_short(found, due)}"


def _named(error: Exception) -> str:
    return f"`{type(error).__name__}`"


def _short(found: datetime, due: datetime) -> str:
    day = "" if found.date() == due.date() else f"{found:%d/%m} "
    seconds = f"{found:%H:%M:%S.%f}".rstrip("0").rstrip(".").removesuffix(":00")
    return day + seconds


def verdicts(peers: Sequence[Peer | Absent]) -> dict[str, list[str]]:
    """Return, for each case, what each of the peers made of it."""
    return {case.what: [verdict(peer, case) for peer in peers] for case in (*CASES, BEYOND)}


def counted(rows: Iterable[Sequence[str]]) -> list[str]:
    """Return how many cases each peer got right, of how many."""
    columns = [*zip(*rows, strict=True)]
    return [f"{sum(cell.startswith(RIGHT) for cell in c)} of {len(c)}" for c in columns]
