"""Days off in Vietnam: public holidays, substitute days and the swaps of state bodies.

Public holidays are those of the Labour Code in force and, from 2026, 24 November
(NQ 28/2026/QH16). The official years are written out here, because the package `holidays` gets
notices weeks or months late. It is used for the other years. A substitute day for 24 November is
not assumed, because the resolution grants none.
"""

import functools
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from importlib.machinery import PathFinder
from types import MappingProxyType
from typing import Any, Self

import attrs

from phananh.errors import InputError
from phananh.plain_value import PlainValue, Value
from phananh.worktime.days.notices import Notice, NoticeDay, last_settled_day, notices_known_on

CULTURE_DAY = "NQ 28/2026/QH16"
"""The resolution that makes 24 November a day off."""
COMPILED_ON = date(2026, 11, 25)
"""The day on which the official notices here were last compared with their sources."""
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


@attrs.frozen(eq=False, repr=False, slots=False)
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


# The official notices that the package knows, each with where you can look it up. A yearly notice
# fixes Tết and the second day of National Day, and whether days are swapped. With it the year is
# known (`known_through`). Tết itself is among the public days, under the Labour Code. The swaps
# are here, with the day that the National Assembly added. If a letter of the Government Office came
# before the notice of the ministry, the day is known from the letter on.
_GOVERNMENT = "Văn phòng Chính phủ"
_LABOUR = "Bộ Lao động - Thương binh và Xã hội"
_HOME = "Bộ Nội vụ"


def _swap_days(off: date, worked: date) -> tuple[NoticeDay, NoticeDay]:
    return NoticeDay(off, "off", worked), NoticeDay(worked, "worked", off)


OFFICIAL_NOTICES: tuple[Notice, ...] = (
    Notice(
        "CV 6519/VPCP-KGVX",
        date(2018, 7, 11),
        days=(
            *_swap_days(date(2018, 12, 31), date(2019, 1, 5)),
            *_swap_days(date(2019, 4, 29), date(2019, 5, 4)),
        ),
        office=_GOVERNMENT,
        known_through=date(2019, 12, 31),
        source="thuvienphapluat.vn, cong-van 387625",
        note="Tết 04-08/02/2019",
    ),
    Notice(
        "CV 9087/VPCP-KGVX",
        date(2019, 10, 7),
        office=_GOVERNMENT,
        also=("TB 4544/TB-LĐTBXH",),  # of 2019-10-25
        known_through=date(2020, 12, 31),
        source="vbpl.ts24.com.vn, 16000100840; lawnet.vn, 144554",
        note="Tết 23-29/01/2020",
    ),
    Notice(
        "CV 9895/VPCP-KGVX",
        date(2020, 11, 26),
        office=_GOVERNMENT,
        also=("TB 4875/TB-LĐTBXH",),
        known_through=date(2021, 12, 31),
        source="thuvienphapluat.vn, cong-van 460294",
        note="Tết 10-16/02/2021; Quốc khánh 02-05/09/2021",
    ),
    Notice(
        "CV 245/VPCP-KGVX",
        date(2022, 1, 11),
        office=_GOVERNMENT,
        also=("TB 119/TB-LĐTBXH",),
        known_through=date(2022, 12, 31),
        source="english.luatvietnam.vn, 215627; vietlawonline.com, vbpl116530",
        note="Tết 31/01-04/02/2022; Quốc khánh 01-02/09/2022",
    ),
    Notice(
        "CV 8056/VPCP-KGVX",
        date(2022, 12, 1),
        office=_GOVERNMENT,
        also=("TB 5034/TB-LĐTBXH",),  # of 2022-12-07
        known_through=date(2023, 12, 31),
        source="thuvienphapluat.vn, cong-van 542221; diza.dongnai.gov.vn, 2251",
        note="Tết 20-26/01/2023; Quốc khánh 01-04/09/2023",
    ),
    Notice(
        "CV 8662/VPCP-KGVX",
        date(2023, 11, 3),
        office=_GOVERNMENT,
        also=("TB 5015/TB-LĐTBXH",),  # of 2023-11-22
        known_through=date(2024, 12, 31),
        source="thuvienphapluat.vn, cong-van 585800",
        note="Tết 08-14/02/2024; Quốc khánh 31/08-03/09/2024",
    ),
    Notice(
        "CV 2450/VPCP-KGVX",
        date(2024, 4, 12),
        days=_swap_days(date(2024, 4, 29), date(2024, 5, 4)),
        office=_GOVERNMENT,
        also=("TB 1570/TB-LĐTBXH",),
        source="thuvienphapluat.vn, cong-van 606458; baotintuc.vn, 2024-04-12",
    ),
    Notice(
        "TB 6150/TB-BLĐTBXH",
        date(2024, 12, 3),
        days=_swap_days(date(2025, 5, 2), date(2025, 4, 26)),
        office=_LABOUR,
        known_on=date(2024, 11, 26),
        also=("CV 8726/VPCP-KGVX",),
        known_through=date(2025, 12, 31),
        source="thuvienphapluat.vn, van-ban 634997",
        note="Tết 25/01-02/02/2025; Quốc khánh 30/08-02/09/2025",
    ),
    Notice(
        "TB 9441/TB-BNV",
        date(2025, 10, 16),
        days=_swap_days(date(2026, 8, 31), date(2026, 8, 22)),
        office=_HOME,
        known_on=date(2025, 10, 13),
        also=("CV 9859/VPCP-KGVX",),
        known_through=date(2026, 12, 31),
        source="english.luatvietnam.vn, 415220",
        note="Tết 14-22/02/2026; Quốc khánh 29/08-02/09/2026",
    ),
    Notice(
        "CV 12729/VPCP-KGVX",
        date(2025, 12, 25),
        days=_swap_days(date(2026, 1, 2), date(2026, 1, 10)),
        office=_GOVERNMENT,
        source="en.sggp.org.vn, 122755; baochinhphu.vn, 102251225111845247",
    ),
    # In force from 2026-07-01. The date of issue is from reports, not from the signed text.
    Notice(
        CULTURE_DAY,
        date(2026, 4, 24),
        days=(NoticeDay(date(2026, 11, 24), "off"),),
        office="Quốc hội",
        source="xaydungchinhsach.chinhphu.vn, 119260508142130402",
        note="24/11 hằng năm, từ 2026",
    ),
    # Still a proposal on the official page of this date. CV 10065/VPCP-KGVX of 2026-10-02 is
    # reported to leave these two days as they were and to fix Tết and National Day 2027. It was
    # not seen, so it is not in the table.
    Notice(
        "đề xuất hoán đổi 23/11/2026",
        date(2026, 9, 6),
        "expected",
        _swap_days(date(2026, 11, 23), date(2026, 11, 28)),
        office=_HOME,
        source="xaydungchinhsach.chinhphu.vn, 119260113152642414",
    ),
)

