"""Days off in Vietnam: public holidays, substitute days and the swaps of state bodies.

Public holidays are those of the Labour Code in force and, from 2026, 24
November (NQ 28/2026/QH16). The official years are written out here, because the package `holidays`
gets notices weeks or months late. It is used for the other years. A substitute day for
24 November is not assumed, because the resolution grants none.
"""

import functools
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from types import MappingProxyType
from typing import Any, Self

import attrs

from phananh.errors import InputError
from phananh.plain_value import PlainValue
from phananh.worktime.days.notices import Notice, last_settled_day, notices_known_on
from phananh.worktime.days.official_notices import CULTURE_DAY, OFFICIAL_NOTICES

LABOUR_CODE = "Bộ luật Lao động 2019, Điều 112"
_HUNG_KINGS_2007 = " (sửa đổi bởi Luật số 84/2007/QH11)"

# First day in force, holidays, substitute days. Holidays rest on Art. 112 of the Labour Code of
# 2019 from 2021, on Art. 115 of that of 2012 from May 2013, and on Art. 73 of that of 1994 before.
# A substitute day (nghỉ bù) rests on the clause that moves a holiday off the weekly rest day. No
# source is named for the years before 1995.
_CODES = (
    (date(2021, 1, 1), LABOUR_CODE, "Bộ luật Lao động 2019, Điều 111 khoản 3"),
    (
        date(2013, 5, 1),
        "Bộ luật Lao động 2012, Điều 115",
        "Bộ luật Lao động 2012, Điều 115 khoản 3",
    ),
    (date(1995, 1, 1), "Bộ luật Lao động 1994, Điều 73", "Bộ luật Lao động 1994, Điều 73"),
    (date.min, "quy định trước Bộ luật Lao động 1994", "quy định trước Bộ luật Lao động 1994"),
)


def find_law(day: date, slug: str, *, substitute: bool) -> str:
    """Return the law that makes `day` a day off. `slug` is the holiday's key in `vietnam.NAMES`."""
    if slug == "culture":
        return CULTURE_DAY
    since, holiday, moved = next(row for row in _CODES if row[0] <= day)
    amended = slug == "hung_kings" and since == date(1995, 1, 1)
    return (moved if substitute else holiday) + (_HUNG_KINGS_2007 if amended else "")


# slug: (Vietnamese, English)
NAMES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "new_year": ("Tết Dương lịch", "New Year's Day"),
        "tet": ("Tết Nguyên đán", "Lunar New Year (Tết)"),
        "hung_kings": ("Giỗ Tổ Hùng Vương", "Hung Kings' Commemoration Day"),
        "reunification": ("Ngày Chiến thắng 30/4", "Reunification Day"),
        "labour": ("Ngày Quốc tế Lao động", "International Labour Day"),
        "national": ("Quốc khánh", "National Day"),
        "culture": ("Ngày Văn hóa Việt Nam", "Vietnam Culture Day"),
    }
)
_SATURDAY = 5
_MARKS = {
    "dương lịch": "new_year",
    "tết": "tet",
    "giỗ tổ": "hung_kings",
    "chiến thắng": "reunification",
    "lao động": "labour",
    "quốc khánh": "national",
    "văn hóa": "culture",
}
# Public days of the years with all notices known. "+" marks a substitute day.
_OFFICIAL_YEARS = {
    2019: "new_year 01-01; tet 02-04 02-05 02-06 02-07 02-08; hung_kings 04-14 04-15+;"
    "reunification 04-30; labour 05-01; national 09-02",
    2020: "new_year 01-01; tet 01-23 01-24 01-25 01-26 01-27 01-28 01-29; hung_kings 04-02;"
    "reunification 04-30; labour 05-01; national 09-02",
    2021: "new_year 01-01; tet 02-10 02-11 02-12 02-13 02-14 02-15 02-16; hung_kings 04-21;"
    "reunification 04-30; labour 05-01 05-03+; national 09-02 09-03",
    2022: "new_year 01-01 01-03+; tet 01-31 02-01 02-02 02-03 02-04; hung_kings 04-10 04-11+;"
    "reunification 04-30 05-02+; labour 05-01 05-03+; national 09-01 09-02",
    2023: "new_year 01-01 01-02+; tet 01-20 01-21 01-22 01-23 01-24 01-25 01-26;"
    "hung_kings 04-29 05-02+; reunification 04-30 05-03+; labour 05-01;"
    "national 09-01 09-02 09-04+",
    2024: "new_year 01-01; tet 02-08 02-09 02-10 02-11 02-12 02-13 02-14; hung_kings 04-18;"
    "reunification 04-30; labour 05-01; national 09-02 09-03",
    2025: "new_year 01-01; tet 01-27 01-28 01-29 01-30 01-31 02-01; hung_kings 04-07;"
    "reunification 04-30; labour 05-01; national 09-01 09-02",
    2026: "new_year 01-01; tet 02-16 02-17 02-18 02-19 02-20; hung_kings 04-26 04-27+;"
    "reunification 04-30; labour 05-01; national 09-01 09-02; culture 11-24",
}


