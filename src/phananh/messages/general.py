"""What may be wrong anywhere, and the sentences of errors around what went wrong."""

from phananh.messages.message import Message

# Ways out that other tables use too.
LEAVE_OUT = ("bỏ đi", "leave it out")

USE_ONE_OF = ("chọn một trong: {known}", "use one of {known}")

USE_KNOWN = ("dùng {known}", "use {known}")

GENERAL: dict[str, Message] = {
    "blank": Message("để trống", "is blank"),
    "blank_id": Message("để trống", "is blank", "nêu mã", "give the id"),
    "blank_name": Message("để trống", "is blank", "đặt tên", "give it a name"),
    "blank_option": Message("để trống", "is blank", *LEAVE_OUT),
    "datetime_for_date": Message(
        "{value} không phải ngày", "{value} is not a date",
        "dùng .date()", "use its .date()",
    ),
    "finer_than_microseconds": Message(
        "{value} có nano giây, nhỏ hơn micro giây",
        "{value} has nanoseconds beyond the microsecond",
        "làm tròn đến micro giây trước", "round to microseconds first",
    ),
    "missing": Message("còn thiếu", "is missing"),
    "naive_datetime": Message(
        "{value} không có múi giờ", "{value} has no offset",
        'thêm múi giờ: +07:00, hoặc trong Python tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")',
        'add a time zone: +07:00, or tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")',
    ),
    "no_zone_data": Message(
        "không có dữ liệu múi giờ nào trên máy này: không tìm thấy {value}",
        "this system has no time zone data: {value} is not found",
        "cài gói tzdata: `pip install tzdata`", "install the package tzdata: `pip install tzdata`",
    ),
    "not_a_boolean": Message("{value} không phải boolean", "{value} is not a boolean"),
    "not_a_date": Message(
        "{value} không phải ngày", "{value} is not a date",
        "đưa ngày (date), ví dụ date(2025, 12, 24)", "give a date, such as date(2025, 12, 24)",
    ),
    "not_a_datetime": Message(
        "{value} không phải datetime", "{value} is not a datetime",
        "đưa datetime có múi giờ, ví dụ "
        'datetime(2026, 3, 4, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))',
        "give an aware datetime, such as "
        'datetime(2026, 3, 4, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))',
    ),
    "not_a_list": Message(
        "{value} không phải danh sách", "{value} is not a list",
        "viết dạng danh sách, kể cả khi chỉ có một", "give a list, even of one",
    ),
    "not_a_set": Message(
        "{value} không phải tập hợp", "{value} is not a set",
        "đưa tập hợp (set)", "give a set",
    ),
    "not_a_text": Message("{value} không phải văn bản", "{value} is not a text"),
    "not_a_timedelta": Message(
        "{value} không phải timedelta", "{value} is not a timedelta",
        "dùng timedelta, ví dụ timedelta(hours=5)", "use timedelta, such as timedelta(hours=5)",
    ),
    "not_a_whole_number": Message("{value} không phải số nguyên", "{value} is not a whole number"),
    "not_one_of": Message(
        "không thuộc các giá trị cho phép", "is not one of the known values",
        *USE_ONE_OF,
    ),
    # `kind` is the name of a class, a Python type or a word that both languages use.
    "not_of_kind": Message("{value} không phải {kind}", "{value} is not a {kind}"),
    "not_of_type": Message(
        "{value} không phải {kind}", "{value} is not of type {kind}",
        "đưa {form}", "give {form}",
    ),
    "unknown_article": Message(
        "không có điều khoản {value}", "{value} is not a clause of the Regulation",
        "gần giống: {known}", "the closest are {known}",
    ),
    "unknown_clause": Message(
        "{document} không có điều khoản {value}", "{value} is not a clause of {document}",
        "gần giống: {known}", "the closest are {known}",
    ),
    "not_a_document": Message(
        "{value} không phải số, ký hiệu văn bản", "{value} is not the number of a document",
        "ghi số, ký hiệu in được, không có @, ví dụ 61/2018/NĐ-CP",
        "give its number in printable characters without @, such as 61/2018/NĐ-CP",
    ),
    "not_a_clause": Message(
        "điều khoản {value} không có đủ nội dung theo {languages}",
        "clause {value} has no id, or not a text for each of {languages}",
        "đặt mã gồm chữ và số, cách nhau bằng dấu chấm, ví dụ 3.2.a, và mỗi ngôn ngữ một câu",
        "give an id of letters and digits with dots between, such as 3.2.a, and one line for each "
        "language",
    ),
    "unknown_language": Message(
        "không có {value}", "{value} is unknown",
        "dùng vi hoặc en", "use vi or en",
    ),
    "unknown_value": Message("không có {value}", "{value} is unknown", *USE_ONE_OF),
    "unknown_zone": Message(
        "không có múi giờ {value}", "{value} is not a known zone",
        'dùng "Asia/Ho_Chi_Minh"', 'use "Asia/Ho_Chi_Minh"',
    ),
    # the sentences of errors
    "act_refused": Message(
        "PAKN {case}: không được thực hiện bước {step}: {reasons}",
        "case {case}: {step} refused: {reasons}",
    ),
    "case_unknown": Message(
        "không có phản ánh, kiến nghị {key}", "no case {key}",
        "kiểm tra từng ký tự của mã hoặc mã tra cứu",
        "check each letter of the id or tracking code",
    ),
    "calendar_unknown": Message(
        "lịch {calendars}: PAKN {cases} còn nêu (tổng cộng {deadlines} hạn), lịch đang có: "
        "{known}",
        "calendar {calendars}: named by {cases} ({deadlines} in all), but the desk knows only "
        "{known}",
        "đưa lịch đó, như khi ấy, vào `former`", "give it to the desk, as it was, in `former`",
    ),
    "calendar_unknown_of_deadlines": Message(
        "lịch {calendars}: còn {deadlines} hạn nêu, lịch đang có: {known}",
        "calendar {calendars}: named by a deadline ({deadlines} in all), but the desk knows "
        "only {known}",
        "đưa lịch đó, như khi ấy, vào `former`", "give it to the desk, as it was, in `former`",
    ),
    "cited": Message("{reason} ({article})", "{reason} ({article})"),
    "cited_reading": Message(
        "{reason} ({article}, cách hiểu {reading})", "{reason} ({article}, reading {reading})"
    ),
    "clock_behind": Message(
        "PAKN {case}: giờ của máy là {now}, sớm hơn bước cuối lúc {last} tới {behind}",
        "case {case}: the clock says {now}, {behind} before its last event at {last}",
        "chỉnh lại giờ của máy; được chênh lệch dưới {allowed}; nếu bước cuối được ghi khi giờ máy "
        "chạy sai: chờ đến lúc đó, hoặc nêu `at` không sớm hơn",
        "set the clock right, to less than {allowed} behind. If the last event was recorded by a "
        "clock that was ahead, wait until then, or give an `at` that is not before it",
    ),
    "clock_behind_at_all": Message(
        "PAKN {case}: giờ của máy là {now}, sớm hơn bước cuối lúc {last} tới {behind}",
        "case {case}: the clock says {now}, {behind} before its last event at {last}",
        "chỉnh lại giờ của máy; không được chênh lệch; nếu bước cuối được ghi khi giờ máy "
        "chạy sai: chờ đến lúc đó, hoặc nêu `at` không sớm hơn",
        "set the clock right, as no difference is allowed. If the last event was recorded by a "
        "clock that was ahead, wait until then, or give an `at` that is not before it",
    ),
    "command_known": Message(
        "lệnh {command}: đã được ghi, PAKN {case} phiên bản {version}",
        "command {command}: recorded before, case {case} version {version}",
    ),
    "corrupt_case": Message("PAKN {case}", "case {case}"),
    "corrupt_event": Message("PAKN {case}, phiên bản {version}", "case {case}, version {version}"),
    "days_unknown": Message("chưa có dữ liệu ngày nghỉ của ngày này", "no days are known there"),
    "doing": Message("khi {doing}", "while {doing}"),
    "error": Message("lỗi của phananh", "an error of phananh"),
    "lease_lost": Message(
        "chương trình nhận {consumer}: tiến trình khác đã nhận đọc, hoặc quyền đọc số {number} đã "
        "được trả",
        "consumer {consumer}: another worker claimed it, or lease {number} was released",
        "dừng lại và nhận đọc lại bằng `claim`", "stop, and `claim` again",
    ),
    "not_covered": Message(
        "lịch {calendar}: {day}: {why}", "calendar {calendar}: {day}: {why}",
        "lịch có từ {first} đến {last}", "covered: {first} to {last}",
    ),
    "own_words": Message("{problem}", "{problem}"),
    "rules_unknown": Message(
        "PAKN {case}: được tiếp nhận theo bộ quy định {rules}, đang có: {known}",
        "case {case}: received under the rules {rules}, but the desk knows only {known}",
        "đưa cả bộ quy định đó vào `rules`", "give those rules to the desk as well, in `rules`",
    ),
    "schema_differs": Message("lược đồ {found}, cần {needed}", "schema {found}, needed {needed}"),
    "schema_foreign": Message("lược đồ lạ, cần {needed}", "schema foreign, needed {needed}"),
    "schema_unknown": Message("lược đồ không rõ, cần {needed}", "schema unknown, needed {needed}"),
    "step_not_allowed_when_done": Message(
        "PAKN {case} {stage}: không thể thực hiện bước {step}; bước được phép: {allowed}",
        "case {case}: cannot {step} {stage}; allowed: {allowed}",
        "việc mới thì tiếp nhận phản ánh, kiến nghị mới, có dẫn chiếu (cách hiểu R13)",
        "for new facts receive a new, linked case (reading R13)",
    ),
    "step_not_allowed_to_holder": Message(
        "PAKN {case} {stage} ({by}): không thể thực hiện bước {step}; bước được phép: {allowed}",
        "case {case}: cannot {step} {stage} (held by {by}); allowed: {allowed}",
    ),
    "version_differs": Message(
        "PAKN {case}: đã thay đổi sau khi bạn đọc (phiên bản {expected}, nay là {actual})",
        "case {case}: changed since you loaded it (version {expected}, now {actual})",
        "đọc lại rồi thử lại", "reload and retry",
    ),
    "version_unknown": Message(
        "PAKN {case}: đã thay đổi sau khi bạn đọc (phiên bản {expected}, nay chưa rõ)",
        "case {case}: changed since you loaded it (version {expected}, now unknown)",
        "đọc lại rồi thử lại", "reload and retry",
    ),
}  # fmt: skip
