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
}
FILES: dict[str, Message] = {
    **{
        f"toml_not_{kind}": Message(
            vi=f"{{value}} không phải {vi}",
            en=f"{{value}} is not {en}",
            way_vi="viết {example}",
            way_en="write {example}",
        )
        for kind, (vi, en) in _TYPES.items()
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
    "toml_unreadable": Message("sai cú pháp TOML: {cause}", "is not TOML: {cause}"),
    # iCalendar
    "ends_early": Message(
        "{last}: sự kiện bắt đầu ngày {first}, và ngày kết thúc không được tính",
        "{last}: the event begins on {first}, and the end is exclusive",
        "nêu ngày liền sau ngày cuối", "give the day after the last day",
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
    "ical_no_hours": Message(
        "là iCalendar, không có giờ làm việc", "is iCalendar, which has no office hours",
        "viết giờ làm việc dạng TOML", "write the hours as TOML",
    ),
    "ical_unreadable": Message("không phải iCalendar: {cause}", "is not iCalendar: {cause}"),
    "missing_category": Message("còn thiếu", "is missing", *USE_ONE_OF),
    "missing_document": Message(
        "còn thiếu", "is missing",
        "nêu số văn bản", "give the number of the document",
    ),
    "missing_issue_date": Message(
        "còn thiếu", "is missing",
        "chỉ sự kiện TENTATIVE mới được bỏ", "only a TENTATIVE event can leave it out",
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
    "one_category": Message("{value}", "{value}", *USE_ONE_OF),
    "several_days": Message("ở sự kiện dài nhiều ngày", "is on an event of several days"),
    "several_times": Message(
        "có {times} lần", "is given {times} times",
        "chỉ nêu một lần", "give it once",
    ),
    "unreadable": Message("không đọc được: {cause}", "cannot be read: {cause}"),
    **{
        code: Message(
            vi=f"{{document}} {vi}, {{format}} không ghi được",
            en=f"{{document}} {en}, which {{format}} cannot express",
            way_vi="sửa đi, hoặc để trong mã nguồn",
            way_en="change it, or keep it in code",
        )
        for code, (vi, en) in _UNHELD.items()
    },
}  # fmt: skip