@attrs.frozen
class PublicDay(PlainValue):
    """A date that is off (or worked) for the whole country, and why.

    Args:
        kind: off or worked.
        code: holiday, substitute (nghỉ bù), rest (a weekly rest day within a holiday) or swap.
        vi: the name of the holiday in Vietnamese.
        en: the name of the holiday in English.
        source: the law or document behind it.
        swapped_with: the other day of a swap.
        floats: whether the law leaves its date to the lunar calendar or to a notice.
        yearly: whether a notice of each year has to fix its date.
    """

    kind: str
    code: str
    vi: str = ""
    en: str = ""
    source: str = LABOUR_CODE
    swapped_with: date | None = None
    floats: bool = False
    yearly: bool = False


# The first day that a notice of the table covers. Earlier days are those of `holidays`.
_KNOWN_FROM = date(2018, 12, 31)


def _last_known_day(days: "VietnamDays") -> date:
    return last_settled_day(days.notices) or _KNOWN_FROM - timedelta(days=1)


def _has_culture_day(days: "VietnamDays") -> bool:
    return any(CULTURE_DAY in notice.documents for notice in days.notices)


@attrs.frozen(kw_only=True)
class VietnamDays:
    """The public days of Vietnam from 1976 to 2100, as far as its notices settle them.

    1975 is left out because of the last change of the clock, and `holidays` ends in 2100.
    No notice was looked up for the days before `known_from`. `package_swaps` says whether
    swaps that only `holidays` knows are used, though it does not say since when. `seen_on` is
    the day given to `as_of`, or None.
    """

    name: str = "vn-public"
    first_day: date = date(1976, 1, 1)
    last_day: date = date(2100, 12, 31)
    known_from: date = _KNOWN_FROM
    notices: tuple[Notice, ...] = OFFICIAL_NOTICES
    known_through: date = attrs.field(default=attrs.Factory(_last_known_day, takes_self=True))
    package_swaps: bool = True
    seen_on: date | None = attrs.field(default=None, eq=False)
    _culture: bool = attrs.field(
        init=False, eq=False, repr=False, default=attrs.Factory(_has_culture_day, takes_self=True)
    )

    def year(self, year: int) -> Mapping[date, PublicDay]:
        """Return the public days of a year, weekends included."""
        return _year(year, culture=self._culture, swaps=self.package_swaps)

    def as_of(self, day: date) -> Self:
        """Return the days as they were known on a day: without the notices known later.

        Swaps that only `holidays` knows are left out too, because it does not say since when it
        has them.

        Raises:
            InputError: the day is before the first notice, or no notice has a date, so what was
                known then is unknown.
        """
        known = notices_known_on(self.notices, day)
        if not known:
            dates = [n.known_on for n in self.notices if n.known_on]
            if not dates:
                raise InputError(code="no_notice_dated", field="as_of")
            raise InputError(code="nothing_known_yet", field="as_of", day=day, first=min(dates))
        through = min(self.known_through, last_settled_day(known) or self.known_from)
        return attrs.evolve(
            self, notices=known, known_through=through, package_swaps=False, seen_on=day
        )


VIETNAM_DAYS = VietnamDays()