# The first day that a notice of the table covers. Earlier days are those of `holidays`.
_KNOWN_FROM = date(2018, 12, 31)


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class VietnamDays(Value):
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
    known_through: date = attrs.field(
        default=attrs.Factory(
            lambda days: last_settled_day(days.notices) or _KNOWN_FROM - timedelta(days=1),
            takes_self=True,
        )
    )
    package_swaps: bool = True
    seen_on: date | None = attrs.field(default=None, eq=False)
    _culture: bool = attrs.field(
        init=False,
        eq=False,
        repr=False,
        default=attrs.Factory(
            lambda days: any(CULTURE_DAY in notice.documents for notice in days.notices),
            takes_self=True,
        ),
    )

    def year(self, year: int) -> Mapping[date, PublicDay]:
        """Return the public days of a year, weekends included."""
        return _year(year, culture=self._culture, swaps=self.package_swaps)

    def as_of(self, day: date) -> Self:
        """Return the days as they were known on a day: without the notices known later.

        Swaps that only `holidays` knows are left out too, because it does not say since when it
        has them.

        Raises:
            InputError: no notice was known on that day, so what was known then is unknown.
        """
        known = notices_known_on(self.notices, day)
        if not known:
            raise InputError(
                code="nothing_known_yet",
                field="as_of",
                day=day,
                first=min((n.known_on for n in self.notices if n.known_on), default=None),
            )
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
    return PublicDay(
        "off", code, vi, en, source, floats=yearly or slug == "hung_kings", yearly=yearly
    )


@functools.cache
def _load_country() -> Callable[..., Any]:
    """Return only Vietnam from `holidays`: all 200 countries would take 100 ms to import."""
    from importlib.util import module_from_spec

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
