"""`phananh calendar`."""

CALENDAR: dict[str, tuple[str, str]] = {
    "calendar.help": (
        "Lịch làm việc của một năm: ngày làm, ngày nghỉ, thứ Bảy làm bù, và căn cứ của từng ngày.",
        "A year as it is worked: open, off, worked Saturdays, and where each day comes from.",
    ),
    "working_days": ("{n} ngày làm việc trên {all} ngày", "{n} working days of {all}"),
    "month_key": (
        "* nghỉ   + làm bù   h giờ riêng   ? có thể thay đổi",
        "* off   + worked in place of another day   h hours of its own   ? may change",
    ),
    "no_hours_set": ("chưa nêu giờ làm việc", "no hours are set"),
    "hours_of": ("giờ làm việc", "hours"),
    "from_to": ("{first} đến {last}", "{first} to {last}"),
    "date_predicted": (
        "; ngày dự đoán, chưa có văn bản xác nhận", "; the date is predicted",
    ),
    "day_proposed": ("; đề xuất: {why}", "; proposed: {why}"),
}  # fmt: skip
