"""The official notices that the package knows, as data, each with where you can look it up.

A yearly notice fixes Tết and the second day of National Day, and whether days are swapped. With
it the year is known (`known_through`). Tết itself is among the public days, under the Labour Code.
The swaps are here, with the day that the National Assembly added. If a letter of the Government
Office came before the notice of the ministry, the day is known from the letter on.
"""

from datetime import date

from phananh.worktime.days.notices import Notice, NoticeDay

COMPILED_ON = date(2026, 11, 25)
"""The day on which this table was last compared with its sources."""

CULTURE_DAY = "NQ 28/2026/QH16"
"""The resolution that makes 24 November a day off."""
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
