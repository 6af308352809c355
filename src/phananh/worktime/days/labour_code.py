"""The law behind a public day off: the Labour Code in force on it, and NQ 28/2026/QH16.

Holidays rest on Art. 112 of the Labour Code of 2019 from 2021, on Art. 115 of that of 2012 from
May 2013, and on Art. 73 of that of 1994 before. A substitute day (nghỉ bù) rests on the clause
that moves a holiday off the weekly rest day. No source is named for the years before 1995.
"""

from datetime import date

CULTURE_DAY = "NQ 28/2026/QH16"
LABOUR_CODE = "Bộ luật Lao động 2019, Điều 112"
_HUNG_KINGS_2007 = " (sửa đổi bởi Luật số 84/2007/QH11)"

# first day in force: (holidays, substitute days)
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