@functools.cache
def _year(year: int, *, culture: bool = True, swaps: bool = True) -> Mapping[date, PublicDay]:
    official = _OFFICIAL_YEARS.get(year)
    days = _predict_year(year) if official is None else _parse_year(year, official)
    if not culture:
        days = {d: p for d, p in days.items() if p.source != CULTURE_DAY}
    if not swaps and year > _KNOWN_FROM.year:
        days = {d: p for d, p in days.items() if p.code != "swap"}
    return MappingProxyType({**days, **dict(_extra_tet_days(days))})


_FIVE_DAYS_SINCE = date(2013, 5, 1)  # Labour Code 2012, Art. 115.1.b


def _extra_tet_days(days: Mapping[date, PublicDay]) -> Iterator[tuple[date, PublicDay]]:
    """Yield the days after the five days of Tết: a make-up for rest days in it, or a rest day."""
    tet = sorted(day for day, public in days.items() if public.vi == NAMES["tet"][0])
    for day in tet[5:] if tet and tet[0] >= _FIVE_DAYS_SINCE else ():
        weekend = day.weekday() >= _SATURDAY
        made_up = _public_day("tet", day, substitute=not weekend)
        yield day, attrs.evolve(made_up, code="rest") if weekend else made_up


def _parse_year(year: int, text: str) -> dict[date, PublicDay]:
    days: dict[date, PublicDay] = {}
    for part in text.split(";"):
        slug, *dates = part.split()
        for item in dates:
            month, day = item.rstrip("+").split("-")
            found = date(year, int(month), int(day))
            days[found] = _public_day(slug, found, substitute=item.endswith("+"))
    return days


def _public_day(slug: str, day: date, *, substitute: bool) -> PublicDay:
    vi, en = NAMES[slug]
    source, code = (
        find_law(day, slug, substitute=substitute),
        "substitute" if substitute else "holiday",
    )
    yearly = slug == "tet" or (slug == "national" and (day.month, day.day) != (9, 2))
    floats = yearly or slug == "hung_kings"
    return PublicDay("off", code, vi, en, source, floats=floats, yearly=yearly)


@functools.cache
def _load_country() -> Callable[..., Any]:
    """Return only Vietnam from `holidays`: all 200 countries would take 100 ms to import."""
    import holidays

    found = PathFinder.find_spec("vietnam", [f"{path}/countries" for path in holidays.__path__])
    if found is None or found.loader is None:  # a release with another layout
        return functools.partial(holidays.country_holidays, "VN")
    module: Any = module_from_spec(found)
    found.loader.exec_module(module)
    country: Callable[..., Any] = module.Vietnam
    return country


def _predict_year(year: int) -> dict[date, PublicDay]:
    """Return the days by `holidays`, always in Vietnamese: its default is the environment's."""
    found = _load_country()(language="vi", years=(year, year + 1))
    days = {day: _parse_name(name, day) for day, name in found.items() if day.year == year}
    # NQ 28/2026/QH16 grants no make-up for 24/11, but the package predicts one (2029, 2030).
    days = {d: p for d, p in days.items() if (p.vi, p.code) != (NAMES["culture"][0], "substitute")}
    # The day that a Saturday of December replaces may lie in January.
    replaced = {
        p.swapped_with: d for d, n in found.items() if (p := _parse_name(n, d)).swapped_with
    }
    for day in found.weekend_workdays:  # holds several years at once
        if day.year == year:
            days[day] = _swap_day("worked", replaced.get(day))
    return days


def _swap_day(kind: str, other: date | None) -> PublicDay:
    return PublicDay(kind, "swap", source="holidays", swapped_with=other, floats=True)


def _parse_name(name: str, day: date) -> PublicDay:
    first = name.split(";")[0].strip()
    if "thay cho ngày" in first:
        other = date(*(int(part) for part in first.rstrip(")").rsplit(" ", 1)[1].split("/")[::-1]))
        return _swap_day("off", other)
    slug = next((slug for mark, slug in _MARKS.items() if mark in first.lower()), None)
    substitute = "nghỉ bù" in first
    if slug is None:
        return PublicDay("off", "substitute" if substitute else "holiday", first, first)
    return _public_day(slug, day, substitute=substitute)


#
