"""Days off in Vietnam: public holidays, substitute days and the swaps of state bodies.

Public holidays are those of the Labour Code in force (labour_code.py) and, from 2026, 24
November (NQ 28/2026/QH16). The official years are written out here, because the package `holidays`
learns of notices weeks or months late; it serves the other years. A substitute day for
24 November is never assumed: the resolution grants none.
"""

import functools
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Protocol

import attrs

from phananh.worktime.labour_code import CULTURE_DAY, LABOUR_CODE, law_of
from phananh.worktime.notice import Notice, NoticeDay

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
_MARKS = {
    "dương lịch": "new_year",
    "tết": "tet",
    "giỗ tổ": "hung_kings",
    "chiến thắng": "reunification",
    "lao động": "labour",
    "quốc khánh": "national",
    "văn hóa": "culture",
}
# Public days of the years whose notices are all known; "+" marks a substitute day.
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


def _swap(
    document: str, issued: date | None, off: date, worked: date, status: str = "official"
) -> Notice:
    days = (NoticeDay(off, "off", worked), NoticeDay(worked, "worked", off))
    return Notice(document, issued, status, days)


# Each swap of state bodies since the end of 2018, with the document it rests on.
OFFICIAL_NOTICES: tuple[Notice, ...] = (
    # The letter's date of issue, and whether it covers 31/12/2018, are not confirmed.
    _swap("CV 6519/VPCP-KGVX", None, date(2018, 12, 31), date(2019, 1, 5)),
    _swap("CV 6519/VPCP-KGVX", None, date(2019, 4, 29), date(2019, 5, 4)),
    _swap("CV 2450/VPCP-KGVX", date(2024, 4, 12), date(2024, 4, 29), date(2024, 5, 4)),
    _swap("TB 6150/TB-BLĐTBXH", date(2024, 12, 3), date(2025, 5, 2), date(2025, 4, 26)),
    _swap("CV 12729/VPCP-KGVX", date(2025, 12, 25), date(2026, 1, 2), date(2026, 1, 10)),
    _swap("TB 9441/TB-BNV", date(2025, 10, 16), date(2026, 8, 31), date(2026, 8, 22)),
    Notice(CULTURE_DAY, None, days=(NoticeDay(date(2026, 11, 24), "off"),)),
    # Still a proposal on the official page of this date; no notice is known.
    _swap(
        "đề xuất hoán đổi 23/11/2026",
        date(2026, 9, 6),
        date(2026, 11, 23),
        date(2026, 11, 28),
        "expected",
    ),
)


@attrs.frozen
class PublicDay:
    """A date that is off (or worked) for the whole country, and why.

    `code` is holiday, substitute (nghỉ bù) or swap; `vi` and `en` name the holiday.
    """

    kind: str
    code: str
    vi: str = ""
    en: str = ""
    source: str = LABOUR_CODE
    swapped_with: date | None = None


class PublicDays(Protocol):
    """What a calendar asks of a country: its days by year, its notices, and how far it knows.

    `predictor` names what stands behind days beyond the notices; it is part of a version.
    """

    @property
    def name(self) -> str: ...  # noqa: D102 - said by the class
    @property
    def first_day(self) -> date: ...  # noqa: D102
    @property
    def last_day(self) -> date: ...  # noqa: D102
    @property
    def known_through(self) -> date: ...  # noqa: D102
    @property
    def notices(self) -> tuple[Notice, ...]: ...  # noqa: D102
    @property
    def predictor(self) -> str: ...  # noqa: D102
    def year(self, year: int) -> Mapping[date, PublicDay]: ...  # noqa: D102


@attrs.frozen(kw_only=True)
class VietnamDays:
    """The public days of Vietnam from 1976 to 2100, official through 2026.

    1975 is left out for the last change of the clock; `holidays` says nothing after 2100.
    """

    name: str = "vn-public"
    first_day: date = date(1976, 1, 1)
    last_day: date = date(2100, 12, 31)
    known_through: date = date(2026, 12, 31)
    notices: tuple[Notice, ...] = OFFICIAL_NOTICES

    @property
    def predictor(self) -> str:
        """The package behind the years that are not written out, with its version."""
        from importlib.metadata import version

        return f"holidays=={version('holidays')}"

    def year(self, year: int) -> Mapping[date, PublicDay]:
        """Return the public days of a year, weekends included."""
        return _year(year)


VIETNAM_DAYS = VietnamDays()


@functools.cache
def _year(year: int) -> Mapping[date, PublicDay]:
    official = _OFFICIAL_YEARS.get(year)
    return MappingProxyType(_predicted(year) if official is None else _written(year, official))


def _written(year: int, text: str) -> dict[date, PublicDay]:
    days: dict[date, PublicDay] = {}
    for part in text.split(";"):
        slug, *dates = part.split()
        for item in dates:
            month, day = item.rstrip("+").split("-")
            found = date(year, int(month), int(day))
            days[found] = _public(slug, found, substitute=item.endswith("+"))
    return days


def _public(slug: str, day: date, *, substitute: bool) -> PublicDay:
    vi, en = NAMES[slug]
    source = law_of(day, slug, substitute=substitute)
    return PublicDay("off", "substitute" if substitute else "holiday", vi, en, source)


def _predicted(year: int) -> dict[date, PublicDay]:
    """Ask `holidays`, in Vietnamese always: without a language it follows the environment."""
    import holidays

    found = holidays.country_holidays("VN", language="vi", years=(year, year + 1))
    days = {day: _read(name, day) for day, name in found.items() if day.year == year}
    # NQ 28/2026/QH16 grants no make-up for 24/11; the package predicts one (2029, 2030).
    days = {d: p for d, p in days.items() if (p.vi, p.code) != (NAMES["culture"][0], "substitute")}
    # The day that a Saturday of December stands for may lie in January.
    replaced = {p.swapped_with: d for d, n in found.items() if (p := _read(n, d)).swapped_with}
    for day in found.weekend_workdays:  # holds several years at once
        if day.year == year:
            days[day] = PublicDay(
                "worked", "swap", source="holidays", swapped_with=replaced.get(day)
            )
    return days


def _read(name: str, day: date) -> PublicDay:
    first = name.split(";")[0].strip()
    if "thay cho ngày" in first:
        other = date(*(int(part) for part in first.rstrip(")").rsplit(" ", 1)[1].split("/")[::-1]))
        return PublicDay("off", "swap", source="holidays", swapped_with=other)
    slug = next((slug for mark, slug in _MARKS.items() if mark in first.lower()), None)
    substitute = "nghỉ bù" in first
    if slug is None:
        return PublicDay("off", "substitute" if substitute else "holiday", first, first)
    return _public(slug, day, substitute=substitute)
