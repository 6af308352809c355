"""`phananh recalculate`."""

RECALCULATE: dict[str, tuple[str, str]] = {
    "recalculate.help": (
        "So mọi thời hạn đang tính với lịch hiện hành và liệt kê hạn nào đổi. Không ghi gì nếu "
        "không có --apply; chạy lại thì không đổi thêm.",
        "Compare every running limit with today's calendar, and list what moves. The moves are "
        "recorded only with --apply. Safe to repeat.",
    ),
    "recalculate.apply": ("Ghi lại các hạn đổi.", "Record the moves."),
    "recalculate.earlier": (
        "Ngày làm việc thêm có được rút ngắn hạn đã báo không (mặc định keep: giữ).",
        "Whether a worked day may take away time that was promised (default keep).",
    ),
    "recalculate.unexplained": (
        "Có đổi hạn khi không văn bản nào nêu lý do của ngày đã đổi không: văn bản đã thu hồi, "
        "hoặc giờ làm việc đã đổi (mặc định keep: giữ).",
        "Whether a limit moves although no notice explains the day that changed: it was "
        "withdrawn, or the hours were changed (default keep).",
    ),
    "recalculate.day": (
        "Ngày đã đổi; phản ánh, kiến nghị không liên quan tới ngày nào thì bỏ qua, không đọc.",
        "A day that changed. Cases that it cannot affect are skipped unread.",
    ),
    "recalculate.csv": ("In các hạn đổi dạng CSV.", "Print the moves as CSV."),
    "recalculate.check": (
        "Chỉ liệt kê các lịch mà thời hạn đang tính nêu tên.",
        "Only list the calendars that open deadlines name.",
    ),
    "recalculate.resume": ("Chạy tiếp từ chỗ bị ngắt.", "Continue a run that was interrupted."),
    "csv_or_json": (
        "chỉ dùng một trong --csv và --json", "--csv and --json are two forms. Give one of them.",
    ),
    "check_alone": (
        "--check chỉ liệt kê các lịch; bỏ --apply, --earlier, --unexplained, --day, --csv và "
        "--resume.",
        "--check only lists calendars. Leave out --apply, --earlier, --unexplained, --day, --csv "
        "and --resume.",
    ),
    "not_moved": ("chưa tính lại được: {problem}", "not moved: {problem}"),
    "limits_read": ("thời hạn đã xem", "limits looked at"),
    "run_again": (
        "những hạn đã ghi vẫn giữ; chạy lại từ đầu", "what was done is saved. Run it again.",
    ),
    "resume_with": (
        "những hạn đã ghi vẫn giữ; chạy tiếp với --resume {cursor}",
        "what was done is saved. Continue with --resume {cursor}",
    ),
    "calendars_in_use": (
        "số lịch đang dùng: {n}, lịch nào cũng có tên ở đây",
        "calendars in use: {n}, all known by name",
    ),
    "versions_absent": (
        "chưa có đúng phiên bản: {versions}; muốn giải thích các hạn đó, dùng lại --hours và "
        "--notices như khi tính, hoặc --former",
        "not at hand as they were: {versions}. To explain those deadlines, give the same --hours "
        "and --notices, or --former.",
    ),
    "would_move": (
        "sẽ đổi: {moved}, giữ nguyên: {kept}, trong {read} thời hạn đang tính; --apply để ghi lại",
        "would move: {moved}, kept: {kept}, of {read} running limits. --apply records it.",
    ),
    "moved": (
        "đã đổi: {moved}, giữ nguyên: {kept}, trong {read} thời hạn đang tính",
        "moved: {moved}, kept: {kept}, of {read} running limits",
    ),
    "to_decide": (
        "cần người quyết định: {unexplained} chưa rõ lý do, {named_on_day_off} hẹn vào ngày mà "
        "theo lịch hiện hành là ngày nghỉ, {late_before} đã ghi trễ hạn trước khi tính lại",
        "for a person to decide: {unexplained} not explained, {named_on_day_off} promised on a "
        "day off now, {late_before} marked late before",
    ),
    "decide.unexplained": (
        "Không đổi, vì lịch hiện hành không nêu lý do cho ngày đã đổi. Có thể thiếu văn bản: dùng "
        "--notices để thêm, hoặc --former để đưa lịch cũ. Nếu văn bản đã thu hồi, hoặc giờ làm "
        "việc đã đổi: --unexplained apply.",
        "Not moved, as today's calendar gives no reason for a day that changed. Most likely a "
        "notice is missing: give it with --notices, or the calendar as it was with --former. "
        "If it was really withdrawn, or the hours were changed: --unexplained apply.",
    ),
    "decide.named_on_day_off": (
        "Thời gian đã hẹn trả lời tổ chức, cá nhân rơi vào ngày nghỉ theo lịch hiện hành, và vẫn "
        "giữ: liên hệ lại với tổ chức, cá nhân.",
        "The time promised to the citizen falls on a day off now, and stays: call the citizen.",
    ),
    "decide.late_before": (
        "Đã ghi trễ hạn trước khi tính lại; theo lịch hiện hành thì lúc đó chưa hết hạn. Vẫn là "
        "trễ hạn; cần người quyết định xử lý thế nào.",
        "Marked late before the calendar changed. By today's calendar it had not run out then. It "
        "stays late, and a person decides what follows.",
    ),
    "more_moves": ("và {n} hạn khác; --csv liệt kê hết", "and {n} more. --csv lists them all."),
    "kept": ("giữ nguyên", "kept"),
    "head.at_hand": ("Đúng phiên bản", "At hand"),
    "head.by_notice": ("Theo", "By notice"),
    "head.calendar": ("Lịch", "Calendar"),
    "head.counted": ("Theo lịch hiện hành", "Counted today"),
    "head.day_off": ("Ngày nghỉ", "Day off now"),
    "head.days": ("Ngày đổi", "Days"),
    "head.deadlines": ("Số hạn", "Deadlines"),
    "head.decide": ("Cần quyết định", "Decide"),
    "head.earlier": ("Sớm hơn", "Earlier"),
    "head.is_due": ("Hạn mới", "Is due"),
    "head.kept": ("Giữ nguyên", "Kept"),
    "head.later": ("Muộn hơn", "Later"),
    "head.missing": ("Thiếu", "Missing"),
    "head.promised": ("Thời gian đã hẹn", "Promised"),
    "head.set_on": ("Tính theo lịch", "Set on"),
    "head.version": ("Phiên bản", "Version"),
    "head.was_due": ("Hạn cũ", "Was due"),
}  # fmt: skip
