"""`phananh notices` and `phananh notices check`."""

NOTICES: dict[str, tuple[str, str]] = {
    "notices.help": (
        "Các văn bản chính thức về ngày nghỉ và hoán đổi: số, cơ quan, ngày ban hành, thay đổi gì, "
        "và văn bản nào được áp dụng khi hai văn bản trái nhau.",
        "The official notices that move days: number, office, date, what each changes, and which "
        "of two that contradict each other applies.",
    ),
    "notices.check.help": (
        "Các văn bản trong TỆP (TOML hoặc iCalendar) sẽ thay đổi, trái với, hay chỉ nhắc lại "
        "điều gì. Mã thoát 3 nếu có ngày không có tác dụng.",
        "What the notices in FILE (TOML or iCalendar) would change, contradict, or only repeat. "
        "Exit code 3 if a day of it would have no effect.",
    ),
    "options_behind": (
        "ghi --hours, --notices và --as-of sau `check`.",
        "put --hours, --notices and --as-of after `check`.",
    ),
    "head.becomes": ("Trở thành", "Becomes"),
    "head.changes": ("Thay đổi", "What it changes"),
    "head.effect": ("Tác dụng", "Effect"),
    "head.issued": ("Ngày ban hành", "Issued"),
    "head.issued_by": ("Cơ quan", "Issued by"),
    "notice_known_on": (" (công bố từ {day})", " (known {day})"),
    "days_known": ("lịch nghỉ đã công bố đến hết {day}", "days known through {day}"),
    "days_known_now": (
        "lịch nghỉ đã công bố đến hết {after}, không phải {before}",
        "days known through {after}, not {before}",
    ),
    "day_swapped": ("nghỉ {day}, làm bù {other}", "{day} off, worked {other}"),
    "effect.changes": ("thay đổi", "changes"),
    "effect.known": ("đã có, theo {other}", "known already, by {other}"),
    "effect.confirms": ("xác nhận điều còn tạm tính", "confirms what was only expected"),
    "effect.expected": (
        "chỉ là đề xuất: hạn đi qua ngày này là tạm tính",
        "only a proposal: deadlines across it are provisional",
    ),
    "effect.wins": (
        "trái với {other}, ban hành trước: văn bản này được áp dụng",
        "contradicts {other}, which is older: this one applies",
    ),
    "effect.yields": (
        "trái với {other}, ban hành sau: văn bản này không có tác dụng",
        "contradicts {other}, which is newer: this one has no effect",
    ),
    "effect.settled": (
        "đề xuất đã được giải quyết bởi {other}", "a proposal that {other} has settled",
    ),
    "effect.idle": (
        "không thay đổi gì: ngày này vốn đã như vậy", "no change: the day is already so",
    ),
    "effect.outranked": (
        "không thay đổi gì: lịch có quy định riêng cho ngày này",
        "no change: the calendar has its own day there",
    ),
    "half_of_swap": (
        "còn lại một nửa hoán đổi: {day} vẫn {kind} thay cho {other} ({paper}), trong khi "
        "{changed} đã đổi ngày đó; hãy nêu cả hai ngày",
        "half of a swap stays: {day} is {kind} for {other} ({paper}), which {changed} has "
        "changed. List both days.",
    ),
    "notice_totals": (
        "văn bản: {notices}; ngày: {days}", "notices: {notices}, days: {days}",
    ),
    "events_ignored": ("sự kiện khác bị bỏ qua: {n}", "other events ignored: {n}"),
    "events_withdrawn": ("sự kiện đã rút lại: {n}", "events withdrawn: {n}"),
}  # fmt: skip
