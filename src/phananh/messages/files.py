"""What may be wrong with a file of hours, days and notices: TOML and iCalendar."""

from phananh.messages.message import Message

# What a key of TOML holds.
_TYPES = {
    "list": ("danh sách", "a list"),
    "int": ("số nguyên", "a whole number"),
    "str": ("văn bản", "a text"),
    "bool": ("true hay false", "a boolean"),
    "date": ("ngày", "a date"),
    "datetime": ("ngày giờ", "a date and time"),
    "dict": ("bảng", "a table"),
}
# What the reader of TOML says most.
_SYNTAX = {
    "newline": (
        "sau giá trị phải xuống dòng",
        "Expected newline or end of document after a statement",
    ),
    "equals": ("sau khóa phải có dấu =", "Expected '=' after a key in a key/value pair"),
    "table_end": (
        "tên bảng phải kết thúc bằng ]",
        "Expected ']' at the end of a table declaration",
    ),
    "array_end": (
        "tên mảng bảng phải kết thúc bằng ]]",
        "Expected ']]' at the end of an array declaration",
    ),
    "statement": ("dòng không hợp lệ", "Invalid statement"),
    "value": ("giá trị không hợp lệ", "Invalid value"),
    "key": ("tên khóa không hợp lệ", "Invalid initial character for a key part"),
    "date": ("không có ngày giờ này", "Invalid date or datetime"),
    "string": ("chuỗi không có dấu ngoặc kép đóng", "Unterminated string"),
    "array": ("danh sách không có dấu ] đóng", "Unclosed array"),
    "twice": ("khóa có hai lần", "Cannot overwrite a value"),
}
TOML: dict[str, Message] = {
    **{
        f"toml_not_{kind}": Message(
            vi=f"{{value}} không phải {vi}",
            en=f"{{value}} is not {en}",
            way_vi="viết {example}",
            way_en="write {example}",
        )
        for kind, (vi, en) in _TYPES.items()
    },
    **{
        f"toml_{name}": Message(
            vi=f"sai cú pháp TOML: {vi} (dòng {{line}}, cột {{column}})",
            en=f"is not TOML: {en} (at line {{line}}, column {{column}})",
        )
        for name, (vi, en) in _SYNTAX.items()
    },
    **{
        f"toml_{name}_at_end": Message(
            vi=f"sai cú pháp TOML: {vi} (cuối tệp)", en=f"is not TOML: {en} (at end of document)"
        )
        for name, (vi, en) in _SYNTAX.items()
    },
    "half_swap": Message(
        vi="{document}: {day} hoán đổi với {other}, nhưng không có chiều ngược lại",
        en="{document}: {day} is swapped with {other}, but not the other way round",
        way_vi="nêu cả hai ngày",
        way_en="list both days",
    ),
    "hours_or_schedule": Message(
        vi="nêu hours, hoặc các bảng [[schedule]]",
        en="give either hours or [[schedule]] tables",
        way_vi='hours = "A"',
        way_en='hours = "A"',
    ),
    "in_file": Message(vi="{where}: {cause}", en="{where}: {cause}"),
    "missing_key": Message(
        vi="còn thiếu", en="is missing", way_vi="viết {example}", way_en="write {example}"
    ),
    "no_place_beside": Message(
        vi="không đi cùng {other}",
        en="has no place beside {other}",
        way_vi="bỏ {key} hoặc {other}",
        way_en="leave out {key} or {other}",
    ),
    "no_such_key": Message(
        vi="{value}: không có khóa này",
        en="{value}: no such key",
        way_vi="dùng {known}",
        way_en="use {known}",
    ),
    "not_a_table": Message(vi="{value} không phải bảng", en="{value} is not a table"),
    "not_decoded": Message(
        vi="không phải văn bản",
        en="is not a text",
        way_vi="giải mã theo UTF-8",
        way_en="decode it as UTF-8",
    ),
    "own_days_in_toml": Message(
        vi="{name} là ngày nghỉ lễ tự đặt, TOML không ghi được",
        en="{name} are public days of your own, which TOML cannot hold",
        way_vi="để trong mã nguồn",
        way_en="keep them in code",
    ),
    "path_not_read": Message(
        vi="không phải văn bản",
        en="is not a text",
        way_vi='dùng .read_text(encoding="utf-8")',
        way_en='use .read_text(encoding="utf-8")',
    ),
    "toml_is_path": Message(
        vi="sai cú pháp TOML: giống đường dẫn",
        en="is not TOML: it looks like a path",
        way_vi="đưa nội dung tệp, không phải đường dẫn",
        way_en="give the text of the file, not its path",
    ),
    "toml_no_offset": Message(
        vi="{value} không có múi giờ",
        en="{value} has no offset",
        way_vi="viết kèm múi giờ, ví dụ {value}+07:00",
        way_en="write it with one, such as {value}+07:00",
    ),
    "toml_unreadable": Message(vi="sai cú pháp TOML: {cause}", en="is not TOML: {cause}"),
}
ICAL: dict[str, Message] = {
    "after_all_time": Message(
        vi="{value} sau {start} vượt quá mọi năm tính được",
        en="{value} after {start} is after all time",
    ),
    "beside_end": Message(
        vi="đi cùng DTEND",
        en="stands beside DTEND",
        way_vi="chỉ nêu một trong hai",
        way_en="give one of them",
    ),
    "disagrees": Message(
        vi="{value}, nhưng sự kiện khác của văn bản nêu {other}",
        en="{value}, but {other} in another event of the document",
    ),
    "end_of_time": Message(
        vi="{value} ở ngoài mọi năm tính được", en="{value} is at the end of all time"
    ),
    "ends_early": Message(
        vi="{last}: sự kiện bắt đầu ngày {first}; ngày kết thúc không được tính",
        en="{last}: the event begins on {first}; the end is exclusive",
    ),
    "ends_nothing": Message(
        vi="END:{block} không khớp với chỗ nào đã mở",
        en="END:{block} ends nothing that was begun",
    ),
    "has_nul": Message(
        vi="có ký tự NUL, hoặc nửa ký tự",
        en="has a NUL character, or half of one",
        way_vi="lưu dạng UTF-8",
        way_en="save it as UTF-8",
    ),
    "has_time": Message(
        vi="có giờ",
        en="has a time",
        way_vi="sự kiện cả ngày có DTSTART;VALUE=DATE:20260110",
        way_en="an all-day event has DTSTART;VALUE=DATE:20260110",
    ),
    "ical_is_path": Message(
        vi="không phải iCalendar: giống đường dẫn",
        en="is not iCalendar: it looks like a path",
        way_vi="đưa nội dung tệp, không phải đường dẫn",
        way_en="give the text of the file, not its path",
    ),
    "ical_no_calendar": Message(
        vi="không phải iCalendar: không có VCALENDAR",
        en="is not iCalendar: no VCALENDAR in it",
    ),
    "ical_no_hours": Message(
        vi="là iCalendar, không có giờ làm việc",
        en="is iCalendar, which holds no office hours",
        way_vi="viết giờ làm việc dạng TOML",
        way_en="write the hours as TOML",
    ),
    "ical_too_long": Message(
        vi="có {length} ký tự; đọc nhiều nhất {most}",
        en="has {length} characters; at most {most} are read",
        way_vi="chỉ xuất lịch của các văn bản",
        way_en="export only the calendar of notices",
    ),
    "ical_unreadable": Message(vi="không phải iCalendar: {cause}", en="is not iCalendar: {cause}"),
    "made_up_at_own_hours": Message(
        vi="{document}: {day} làm bù theo giờ riêng",
        en="{document}: {day} is made up at hours of its own",
        way_vi='dùng "hours", hoặc viết dạng TOML',
        way_en='use "hours", or write it as TOML',
    ),
    "missing_category": Message(
        vi="còn thiếu",
        en="is missing",
        way_vi="chọn một trong: {known}",
        way_en="use one of {known}",
    ),
    "missing_document": Message(
        vi="còn thiếu",
        en="is missing",
        way_vi="nêu số văn bản",
        way_en="give the number of the document",
    ),
    "missing_issue_date": Message(
        vi="còn thiếu",
        en="is missing",
        way_vi="chỉ sự kiện TENTATIVE mới được bỏ",
        way_en="only a TENTATIVE one may do without",
    ),
    "moves_no_day": Message(
        vi="{document} không đổi ngày nào",
        en="{document} moves no day",
        way_vi="viết dạng TOML",
        way_en="write it as TOML",
    ),
    "never_ended": Message(
        vi="{block} không có chỗ kết thúc; văn bản bị cắt cụt",
        en="{block} is never ended; the text is cut short",
    ),
    "no_time": Message(
        vi="{value} không có giờ",
        en="{value} has no time",
        way_vi="giờ trong ngày là sự kiện có giờ",
        way_en="hours of a day are a timed event",
    ),
    "no_such_property": Message(
        vi="không có thuộc tính này",
        en="no such property",
        way_vi="dùng {known}",
        way_en="use {known}",
    ),
    "not_a_number": Message(vi="{value} không phải số", en="{value} is not a number"),
    "not_an_ical_date": Message(
        vi="{value} không phải ngày",
        en="{value} is not a date",
        way_vi="viết như 2025-12-25",
        way_en="write it like 2025-12-25",
    ),
    "not_read_here": Message(
        vi="không đọc ở đây",
        en="is not read here",
        way_vi="mỗi ngày một sự kiện riêng",
        way_en="give each day an event of its own",
    ),
    "not_whole_days": Message(
        vi="{value} không phải số ngày tròn", en="{value} is not a number of days"
    ),
    "one_category": Message(
        vi="{value}", en="{value}", way_vi="chọn một trong: {known}", way_en="use one of {known}"
    ),
    "several_days": Message(vi="ở sự kiện dài nhiều ngày", en="stands on an event of several days"),
    "several_times": Message(
        vi="có {times} lần",
        en="stands {times} times",
        way_vi="chỉ nêu một lần",
        way_en="give it once",
    ),
    "too_long_or_nothing": Message(
        vi="{value} bằng không, hoặc dài hơn một năm", en="{value} is nothing, or more than a year"
    ),
    "undecided_twice": Message(
        vi="có hai lần, không rõ lần nào mới hơn",
        en="stands twice, and neither is newer",
        way_vi="tăng SEQUENCE ở một trong hai",
        way_en="raise SEQUENCE in one",
    ),
    "unreadable": Message(vi="không đọc được: {cause}", en="cannot be read: {cause}"),
}
# What a notice has that a file of a format cannot hold.
_UNHELD = {
    "no_issue_date": (
        "là văn bản chính thức mà không có ngày ban hành",
        "is official and has no date of issue",
    ),
    "no_known_on": (
        "có ngày ban hành mà không rõ công bố từ ngày nào",
        "has a date of issue, yet nobody can say when it became known",
    ),
    "lines_or_spaces": (
        "có văn bản xuống dòng hoặc có khoảng trắng ở đầu hay cuối",
        "has a text with a line break or with spaces at an end",
    ),
    "parts_of_seconds": (
        "có buổi bắt đầu hoặc kết thúc giữa một giây",
        "has a session that ends or begins within a second",
    ),
}
FILES: dict[str, Message] = {
    **TOML,
    **ICAL,
    **{
        code: Message(
            vi=f"{{document}} {vi}, {{format}} không ghi được",
            en=f"{{document}} {en}, which {{format}} cannot hold",
            way_vi="sửa đi, hoặc để trong mã nguồn",
            way_en="change it, or keep it in code",
        )
        for code, (vi, en) in _UNHELD.items()
    },
}
