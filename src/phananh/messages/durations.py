"""Amounts of time, and of what is left or over, in Vietnamese and English, by code."""

TIME_LEFT: dict[str, tuple[str, str]] = {
    "due": ("đến hạn", "due now"),
    "left": ("còn {amount} làm việc{length}", "{amount} left{length}"),
    "over": ("quá {amount} làm việc{length}", "{amount} over{length}"),
    "left_none": (
        "chưa đến hạn, nhưng không còn giờ làm việc nào",
        "not due yet, but no working time is left",
    ),
    "over_none": (
        "trễ hạn, nhưng chưa qua giờ làm việc nào",
        "overdue, but no working time has passed since",
    ),
    "left_brief": (
        "còn chưa đến 1 phút làm việc",
        "less than a minute of working time left",
    ),
    "over_brief": (
        "quá chưa đến 1 phút làm việc",
        "less than a minute of working time over",
    ),
    "amount": ("{amount} làm việc", "{amount}"),
    "length": (" ({length} một ngày)", " ({length} a day)"),
}
# Vietnamese, then English for one, for several, and short.
UNITS: tuple[tuple[str, str, str, str], ...] = (
    ("ngày", "day", "days", "d"),
    ("giờ", "hour", "hours", "h"),
    ("phút", "minute", "minutes", "min"),
    ("giây", "second", "seconds", "s"),
)
# English puts "working" before a day or an hour that is the only part.
ENGLISH_WORK = ("{number} working {unit}", "{amount} of working time")
