"""`phananh doctor`."""

DOCTOR: dict[str, tuple[str, str]] = {
    "doctor.help": (
        "Dữ liệu về ngày nghỉ được cập nhật đến ngày nào, dựa trên gì, khác nhau ở đâu, và những "
        "ngày nào còn tạm tính. Mã thoát 3 nếu có việc cần xem. Dùng --db thì nêu cả từng phản "
        "ánh, kiến nghị bị hỏng.",
        "How old the package's data on days off is, what it is based on, where the two differ, "
        "and which days are not settled. Exit code 3 if something needs attention. "
        "With --db also every case that is damaged.",
    ),
    "version_is": ("phananh {version}", "phananh {version}"),
    "knowledge_of": (
        "ngày nghỉ: theo văn bản đã công bố đến {day}, chưa cập nhật sau ngày này",
        "days off: as published on {day}, later notices are not known",
    ),
    "days_covered": (
        "tính được các ngày từ {first} đến {last}; đã đối chiếu văn bản từ {known}",
        "days from {first} to {last}, checked against notices from {known} on",
    ),
    "counted_off": ("ngày nghỉ", "day off"),
    "counted_worked": ("ngày làm việc", "working day"),
    "not_settled": (
        "tạm tính: {day}, tính là {kind} ({document})",
        "not settled: {day}, counted as a {kind} ({document})",
    ),
    "not_settled_after": (
        "tạm tính: mọi ngày sau {day}", "not settled: every day after {day}",
    ),
    "holidays_differ": (
        "holidays {version}: khác ở {n} ngày", "holidays {version}: differs on {n} days",
    ),
    "difference": (
        "{day}: phananh: {ours}, holidays: {package} ({why})",
        "{day}: phananh: {ours}, holidays: {package} ({why})",
    ),
    "no_reason_known": ("không rõ lý do", "the reason is not known"),
    "python_and_zones": (
        "Python {version}; múi giờ: {zones}", "Python {version}, time zones: {zones}",
    ),
    "damaged": ("hỏng: {what}", "damaged: {what}"),
    "repaired": ("đã sửa: {what}", "repaired: {what}"),
    "row_of_case": ("dòng của PAKN {case} trong danh sách", "the row of case {case} in lists"),
    "database_read": ("cơ sở dữ liệu: đã đọc {n} PAKN", "database: {n} cases read"),
    "database_well": (
        "cơ sở dữ liệu: đã đọc {n} PAKN, không có gì hỏng",
        "database: {n} cases read, none damaged",
    ),
    "database_damaged": (
        "cơ sở dữ liệu: có hỏng, nêu ở trên ({n})", "database: damage found, named above ({n})",
    ),
    "attention": ("cần xem: {what}", "attention: {what}"),
    "all_is_well": ("không có gì cần xem", "all is well"),
    "knowledge_ended": (
        "lịch đã công bố kết thúc ngày {day}; hãy tìm bản phananh mới hơn, hoặc dùng --notices",
        "the days off are known only until {day}. Look for a newer phananh, or give --notices.",
    ),
    "knowledge_old": (
        "dữ liệu về ngày nghỉ đã {n} ngày chưa cập nhật; hãy tìm bản phananh mới hơn",
        "the data on days off is {n} days old. Look for a newer phananh.",
    ),
    "day_not_settled": (
        "đến {known} chưa có văn bản chính thức ({document}): {day} tính là {kind}; nếu đã có văn "
        "bản thì đưa vào bằng --notices",
        "{day} is not settled ({document}): no notice was published by {known}, so it counts as a "
        "{kind}. Once the notice is issued, give it with --notices.",
    ),
    "difference_unexplained": (
        "holidays {version} khác ở ngày {day} mà không rõ lý do",
        "holidays {version} differs on {day} and we do not know why",
    ),
    "correction_needless": (
        "holidays {version} đã có ngày {day}: không cần sửa nữa",
        "holidays {version} now has {day}: our correction is no longer needed",
    ),
    "wrong_offset": (
        "Asia/Ho_Chi_Minh ở {offset}, không phải +07:00",
        "Asia/Ho_Chi_Minh is at {offset}, not +07:00",
    ),
}  # fmt: skip
