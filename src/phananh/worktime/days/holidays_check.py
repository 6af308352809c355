"""Where the package `holidays` and our days differ, and why ours are right.

The package predicts later years. For the years that notices settle it is only compared. A
difference that is not listed here is news: the package knows a notice that we do not know, or has
lost a day. If a listed one is gone, its entry here is needless.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType

import attrs

from phananh.plain_value import PlainValue
from phananh.worktime.days.notices import find_rulings
from phananh.worktime.days.vietnam import VIETNAM_DAYS, VietnamDays

FIRST, LAST = date(2018, 12, 31), date(2030, 12, 31)
_SATURDAY = 5
_LATE = ("Công văn số 12729/VPCP-KGVX ngày 25/12/2025", "CV 12729/VPCP-KGVX of 2025-12-25")
_NO_MAKE_UP = (
    "Nghị quyết số 28/2026/QH16 không quy định nghỉ bù ngày 24/11",
    "NQ 28/2026/QH16 grants no make-up day for 24/11",
)

CORRECTIONS: Mapping[date, tuple[str, str]] = MappingProxyType(
    {
        date(2026, 1, 2): _LATE,
        date(2026, 1, 10): _LATE,
        date(2029, 11, 26): _NO_MAKE_UP,
        date(2030, 11, 25): _NO_MAKE_UP,
    }
)
"""The days on which we know better than `holidays` 0.109, and by what (Vietnamese, English)."""

Package = Callable[[int], Mapping[date, str]]
"""The days of a year that are `off` or `worked`. The others follow the week."""


@attrs.frozen(kw_only=True)
class Difference(PlainValue):
    """A date that is `open`, `off` or `worked` here and something else in the package.

    `why` is in English, `why_vi` in Vietnamese. Both are empty if the reason is unknown.
    """

    date: date
    ours: str
    package: str
    why: str = ""
    why_vi: str = ""


@attrs.frozen(kw_only=True)
class Crosscheck(PlainValue):
    """All differences, and the dates of corrections that are no longer needed."""

    differences: tuple[Difference, ...]
    needless: tuple[date, ...]

    @property
    def unexplained(self) -> tuple[Difference, ...]:
        """The differences without a known reason."""
        return tuple(each for each in self.differences if not each.why)


def read_package(year: int) -> Mapping[date, str]:
    """Return the `off` and `worked` days of a year by the installed package `holidays`."""
    import holidays

    found = holidays.country_holidays("VN", language="vi", years=year)
    off = dict.fromkeys((day for day in found if day.year == year), "off")
    worked = dict.fromkeys((day for day in found.weekend_workdays if day.year == year), "worked")
    return off | worked


def crosscheck(package: Package = read_package, *, days: VietnamDays = VIETNAM_DAYS) -> Crosscheck:
    """Return where the package differs from our days, from 2018-12-31 to 2030-12-31."""
    found = tuple(_differences(package, days))
    dates = {each.date for each in found}
    return Crosscheck(
        differences=found, needless=tuple(day for day in CORRECTIONS if day not in dates)
    )


def _differences(package: Package, days: VietnamDays) -> Iterator[Difference]:
    theirs: dict[date, str] = {}
    ours: dict[date, str] = {}
    for year in range(FIRST.year, LAST.year + 1):
        theirs |= package(year)
        ours |= {day: public.kind for day, public in days.year(year).items()}
    ours |= {day: ruling.day.kind for day, ruling in find_rulings(days.notices, "official").items()}
    for n in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=n)
        mine, other = _kind(day, ours), _kind(day, theirs)
        if mine != other:
            vi, en = CORRECTIONS.get(day, ("", ""))
            yield Difference(date=day, ours=mine, package=other, why=en, why_vi=vi)


def _kind(day: date, dated: Mapping[date, str]) -> str:
    return dated.get(day) or ("off" if day.weekday() >= _SATURDAY else "open")
