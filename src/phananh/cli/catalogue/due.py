"""`phananh due` and `phananh between`."""

DUE: dict[str, tuple[str, str]] = {
    "due.help": (
        "Tính thời điểm hết hạn. TỪ-LÚC viết như '09:00 04/03/2026' hoặc 2026-03-04T09:00 "
        "(giờ Việt Nam), hoặc kèm múi giờ; THỜI-HẠN viết như 5h, 8h30m, 45m hoặc 90s, hoặc thời "
        "hạn tính bằng ngày, có thể kể từ một ngày: 5wd (ngày làm việc), 10d, 2w, 3mo hoặc 1y. "
        "--batch đọc các dòng CSV start,budget_seconds, và hours nếu cần, rồi ghi lại kèm thời "
        "hạn.",
        "Compute when a budget of working time is used up. START is like 2026-03-04T09:00 or "
        "'09:00 04/03/2026' (Vietnamese time), or with an offset. BUDGET is like 5h, 8h30m, 45m or "
        "90s, or a term in days, which may start on a date: 5wd (working days), 10d, 2w, 3mo or "
        "1y. --batch reads CSV rows start,budget_seconds, and hours if you need them, and writes "
        "them with their due times.",
    ),
    "due.explain": ("Giải thích theo từng buổi.", "Say why, session by session."),
    "due.picture": (
        "Vẽ các ngày với những giờ được tính; trên màn hình dòng lệnh, --explain cũng vẽ.",
        "Draw the days with the spans that count. On a terminal, --explain does so too.",
    ),
    "due.svg": (
        "Ghi hình các ngày vào tệp SVG.", "Write the picture of the days to an SVG file.",
    ),
    "due.ends": (
        "Ngày cuối của thời hạn tính bằng ngày kết thúc lúc 24 giờ (mặc định) hay khi hết giờ làm "
        "việc.",
        "When the last day of a term in days ends: at 24:00 (default), or at closing.",
    ),
    "due.batch": (
        "Các dòng start,budget_seconds từ TỆP hoặc đầu vào chuẩn.",
        "Rows start,budget_seconds from FILE or standard input.",
    ),
    "between.help": (
        "Thời gian làm việc từ A đến B, âm khi B sớm hơn.",
        "Compute the working time between A and B, negative if B is earlier.",
    ),
    "batch_alone": (
        "--batch không đi cùng TỪ-LÚC, THỜI-HẠN, --explain, --ends, --picture hay --svg.",
        "--batch takes no START, BUDGET, --explain, --ends, --picture or --svg.",
    ),
    "start_and_budget_needed": (
        "cần TỪ-LÚC và THỜI-HẠN, ví dụ '09:00 04/03/2026' 5h.",
        "START and BUDGET are needed, such as 2026-03-04T09:00 5h.",
    ),
    "picture_or_json": (
        "--picture dành cho người, --json dành cho chương trình; chỉ dùng một trong hai.",
        "--picture is for people and --json for programs. Give one of them.",
    ),
    "ends_for_days": (
        "--ends chỉ dùng cho thời hạn tính bằng ngày, ví dụ 5wd.",
        "--ends is for terms in days, such as 5wd.",
    ),
    "picture_for_hours": (
        "--picture và --svg chỉ dùng cho giờ làm việc, không dùng cho thời hạn tính bằng ngày.",
        "--picture and --svg are for working time, not for terms in days.",
    ),
    "provisional_day": (
        "tạm tính: văn bản ban hành sau này có thể làm thay đổi ngày này",
        "provisional: a later notice may move this day",
    ),
    "picture_received": ("nhận {time}", "received {time}"),
    "picture_due": ("hạn {time}", "due {time}"),
    "picture_folded": (
        "{n} ngày khác, trong đó tính {worked}", "{n} more days, {worked} of them count",
    ),
    "picture_counted": ("giờ được tính", "time that counts"),
    "picture_open": ("giờ làm việc khác", "other working time"),
    "wrong_header": (
        "{path}: dòng đầu phải là start,budget_seconds hoặc start,budget_seconds,hours ({problem})",
        "{path}: the first line must be start,budget_seconds or start,budget_seconds,hours "
        "({problem})",
    ),
    "header_absent": ("tệp trống", "the file is empty"),
    "header_order": ("sai thứ tự", "in another order"),
    "header_missing": ("thiếu: {columns}", "missing: {columns}"),
    "header_twice": ("lặp lại: {columns}", "twice: {columns}"),
    "header_unknown": ("không có cột: {columns}", "unknown: {columns}"),
    "wrong_cells": ("có {n} ô, cần {needed} ô", "{n} cells, but {needed} are needed"),
    "hours_blank": (
        "chưa ghi bộ giờ; ghi một trong {names}, hoặc bỏ cột này",
        "no hours: write one of {names}, or leave the column out",
    ),
    "rows": ("dòng", "rows"),
    "provisional_rows": (
        "dòng tạm tính: {n}; văn bản ban hành sau này có thể làm thay đổi",
        "provisional rows: {n}. Later notices may move them.",
    ),
}  # fmt: skip
