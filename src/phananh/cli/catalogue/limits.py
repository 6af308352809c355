"""Texts on the limits of a case: due, late, left, and on which calendar."""

LIMITS: dict[str, tuple[str, str]] = {
    "provisional": ("tạm tính", "provisional"),
    "late_since": (
        "{who} trễ hạn (hết hạn lúc {due}, {clause})", "{who} late, was due {due} ({clause})",
    ),
    "missed": (
        "{who} đã trễ hạn (hết hạn lúc {due}, {clause})", "{who} missed {due} ({clause})",
    ),
    "missed_limit": (
        "Thời hạn đã hết, tính từ bước {n}:", "The limit that was missed, of event {n}:",
    ),
    "other_calendar": (
        "tính theo lịch {name} {version}; hãy cho --hours và --notices của lịch đó",
        "computed on calendar {name} {version}. Give --hours and --notices of that calendar.",
    ),
    "other_calendar_steps": (
        "tính theo lịch {name} {version}; hãy cho --hours và --notices của lịch đó để xem từng "
        "bước",
        "computed on calendar {name} {version}. Give --hours and --notices of that calendar to "
        "see the steps.",
    ),
    "left_today": ("theo lịch {name} {version}: {left}", "on {name} {version}: {left}"),
    "calendar_changed_same": (
        "Lịch {name} nay là {new}, không còn là {old}; tính lại vẫn ra hạn đó.",
        "Calendar {name} is now {new}, no longer {old}. It gives the same time.",
    ),
    "calendar_changed_kept": (
        "Lịch {name} nay là {new}, không còn là {old}: tính lại sẽ là {due}{papers}; hạn đã báo "
        "vẫn giữ (cách hiểu R15).",
        "Calendar {name} is now {new}, no longer {old}: computed again it would be {due}{papers}. "
        "The time that was given stays (reading R15).",
    ),
    "set_back": (
        "trạng thái, các bước và việc lọc theo hiện tại; chỉ số giờ còn, quá tính đến {at}",
        "states, steps and filters are as of now, and only the time left or over is as of {at}",
    ),
    "unknown_calendar": (
        "lịch {calendars}: PAKN {cases} còn dùng (tổng cộng {deadlines} hạn), nhưng chỉ có "
        "{known}; dùng --former để đưa lịch đó",
        "calendar {calendars}: named by {cases} ({deadlines} in all), but the desk knows only "
        "{known}. Give it, as it was, with --former.",
    ),
}  # fmt: skip
