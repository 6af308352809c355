"""Every message of an error, by its code, in both languages."""

from phananh.messages.message import Message, in_english

# Ways out that several messages have.
_LEAVE_OUT = ("bỏ đi", "leave it out")
_USE_ONE_OF = ("chọn một trong: {known}", "use one of {known}")
_CLOSE_OR_ADD = (
    "gần giống: {known}; nếu viết đúng thì bổ sung vào danh bạ",
    "the closest are: {known}. If it is right, add it to the directory",
)
_USE_KNOWN = ("dùng {known}", "use {known}")
_SHORTEN = ("rút ngắn lại", "shorten it")
_GIVE_A_CASE = (
    "đưa phản ánh, kiến nghị (Case), mã PAKN (`row.case`) hoặc mã tra cứu",
    "give a Case, its id (`row.case`) or its tracking code",
)
_SESSION_VI = (
    'viết "07:30-11:30", hoặc "22:00-06:00" cho ca đêm; 24:00 chỉ dùng làm giờ đóng, và '
    '"07:00-07:00+1" là cả ngày'
)
_SESSION_EN = (
    'write "07:30-11:30", or "22:00-06:00" for a night. 24:00 is allowed only as a closing, and '
    '"07:00-07:00+1" is a whole day'
)
_RECURS_VI = "cho lịch ít nhất một buổi làm việc lặp lại"
_RECURS_EN = "give the calendar at least one session that recurs"
# What a key of TOML has as its value.
_TYPES = {
    "list": ("danh sách", "a list"),
    "int": ("số nguyên", "a whole number"),
    "str": ("văn bản", "a text"),
    "bool": ("giá trị true hoặc false", "a boolean"),
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
_RESTORE = ("hãy khôi phục bản sao lưu", "restore a backup")
_RESTORE_IT = ("hãy khôi phục từ bản sao lưu", "restore it from a backup")
_UPGRADE = ("hãy nâng cấp phananh", "upgrade phananh")
_ANOTHER_FILE = ("hãy nêu tệp khác", "name another file")
_REPAIR = ("sửa bằng `phananh db verify --repair`", "rewrite it with `phananh db verify --repair`")

MESSAGES: dict[str, Message] = {
    # What may be wrong anywhere, and the sentences of errors around what went wrong.
    "blank": Message("để trống", "is blank"),
    "blank_id": Message("để trống", "is blank", "nêu mã", "give the id"),
    "blank_name": Message("để trống", "is blank", "đặt tên", "give it a name"),
    "blank_option": Message("để trống", "is blank", "nếu không có thì bỏ mục này", "leave it out"),
    "blank_search": Message("để trống", "is blank", "nhập từ cần tìm", "give words to search for"),
    "datetime_for_date": Message(
        "{value} không phải ngày",
        "{value} is not a date",
        "dùng .date()",
        "use its .date()",
    ),
    "finer_than_microseconds": Message(
        "{value} có nano giây, nhỏ hơn micro giây",
        "{value} has nanoseconds beyond the microsecond",
        "làm tròn đến micro giây trước",
        "round to microseconds first",
    ),
    "missing": Message("còn thiếu", "is missing"),
    "naive_datetime": Message(
        "{value} không có múi giờ",
        "{value} has no offset",
        'thêm múi giờ: +07:00, hoặc trong Python tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")',
        'add a time zone: +07:00, or tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")',
    ),
    "no_zone_data": Message(
        "không có dữ liệu múi giờ nào trên máy này: không tìm thấy {value}",
        "this system has no time zone data: {value} is not found",
        "cài gói tzdata: `pip install tzdata`",
        "install the package tzdata: `pip install tzdata`",
    ),
    "not_a_boolean": Message(
        "{value} không phải giá trị true hoặc false", "{value} is not a boolean"
    ),
    "not_a_date": Message(
        "{value} không phải ngày",
        "{value} is not a date",
        "đưa ngày (date), ví dụ date(2025, 12, 24)",
        "give a date, such as date(2025, 12, 24)",
    ),
    "not_a_datetime": Message(
        "{value} không phải datetime",
        "{value} is not a datetime",
        "đưa datetime có múi giờ, ví dụ "
        'datetime(2026, 3, 4, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))',
        "give an aware datetime, such as "
        'datetime(2026, 3, 4, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))',
    ),
    "not_a_list": Message(
        "{value} không phải danh sách",
        "{value} is not a list",
        "viết dạng danh sách, kể cả khi chỉ có một",
        "give a list, even of one",
    ),
    "not_a_set": Message(
        "{value} không phải tập hợp",
        "{value} is not a set",
        "đưa tập hợp (set)",
        "give a set",
    ),
    "not_a_text": Message("{value} không phải văn bản", "{value} is not a text"),
    "not_a_timedelta": Message(
        "{value} không phải timedelta",
        "{value} is not a timedelta",
        "dùng timedelta, ví dụ timedelta(hours=5)",
        "use timedelta, such as timedelta(hours=5)",
    ),
    "not_a_whole_number": Message("{value} không phải số nguyên", "{value} is not a whole number"),
    "not_one_of": Message(
        "không thuộc các giá trị cho phép",
        "is not one of the known values",
        *_USE_ONE_OF,
    ),
    # `kind` is the name of a class, a Python type or a word that both languages use.
    "not_of_kind": Message("{value} không phải {kind}", "{value} is not a {kind}"),
    "not_of_type": Message(
        "{value} không phải {kind}",
        "{value} is not of type {kind}",
        "đưa {form}",
        "give {form}",
    ),
    "unknown_article": Message(
        "không có điều khoản {value}",
        "{value} is not a clause of the Regulation",
        "gần giống: {known}",
        "the closest are {known}",
    ),
    "unknown_clause": Message(
        "{document} không có điều khoản {value}",
        "{value} is not a clause of {document}",
        "gần giống: {known}",
        "the closest are {known}",
    ),
    "not_a_document": Message(
        "{value} không phải số, ký hiệu văn bản",
        "{value} is not the number of a document",
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
        "không có {value}",
        "{value} is unknown",
        "dùng vi hoặc en",
        "use vi or en",
    ),
    "unknown_value": Message("không có {value}", "{value} is unknown", *_USE_ONE_OF),
    "folder_not_found": Message(
        "không có thư mục {value}",
        "{value} is no folder",
        "cho thư mục đã có",
        "give one that exists",
    ),
    "letter_of_erased": Message(
        "PAKN {case}: đã xóa dữ liệu cá nhân, không lập được {letter}",
        "case {case}: its personal data was erased, so there is no {letter}",
    ),
    "letter_not_needed": Message(
        "PAKN {case} không cần văn bản này: {letter}",
        "case {case} needs no letter of this kind: {letter}",
    ),
    "letter_outside": Message(
        "PAKN {case} là khiếu nại hoặc tố cáo, không thuộc phạm vi Quy chế, nên không lập {letter}",
        "case {case} is a complaint or denunciation, outside the Regulation, and gets no {letter}",
    ),
    "letter_without_ground": Message(
        "PAKN {case}: chưa có căn cứ để lập {letter}",
        "case {case} has nothing to write this letter about: {letter}",
        "ghi bước tương ứng trước",
        "record the step first",
    ),
    "template_block": Message(
        "{where}: thiếu khối {block}",
        "{where}: the block {block} is missing",
        "thêm {{% block {block} %}}...{{% endblock %}}",
        "add {{% block {block} %}}...{{% endblock %}}",
    ),
    "template_variable": Message(
        "{where}: văn bản này không có {value}",
        "{where}: this letter has no {value}",
        *_USE_ONE_OF,
    ),
    "unknown_zone": Message(
        "không có múi giờ {value}",
        "{value} is not a known zone",
        'dùng "Asia/Ho_Chi_Minh"',
        'use "Asia/Ho_Chi_Minh"',
    ),
    # the sentences of errors
    "act_refused": Message(
        "PAKN {case}: không được thực hiện bước {step}: {reasons}",
        "case {case}: {step} refused: {reasons}",
    ),
    "case_unknown": Message(
        "không có phản ánh, kiến nghị {key}",
        "no case {key}",
        "kiểm tra từng ký tự của mã hoặc mã tra cứu",
        "check each letter of the id or tracking code",
    ),
    "calendar_unknown": Message(
        "lịch {calendars}: PAKN {cases} vẫn nêu (tổng cộng {deadlines} hạn), lịch đang có: {known}",
        "calendar {calendars}: named by {cases} ({deadlines} in all), but the desk knows only "
        "{known}",
        "đưa lịch đó, như khi ấy, vào `former`",
        "give it to the desk, as it was, in `former`",
    ),
    "calendar_unknown_of_deadlines": Message(
        "lịch {calendars}: {deadlines} hạn vẫn nêu, lịch đang có: {known}",
        "calendar {calendars}: named by a deadline ({deadlines} in all), but the desk knows "
        "only {known}",
        "đưa lịch đó, như khi ấy, vào `former`",
        "give it to the desk, as it was, in `former`",
    ),
    "cited": Message("{reason} ({article})", "{reason} ({article})"),
    "cited_reading": Message(
        "{reason} ({article}, cách hiểu {reading})", "{reason} ({article}, reading {reading})"
    ),
    "clock_behind": Message(
        "PAKN {case}: giờ của máy là {now}, sớm hơn bước cuối lúc {last} tới {behind}",
        "case {case}: the clock says {now}, {behind} before its last event at {last}",
        "chỉnh lại giờ của máy; được chênh lệch dưới {allowed}; nếu bước cuối được ghi khi giờ máy "
        "chạy sai: chờ đến lúc đó, hoặc dùng Desk có `clock_skew` lớn hơn",
        "set the clock right, to less than {allowed} behind. If the last event was recorded by a "
        "clock that was ahead, wait until then, or use a desk with a longer `clock_skew`",
    ),
    "clock_behind_at_all": Message(
        "PAKN {case}: giờ của máy là {now}, sớm hơn bước cuối lúc {last} tới {behind}",
        "case {case}: the clock says {now}, {behind} before its last event at {last}",
        "chỉnh lại giờ của máy; không được chênh lệch; nếu bước cuối được ghi khi giờ máy "
        "chạy sai: chờ đến lúc đó, hoặc dùng Desk có `clock_skew` lớn hơn",
        "set the clock right, as no difference is allowed. If the last event was recorded by a "
        "clock that was ahead, wait until then, or use a desk with a longer `clock_skew`",
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
        "dừng lại và nhận đọc lại bằng `claim`",
        "stop, and `claim` again",
    ),
    "not_covered": Message(
        "lịch {calendar}: {day}: {why}",
        "calendar {calendar}: {day}: {why}",
        "lịch có từ {first} đến {last}",
        "covered: {first} to {last}",
    ),
    "own_words": Message("{problem}", "{problem}"),
    "rules_unknown": Message(
        "PAKN {case}: được tiếp nhận theo bộ quy định {rules}, đang có: {known}",
        "case {case}: received under the rules {rules}, but the desk knows only {known}",
        "đưa cả bộ quy định đó vào `rules`",
        "give those rules to the desk as well, in `rules`",
    ),
    "schema_differs": Message("lược đồ {found}, cần {needed}", "schema {found}, needed {needed}"),
    "schema_foreign": Message("lược đồ lạ, cần {needed}", "schema foreign, needed {needed}"),
    "schema_unknown": Message("lược đồ không rõ, cần {needed}", "schema unknown, needed {needed}"),
    "step_not_allowed_when_done": Message(
        "PAKN {case} ({stage}): không thể thực hiện bước {step}; các bước có thể thực hiện ở "
        "trạng thái này: {allowed}",
        "case {case}: cannot {step} {stage}; steps of this state: {allowed}",
        "việc mới thì tiếp nhận phản ánh, kiến nghị mới, có dẫn chiếu (cách hiểu R13)",
        "for new facts receive a new, linked case (reading R13)",
    ),
    "step_not_allowed_to_holder": Message(
        "PAKN {case} ({stage}, {by}): không thể thực hiện bước {step}; các bước có thể thực hiện "
        "ở trạng thái này: {allowed}",
        "case {case}: cannot {step} {stage} (held by {by}); steps of this state: {allowed}",
    ),
    "version_differs": Message(
        "PAKN {case}: đã thay đổi sau khi được đọc (phiên bản {expected}, nay là {actual})",
        "case {case}: changed since you loaded it (version {expected}, now {actual})",
        "đọc lại rồi thử lại",
        "reload and retry",
    ),
    "version_unknown": Message(
        "PAKN {case}: đã thay đổi sau khi được đọc (phiên bản {expected}, nay chưa rõ)",
        "case {case}: changed since you loaded it (version {expected}, now unknown)",
        "đọc lại rồi thử lại",
        "reload and retry",
    ),
    # What may be wrong with an act, the rules, a desk or a call of it, or a line of an act log.
    # a text or an id
    "half_surrogate": Message(
        "có nửa cặp ký tự thay thế ở vị trí {position}",
        "contains half a surrogate pair at character {position}",
        "gửi văn bản dạng UTF-8",
        "send the text as UTF-8",
    ),
    "id_character": Message(
        "ký tự thứ {position} là {letter}, không dùng trong mã",
        "character {position} is {letter}, which is not allowed in an id",
        "chỉ dùng chữ tiếng Việt, ký tự ASCII in được và dấu cách đơn",
        "use printable ASCII, Vietnamese letters and single spaces",
    ),
    "id_spaces": Message(
        "có dấu cách ở đầu, ở cuối, hoặc hai dấu cách liền nhau",
        "has a space at the beginning or end, or two in a row",
        "bỏ dấu cách thừa",
        "remove the space",
    ),
    "id_too_long": Message(
        "{count} ký tự, nhiều nhất {most}",
        "{count} characters, at most {most}",
        "nêu mã ngắn",
        "give the short id",
    ),
    "line_break": Message(
        "có dấu xuống dòng",
        "contains a line break",
        "chỉ viết một dòng",
        "give one line only",
    ),
    "names_sender": Message(
        "có dữ liệu cá nhân của tổ chức, cá nhân phản ánh, kiến nghị",
        "holds personal data of the sender",
        "ghi mã hoặc tên trong danh mục, phần còn lại viết vào nội dung",
        "give the code or name of the register, and the rest in the content",
    ),
    "not_a_language_tag": Message(
        "không phải mã ngôn ngữ",
        "is not a language tag",
        'dùng mã như "vi" hoặc "en"',
        'use a tag such as "vi" or "en"',
    ),
    "not_an_id": Message(
        "{value} không phải mã",
        "{value} is not an id",
        "viết dạng chuỗi",
        "give a string",
    ),
    "list_too_long": Message(
        "có hơn {most} mục",
        "has more than {most} entries",
        *_SHORTEN,
    ),
    "nul_character": Message(
        "có ký tự NUL",
        "contains a NUL character",
        "bỏ ký tự đó đi",
        "remove it",
    ),
    "text_too_long": Message(
        "{count} ký tự, nhiều nhất {most}",
        "{count} characters, at most {most}",
        *_SHORTEN,
    ),
    "too_many_accused": Message(
        "PAKN này sẽ có {count} người bị phản ánh, nhiều nhất {most}",
        "the case would have {count} people accused, at most {most}",
        "tiếp nhận PAKN khác cho những người còn lại",
        "receive another case for the others",
    ),
    "too_many_marks": Message(
        "có hơn {most} dấu liền nhau, đến vị trí {position}",
        "has more than {most} combining marks in a row, at character {position}",
        "bỏ các dấu đó đi",
        "remove them",
    ),
    "too_long": Message(
        "{count} ký tự, nhiều nhất {most}",
        "{count} characters, at most {most}",
        "nêu ngắn gọn hơn",
        "give a short one",
    ),
    # an act and its time
    "adds_nothing": Message(
        "không sửa đổi, bổ sung gì",
        "adds nothing",
        "nêu ít nhất một thông tin cần sửa đổi, bổ sung",
        "give content, sender, kind, accused, about_unit, language or procedure",
    ),
    "act_of_system": Message(
        "`{value}` do hệ thống tự ghi, không nhận từ bên ngoài",
        "`{value}` is recorded by the library itself",
        "dùng `Desk.sweep` hoặc `Desk.recalculate`",
        "use `Desk.sweep` or `Desk.recalculate`",
    ),
    "ahead_of_clock": Message(
        "{value} chưa đến, giờ của máy là {now}",
        "{value} has not come yet: the clock says {now}",
        "nêu thời điểm đã qua, hoặc chỉnh lại giờ của máy",
        "give a moment that has passed, or set the clock right",
    ),
    "before_last_event": Message(
        "{value} trước lần ghi nhận cuối của phản ánh, kiến nghị {case}, {last}",
        "{value} is before the last event of case {case}, {last}",
        "ghi thời điểm thực tế vào nội dung; trễ hạn sai thì lãnh đạo Trung tâm bỏ đánh dấu",
        "write the true time in the text. The leadership can lift a lapse that is wrong",
    ),
    "instant_out_of_range": Message(
        "{value} ngoài khoảng cho phép",
        "{value} is out of range",
        "từ năm 1900 đến năm 2199",
        "use the years 1900 to 2199",
    ),
    "not_a_score": Message(
        "{value} không phải điểm",
        "{value} is not a score",
        "nêu số nguyên từ 1 đến 5",
        "give a whole number, 1 to 5",
    ),
    "not_escalated_to": Message(
        "không chuyển phản ánh, kiến nghị đến {role}",
        "a case is not escalated to the {role}",
        *_USE_ONE_OF,
    ),
    # a history, a deadline
    "empty_history": Message(
        "không có bước nào đã ghi",
        "the history is empty",
        "đưa ít nhất một bước đã ghi",
        "give at least one event",
    ),
    "no_calendar_version": Message(
        "chưa có lịch, mà hạn đã tính theo phiên bản {version}",
        "no calendar is given, but the deadline was set on {version}",
        "đưa lịch {calendar} đúng phiên bản đó",
        "give the calendar {calendar} of that version",
    ),
    "other_calendar_version": Message(
        "lịch phiên bản {value}, nhưng hạn đã tính theo phiên bản {version}",
        "version {value}, but the deadline was set on {version}",
        "đưa lịch {calendar} đúng phiên bản đó",
        "give the calendar {calendar} of that version",
    ),
    # rules
    "before_valid_from": Message(
        "{last} trước ngày quy định có hiệu lực, {first}",
        "{last} is before {first}, when the rules begin",
        "nêu ngày muộn hơn, hoặc valid_until=None",
        "give a later day, or valid_until=None",
    ),
    "not_a_budget": Message(
        "{value} không phải timedelta, cũng không phải Term",
        "{value} is neither a timedelta nor a Term",
        "đưa timedelta(hours=5), hoặc Term.working_days(5)",
        "give timedelta(hours=5), or Term.working_days(5)",
    ),
    "guard_reads_act": Message(
        "kiểm tra của {guard} đọc `{name}` của bước xử lý, mà khi chỉ hỏi quyền thì chưa có",
        "the guard {guard} reads `{name}` of the act, and no act is given if only permission is "
        "asked",
        "khai báo needs_act=True cho điều kiện này",
        "give it needs_act=True",
    ),
    "no_event_returned": Message(
        "hàm ghi nhận của {step} trả về {value}",
        "the recorder of {step} returned {value}",
        "trả về một sự kiện, ví dụ Closed(**head)",
        "return an event, such as Closed(**head)",
    ),
    "not_facts": Message(
        "kiểm tra của {guard} trả về {value}",
        "the check of {guard} returned {value}",
        "trả về dict để phản đối, None để đồng ý",
        "return a dict to object, None to agree",
    ),
    "not_a_limit": Message(
        "{value} không phải thời hạn",
        "{value} is not a limit",
        "nêu thời gian làm việc lớn hơn 0",
        "give working time above zero",
    ),
    "not_a_number_of_times": Message(
        "{value} không phải số lần",
        "{value} is not a number of times",
        "nêu số nguyên, từ 0 trở lên",
        "give a whole number, 0 or more",
    ),
    "not_a_prefix": Message(
        "{value} không phải phần đầu của mã",
        "{value} is not the beginning of an id",
        "nêu 1 đến 8 chữ cái in hoa A-Z và chữ số, bắt đầu bằng chữ cái",
        "give 1 to 8 capital letters A-Z and digits, a letter first",
    ),
    # which calendar applies to which holder
    "actor_named_twice": Message(
        "{value} được nêu hai lần",
        "{value} is named twice",
        "chỉ nêu một lần",
        "name it once",
    ),
    "no_hours_for_role": Message(
        "chưa có giờ làm việc cho {role}",
        "no hours for the {role}",
        "bổ sung giờ làm việc; hiện có giờ của {known}",
        "add them to the mapping, which has {known}",
    ),
    "no_hours_for_unit": Message(
        "chưa có giờ làm việc cho {role} của {unit}",
        "no hours for the {role} of {unit}",
        "bổ sung giờ làm việc; hiện có giờ của {known}",
        "add them to the mapping, which has {known}",
    ),
    "not_a_calendar_choice": Message(
        "{value} không phải giờ làm việc",
        "{value} gives no hours",
        'đưa WorkCalendar như vietnam_calendar("A"), '
        "ánh xạ theo vai trò, hoặc hàm của vai trò và đơn vị",
        'give a WorkCalendar such as vietnam_calendar("A"), '
        "a mapping of roles, or a function of role and unit",
    ),
    "not_a_calendar_of_actor": Message(
        "{value} của {actor} không phải lịch",
        "{value} of {actor} is not a calendar",
        "đưa WorkCalendar cho từng mục",
        "give a WorkCalendar for each",
    ),
    "not_a_role": Message(
        "{value} không phải vai trò",
        "{value} is not a role",
        "nêu một vai trò trong: {known}, hoặc cặp vai trò và đơn vị",
        "give a role of {known}, or a pair of role and unit",
    ),
    # the table of the lifecycle, as the compiler finds it: if you change the rows
    "transition_of_no_act": Message(
        "không có bước nào là {step}",
        "{step} is not an act of a case",
        *_USE_ONE_OF,
    ),
    "transition_overlap": Message(
        "hai dòng của bước {step} từ {source} cùng có thể được chọn",
        "two rows for {step} from {source} can both pass",
        "mỗi dòng chỉ được quy định một điều",
        "make the rows say one thing only",
    ),
    # a desk or a call of it
    "async_desk_closed": Message(
        "bộ phận xử lý đã ngừng nhận việc",
        "the desk is closed",
        "gọi bên trong khối `async with` của AsyncDesk",
        "call it inside the `async with` block of the AsyncDesk",
    ),
    "async_handler": Message(
        "{value} là hàm async, sẽ không được chờ chạy xong",
        "{value} is a coroutine function, which would not be awaited",
        "dùng AsyncDesk.consume, hoặc đưa hàm thường",
        "use AsyncDesk.consume, or give a plain function",
    ),
    "command_of_another_act": Message(
        "{value} đã dùng cho bước khác",
        "{value} was used for another act",
        "mỗi bước một mã riêng",
        "give each act its own id",
    ),
    "no_case_given": Message(
        "chưa nêu",
        "no case is given",
        *_GIVE_A_CASE,
    ),
    "not_a_case": Message(
        "{value} không phải là phản ánh, kiến nghị",
        "{value} is not a case",
        *_GIVE_A_CASE,
    ),
    "no_limit_ever": Message(
        "PAKN {case} chưa từng có thời hạn",
        "case {case} has had no limit yet",
        "hỏi sau khi chuyển công chức, viên chức bộ phận một cửa",
        "ask after it is passed to an officer",
    ),
    "no_rules": Message(
        "chưa nêu bộ quy định nào",
        "no rules are given",
        "đưa ít nhất một Rules, ví dụ HOA_BINH_2019",
        "give at least one Rules, such as HOA_BINH_2019",
    ),
    "not_a_lease": Message(
        "{value} không phải thời gian giữ quyền đọc",
        "{value} is not a time for a lease",
        "nêu timedelta trên 0, nhiều nhất là một ngày",
        "give a timedelta above zero, at most a day",
    ),
    "not_a_store": Message(
        "{value} không phải kho lưu trữ",
        "{value} is not a store",
        'đưa kho lưu trữ, ví dụ open_store("cases.db")',
        'give a store, such as open_store("cases.db")',
    ),
    "not_an_act": Message(
        "{value} không phải bước xử lý",
        "{value} is not an act",
        "đưa một bước trong phananh.acts, ví dụ Answer(text=..., by=...)",
        "give one of phananh.acts, such as Answer(text=..., by=...)",
    ),
    "receipt_of_a_case": Message(
        "bước tiếp nhận tự tạo phản ánh, kiến nghị mới",
        "a receipt creates the case",
        *_LEAVE_OUT,
    ),
    "rules_of_one_day": Message(
        "{sets} cùng có hiệu lực từ {first}",
        "{sets} both begin on {first}",
        "mỗi bộ quy định một ngày `valid_from` riêng",
        "give each its own `valid_from`",
    ),
    "rules_of_one_id": Message(
        "hai bộ quy định cùng mã {value}",
        "two sets of rules have the id {value}",
        "mỗi bộ quy định một `version` riêng",
        "give each its own `version`",
    ),
    "some_commands_known": Message(
        "{value} đã ghi cùng những bước khác",
        "{value} was recorded with other acts",
        "làm lại đúng những bước của lần ghi đó, hoặc cho mọi bước mã mới",
        "repeat the acts that were recorded together, or give each act a new id",
    ),
    "not_a_code": Message(
        "không phải mã tra cứu",
        "is not a tracking code",
        "kiểm tra từng ký tự của mã",
        "check each letter of it",
    ),
    "not_an_event_class": Message(
        "{value} không phải loại bước đã ghi",
        "{value} is not a class of events",
        *_USE_ONE_OF,
    ),
    "accused_not_in_directory": Message(
        "danh bạ không có mã này",
        "this id is not in the directory",
        "kiểm tra lại mã, hoặc chỉ nêu cơ quan, đơn vị",
        "check the id, or give the unit alone",
    ),
    "accused_in_another_unit": Message(
        "theo danh bạ, người này thuộc cơ quan, đơn vị khác",
        "the directory has this person in another unit",
        "danh bạ ghi: {known}",
        "known units: {known}",
    ),
    "accused_in_units_too": Message(
        "theo danh bạ, người bị phản ánh còn thuộc cơ quan, đơn vị khác",
        "the directory has the accused in another unit too",
        "bổ sung người bị phản ánh theo cơ quan, đơn vị: {known}",
        "complete the case with the accused as of: {known}",
    ),
    "not_in_directory": Message(
        "danh bạ không có {value}",
        "{value} is not in the directory",
        *_CLOSE_OR_ADD,
    ),
    "not_in_directory_then": Message(
        "danh bạ không có {value} vào ngày {on}",
        "{value} is not in the directory on {on}",
        *_CLOSE_OR_ADD,
    ),
    "not_in_directory_now": Message(
        "{value} có trong danh bạ, nhưng ngày {on} không giữ chức trách hoặc không hoạt động",
        "{value} is in the directory, but not on {on}",
        "nếu sai thì sửa ngày bắt đầu, ngày kết thúc; gần giống: {known}",
        "if that is wrong, correct the first and last day. The closest are: {known}",
    ),
    "not_in_that_post": Message(
        "theo danh bạ, {value} không giữ vai trò này vào ngày {on}",
        "{value} has no such post in the directory on {on}",
        "danh bạ ghi: {known}",
        "known posts: {known}",
    ),
    "ids_alike": Message(
        "{first} và {second} được coi là một mã",
        "{first} and {second} compare as one id",
        "nếu là một thì ghi thống nhất, nếu không thì đổi một mã",
        "if they are one, write it in one way, else change one of them",
    ),
    "hours_differ": Message(
        "các dòng của {id} ghi giờ làm việc khác nhau: {first} và {second}",
        "the rows of {id} have different hours: {first} and {second}",
        "ghi cùng một tên giờ, và đặt ngày hiệu lực (effective_from) trong lịch đó, hoặc dùng mã "
        "đơn vị khác",
        "name the same hours, whose calendar says from when they hold (effective_from), or give "
        "the unit another id",
    ),
    "two_heads": Message(
        "theo danh bạ, {unit} có hai thủ trưởng cùng lúc: {first} và {second}",
        "{unit} has two heads at a time in the directory: {first} and {second}",
        "ghi ngày cuối (until) cho người cũ, và ngày đầu (since) cho người mới",
        "give the former one a last day (until), and the new one a first day (since)",
    ),
    "not_together": Message(
        "không dùng được `{method}` khi ghi nhiều bước cùng lúc",
        "`{method}` cannot be used among acts done together",
        "gọi trước hoặc sau khối `with`",
        "call it before or after the `with` block",
    ),
    "together_nested": Message(
        "đã ở trong một khối ghi nhiều bước cùng lúc",
        "is already inside a block of acts done together",
        "dùng bộ phận xử lý của khối đó",
        "use the desk of that block",
    ),
    "together_one_case": Message(
        "khối có bước của PAKN {case} và của PAKN khác, mà kho dữ liệu mỗi lần chỉ ghi được một "
        "PAKN; khối này chưa ghi gì",
        "the block has acts on case {case} and on another, and the store records one case at a "
        "time, so the block has recorded nothing",
        "dùng một khối cho mỗi PAKN, hoặc một kho dữ liệu có `lists`",
        "use one block for each case, or a store that offers `lists`",
    ),
    "together_over": Message(
        "khối ghi nhiều bước cùng lúc đã kết thúc",
        "the block is over",
        "dùng bộ phận xử lý ban đầu",
        "use the desk that made it",
    ),
    "not_a_version": Message(
        "{value} không phải phiên bản",
        "{value} is not a version",
        "nêu số nguyên, từ 1 trở lên, như `case.version`",
        "give a whole number, 1 or more, such as `case.version`",
    ),
    "version_beside_case": Message(
        "nêu cùng một Case, vốn đã có phiên bản",
        "is given with a Case, which has its version",
        "đưa mã PAKN hoặc mã tra cứu cùng `expected`, hoặc chỉ đưa Case",
        "give an id or code with `expected`, or only the Case",
    ),
    "version_of_receipt": Message(
        "bước tiếp nhận chưa có phiên bản nào trước đó",
        "a receipt has no version before it",
        *_LEAVE_OUT,
    ),
    # a line of an act log
    "blank_case_name": Message(
        "để trống",
        "is blank",
        "nêu tên của phản ánh, kiến nghị",
        "name the case",
    ),
    "case_not_received": Message(
        "{value} chưa được tiếp nhận",
        "{value} was not received",
        "đặt dòng tiếp nhận lên trước",
        "put its receive line first",
    ),
    "case_received_before": Message(
        "{value} đã được tiếp nhận trước đó",
        "{value} was received before",
        "đặt tên khác cho phản ánh, kiến nghị mới",
        "give the new case another name",
    ),
    "control_character": Message(
        "{value} có ký tự điều khiển",
        "{value} contains a control character",
        *_LEAVE_OUT,
    ),
    "doubled_key": Message("có hai lần", "is given twice", "chỉ giữ một", "keep one"),
    "key_of_another_act": Message(
        "{value} đã dùng cho bước khác",
        "{value} was used for another act",
        "mỗi bước một khóa riêng",
        "give each act its own key",
    ),
    "line_of_another_act": Message(
        "đã được ghi trước đó với nội dung khác",
        "was recorded before with other content",
        "trả dòng về như cũ; nếu đây là nhật ký khác cùng tên thì đặt tên khác (--log-name); hoặc "
        "cho dòng một khóa riêng",
        "put it back as it was, give another log of the same name its own name (--log-name), or "
        "give the line its own key",
    ),
    "line_too_long": Message(
        "dài hơn {limit} byte",
        "is longer than {limit} bytes",
        "chia thành nhiều bước, hoặc để văn bản dài trong tệp kèm theo",
        "split it into several acts, or attach long texts as documents",
    ),
    "typed_signature": Message(
        "nhập tay kết quả kiểm tra chữ ký số",
        "has the result of a check of signatures, which is not to be typed",
        "tải tệp lên để phần mềm kiểm tra chữ ký",
        "upload the file, and let the application check it",
    ),
    "nested_too_deeply": Message(
        "lồng nhau quá sâu",
        "is nested too deeply",
        "bớt số tầng",
        "use fewer levels",
    ),
    "not_iso_8601": Message(
        "{value} không theo ISO 8601",
        "{value} is not ISO 8601",
        "ví dụ 2026-01-09T15:00:00+07:00",
        "such as 2026-01-09T15:00:00+07:00",
    ),
    "not_a_wall_time": Message(
        "không phải thời điểm",
        "is not a time",
        "viết như 08:10 12/05/2025",
        "write it like 2025-05-12T08:10",
    ),
    "cell_without_heading": Message(
        "có ô không nằm dưới tiêu đề nào",
        "a cell has no heading above it",
        "đặt tiêu đề cho cột, hoặc kiểm tra dấu ngăn cách các ô",
        "head the column, or check what separates the cells",
    ),
    "wrong_quote": Message(
        "dấu ngoặc kép không khép hoặc sai chỗ, ở dòng {number} hoặc trước đó",
        "a quote is not closed or stands wrongly, in line {number} or before",
        "lưu lại bằng chương trình bảng tính",
        "save the file with a spreadsheet",
    ),
    "wrong_heading": Message(
        "tiêu đề thứ {number}: không có cột này, hoặc có hai cột",
        "heading {number}: no such column, or two of them",
        "xem các tiêu đề trong tệp mẫu",
        "see the headings of a template",
    ),
    "not_of_this_step": Message(
        "bước này không có trường này", "no such key of this step", "để trống ô", "leave it blank"
    ),
    "no_offset": Message(
        "{value} không có múi giờ",
        "{value} has no offset",
        "thêm múi giờ, ví dụ +07:00",
        "add a time zone, such as +07:00",
    ),
    "not_an_object": Message("{value} không phải đối tượng JSON", "{value} is not an object"),
    "not_json": Message(
        "không phải JSON, sai từ ký tự thứ {number}",
        "not JSON from character {number} on",
        "mỗi dòng một đối tượng JSON",
        "one JSON object a line",
    ),
    "not_json_constant": Message("{value} không có trong JSON", "{value} is not JSON"),
    "not_utf8": Message(
        "byte {number} không phải UTF-8",
        "byte {number} is not UTF-8",
        "lưu dạng UTF-8",
        "save as UTF-8",
    ),
    "null": Message("là null", "is null", "bỏ trường này đi", "leave the key out"),
    "number_too_long": Message(
        "có số dài hơn {limit} chữ số",
        "contains a number of more than {limit} digits",
        "viết số ngắn hơn",
        "write a shorter number",
    ),
    "out_of_order": Message(
        "{value} trước {last}, thời điểm của dòng trước",
        "{value} is before {last}, the time of the previous line",
        "xếp các dòng theo thứ tự thời gian. Nếu tệp đã chạy với --db thì không xếp lại, mà ghi "
        "thời điểm thật vào nội dung",
        "put the lines in time order. If the log was recorded before, do not: write the true time "
        "in the text",
    ),
    "spaces_at_an_edge": Message(
        "{value} có khoảng trắng ở đầu hoặc cuối",
        "{value} has spaces at the beginning or end",
        "bỏ đi",
        "remove them",
    ),
    "time_24_00": Message(
        "không có giờ {value}",
        "no such time: {value}",
        "ví dụ 2026-01-09T15:00:00+07:00",
        "such as 2026-01-09T15:00:00+07:00",
    ),
    "unknown_act": Message(
        "không có {value}",
        "{value} is unknown",
        "có phải là {near}?",
        "did you mean {near}?",
    ),
    "unknown_key_near": Message(
        "không có trường này",
        "no such key",
        "có phải là {near}?",
        "did you mean {near}?",
    ),
    "unknown_key_of": Message(
        "không có trường này",
        "no such key",
        "có: {known}",
        "known: {known}",
    ),
    # What may be wrong with a calendar, a term, or arrays of instants and amounts.
    # hours
    # sessions, weekdays, seasons
    "not_a_session": Message(
        "{value} không phải buổi làm việc",
        "{value} is not a session",
        _SESSION_VI,
        _SESSION_EN,
    ),
    "not_a_list_of_sessions": Message(
        "{value} không phải danh sách",
        "{value} is not a list",
        _SESSION_VI,
        _SESSION_EN,
    ),
    "not_an_offset": Message(
        "{value} không phải timedelta",
        "{value} is not a timedelta",
        'dùng Session.parse("07:30-11:30")',
        'use Session.parse("07:30-11:30")',
    ),
    "opens_outside_its_day": Message(
        "mở ngoài ngày của buổi: {value}",
        "opens outside its day: {value}",
    ),
    "opens_at_24": Message(
        "{value} mở lúc 24:00",
        "{value} opens at 24:00",
        _SESSION_VI,
        _SESSION_EN,
    ),
    "session_too_long": Message(
        "{value} rỗng hoặc dài hơn một ngày",
        "{value} is empty or longer than a day",
        "cả ngày là 00:00-24:00",
        "a whole day is 00:00-24:00",
    ),
    "sessions_overlap": Message(
        "các buổi chồng nhau: {first} và {second}",
        "sessions overlap: {first} and {second}",
    ),
    "nights_overlap": Message(
        "các buổi chồng nhau qua nửa đêm: {first} ngày {day} lấn vào {second} ngày {next_day}",
        "sessions overlap across midnight: {first} on {day} runs into {second} on {next_day}",
    ),
    "not_a_list_of_weekdays": Message(
        "{value} không phải danh sách",
        "{value} is not a list",
        'viết "mon-fri"',
        'write "mon-fri"',
    ),
    "not_a_weekday": Message(
        "{value} không phải thứ trong tuần",
        "{value} is not a weekday",
        "viết {known} hoặc mon-fri",
        "use {known} or mon-fri",
    ),
    "not_a_season": Message(
        "{value} không phải ngày đầu và ngày cuối",
        "{value} is not a first and a last day",
        'viết ("10-16", "04-15")',
        'write ("10-16", "04-15")',
    ),
    "not_a_day_of_year": Message(
        "{value} không phải ngày trong năm",
        "{value} is not a day of the year",
        'viết "10-16"',
        'write "10-16"',
    ),
    "ends_before_it_begins": Message(
        "kết thúc ngày {last}, trước khi bắt đầu ngày {first}",
        "ends on {last}, before it begins on {first}",
    ),
    "leap_day_left_out": Message(
        "{day} không có giờ: mùa này kết thúc 02-28, mùa kia bắt đầu 03-01",
        "{day} has no hours: one season ends on 02-28, the other begins on 03-01",
        'ghi "02-29" làm ngày cuối mùa',
        'give "02-29" as the last day of the season',
    ),
    "two_hours_for_a_day": Message(
        "hai bộ giờ, thứ {first} và {second}, cho {day}: {hours} và {others}",
        "two sets of hours, number {first} and {second}, for {day}: {hours} and {others}",
        "cho chúng khác thứ, khác mùa hoặc khác ngày",
        "give them different weekdays, seasons or dates",
    ),
    "too_long_to_explain": Message(
        "cần {days} ngày; giải thích từng bước nhiều nhất {most} ngày",
        "takes {days} days, and each step is explained for at most {most} days",
        "hỏi riêng hạn bằng add, hoặc chia nhỏ thời hạn",
        "ask for the due time alone with add, or explain a part of it",
    ),
    # instants and what is put together
    "ends_before_it_starts": Message(
        "kết thúc lúc {end}, trước khi bắt đầu: {start}",
        "ends at {end}, before it starts: {start}",
    ),
    "not_a_calendar": Message(
        "{value} không phải WorkCalendar",
        "{value} is not a WorkCalendar",
        'đưa lịch, ví dụ vietnam_calendar("A")',
        'give a calendar, such as vietnam_calendar("A")',
    ),
    "not_a_span": Message(
        "{value} không phải Span",
        "{value} is not a Span",
        "đưa Span(start, end)",
        "give Span(start, end)",
    ),
    "too_few_parts": Message(
        "phép {op} của {count} phần",
        "{op} of {count} part",
        "nêu từ hai phần trở lên",
        "give two or more",
    ),
    "instants_alone": Message(
        "chỉ có các khoảng thời điểm thì chưa thành bộ giờ",
        "instants alone are not a timetable",
        "thêm một Timetable vào đó",
        "add a Timetable to them",
    ),
    "not_working_time": Message(
        "{value} không phải giờ làm việc",
        "{value} is not working time",
        "đưa Timetable, WorkCalendar, Span hoặc danh sách Span",
        "give a Timetable, a WorkCalendar, a Span or a list of Spans",
    ),
    "timetables_beside_calendars": Message(
        "các lịch trong đó ({names}) đã có ngày riêng, không nhận thêm bộ giờ bên cạnh",
        "its calendars ({names}) have their own days, and cannot be joined with timetables",
        "đưa bộ giờ, văn bản và ngày riêng vào từng lịch trước khi ghép",
        "give timetables, notices and overrides to the calendars before joining them",
    ),
    # a calendar without working time
    "never_opens": Message(
        "lịch không có giờ làm việc nào",
        "the calendar has no working time",
        _RECURS_VI,
        _RECURS_EN,
    ),
    "nothing_left": Message(
        "phép {op} không để lại giờ làm việc nào",
        "the {op} leaves no working time",
        _RECURS_VI,
        _RECURS_EN,
    ),
    "no_time_left_after": Message(
        "lịch {calendar} không còn giờ làm việc nào sau {day}",
        "calendar {calendar} has no working time left after {day}",
        "dùng giờ làm việc có hiệu lực sau ngày đó",
        "use hours that apply after that day",
    ),
    "no_time_left_before": Message(
        "lịch {calendar} không có giờ làm việc nào trước {day}",
        "calendar {calendar} has no working time left before {day}",
        "dùng giờ làm việc có hiệu lực trước ngày đó",
        "use hours that apply before that day",
    ),
    # why a day is not covered
    "before_notices": Message(
        "ngày nghỉ thời gian này chưa được đối chiếu với văn bản",
        "the days off of that time were not checked against notices",
    ),
    "beyond_notices": Message(
        "lịch nghỉ chỉ được công bố đến {through}",
        "holidays are known only through {through}",
        "thêm văn bản bằng `with_notices`",
        "add the notice with `with_notices`",
    ),
    "not_settled": Message("chưa chính thức: {document}", "not settled: {document}"),
    "covered_until": Message(
        "tính từ {start} thì lịch hết ở đó",
        "counted from {start}, it ends there",
    ),
    "budget_beyond": Message(
        "{budget} tính từ {start} kết thúc ngoài lịch",
        "{budget} counted from {start} ends beyond",
    ),
    # working days of a month
    "term_beyond": Message("thời hạn kết thúc sau đó", "the term ends beyond"),
    # days
    "date_given_twice": Message(
        "{document} nêu một ngày hai lần",
        "{document} names one date twice",
        "mỗi ngày chỉ nêu một lần",
        "name each date once",
    ),
    "day_off_with_sessions": Message(
        "{day} là ngày nghỉ mà lại có buổi làm việc",
        "{day} is off, but has sessions",
        'dùng "hours"',
        'use "hours"',
    ),
    "day_outside": Message(
        "{day} nằm ngoài khoảng lịch có, {first} đến {last}",
        "{day} is outside the days covered, {first} to {last}",
        "xem lại năm",
        "check the year",
    ),
    "day_without_sessions": Message(
        "{day} có giờ riêng nhưng chưa nêu giờ nào",
        "{day} has hours of its own, but none are given",
        'ngày nghỉ thì dùng "off"',
        'for a closed day use "off"',
    ),
    "known_too_far": Message(
        "{day} cách ngày ban hành {issued} hơn hai năm",
        "{day} is more than two years after {issued}, when it was issued",
        "xem lại cả hai năm",
        "check both years",
    ),
    "issued_too_late": Message(
        "{day} sau ngày cuối mà văn bản nêu, {last}, hơn hai năm",
        "{day} is more than two years after {last}, the last day that the notice is about",
        "xem lại cả hai năm",
        "check both years",
    ),
    "nothing_known_yet": Message(
        "{day} trước văn bản đầu tiên có ở đây, ngày {first}",
        "{day} is before the first notice that is known here, of {first}",
        "hỏi một ngày muộn hơn",
        "ask for a later day",
    ),
    "notice_day_outside": Message(
        "{document}: {day} nằm ngoài khoảng lịch có, {first} đến {last}",
        "{document}: {day} is outside the days covered, {first} to {last}",
        "xem lại năm",
        "check the year",
    ),
    "notices_disagree": Message(
        "{document} và {other}, cùng ban hành {issued}, quy định khác nhau về ngày {day}",
        "{document} and {other}, both issued {issued}, disagree about {day}",
        "loại văn bản không còn hiệu lực",
        "leave out the one that no longer applies",
    ),
    "no_public_days": Message(
        "{value} không có ngày nghỉ lễ",
        "{value} has no public days",
        "đưa VietnamDays(), hoặc None và ghi các ngày nghỉ vào overrides",
        "give VietnamDays(), or None and your days off as overrides",
    ),
    "swapped_with_itself": Message(
        "{day} hoán đổi với chính ngày đó",
        "{day} is swapped with itself",
        "nêu ngày kia",
        "name the other day",
    ),
    "two_overrides": Message(
        "ngày {day} có hai quy định riêng",
        "two overrides for {day}",
        "chỉ nêu ngày đó một lần",
        "give the day once",
    ),
    # terms
    "closing_of_a_day_off": Message(
        "ngày nghỉ không có lúc hết giờ làm việc",
        "a day off has no closing",
        'dùng "midnight"',
        'use "midnight"',
    ),
    "due_before_it_came": Message(
        "việc đến sau khi hết giờ làm việc sẽ hết hạn trước khi đến",
        "what comes after closing would be due before it came",
        'dùng "opening"',
        'use "opening"',
    ),
    "keys_of_no_term": Message(
        "các khóa {value}",
        "keys {value}",
        "cần count và unit, và bất kỳ trong: {known}",
        "count and unit, and any of {known}",
    ),
    "never_rolls": Message(
        "ngày làm việc cuối của thời hạn không bao giờ là ngày nghỉ",
        "the last working day of a term is not a day off",
        *_LEAVE_OUT,
    ),
    "not_a_start": Message(
        "{value} không phải datetime, cũng không phải date",
        "{value} is neither a datetime nor a date",
        "đưa datetime có múi giờ, hoặc ngày (date) của sự kiện",
        "give an aware datetime, or the date of the event",
    ),
    "not_a_term": Message(
        "{value} không phải thời hạn",
        "{value} is not a term",
        'viết "5 ngày làm việc", "10 ngày", "2 tuần", "3 tháng", "1 năm", '
        "hoặc 5wd, 10d, 2w, 3mo, 1y",
        'write "5 working days", "10 days", "2 weeks", "3 months", "1 year", '
        "or 5wd, 10d, 2w, 3mo, 1y",
    ),
    "term_as_budget": Message(
        "{value} không phải timedelta",
        "{value} is not a timedelta",
        "tính trên lịch: term.due(start, on=calendar)",
        "count it on a calendar: term.due(start, on=calendar)",
    ),
    "term_below_one": Message(
        "{value} không thành thời hạn",
        "{value} is not a term",
        "dùng số từ 1 trở lên",
        "use 1 or more",
    ),
    "two_numbers": Message(
        "{value} viết {count} bằng số mà {words} bằng chữ",
        "{value} says {count} in figures and {words} in words",
        "chỉ viết số đúng",
        "write only the one that you mean",
    ),
    "unknown_receipt": Message(
        "không có {value}",
        "{value} is unknown",
        "dùng date, opening, hoặc datetime.time mà sau đó là quá muộn trong ngày",
        "use date, opening, or a datetime.time after which it is too late for the day",
    ),
    "zoned_time": Message(
        "{value} có múi giờ; giờ này tính theo đồng hồ của cơ quan",
        "{value} has a time zone, but is read on the office's clock",
        "bỏ tzinfo",
        "leave out tzinfo",
    ),
    # arrays
    "array_masked": in_english(
        "a masked array hides values",
        "use {name}.filled(np.datetime64('NaT', 'us')), or timedelta64",
    ),
    "array_of_type": in_english(
        "an array of {type} is not understood",
        "use {unit} or int64 microseconds",
    ),
    "array_shapes": in_english(
        "arrays of the shapes {shapes} do not fit each other",
        "give arrays of one length, or one value for all",
    ),
    "column_index": in_english(
        "its index differs from that of the instants",
        "put them in one DataFrame, or use {name}.reindex(instants.index)",
    ),
    "column_length": in_english(
        "{length} values for {instants} instants",
        "give one for each, or one",
    ),
    "column_of_amounts": in_english(
        "a column of {type} is not one of timedeltas",
        'use pd.to_timedelta(column, unit="s"), with the unit that is meant',
    ),
    "column_of_instants": in_english(
        "a column of {type} is not one of instants",
        'use pd.to_datetime(column).dt.tz_localize("Asia/Ho_Chi_Minh") for wall-clock '
        "times, pd.to_datetime(column, utc=True) for times with an offset",
    ),
    "column_without_zone": in_english(
        "the column has no time zone",
        'add a time zone: column.dt.tz_localize("Asia/Ho_Chi_Minh")',
    ),
    "nanoseconds": in_english(
        "{element} has {rest} ns beyond the microsecond",
        "round to microseconds first",
    ),
    "not_a_column": in_english(
        "{value} is not a column",
        "give a Series",
    ),
    "not_a_column_or_datetime": in_english(
        "{value} is not a datetime",
        "give a Series, or one datetime",
    ),
    "not_amounts": in_english(
        "{value} is not a timedelta",
        "use timedelta, or an array of timedelta64 or int64 microseconds",
    ),
    "not_amounts_of_a_column": in_english(
        "{value} is not a timedelta",
        'use timedelta, or pd.to_timedelta(column, unit="s"), with the unit that is meant',
    ),
    # explanations
    "negative_budget": Message(
        "{value} là số âm; hạn chỉ tính về sau",
        "{value} is negative, and a limit runs forward",
        "dùng subtract",
        "use subtract",
    ),
    # What may be wrong with a file of hours, days and notices: TOML and iCalendar.
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
        "nêu cả hai ngày",
        "list both days",
    ),
    "hours_or_schedule": Message(
        "nêu hours, hoặc các bảng [[schedule]]",
        "give either hours or [[schedule]] tables",
        'hours = "A"',
        'hours = "A"',
    ),
    "in_file": Message("{where}: {cause}", "{where}: {cause}"),
    "missing_key": Message("còn thiếu", "is missing", "viết {example}", "write {example}"),
    "no_place_beside": Message(
        "không đi cùng {other}",
        "cannot be used with {other}",
        "bỏ {key} hoặc {other}",
        "leave out {key} or {other}",
    ),
    "no_such_key": Message("{value}: không có khóa này", "{value}: no such key", *_USE_KNOWN),
    # What may be wrong with the file of a worker, and with a message.
    "limit_not_running": Message(
        "thời hạn này không còn chạy nữa", "this limit does not run any more"
    ),
    "login_without_tls": Message(
        "không gửi mật khẩu khi không mã hóa",
        "a password is not sent in the clear",
        'dùng "starttls" hoặc "tls"',
        'use "starttls" or "tls"',
    ),
    "no_address": Message(
        "chưa có địa chỉ thư điện tử của người nhận ({recipient})",
        "the recipient ({recipient}) has no known e-mail address",
        "bổ sung vào [addresses]",
        "add it to [addresses]",
    ),
    "sender_unaddressed": Message(
        "tổ chức, cá nhân gửi chưa cung cấp, hoặc địa chỉ không dùng được",
        "the sender has given none that works",
    ),
    "not_a_night": Message(
        "{value} không phải hai giờ trong ngày",
        "{value} is not two times of day",
        "viết night = [21:00:00, 07:00:00]",
        "write night = [21:00:00, 07:00:00]",
    ),
    "not_a_webhook_secret": Message(
        "còn thiếu hoặc không phải khóa ký",
        "is missing, or no secret",
        "viết whsec_ rồi khóa ở dạng base64",
        "write whsec_ and the key in base64",
    ),
    "not_a_web_address": Message(
        "{value} không phải địa chỉ web",
        "{value} is not a web address",
        "bắt đầu bằng https:// hoặc http://",
        "begin it with https:// or http://",
    ),
    "not_a_pdf": Message("không phải tệp PDF: {cause}", "is not a PDF: {cause}"),
    "not_a_table": Message("{value} không phải bảng", "{value} is not a table"),
    "not_decoded": Message(
        "không phải văn bản",
        "is not a text",
        "giải mã theo UTF-8",
        "decode it as UTF-8",
    ),
    "own_days_in_toml": Message(
        "{name} là ngày nghỉ lễ tự đặt, TOML không ghi được",
        "{name} are your own public days, which TOML cannot express",
        "để trong mã nguồn",
        "keep them in code",
    ),
    "path_not_read": Message(
        "không phải văn bản",
        "is not a text",
        'dùng .read_text(encoding="utf-8")',
        'use .read_text(encoding="utf-8")',
    ),
    "toml_is_path": Message(
        "sai cú pháp TOML: giống đường dẫn",
        "is not TOML: it looks like a path",
        "đưa nội dung tệp, không phải đường dẫn",
        "give the text of the file, not its path",
    ),
    "toml_no_offset": Message(
        "{value} không có múi giờ",
        "{value} has no offset",
        "viết kèm múi giờ, ví dụ {value}+07:00",
        "write it with one, such as {value}+07:00",
    ),
    "toml_unreadable": Message("sai cú pháp TOML: {cause}", "is not TOML: {cause}"),
    # iCalendar
    "ends_early": Message(
        "{last}: sự kiện bắt đầu ngày {first}, và ngày kết thúc không được tính",
        "{last}: the event begins on {first}, and the end is exclusive",
        "nêu ngày liền sau ngày cuối",
        "give the day after the last day",
    ),
    "has_time": Message(
        "có giờ",
        "has a time",
        "sự kiện cả ngày có DTSTART;VALUE=DATE:20260110",
        "an all-day event has DTSTART;VALUE=DATE:20260110",
    ),
    "ical_is_path": Message(
        "không phải iCalendar: giống đường dẫn",
        "is not iCalendar: it looks like a path",
        "đưa nội dung tệp, không phải đường dẫn",
        "give the text of the file, not its path",
    ),
    "ical_no_hours": Message(
        "là iCalendar, không có giờ làm việc",
        "is iCalendar, which has no office hours",
        "viết giờ làm việc dạng TOML",
        "write the hours as TOML",
    ),
    "ical_unreadable": Message("không phải iCalendar: {cause}", "is not iCalendar: {cause}"),
    "missing_category": Message("còn thiếu", "is missing", *_USE_ONE_OF),
    "missing_document": Message(
        "còn thiếu",
        "is missing",
        "nêu số văn bản",
        "give the number of the document",
    ),
    "missing_issue_date": Message(
        "còn thiếu",
        "is missing",
        "chỉ sự kiện TENTATIVE mới được bỏ",
        "only a TENTATIVE event can leave it out",
    ),
    "never_ended": Message(
        "{block} không có chỗ kết thúc: văn bản bị cắt cụt",
        "{block} has no end: the text is cut short",
        "xuất lại tệp",
        "export the file again",
    ),
    "no_time": Message(
        "{value} không có giờ",
        "{value} has no time",
        "giờ trong ngày là sự kiện có giờ",
        "hours of a day are a timed event",
    ),
    "no_such_property": Message("không có thuộc tính này", "no such property", *_USE_KNOWN),
    "not_a_number": Message("{value} không phải số", "{value} is not a number"),
    "not_an_ical_date": Message(
        "{value} không phải ngày",
        "{value} is not a date",
        "viết như 2025-12-25",
        "write it like 2025-12-25",
    ),
    "not_read_here": Message(
        "không đọc ở đây",
        "is not read here",
        "mỗi ngày một sự kiện riêng",
        "give each day an event of its own",
    ),
    "one_category": Message("{value}", "{value}", *_USE_ONE_OF),
    "several_days": Message("ở sự kiện dài nhiều ngày", "is on an event of several days"),
    "several_times": Message(
        "có {times} lần",
        "is given {times} times",
        "chỉ nêu một lần",
        "give it once",
    ),
    "sheet_too_large": Message(
        "bảng có hơn {rows} dòng hoặc {columns} cột",
        "the sheet has more than {rows} rows or {columns} columns",
        "xóa các dòng, cột thừa sau bảng, hoặc chia thành nhiều tệp",
        "delete the rows and columns behind the table, or split the file",
    ),
    "cells_too_long": Message(
        "một ô dài hơn {longest} ký tự, hoặc các ô đến dòng này dài hơn {limit} ký tự",
        "a cell has more than {longest} characters, or the cells up to this row more than {limit}",
        "rút ngắn nội dung các ô, hoặc chia thành nhiều tệp",
        "shorten the cells, or split the file",
    ),
    "workbook_too_large": Message(
        "khi giải nén lớn hơn {limit} byte",
        "unpacks to more than {limit} bytes",
        "bỏ các trang tính và hình không cần, hoặc chia thành nhiều tệp",
        "take out other sheets and pictures, or split the file",
    ),
    "too_many_elements": Message(
        "có quá nhiều ô trong một dòng, hoặc định dạng, nội dung ngoài bảng quá nhiều, quá dài",
        "has too many cells in a row, or too many or too long formats or things beside the table",
        "chép bảng sang tệp mới, chỉ dán giá trị",
        "copy the values of the table into a new file",
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
    # What is wrong with a store, its address, its server, or its upkeep, and what it was doing.
    "always_second": Message(
        "lần nào cũng có tiến trình khác ghi trước",
        "other processes always wrote first",
        "hãy thử lại",
        "try again",
    ),
    "bound_store_closed": Message(
        "kho dữ liệu gắn với kết nối đã đóng",
        "the bound store was closed",
    ),
    "busy": Message(
        "đang bận: kết nối khác đang ghi, đã chờ {seconds} giây",
        "busy: another connection is writing, waited {seconds} s",
        "hãy thử lại",
        "try again",
    ),
    "cancelled": Message(
        "lời gọi đã bị hủy, phần còn lại chưa được đọc",
        "the call was cancelled, and the rest was not read",
        "bỏ phần đã đọc",
        "do not use what was read",
    ),
    "cannot_open": Message(
        "không mở được tệp ({cause})",
        "the file cannot be opened ({cause})",
        "xem ai được đọc và ghi tệp và thư mục chứa tệp",
        "check who may read and write it and its folder",
    ),
    "cannot_read": Message("không đọc được ({cause})", "it cannot be read ({cause})"),
    "change_does_not_continue": Message(
        "PAKN {case}: các bước {versions} và dòng {row} không tiếp nối phiên bản {expected}",
        "case {case}: events {versions} and row {row} do not continue version {expected}",
        "đưa các bước expected + 1, expected + 2, ... và dòng của bước cuối",
        "give events expected + 1, expected + 2, ... and the row of the last",
    ),
    "checksum_differs": Message(
        "không còn như lúc ghi",
        "it differs from what was written",
        *_RESTORE_IT,
    ),
    "code_taken": Message(
        "mã tra cứu đã có phản ánh, kiến nghị khác dùng",
        "the tracking code is taken",
    ),
    "period_ends_early": Message(
        "kỳ báo cáo kết thúc trước khi bắt đầu ({since})",
        "the period ends before it begins ({since})",
        "đặt `before` sau `since`",
        "give a `before` later than `since`",
    ),
    "rows_not_refreshed": Message(
        "dòng của PAKN {case} do phiên bản cũ ghi",
        "the row of case {case} was written by an earlier version",
        "chạy `phananh db migrate`",
        "run `phananh db migrate`",
    ),
    "no_duties": Message(
        "không có danh sách việc của {value}",
        "there is no list of what {value} has to see to",
        "dùng bộ lọc khác, hoặc ghi đơn vị",
        "use another filter, or give the unit",
    ),
    "cursor_unknown": Message(
        "không hiểu {value}",
        "{value} is not understood",
        "đưa `next` của trang trước",
        "give `next` of the previous page",
    ),
    "damaged_file": Message(
        "tệp bị hỏng ({cause})",
        "the file is damaged ({cause})",
        *_RESTORE,
    ),
    "disk_failed": Message(
        "đọc hoặc ghi đĩa không được ({cause})",
        "reading or writing the disk failed ({cause})",
    ),
    "disk_full": Message("đĩa đã đầy ({cause})", "the disk is full ({cause})"),
    "event_format": Message(
        "định dạng {value}, bản này đọc {known}",
        "format {value}, this version reads {known}",
        *_UPGRADE,
    ),
    "event_keys": Message(
        "khóa lạ: {unknown}, khóa thiếu: {missing}",
        "unknown keys: {unknown}, missing keys: {missing}",
    ),
    "event_missing": Message("thiếu bước này", "this event is missing", *_RESTORE_IT),
    "feed_restored": Message(
        "cơ sở dữ liệu được khôi phục từ bản kết xuất",
        "the database was restored from a dump",
        "chạy `phananh db migrate` một lần",
        "run `phananh db migrate` once",
    ),
    "file_exists": Message("đã có {value}", "{value} exists", "nêu tệp mới", "name a new file"),
    "file_replaced": Message(
        "tệp đã bị xóa, hoặc bị thay bằng tệp khác, trong khi đang mở, nên không ghi gì",
        "the file was deleted or replaced while it was open, so nothing was recorded",
        "hãy mở lại",
        "open it again",
    ),
    "folder_missing": Message(
        "chưa có thư mục chứa tệp",
        "its folder is missing",
        "hãy tạo thư mục",
        "create it",
    ),
    "folder_missing_here": Message(
        "chưa có thư mục chứa tệp",
        "its folder is missing",
        "hãy tạo thư mục; nếu đường dẫn bắt đầu từ gốc thì viết /..., hoặc bốn dấu gạch chéo: "
        "sqlite:////...",
        "create it. If the path begins at the root, write /..., or four slashes: sqlite:////...",
    ),
    "folder_named": Message(
        "là thư mục",
        "is a folder",
        "hãy nêu một tệp trong đó",
        "name a file in it",
    ),
    "lacks_transaction": Message(
        "không ở trong giao dịch nào, nên bước đã ghi không hoàn tác cùng được",
        "is in no transaction, so what is recorded could not be undone with it",
        'kết nối với isolation_level=None và chạy "begin immediate" trước',
        'connect with isolation_level=None and execute "begin immediate" first',
    ),
    "lease_ends_early": Message(
        "phải sau `now`, là {now}",
        "it must be after `now`, which is {now}",
        "đưa thời điểm muộn hơn",
        "give a later moment",
    ),
    "journal_kept": Message(
        "chế độ `journal_mode = persist` của SQLite giữ lại nội dung cũ trong tệp nhật ký",
        "SQLite keeps the old text in its journal with `journal_mode = persist`",
        "hãy đặt `pragma journal_mode = wal` rồi xóa",
        "set `pragma journal_mode = wal`, and erase the case then",
    ),
    "log_in_use": Message(
        "còn tiến trình đang đọc nhật ký",
        "a reader still needs the log",
        "hãy xóa dữ liệu lần nữa",
        "erase the case again",
    ),
    "log_without_file": Message(
        "tệp không có hoặc rỗng mà nhật ký của tệp thì không",
        "the file is missing or empty, but its log is not",
        *_RESTORE,
    ),
    "memory_for_file": Message(
        "{value} không phải tệp",
        "{value} is not a file",
        'nêu đường dẫn; để lưu trong bộ nhớ thì MemoryStore() hoặc open_store("memory:")',
        'give a path, or for memory use MemoryStore() or open_store("memory:")',
    ),
    "one_change_at_a_time": Message(
        "{count} thay đổi, mà kho dữ liệu không có `lists`",
        "{count} changes, and the store does not offer `lists`",
        "ghi từng thay đổi một",
        "commit one change at a time",
    ),
    "not_a_connection": Message(
        "{value} không phải kết nối",
        "{value} is not a connection",
        "đưa chính sqlite3.Connection",
        "give the sqlite3.Connection itself",
    ),
    "not_a_database": Message(
        "tệp không phải cơ sở dữ liệu SQLite, nên được giữ nguyên ({cause})",
        "the file is not an SQLite database, so it was left unchanged ({cause})",
        *_ANOTHER_FILE,
    ),
    "not_a_dsn": Message(
        "không phải chuỗi kết nối PostgreSQL",
        "it is not a connection string of PostgreSQL",
        "đưa dạng postgresql://người_dùng@máy_chủ/cơ_sở_dữ_liệu; trong mật khẩu viết @ thành %40, "
        "/ thành %2F, ? thành %3F",
        "give one such as postgresql://user@host/database, and in a password write @ as %40, / as "
        "%2F, ? as %3F",
    ),
    "not_a_file": Message(
        "{value} không phải tệp",
        "{value} is not a file",
        "nêu đường dẫn, hoặc dùng MemoryStore()",
        "give a path, or MemoryStore()",
    ),
    "not_a_number_of_rows": Message(
        "{value} không phải số dòng",
        "{value} is not a number of rows",
        "từ 1 trở lên, tối đa 2147483647",
        "give 1 or more, at most 2147483647",
    ),
    "not_a_path": Message(
        "{value} không phải đường dẫn",
        "{value} is not a path",
        "nêu văn bản, hoặc Path",
        "give a text, or a Path",
    ),
    "not_a_psycopg_connection": Message(
        "{value} không phải kết nối của psycopg 3",
        "{value} is not a connection of psycopg 3",
        "đưa một psycopg.Connection đang mở",
        "give an open psycopg.Connection",
    ),
    "not_a_schema_name": Message(
        "{value} không phải tên lược đồ",
        "{value} is not a name of a schema",
        "dùng chữ thường, chữ số và dấu gạch dưới",
        "use small letters, digits and underscores",
    ),
    "not_an_event": Message(
        "{value} không phải bước đã ghi",
        "{value} is not an event",
        "xem phananh.regulation.events",
        "see phananh.regulation.events",
    ),
    "not_json_object": Message(
        "không phải một đối tượng JSON, hoặc nhiều hơn một",
        "no JSON object, or more than one",
    ),
    "not_seconds": Message(
        "{value} không phải số giây",
        "{value} is not a number of seconds",
        "từ 0 giây trở lên",
        "give 0 seconds or more",
    ),
    "not_sqlite": Message(
        "tệp không phải cơ sở dữ liệu SQLite, nên được giữ nguyên",
        "the file is not an SQLite database, so it was left unchanged",
        *_ANOTHER_FILE,
    ),
    "no_connection": Message(
        "sau {seconds} giây vẫn không kết nối được với máy chủ ({cause})",
        "no connection within {seconds} s ({cause})",
        "kiểm tra địa chỉ, và máy chủ có chạy, còn nhận kết nối không; rồi thử lại",
        "check the address, and that the server runs and takes more connections, then try again",
    ),
    "pool_timeout": Message(
        "sau {seconds} giây vẫn không có kết nối nào: máy chủ không trả lời, hoặc mọi kết nối đều "
        "bận",
        "no connection within {seconds} s: the server does not answer, or all are in use",
        "hãy thử lại, hoặc tăng pool_size",
        "try again, or raise pool_size",
    ),
    "position_ahead": Message(
        "{value} nằm sau mục cuối cùng, là {last}",
        "{value} is after the last entry, {last}",
        "nếu đã khôi phục bản sao lưu, hãy đọc lại từ đầu, hoặc từ `next` giữ cùng bản sao lưu",
        "if a backup was restored, read from the beginning, or from the `next` saved with it",
    ),
    "position_back": Message(
        "{value} nằm trước vị trí đã ghi, là {reached}",
        "{value} is before the position that was recorded, {reached}",
        "đưa vị trí của mục sau",
        "give the position of a later entry",
    ),
    "position_unknown": Message(
        "không hiểu {value}",
        "{value} is not understood",
        "đưa `next` của lần đọc trước, hoặc None để đọc từ đầu",
        "give `next` of the previous read, or None to start at the beginning",
    ),
    "personal_differs": Message(
        "phần dữ liệu cá nhân không còn như lúc ghi",
        "the personal data differs from what was written",
        *_RESTORE_IT,
    ),
    "personal_lost": Message(
        "thiếu phần dữ liệu cá nhân mà không phải do xóa",
        "the personal data is missing and was not erased",
        *_RESTORE_IT,
    ),
    "read_only": Message(
        "tệp, hoặc thư mục chứa tệp, nơi người đọc cũng ghi nhật ký, chỉ cho đọc ({cause})",
        "the file or its folder, where readers also write a log, is read-only ({cause})",
        "cấp quyền ghi cho cả hai",
        "make both writable",
    ),
    "schema_newer": Message(
        "các bảng là của phananh mới hơn, nên dữ liệu được giữ nguyên",
        "the tables are of a newer phananh, so they were left unchanged",
        *_UPGRADE,
    ),
    "schema_older": Message(
        "các bảng là của phananh cũ hơn, nên dữ liệu được giữ nguyên",
        "the tables are of an older phananh, so they were left unchanged",
        "sao lưu rồi nâng cấp bằng `phananh db migrate`",
        "back up, then run `phananh db migrate`",
    ),
    "row_differs": Message(
        "dòng của PAKN ghi phiên bản {value}",
        "the row of the case says version {value}",
        *_RESTORE_IT,
    ),
    "server_gone": Message(
        "mất kết nối với máy chủ ({cause})",
        "the server is down or broke the connection ({cause})",
        "hãy thử lại với cùng mã lệnh",
        "try again with the same command id",
    ),
    "store_closed": Message("kho dữ liệu đã đóng", "the store is closed"),
    "tables_foreign": Message(
        "các bảng không phải của phananh",
        "the tables do not belong to phananh",
        "hãy nêu tệp khác; nếu là cơ sở dữ liệu của chương trình thì trước hết chạy schema_sql() "
        "trong một migration",
        "name another file, or if it is the database of your application, run schema_sql() in a "
        "migration first",
    ),
    "tables_missing": Message(
        "chưa có các bảng của phananh",
        "there are no tables of phananh yet",
        "tạo bằng `phananh db migrate` hoặc các lệnh của schema_sql()",
        "make them with `phananh db migrate` or the statements of schema_sql()",
    ),
    "too_many_connections": Message(
        "máy chủ không nhận thêm kết nối ({cause})",
        "the server takes no more connections ({cause})",
        "giảm pool_size, hoặc tăng max_connections",
        "lower pool_size, or raise max_connections",
    ),
    "unknown_event_type": Message(
        "không có loại bước {value}: do phananh mới hơn ghi, hoặc bị hỏng",
        "unknown event type {value}: written by a newer phananh, or damaged",
    ),
    "value_keys": Message("khóa của {kind} khác: {keys}", "keys of {kind} differ: {keys}"),
    "value_lacks_offset": Message("thời điểm không có múi giờ", "an instant without offset"),
    "value_type": Message("một giá trị sai kiểu: {kind}", "a value of the wrong type: {kind}"),
    # the address, and the upkeep of a whole store
    "copy_differs": Message(
        "bản sao khác bản gốc ở bảng {table}: gốc có {source}, bản sao có {target}",
        "the copy differs in {table}: the source has {source}, the target {target}",
        "không ai được ghi vào bản gốc trong khi sao chép, hãy kết thúc các giao dịch đang mở rồi "
        "chạy lại",
        "stop all writers of the source, end open transactions, and run it again",
    ),
    "copy_raced": Message(
        "có người khác đang ghi vào bản sao",
        "somebody else is writing to the target",
        "không được dùng bản sao trước khi xong",
        "use the target only once the copy is complete",
    ),
    "driver_missing": Message(
        "cần gói {package} ({cause})",
        "the package {package} is needed ({cause})",
        'cài bằng `pip install "{package}"`',
        'install it with `pip install "{package}"`',
    ),
    "extra_missing": Message(
        'cần phần bổ sung "{extra}" ({cause})',
        'the extra "{extra}" is needed ({cause})',
        'trong bản sao mã nguồn: `pip install ".[{extra}]"`',
        'in a clone: `pip install ".[{extra}]"`',
    ),
    "history_not_folded": Message(
        "các bước không nối tiếp nhau ({cause})",
        "its events do not follow each other ({cause})",
    ),
    "not_an_address": Message(
        "{value} không phải địa chỉ của kho dữ liệu",
        "{value} is not an address of a store",
        "nêu đường dẫn hoặc URL",
        "give a path or a URL",
    ),
    "personal_unerased": Message(
        "đã xóa dữ liệu cá nhân mà phần này vẫn còn",
        "this was erased, and some personal data is left",
        "hãy xóa lần nữa",
        "erase the case again",
    ),
    "row_checksum_differs": Message(
        "dòng trong danh sách không còn như lúc ghi",
        "its row in lists differs from what was written",
        *_REPAIR,
    ),
    "row_not_of_history": Message(
        "dòng trong danh sách không khớp với các bước đã ghi ở các cột {columns}",
        "its row in lists does not match its events, in {columns}",
        *_REPAIR,
    ),
    "sqlalchemy_url": Message(
        "phần sau sqlalchemy+ không phải URL của SQLAlchemy",
        "what follows sqlalchemy+ is not a URL of SQLAlchemy",
        "viết sqlalchemy+mariadb+pymysql://user:password@host/database",
        "write sqlalchemy+mariadb+pymysql://user:password@host/database",
    ),
    "store_meant": Message(
        "{value} không phải địa chỉ của kho dữ liệu",
        "{value} is not an address of a store",
        "viết {meant}",
        "write {meant}",
    ),
    "store_not_loaded": Message(
        "không nạp được kho dữ liệu {scheme} ở {value} ({cause})",
        "the store for {scheme} at {value} cannot be loaded ({cause})",
        "cài lại gói có kho dữ liệu này",
        "reinstall the package that provides it",
    ),
    "url_option": Message(
        "không hiểu {value}",
        "{value} is not understood",
        "viết phananh_timeout=5 hoặc phananh_prepare=off",
        "write phananh_timeout=5 or phananh_prepare=off",
    ),
    "target_not_empty": Message(
        "đã có dữ liệu",
        "is not empty",
        "nêu cơ sở dữ liệu trống",
        "name an empty database",
    ),
    "unknown_store": Message(
        "không có {value}",
        "{value} is unknown",
        "chọn một trong: {known}, hoặc đường dẫn thường; nếu kho dữ liệu là của gói khác thì cài "
        "gói khai báo kho đó trong nhóm phananh.stores",
        "use one of {known}, or a plain path. If the store is of another package, install the "
        "package, which brings its scheme as an entry point in the group phananh.stores",
    ),
    # a server, an engine or a connection
    "commits_each_statement": Message(
        "giữ từng lệnh riêng lẻ (AUTOCOMMIT), nên bước đã ghi không hoàn tác cùng được",
        "commits each statement by itself (AUTOCOMMIT), so what is recorded could not be undone "
        "with it",
        "dùng kết nối không có AUTOCOMMIT",
        "use a connection without AUTOCOMMIT",
    ),
    "database_missing": Message(
        "máy chủ không có cơ sở dữ liệu này ({cause})",
        "the server has no such database ({cause})",
        "sửa tên trong địa chỉ, hoặc tạo cơ sở dữ liệu trước bằng CREATE DATABASE",
        "correct the name in the address, or create the database first with CREATE DATABASE",
    ),
    "driver_begins_late": Message(
        "trình điều khiển SQLite chưa mở giao dịch, nên bước đã ghi không hoàn tác cùng được",
        "has no transaction of SQLite's driver yet, so what is recorded could not be undone with "
        "it",
        "phát BEGIN IMMEDIATE trong một sự kiện (docs/how-to/sqlalchemy.md), hoặc từ Python 3.12 "
        "tạo engine với connect_args=dict(autocommit=False)",
        "emit BEGIN IMMEDIATE in an event (docs/how-to/sqlalchemy.md), or in Python 3.12 and "
        "later make the engine with connect_args=dict(autocommit=False)",
    ),
    "login_refused": Message(
        "máy chủ không cho tài khoản này vào ({cause})",
        "the server refuses this account ({cause})",
        "kiểm tra tên và mật khẩu trong địa chỉ (viết @ thành %40), và máy chủ cho tài khoản này "
        "vào từ đâu",
        "check the name and the password in the address (write @ as %40), and from where the "
        "server lets this account in",
    ),
    "not_a_sqlalchemy_connection": Message(
        "{value} không phải Connection hay Session của SQLAlchemy",
        "{value} is not a Connection or Session of SQLAlchemy",
        "đưa một Connection đang mở, hoặc một Session",
        "give an open Connection, or a Session",
    ),
    "not_an_engine": Message(
        "{value} không phải Engine của SQLAlchemy",
        "{value} is not an Engine of SQLAlchemy",
        "đưa kết quả của create_engine; engine bất đồng bộ thì không dùng được",
        "give what create_engine returns, not an asynchronous engine",
    ),
    "not_mariadb": Message(
        "máy chủ không phải MariaDB 10.6 trở lên ({cause})",
        "the server is not MariaDB 10.6 or later ({cause})",
    ),
    "not_replicated": Message(
        "máy chủ chính đã ghi mà có thể chưa bản sao nào có",
        "the commit is on the primary, and perhaps on no replica",
        "hãy thử lại với cùng mã lệnh",
        "try again with the same command id",
    ),
    "rights_missing": Message(
        "tài khoản thiếu quyền ({cause})",
        "the account lacks a right ({cause})",
        "cấp quyền bằng GRANT, hoặc dùng tài khoản khác",
        "grant it with GRANT, or use another account",
    ),
    "schema_missing": Message(
        "lược đồ chưa có ({cause})",
        "the schema does not exist ({cause})",
        "tạo trước bằng CREATE SCHEMA, hoặc sửa tên",
        "create it first with CREATE SCHEMA, or correct the name",
    ),
    "server_read_only": Message(
        "máy chủ chỉ cho đọc ({cause}): có thể là bản sao, hoặc đang chuyển máy chủ chính",
        "the server is read-only ({cause}): perhaps a replica, or during a failover",
        "hãy thử lại, hoặc kết nối với máy chủ chính",
        "try again, or connect to the primary",
    ),
    "transaction_undone": Message(
        "cơ sở dữ liệu đã hoàn tác cả giao dịch, kể cả việc của chương trình, và không giữ lại gì",
        "the database undid the whole transaction, including what the application did in it",
        "hãy làm lại giao dịch từ đầu",
        "run the transaction again from the beginning",
    ),
    "unknown_engine": Message(
        "không dùng được {value}",
        "{value} cannot be used",
        "chọn một trong: {known}",
        "use one of {known}",
    ),
    # Django
    "values_in_statements": Message(
        "{where}: thông tin cá nhân nằm trong câu lệnh gửi đến máy chủ, nên có thể vào nhật ký của "
        "máy chủ",
        "{where}: personal data is part of the statements that the server hears, and may log",
        'đặt "server_side_binding": True trong OPTIONS của cơ sở dữ liệu',
        'set "server_side_binding": True in the OPTIONS of the database',
    ),
    "atomic_began_late": Message(
        "giao dịch đã đọc trước khi ghi, mà kết nối khác đang ghi hoặc đã ghi xong, nên chưa ghi "
        "gì",
        "your transaction read before it wrote, and another one is writing or has written, so "
        "nothing was recorded",
        'hoàn tác giao dịch rồi làm lại; đặt "transaction_mode": "IMMEDIATE" trong OPTIONS của '
        "cơ sở dữ liệu thì giao dịch sẽ chờ",
        'undo the transaction and run it again. With "transaction_mode": "IMMEDIATE" in the '
        "OPTIONS of the database it waits instead",
    ),
    "database_busy": Message(
        "đang bận: giao dịch khác đang ghi, đã chờ {seconds} giây",
        "busy: another transaction is writing, waited {seconds} s",
        "hãy thử lại",
        "try again",
    ),
    "database_unsupported": Message(
        "{where}: phananh không có bảng cho cơ sở dữ liệu loại {vendor}",
        "{where}: phananh has no tables for a database of {vendor}",
        "dùng một trong các loại {known}, hoặc dùng router để `phananh` không vào đó",
        "use one of {known}, or keep `phananh` away from it with a router",
    ),
    "desk_not_named": Message(
        "chưa đặt PHANANH_DESK trong settings",
        "PHANANH_DESK is not in the settings",
        'đặt tên của bộ phận xử lý (Desk) hoặc của hàm tạo ra, như "hotline.desks.desk"',
        "set it to the name of a desk, or of a function that returns one, such as "
        '"hotline.desks.desk"',
    ),
    "not_all_swept": Message(
        "{failed} PAKN chưa đánh dấu được",
        "{failed} cases could not be swept",
    ),
    "swept": Message("đã đánh dấu {lapsed} PAKN trễ hạn", "{lapsed} lapses were marked"),
    "tables_not_migrated": Message(
        "các bảng của phananh chưa có hoặc đã cũ",
        "the tables of phananh are missing or old",
        "chạy `manage.py migrate`",
        "run `manage.py migrate`",
    ),
    # What is wrong with what is given to a clock or a strategy of tests, or to samples, by code.
    "below_least": in_english(
        "{value} is below {least}, the least",
        "give a larger one",
    ),
    "case_unreachable": in_english(
        "under the rules {rules} no case of kind {kind} is {asked}",
        "ask for one of {known}",
    ),
    "clock_moves_itself": in_english(
        "the case needs the clock to show {at}, and this clock cannot be set",
        "give the desk a ManualClock, or an earlier `received_at`",
    ),
    "due_sooner": in_english(
        "{value} is longer than all the time until it is due, which is {most}",
        "give a shorter one",
    ),
    "fault_after": in_english("the test lost the reply of a call that was done"),
    "fault_before": in_english("the test made the call fail before it was done"),
    "last_before_first": in_english(
        "{last} is before `first`, which is {first}",
        "give a later date",
    ),
    "late_and_due": in_english(
        "`late_by` is given",
        "give one of them, then move the clock",
    ),
    "line_not_recorded": in_english(
        "line {number} is not recorded ({detail})",
        "give only lines that are recorded",
    ),
    "lines_of_one_case": in_english(
        "the lines have {count} cases",
        "give the lines of one case",
    ),
    "moves_back": in_english(
        "{value} goes back",
        "use set()",
    ),
    "no_limit_runs": in_english(
        "no limit of case {case} is running: it is {state}",
        "use set() or advance()",
    ),
    "no_invariant_left": in_english(
        "no invariant is left to ask",
        "skip fewer, or if you ask only V34, give `expected` its `outcomes`",
    ),
    "not_an_invariant": in_english(
        "{value} is not an invariant",
        "use a name or number of INVARIANTS, such as V21",
    ),
    "not_an_outcome": in_english(
        "line {line} is no position, or no outcome of one, or stands there twice: {value}",
        "write [received/operator] or [answered], then a line for each act: its name, nine "
        "letters R, F or N, and the state that follows",
    ),
    "not_outcomes": in_english(
        "{value} is not a table of outcomes",
        "read it with read_outcomes(...), or give None to leave V34 out",
    ),
    "not_reasons": in_english(
        "{value} is not a dict of reasons",
        'write skip={{"V34": "why these rules are not asked"}}',
    ),
    "not_a_call": in_english(
        "{value} is not the number of a call",
        "give a whole number, 1 or more",
    ),
    "not_a_duration": in_english(
        "{value} is not an amount of time",
        'write it like "1h30m", "2d", "90s" or "1us"',
    ),
    "not_a_number_of_samples": in_english(
        "{value} is not a number of sample cases",
        "give a whole number, 1 or more",
    ),
    "not_a_step": in_english(
        "{value} is not a step",
        "give working time above zero",
    ),
    "not_iso_text": in_english(
        "{value} is not an instant in ISO 8601",
        'write it like "2025-04-21 09:00"',
    ),
    "of_another_desk": in_english(
        "`desk` is given, which has its own",
        "leave one of the two out",
    ),
    "samples_end_early": in_english(
        "it must be after `since`, which is {since}",
        "give a later moment",
    ),
    "too_many_states": in_english(
        "there are more than {most} states",
        "name fewer `kinds`, or in `guards_read` what your own guards read",
    ),
}

# Stands after "while" and "khi".
DOING: dict[str, Message] = {
    "backing_up": Message("sao lưu", "backing up"),
    "binding": Message("gắn vào kết nối", "binding to a connection"),
    "claiming": Message("nhận quyền đọc cho một chương trình nhận", "claiming a consumer"),
    "copying": Message("sao chép", "copying"),
    "erasing": Message("xóa dữ liệu cá nhân", "erasing"),
    "erasing_case": Message(
        "xóa dữ liệu cá nhân của PAKN {case}", "erasing the personal data of case {case}",
    ),
    "erasing_log": Message("xóa nhật ký sau PAKN {case}", "erasing the log after case {case}"),
    "examining": Message("xem xét cơ sở dữ liệu", "examining the store"),
    "finding": Message("tìm phản ánh, kiến nghị", "finding cases"),
    "finding_command": Message("ghi", "recording"),
    "loading": Message("đọc phản ánh, kiến nghị", "loading a case"),
    "migrating": Message("nâng cấp các bảng", "migrating the tables"),
    "opening": Message("mở cơ sở dữ liệu", "opening the store"),
    "reading_event": Message("đọc bước đã ghi", "reading a stored event"),
    "recording": Message("ghi", "recording"),
    "recording_case": Message(
        "ghi PAKN {case} phiên bản {version}", "recording case {case} version {version}",
    ),
    "recording_cases": Message(
        "ghi PAKN {case} phiên bản {version} và {more} bước nữa",
        "recording case {case} version {version} and {more} more",
    ),
    "scanning": Message("đọc lần lượt các bước đã ghi", "scanning the feed"),
}  # fmt: skip
