"""Days and laws in words, Vietnamese and English side by side."""

WEEKDAYS: tuple[tuple[str, str], ...] = (
    ("thứ Hai", "Monday"),
    ("thứ Ba", "Tuesday"),
    ("thứ Tư", "Wednesday"),
    ("thứ Năm", "Thursday"),
    ("thứ Sáu", "Friday"),
    ("thứ Bảy", "Saturday"),
    ("Chủ nhật", "Sunday"),
)
WEEKDAYS_SHORT: tuple[tuple[str, str], ...] = (
    ("T2", "Mon"),
    ("T3", "Tue"),
    ("T4", "Wed"),
    ("T5", "Thu"),
    ("T6", "Fri"),
    ("T7", "Sat"),
    ("CN", "Sun"),
)
# Vietnamese writes the number of a month.
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# Why a day is what it is, by the code of the reason. `other` is the day it is swapped with.
REASONS: dict[str, tuple[str, str]] = {
    "regular": ("ngày làm việc", "working day"),
    "weekend": ("nghỉ hằng tuần", "weekly rest"),
    "holiday": ("nghỉ {name}", "{name}"),
    "substitute": ("nghỉ bù {name}", "substitute day for {name}"),
    "swap": ("nghỉ hoán đổi, làm bù vào {other}", "day off by swap, made up on {other}"),
    "no_hours": ("chưa nêu giờ làm việc cho ngày này", "no hours are set for this day"),
    "make_up": ("làm bù cho {other}", "worked in place of {other}"),
    "make_up_alone": ("ngày làm bù", "a make-up day"),
    "make_up_off": (
        "bù cho {other}, là ngày cơ quan không có giờ làm việc",
        "would make up for {other}, a weekday without office hours",
    ),
    "notice": ("theo văn bản", "set by a notice"),
    "notice_off": ("nghỉ theo văn bản", "day off by a notice"),
    "notice_rest": ("nghỉ hằng tuần", "weekly rest"),
    "notice_usual": ("ngày làm việc bình thường", "an ordinary working day"),
    "notice_worked": ("làm việc theo văn bản", "worked by a notice"),
    "override": ("theo lịch riêng của cơ quan", "set by the office's own calendar"),
    "override_off": ("nghỉ theo lịch riêng của cơ quan", "closed by the office itself"),
}

# Two notices that disagree.
CONTRADICTION = ("{date}: {holds} thay cho {yields}", "{date}: {holds} applies, not {yields}")
DATED_RULING = ("{document} ngày {issued} ({kind})", "{document} of {issued} ({kind})")
UNDATED_RULING = ("{document}, không rõ ngày ({kind})", "{document}, undated ({kind})")
DAY_KINDS: dict[str, tuple[str, str]] = {
    "off": ("nghỉ", "off"),
    "worked": ("làm việc", "worked"),
    "hours": ("giờ riêng", "hours"),
}

# How the source of a day is cited. Another source is shown as it is.
SOURCES: dict[str, tuple[str, str]] = {
    "holidays": ("theo dữ liệu tham khảo (holidays)", "from reference data (holidays)"),
    "quy định trước Bộ luật Lao động 1994": (
        "quy định trước Bộ luật Lao động 1994", "rules before the Labour Code of 1994",
    ),
    "Bộ luật Lao động 1994, Điều 73": (
        "Điều 73 Bộ luật Lao động 1994", "Labour Code 1994, Article 73",
    ),
    "Bộ luật Lao động 1994, Điều 73 (sửa đổi bởi Luật số 84/2007/QH11)": (
        "Điều 73 Bộ luật Lao động 1994 (sửa đổi bởi Luật số 84/2007/QH11)",
        "Labour Code 1994, Article 73 (as amended by Law 84/2007/QH11)",
    ),
    "Bộ luật Lao động 2012, Điều 115": (
        "Điều 115 Bộ luật Lao động 2012", "Labour Code 2012, Article 115",
    ),
    "Bộ luật Lao động 2012, Điều 115 khoản 3": (
        "khoản 3 Điều 115 Bộ luật Lao động 2012", "Labour Code 2012, Article 115.3",
    ),
    "Bộ luật Lao động 2019, Điều 111 khoản 3": (
        "khoản 3 Điều 111 Bộ luật Lao động 2019", "Labour Code 2019, Article 111.3",
    ),
    "Bộ luật Lao động 2019, Điều 112": (
        "Điều 112 Bộ luật Lao động 2019", "Labour Code 2019, Article 112",
    ),
}  # fmt: skip
# What the letters before the number of a document mean. English leaves them as they are.
DOCUMENTS: dict[str, str] = {
    "CV": "Công văn",
    "TB": "Thông báo",
    "NQ": "Nghị quyết",
    "QĐ": "Quyết định",
    "NĐ": "Nghị định",
    "TT": "Thông tư",
}
ISSUED = ("{document} ngày {issued}", "{document} of {issued}")
