"""`phananh replay`."""

REPLAY: dict[str, tuple[str, str]] = {
    "replay.help": (
        "Thực hiện các bước ghi trong nhật ký (JSON Lines) và cho biết kết quả từng bước. Chạy "
        "lại trên cùng --db không thực hiện bước nào hai lần.",
        "Do the acts of a log (JSON Lines), and say what became of each. On the same --db it can "
        "be run again without doing anything twice.",
    ),
    "replay.strict": (
        "Dừng ở dòng đầu tiên không được ghi.", "Stop at the first line that is not recorded.",
    ),
    "lines": ("dòng", "lines"),
    "line_count": ("{n} dòng", "{n} lines"),
    "database_failed_midway": (
        "lỗi cơ sở dữ liệu: {problem}; không có bước nào ghi dở dang, có thể chạy lại nhật ký",
        "the database failed: {problem}; nothing is half recorded, and the log can be run again "
        "on it",
    ),
}  # fmt: skip
