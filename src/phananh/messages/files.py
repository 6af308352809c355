"""What may be wrong with a file of hours, days and notices: TOML and iCalendar."""

from phananh.messages.general import USE_KNOWN, USE_ONE_OF
from phananh.messages.message import Message

_EXPORT_AGAIN = ("xuất lại tệp", "export the file again")
# What a key of TOML has as its value.
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
        "{document}: {day} hoán đổi với {other}, nhưng không có chiều ngược lại",
        "{document}: {day} is swapped with {other}, but not the other way round",
        "nêu cả hai ngày", "list both days",
    ),
    "hours_or_schedule": Message(
        "nêu hours, hoặc các bảng [[schedule]]", "give either hours or [[schedule]] tables",
        'hours = "A"', 'hours = "A"',
    ),
    "in_file": Message("{where}: {cause}", "{where}: {cause}"),
    "missing_key": Message("còn thiếu", "is missing", "viết {example}", "write {example}"),
    "no_place_beside": Message(
        "không đi cùng {other}", "cannot be used with {other}",
        "bỏ {key} hoặc {other}", "leave out {key} or {other}",
    ),
    "no_such_key": Message("{value}: không có khóa này", "{value}: no such key", *USE_KNOWN),
    "not_a_table": Message("{value} không phải bảng", "{value} is not a table"),
    "not_decoded": Message(
        "không phải văn bản", "is not a text",
        "giải mã theo UTF-8", "decode it as UTF-8",
    ),
    "own_days_in_toml": Message(
        "{name} là ngày nghỉ lễ tự đặt, TOML không ghi được",
        "{name} are your own public days, which TOML cannot express",
        "để trong mã nguồn", "keep them in code",
    ),
    "path_not_read": Message(
        "không phải văn bản", "is not a text",
        'dùng .read_text(encoding="utf-8")', 'use .read_text(encoding="utf-8")',
    ),
    "toml_is_path": Message(
        "sai cú pháp TOML: giống đường dẫn", "is not TOML: it looks like a path",
        "đưa nội dung tệp, không phải đường dẫn", "give the text of the file, not its path",
    ),
    "toml_no_offset": Message(
        "{value} không có múi giờ", "{value} has no offset",
        "viết kèm múi giờ, ví dụ {value}+07:00", "write it with one, such as {value}+07:00",
    ),
    "toml_long_word": Message(
        "dòng {line} có khóa hoặc số dài {length} ký tự; đọc nhiều nhất {most}",
        "line {line} has a key or number of {length} characters, but at most {most} are read",
        "viết văn bản dài trong ngoặc kép", "put a long text into quotes",
    ),
    "toml_too_deep": Message(
        "dòng {line} lồng nhau quá sâu, hoặc có khóa gồm quá nhiều phần; đọc nhiều nhất {most}",
        "line {line} is nested too deep, or has a key of too many parts, but at most {most} are "
        "read",
        "bớt số tầng", "use fewer levels",
    ),
    "toml_too_long": Message(
        "có {length} ký tự; đọc nhiều nhất {most}",
        "has {length} characters, but at most {most} are read",
        "chia thành nhiều tệp", "split it into several files",
    ),
    "too_many_parts": Message(
        "gồm {length} phần; đọc nhiều nhất {most}",
        "has {length} parts, but at most {most} are read",
        "gộp giờ của các phần", "put the hours of several parts into one",
    ),
    "too_many_tables": Message(
        "có {length} bảng; đọc nhiều nhất {most}",
        "has {length} tables, but at most {most} are read",
        "chia thành nhiều tệp", "split it into several files",
    ),
    "toml_unreadable": Message("sai cú pháp TOML: {cause}", "is not TOML: {cause}"),
}  # fmt: skip
ICAL: dict[str, Message] = {
    "after_all_time": Message(
        "{value} sau {start} vượt quá mọi năm tính được",
        "{value} after {start} is beyond any year that can be counted",
        "xem lại năm", "check the year",
    ),
    "beside_end": Message(
        "đi cùng DTEND", "is given with DTEND",
        "chỉ nêu một trong hai", "give one of them",
    ),
    "disagrees": Message(
        "{value}, nhưng sự kiện khác của văn bản nêu {other}",
        "{value}, but {other} in another event of the document",
        "ghi giống nhau ở mọi sự kiện", "write the same in each event",
    ),
    "end_of_time": Message(
        "{value} ở ngoài mọi năm tính được", "{value} is outside the years that can be counted",
        "xem lại năm", "check the year",
    ),
    "ends_early": Message(
        "{last}: sự kiện bắt đầu ngày {first}, và ngày kết thúc không được tính",
        "{last}: the event begins on {first}, and the end is exclusive",
        "nêu ngày liền sau ngày cuối", "give the day after the last day",
    ),
    "ends_nothing": Message(
        "END:{block} không khớp với chỗ nào đã mở", "END:{block} has no BEGIN:{block}",
        *_EXPORT_AGAIN,
    ),
    "has_nul": Message(
        "có ký tự NUL, hoặc nửa ký tự", "has a NUL character, or half a character",
        "lưu dạng UTF-8", "save it as UTF-8",
    ),
    "has_time": Message(
        "có giờ", "has a time",
        "sự kiện cả ngày có DTSTART;VALUE=DATE:20260110",
        "an all-day event has DTSTART;VALUE=DATE:20260110",
    ),
    "ical_is_path": Message(
        "không phải iCalendar: giống đường dẫn", "is not iCalendar: it looks like a path",
        "đưa nội dung tệp, không phải đường dẫn", "give the text of the file, not its path",
    ),
    "ical_no_calendar": Message(
        "không phải iCalendar: không có VCALENDAR", "is not iCalendar: it has no VCALENDAR",
        "xuất lịch dạng .ics", "export the calendar as .ics",
    ),
    "ical_no_hours": Message(
        "là iCalendar, không có giờ làm việc", "is iCalendar, which has no office hours",
        "viết giờ làm việc dạng TOML", "write the hours as TOML",
    ),
    "ical_too_deep": Message(
        "các phần lồng nhau quá sâu; đọc nhiều nhất {most}",
        "is nested too deep, but at most {most} components in one another are read",
        "xuất lịch không lồng nhau", "export the calendar without nesting",
    ),
    "ical_too_long": Message(
        "có {length} ký tự; đọc nhiều nhất {most}",
        "has {length} characters, but at most {most} are read",
        "chỉ xuất lịch của các văn bản", "export only the calendar of notices",
    ),
    "ical_too_many_days": Message(
        "các sự kiện kéo dài tổng cộng {length} ngày; đọc nhiều nhất {most}",
        "has events of {length} days in all, but at most {most} are read",
        "chia thành nhiều tệp", "split it into several files",
    ),
    "ical_long_zone": Message(
        "có tên múi giờ dài {length} ký tự, nhiều nhất {most}",
        "has a zone's name of {length} characters, at most {most}",
        'dùng "Asia/Ho_Chi_Minh"', 'use "Asia/Ho_Chi_Minh"',
    ),
    "ical_too_many_zones": Message(
        "có {length} tên múi giờ; đọc nhiều nhất {most}",
        "has {length} names of zones, but at most {most} are read",
        "chỉ xuất lịch của các văn bản", "export only the calendar of notices",
    ),
    "ical_too_many_lines": Message(
        "có {length} dòng; đọc nhiều nhất {most}",
        "has {length} lines, but at most {most} are read",
        "chỉ xuất lịch của các văn bản", "export only the calendar of notices",
    ),
    "ical_unreadable": Message("không phải iCalendar: {cause}", "is not iCalendar: {cause}"),
    "made_up_at_own_hours": Message(
        "{document}: {day} làm bù theo giờ riêng",
        "{document}: {day} is made up at its own hours",
        'dùng "hours", hoặc viết dạng TOML', 'use "hours", or write it as TOML',
    ),
    "missing_category": Message("còn thiếu", "is missing", *USE_ONE_OF),
    "missing_document": Message(
        "còn thiếu", "is missing",
        "nêu số văn bản", "give the number of the document",
    ),
    "missing_issue_date": Message(
        "còn thiếu", "is missing",
        "chỉ sự kiện TENTATIVE mới được bỏ", "only a TENTATIVE event can leave it out",
    ),
    "moves_no_day": Message(
        "{document} không đổi ngày nào", "{document} moves no day",
        "viết dạng TOML", "write it as TOML",
    ),
    "never_ended": Message(
        "{block} không có chỗ kết thúc: văn bản bị cắt cụt",
        "{block} has no end: the text is cut short",
        *_EXPORT_AGAIN,
    ),
    "no_time": Message(
        "{value} không có giờ", "{value} has no time",
        "giờ trong ngày là sự kiện có giờ", "hours of a day are a timed event",
    ),
    "no_such_property": Message("không có thuộc tính này", "no such property", *USE_KNOWN),
    "not_a_number": Message("{value} không phải số", "{value} is not a number"),
    "not_an_ical_date": Message(
        "{value} không phải ngày", "{value} is not a date",
        "viết như 2025-12-25", "write it like 2025-12-25",
    ),
    "not_read_here": Message(
        "không đọc ở đây", "is not read here",
        "mỗi ngày một sự kiện riêng", "give each day an event of its own",
    ),
    "not_whole_days": Message("{value} không phải số ngày tròn", "{value} is not a number of days"),
    "not_published": Message(
        "ở tệp có METHOD:{value}, không phải lịch được công bố",
        "is in a file of METHOD:{value}, which does not publish days",
        "xuất cả lịch, hoặc ghi STATUS:CANCELLED để rút sự kiện",
        "export the whole calendar, or write STATUS:CANCELLED to withdraw the event",
    ),
    "one_category": Message("{value}", "{value}", *USE_ONE_OF),
    "several_days": Message("ở sự kiện dài nhiều ngày", "is on an event of several days"),
    "several_times": Message(
        "có {times} lần", "is given {times} times",
        "chỉ nêu một lần", "give it once",
    ),
    "too_long_or_nothing": Message(
        "{value} bằng không, hoặc dài hơn một năm", "{value} is zero, or more than a year",
    ),
    "undecided_twice": Message(
        "có hai lần, không rõ lần nào mới hơn", "is given twice, and neither is newer",
        "tăng SEQUENCE ở một trong hai", "raise SEQUENCE in one",
    ),
    "unreadable": Message("không đọc được: {cause}", "cannot be read: {cause}"),
}  # fmt: skip
# What a notice has that a file of a format cannot hold.
_UNHELD = {
    "no_issue_date": (
        "là văn bản chính thức mà không có ngày ban hành",
        "is official and has no date of issue",
    ),
    "no_known_on": (
        "có ngày ban hành mà không rõ công bố từ ngày nào",
        "has a date of issue, but not the day when it became known",
    ),
    "lines_or_spaces": (
        "có văn bản xuống dòng hoặc có khoảng trắng ở đầu hay cuối",
        "has a text with a line break, or with spaces at the beginning or end",
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
            en=f"{{document}} {en}, which {{format}} cannot express",
            way_vi="sửa đi, hoặc để trong mã nguồn",
            way_en="change it, or keep it in code",
        )
        for code, (vi, en) in _UNHELD.items()
    },
}
