"""Office hours: the options that choose them, `phananh hours`, and errors in them."""

HOURS: dict[str, tuple[str, str]] = {
    "hours.help": (
        "Các bộ giờ làm việc có sẵn: áp dụng cho ai, khi nào, theo văn bản nào; hoặc một bộ, in "
        "ra dạng tệp để sửa bằng --toml.",
        "The office timetables of the package: for whom, when and by which document. With NAME one "
        "of them, which --toml prints as a file to start from.",
    ),
    "hours.toml": ("In lịch dạng TOML.", "Print the calendar as TOML."),
    "hours.hours": (
        "Giờ làm việc: một bộ của `phananh hours`, hoặc lịch trong tệp TOML (mặc định A).",
        "Office hours: one of `phananh hours`, or a calendar in a TOML file (default A).",
    ),
    "hours.as_of": (
        "Tính theo văn bản đã công bố đến ngày này, ví dụ 24/12/2025.",
        "Compute with what was known on this day, such as 2025-12-24.",
    ),
    "hours.notices": (
        "Thêm văn bản về ngày nghỉ, dạng TOML hoặc iCalendar; dùng được nhiều lần.",
        "Your own notices, in TOML or iCalendar. Can be given several times.",
    ),
    "hours.by_actor": (
        "Giờ làm việc của mọi người, của một vai trò, hoặc của một đơn vị (agency/SO-1=VP); "
        "dùng được nhiều lần (mặc định A).",
        "Office hours of everybody, of a role, or of one unit (agency/SO-1=VP). Can be given "
        "several times (default A).",
    ),
    "hours.former": (
        "Giờ làm việc trước đây mà thời hạn đang tính còn nêu; dùng được nhiều lần.",
        "Former hours, which open deadlines still name. Can be given several times.",
    ),
    "toml_or_json": (
        "--toml và --json là hai dạng; chỉ dùng một trong hai.",
        "--toml and --json are two forms. Give one of them.",
    ),
    "head.name": ("Tên", "Name"),
    "head.whose": ("Áp dụng cho", "Whose"),
    "head.valid": ("Hiệu lực", "Valid"),
    "valid_from": ("từ {day}", "from {day}"),
    "merged_into": ("; sáp nhập vào {into} từ {day}", ", part of {into} since {day}"),
    "no_such_hours": ("không có bộ giờ {name}; có {names}", "no hours {name}. Use one of {names}."),
    "hours_are_a_file": (
        "{path} là tệp; xem giờ của tệp bằng phananh calendar 2026 --hours {path}",
        "{path} is a file. Show its hours with phananh calendar 2026 --hours {path}",
    ),
    "hours_unknown": (
        "giờ làm việc {path}: không phải bộ có sẵn ({presets}) cũng không phải tệp",
        "hours {path}: neither a preset ({presets}) nor a file",
    ),
    "hours_twice": (
        "--hours {text}: đã có giờ làm việc rồi", "--hours {text}: the hours are given already",
    ),
    "no_such_role": (
        "--hours {text}: không có vai trò này; các vai trò: {roles}",
        "--hours {text}: no such role. Use one of {roles}.",
    ),
    "hours_before_validity": (
        "giờ làm việc {name} ({place}) chỉ có dữ liệu từ {day}; thời điểm hỏi sớm hơn",
        "hours {name} ({place}) are known from {day} only, and this begins before",
    ),
    "hours_after_merger": (
        "{place} sáp nhập vào {into} từ {day}; không rõ giờ làm việc {name} còn áp dụng hay không",
        "{place} is part of {into} since {day}, and it is not known if hours {name} still apply",
    ),
}  # fmt: skip
