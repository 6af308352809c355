"""`phananh replay`."""

REPLAY: dict[str, tuple[str, str]] = {
    "replay.help": (
        "Thực hiện các bước ghi trong nhật ký (JSON Lines) và cho biết kết quả từng bước. Chạy "
        "lại trên cùng --db không thực hiện bước nào hai lần.",
        "Record the acts of a log (JSON Lines), and show the outcome of each. On the same --db it "
        "is safe to repeat.",
    ),
    "replay.strict": (
        "Dừng ở dòng đầu tiên không được ghi.", "Stop at the first line that is not recorded.",
    ),
    "replay.log_name": (
        "Tên nhật ký, cùng số dòng là mã của từng bước để không ghi hai lần; mặc định là tên tệp.",
        "The log's name: with the line's number it marks each act as done (default: the file's "
        "name).",
    ),
    "log_name_needed": (
        "nhật ký từ đầu vào chuẩn không có tên để phân biệt các dòng đã ghi vào cơ sở dữ liệu; "
        "dùng --log-name TÊN, mỗi nhật ký một tên",
        "a log from standard input has no name to tell what was recorded before. Give "
        "--log-name NAME, another for each log.",
    ),
    "log_name_wrong": (
        "tên nhật ký không dùng được: {problem}; đặt tên khác bằng --log-name TÊN",
        "the log's name cannot be used: {problem}. Give another with --log-name NAME.",
    ),
    "line_caution": ("lưu ý: {cautions}", "note: {cautions}"),
    "lines": ("dòng", "lines"),
    "line_count": ("{n} dòng", "{n} lines"),
    "database_failed_midway": (
        "lỗi cơ sở dữ liệu: {problem}; không có bước nào ghi dở dang, có thể chạy lại nhật ký",
        "the database failed: {problem}. No act is half recorded, and you can run the log on it "
        "again.",
    ),
}  # fmt: skip
