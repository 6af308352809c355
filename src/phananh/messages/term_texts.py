"""What an explained term says, in Vietnamese and English, by code (Civil Code, Art. 144-148)."""

EXPIRY: dict[str, tuple[str, str]] = {
    "midnight": (
        "Hạn: hết {day} (24 giờ, {law}). Thời hạn {term}.",
        "Due: the end of {day} (24:00, {law}). Term: {term}.",
    ),
    "closing": (
        "Hạn: {time} {day}, khi hết giờ làm việc. Thời hạn {term}.",
        "Due: {day} {time}, at closing. Term: {term}.",
    ),
    "from": ("Từ {day}{deferred}; {first} ({law}).", "From {day}{deferred}: {first} ({law})."),
    "deferred": (" ({why}, coi như {day})", " ({why}, taken as {day})"),
    "out_of_hours": ("ngoài giờ làm việc", "out of hours"),
    "too_late": ("sau {time} hoặc ngày nghỉ", "after {time} or on a day off"),
    "left_out": ("ngày này không tính", "that day is not counted"),
    "included": (
        "ngày này được tính theo quy định riêng",
        "that day is counted, by a rule of its own",
    ),
    "skipped": ("{days} không tính: {why}.", "{days} not counted: {why}."),
    "working": ("{days}: {n}, {left}{also}.", "{days}: {n}, {left}{also}."),
    "left": ("còn {n}", "{n} left"),
    "none": ("đủ", "none left"),
    "short": (
        "{weekday} {day} làm việc {hours}, vẫn tính một ngày",
        "{weekday} {day} is open {hours}, and counts as a day",
    ),
    "days": (
        "{days}: {n}, kể cả ngày nghỉ ({law}){worked}.",
        "{days}: {n}, days off included ({law}){worked}.",
    ),
    "corresponding": (
        "{days}: {n}, đến ngày tương ứng ({law}){worked}.",
        "{days}: {n}, to the corresponding day ({law}){worked}.",
    ),
    "clipped": (
        "{days}: {n}; tháng cuối không có ngày {number}, lấy ngày cuối tháng ({law}){worked}.",
        "{days}: {n}. The last month has no day {number}, so its last day ({law}){worked}.",
    ),
    "alike": ("{law}, áp dụng tương tự khoản 3", "{law}, by analogy with clause 3"),
    "worked": ("; {day}, nên hạn không chuyển", ", {day}, so it ends there"),
    "rolled": (
        "{days} là ngày nghỉ ({why}); hạn chuyển sang {last} ({law}).",
        "{days} off ({why}), so it ends on {last} instead ({law}).",
    ),
    "law": (
        "khoản {clause} Điều {article} Bộ luật Dân sự 2015",
        "Civil Code 2015, Article {article}({clause})",
    ),
    "late": ("trễ hạn {n}", "overdue by {n}"),
    "late_since": ("trễ hạn, chưa đến một {unit}", "overdue, by less than one {unit}"),
    "last_day": ("hết hạn hôm nay", "due today"),
    "more": ("còn {n}", "{n} left"),
}

# An amount of days or more: one, and any other number.
ONE: dict[str, tuple[str, str]] = {
    "working_days": ("{n} ngày làm việc", "{n} working day"),
    "days": ("{n} ngày", "{n} day"),
    "weeks": ("{n} tuần", "{n} week"),
    "months": ("{n} tháng", "{n} month"),
    "years": ("{n} năm", "{n} year"),
}
MANY = {unit: (vi, f"{en}s") for unit, (vi, en) in ONE.items()}
