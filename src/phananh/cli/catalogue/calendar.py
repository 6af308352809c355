"""`phananh calendar`."""

CALENDAR: dict[str, tuple[str, str]] = {
    "calendar.help": (
        "Lịch làm việc của một năm: ngày làm, ngày nghỉ, thứ Bảy làm bù, và căn cứ của từng ngày.",
        "The calendar of a year: working days, days off, worked Saturdays, and the source of each "
        "day.",
    ),
    "working_days": ("{n} ngày làm việc trên {all} ngày", "{n} working days of {all}"),
    "month_key": (
        "* nghỉ   + làm bù   h giờ riêng   ? tạm tính",
        "* off   + worked in place of another day   h its own hours   ? may change",
    ),
    "months": (
        "Tháng 1, Tháng 2, Tháng 3, Tháng 4, Tháng 5, Tháng 6, Tháng 7, Tháng 8, Tháng 9, Tháng "
        "10, Tháng 11, Tháng 12",
        "January, February, March, April, May, June, July, August, September, October, November, "
        "December",
    ),
    "week": ("T2 T3 T4 T5 T6 T7 CN", "Mo Tu We Th Fr Sa Su"),
    "no_hours_set": ("chưa nêu giờ làm việc", "no hours are set"),
    "hours_of": ("giờ làm việc", "hours"),
    "from_to": ("{first} đến {last}", "{first} to {last}"),
    "date_predicted": (
        "; tạm tính, chưa có văn bản xác nhận", ", the date is predicted",
    ),
    "day_proposed": ("; đề xuất: {why}", ", proposed: {why}"),
}  # fmt: skip
