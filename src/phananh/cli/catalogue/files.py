"""Files and databases that cannot be read or written."""

FILES: dict[str, tuple[str, str]] = {
    "cannot_read": ("không đọc được {path}: {problem}", "cannot read {path}: {problem}"),
    "cannot_write": ("không ghi được {path}: {problem}", "cannot write {path}: {problem}"),
    "cannot_read_or_write": (
        "không đọc hoặc ghi được: {problem}", "cannot read or write: {problem}",
    ),
    "system.ENOENT": ("không có tệp hoặc thư mục này", "No such file or directory"),
    "system.EACCES": ("không có quyền", "Permission denied"),
    "system.EISDIR": ("đây là thư mục", "Is a directory"),
    "system.ENOSPC": ("đĩa đã đầy", "No space left on device"),
    "system.ENOTDIR": ("đường dẫn đi qua một tệp", "Not a directory"),
    "stdin_closed": ("không có đầu vào", "closed"),
    "not_utf8": (
        "{path}, dòng {line}, byte {byte} (0x{value}): không phải UTF-8; lưu tệp dạng UTF-8",
        "{path}, line {line}, byte {byte} (0x{value}): not UTF-8. Save the file as UTF-8.",
    ),
    "file_too_large": (
        "{path}: lớn hơn {limit} byte; chia tệp thành nhiều tệp",
        "{path}: larger than {limit} bytes. Split the file.",
    ),
    "cell_too_long": (
        "{path}, dòng {line}: có ô dài hơn {limit} ký tự",
        "{path}, line {line}: a cell of more than {limit} characters",
    ),
    "line_too_long": (
        "{path}, dòng {line}: dài hơn {limit} byte",
        "{path}, line {line}: longer than {limit} bytes",
    ),
    "line_without_end": (
        "{path}, dòng {line}: quá {limit} byte mà chưa hết dòng; kiểm tra xem đây có phải nhật ký "
        "không",
        "{path}, line {line}: no end within {limit} bytes. Check that this is a log.",
    ),
    "bad_line": ("{path}, dòng {line}: {problem}", "{path}, line {line}: {problem}"),
    "unclosed_quote": (
        "{path}, dòng {line}: dấu ngoặc kép không được đóng",
        "{path}, line {line}: a quote is not closed",
    ),
    "ical_extra_missing": (
        'tệp iCalendar cần phần bổ sung "ical"; trong bản sao (clone): pip install ".[ical]"',
        'iCalendar files need the extra "ical". In a clone: pip install ".[ical]"',
    ),
    "no_database_at": (
        "không có cơ sở dữ liệu ở {path}; `phananh replay`, `phananh demo` và `open_store` sẽ tạo",
        "no database at {path}. `phananh replay`, `phananh demo` and `open_store` create one.",
    ),
    "no_database_named": (
        "chưa nêu cơ sở dữ liệu; dùng --db ĐƯỜNG-DẪN hoặc đặt PHANANH_DB",
        "no database is named. Give --db PATH or set PHANANH_DB.",
    ),
    "database_failed": ("lỗi cơ sở dữ liệu: {problem}", "the database failed: {problem}"),
}  # fmt: skip
