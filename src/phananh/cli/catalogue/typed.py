"""Times, dates and amounts that cannot be read."""

TYPED: dict[str, tuple[str, str]] = {
    "not_a_time": (
        "{text} không phải thời điểm; viết như 09:00 04/03/2026 hoặc 2026-03-04T09:00 (giờ Việt "
        "Nam), hoặc 2026-03-04T09:00:00+07:00",
        "{text} is not a time. Write it like 09:00 04/03/2026 or 2026-03-04T09:00 (Vietnamese "
        "time), or 2026-03-04T09:00:00+07:00",
    ),
    "no_such_time": (
        "{text}: không có ngày, giờ hoặc múi giờ này",
        "{text}: there is no such date, hour or offset",
    ),
    "no_such_day_of_month": (
        "{text}: tháng {month} chỉ có {n} ngày",
        "{text}: there are {n} days in {month}",
    ),
    "date_missing": (
        "{text} chưa có ngày; viết như 09:00 04/03/2026 hoặc 2026-03-04T09:00",
        "{text} has no date. Write it like 2026-03-04T09:00 or 09:00 04/03/2026",
    ),
    "unit_missing": (
        "{text} chưa có đơn vị; viết {text}h hoặc {text} giờ, theo mẫu 5h, 8h30m, 45m, 90s; hoặc "
        "{text}wd cho ngày làm việc",
        "{text} has no unit. Write {text}h, like 5h, 8h30m, 45m, 90s, or {text}wd for working days",
    ),
    "no_such_date": ("không có ngày {text}", "there is no date {text}"),
    "time_missing": (
        "{text} chưa có giờ; viết như 09:00 04/03/2026 hoặc 2026-03-04T09:00",
        "{text} has no time of day. Write it like 2026-03-04T09:00 or 09:00 04/03/2026",
    ),
    "start_time_missing": (
        "{text} là ngày; tính bằng giờ thì cần giờ bắt đầu; viết như 09:00 {day}, hoặc nêu thời "
        "hạn tính bằng ngày, ví dụ 5wd",
        "{text} is a date, and hours need a start time. Write it like {day}T09:00, or give a term "
        "in days, such as 5wd",
    ),
    "not_a_date": (
        "{text} không phải ngày; viết như 24/12/2025 hoặc 2025-12-24",
        "{text} is not a date. Write it like 2025-12-24 or 24/12/2025",
    ),
    "negative_budget": (
        "{text}: số giờ không được âm; viết 5h, 8h30m, 45m hoặc 90s",
        "{text}: a budget is not negative. Write 5h, 8h30m, 45m or 90s",
    ),
    "not_a_budget": (
        "{text} không phải số giờ; viết giờ, phút, giây theo thứ tự: 5h, 8h30m, 45m, 90s; hoặc "
        "ngày: 5wd, 10d, 2w, 3mo, 1y",
        "{text} is not a budget. Write hours, minutes, seconds in that order: 5h, 8h30m, 45m, "
        "90s. Or days: 5wd, 10d, 2w, 3mo, 1y",
    ),
    "not_seconds": (
        "{text} không phải số giây nguyên từ 0 trở lên",
        "{text} is not a number of whole seconds, 0 or more",
    ),
    "too_many_seconds": ("{text} giây là quá dài", "{text} seconds is more time than there is"),
    "empty_term": ("{text}: thời hạn ít nhất là 1", "{text}: a term is at least 1"),
}
