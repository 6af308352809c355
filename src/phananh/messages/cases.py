"""What may be wrong with an act, the rules, a desk or a call of it, or a line of an act log."""

from phananh.messages.general import LEAVE_OUT, USE_ONE_OF
from phananh.messages.message import Message

_SHORTEN = ("rút ngắn lại", "shorten it")

_ONE_ROW = ("mỗi dòng chỉ được quy định một điều", "make the rows say one thing only")

_GIVE_A_CASE = (
    "đưa phản ánh, kiến nghị (Case), mã PAKN (`row.case`) hoặc mã tra cứu",
    "give a Case, its id (`row.case`) or its tracking code",
)

CASES: dict[str, Message] = {
    # a text or an id
    "half_surrogate": Message(
        "có nửa cặp ký tự thay thế ở vị trí {position}",
        "contains half a surrogate pair at character {position}",
        "gửi văn bản dạng UTF-8", "send the text as UTF-8",
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
        "bỏ dấu cách thừa", "remove the space",
    ),
    "id_too_long": Message(
        "{count} ký tự, nhiều nhất {most}", "{count} characters, at most {most}",
        "nêu mã ngắn", "give the short id",
    ),
    "line_break": Message(
        "có dấu xuống dòng", "contains a line break",
        "chỉ viết một dòng", "give one line only",
    ),
    "not_a_language_tag": Message(
        "không phải mã ngôn ngữ", "is not a language tag",
        'dùng mã như "vi" hoặc "en"', 'use a tag such as "vi" or "en"',
    ),
    "not_an_id": Message(
        "{value} không phải mã", "{value} is not an id",
        "viết dạng chuỗi", "give a string",
    ),
    "list_too_long": Message(
        "có hơn {most} mục", "has more than {most} entries",
        *_SHORTEN,
    ),
    "nul_character": Message(
        "có ký tự NUL", "contains a NUL character",
        "bỏ ký tự đó đi", "remove it",
    ),
    "text_too_long": Message(
        "{count} ký tự, nhiều nhất {most}", "{count} characters, at most {most}",
        *_SHORTEN,
    ),
    "too_many_accused": Message(
        "PAKN này sẽ có {count} người bị phản ánh, nhiều nhất {most}",
        "the case would have {count} people accused, at most {most}",
        "tiếp nhận PAKN khác cho những người còn lại", "receive another case for the others",
    ),
    "too_many_marks": Message(
        "có hơn {most} dấu liền nhau, đến vị trí {position}",
        "has more than {most} combining marks in a row, at character {position}",
        "bỏ các dấu đó đi", "remove them",
    ),
    "too_long": Message(
        "{count} ký tự, nhiều nhất {most}", "{count} characters, at most {most}",
        "nêu ngắn gọn hơn", "give a short one",
    ),
    # an act and its time
    "adds_nothing": Message(
        "không bổ sung gì", "adds nothing",
        "nêu content, sender, kind, accused, about_unit hoặc language",
        "give content, sender, kind, accused, about_unit or language",
    ),
    "before_last_event": Message(
        "{value} trước lần ghi nhận cuối của phản ánh, kiến nghị {case}, {last}",
        "{value} is before the last event of case {case}, {last}",
        "chỉnh đồng hồ, hoặc nêu thời điểm đúng", "set the clock right, or give the true time",
    ),
    "instant_out_of_range": Message(
        "{value} ngoài khoảng cho phép", "{value} is out of range",
        "từ năm 1900 đến năm 2199", "use the years 1900 to 2199",
    ),
    "not_a_score": Message(
        "{value} không phải điểm", "{value} is not a score",
        "nêu số nguyên từ 1 đến 5", "give a whole number, 1 to 5",
    ),
    "not_escalated_to": Message(
        "không chuyển phản ánh, kiến nghị đến {role}", "a case is not escalated to the {role}",
        *USE_ONE_OF,
    ),
    # a history, a deadline
    "empty_history": Message(
        "không có bước nào đã ghi", "the history is empty",
        "đưa ít nhất một bước đã ghi", "give at least one event",
    ),
    "no_calendar_version": Message(
        "chưa có lịch, mà hạn đã tính theo phiên bản {version}",
        "no calendar is given, but the deadline was set on {version}",
        "đưa lịch {calendar} đúng phiên bản đó", "give the calendar {calendar} of that version",
    ),
    "other_calendar_version": Message(
        "lịch phiên bản {value}, nhưng hạn đã tính theo phiên bản {version}",
        "version {value}, but the deadline was set on {version}",
        "đưa lịch {calendar} đúng phiên bản đó", "give the calendar {calendar} of that version",
    ),
    # rules
    "before_valid_from": Message(
        "{last} trước ngày quy định có hiệu lực, {first}",
        "{last} is before {first}, when the rules begin",
        "nêu ngày muộn hơn, hoặc valid_until=None", "give a later day, or valid_until=None",
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
        "khai báo needs_act=True cho điều kiện này", "give it needs_act=True",
    ),
    "no_event_returned": Message(
        "hàm ghi nhận của {step} trả về {value}", "the recorder of {step} returned {value}",
        "trả về một sự kiện, ví dụ Closed(**head)", "return an event, such as Closed(**head)",
    ),
    "not_facts": Message(
        "kiểm tra của {guard} trả về {value}", "the check of {guard} returned {value}",
        "trả về dict để phản đối, None để đồng ý", "return a dict to object, None to agree",
    ),
    "not_a_limit": Message(
        "{value} không phải thời hạn", "{value} is not a limit",
        "nêu thời gian làm việc lớn hơn 0", "give working time above zero",
    ),
    "not_a_number_of_times": Message(
        "{value} không phải số lần", "{value} is not a number of times",
        "nêu số nguyên, từ 0 trở lên", "give a whole number, 0 or more",
    ),
    "not_a_prefix": Message(
        "{value} không phải phần đầu của mã", "{value} is not the beginning of an id",
        "nêu 1 đến 8 chữ cái in hoa A-Z và chữ số, bắt đầu bằng chữ cái",
        "give 1 to 8 capital letters A-Z and digits, a letter first",
    ),
    # which calendar applies to which holder
    "actor_named_twice": Message(
        "{value} được nêu hai lần", "{value} is named twice",
        "chỉ nêu một lần", "name it once",
    ),
    "no_hours_for_role": Message(
        "chưa có giờ làm việc cho {role}", "no hours for the {role}",
        "bổ sung giờ làm việc; hiện có giờ của {known}",
        "add them to the mapping, which has {known}",
    ),
    "no_hours_for_unit": Message(
        "chưa có giờ làm việc cho {role} của {unit}", "no hours for the {role} of {unit}",
        "bổ sung giờ làm việc; hiện có giờ của {known}",
        "add them to the mapping, which has {known}",
    ),
    "not_a_calendar_choice": Message(
        "{value} không phải giờ làm việc", "{value} gives no hours",
        'đưa WorkCalendar như vietnam_calendar("A"), '
        "ánh xạ theo vai trò, hoặc hàm của vai trò và đơn vị",
        'give a WorkCalendar such as vietnam_calendar("A"), '
        "a mapping of roles, or a function of role and unit",
    ),
    "not_a_calendar_of_actor": Message(
        "{value} của {actor} không phải lịch", "{value} of {actor} is not a calendar",
        "đưa WorkCalendar cho từng mục", "give a WorkCalendar for each",
    ),
    "not_a_role": Message(
        "{value} không phải vai trò", "{value} is not a role",
        "nêu một vai trò trong: {known}, hoặc cặp vai trò và đơn vị",
        "give a role of {known}, or a pair of role and unit",
    ),
    # the table of the lifecycle, as the compiler finds it: if you change the rows
    "transition_of_no_act": Message(
        "không có bước nào là {step}", "{step} is not an act of a case",
        *USE_ONE_OF,
    ),
    "transition_overlap": Message(
        "hai dòng của bước {step} từ {source} cùng có thể được chọn",
        "two rows for {step} from {source} can both pass",
        *_ONE_ROW,
    ),
    # a desk or a call of it
    "async_desk_closed": Message(
        "bàn xử lý đã ngừng nhận việc", "the desk is closed",
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
        "{value} đã dùng cho bước khác", "{value} was used for another act",
        "mỗi bước một mã riêng", "give each act its own id",
    ),
    "no_case_given": Message(
        "chưa nêu", "no case is given",
        *_GIVE_A_CASE,
    ),
    "not_a_case": Message("{value} không chỉ phản ánh, kiến nghị nào", "{value} is not a case",
        *_GIVE_A_CASE,
    ),
    "no_limit_ever": Message(
        "PAKN {case} chưa từng có thời hạn", "case {case} has had no limit yet",
        "hỏi sau khi chuyển công chức, viên chức bộ phận một cửa",
        "ask after it is passed to an officer",
    ),
    "no_rules": Message(
        "chưa nêu bộ quy định nào", "no rules are given",
        "đưa ít nhất một Rules, ví dụ HOA_BINH_2019",
        "give at least one Rules, such as HOA_BINH_2019",
    ),
    "not_a_lease": Message(
        "{value} không phải thời gian giữ quyền đọc", "{value} is not a time for a lease",
        "nêu timedelta trên 0, nhiều nhất là một ngày",
        "give a timedelta above zero, at most a day",
    ),
    "not_a_store": Message(
        "{value} không phải kho lưu trữ", "{value} is not a store",
        'đưa kho lưu trữ, ví dụ open_store("cases.db")',
        'give a store, such as open_store("cases.db")',
    ),
    "not_an_act": Message(
        "{value} không phải bước xử lý", "{value} is not an act",
        "đưa một bước trong phananh.regulation.acts, ví dụ Answer(text=..., by=...)",
        "give one of phananh.regulation.acts, such as Answer(text=..., by=...)",
    ),
    "receipt_of_a_case": Message(
        "bước tiếp nhận tự tạo phản ánh, kiến nghị mới", "a receipt creates the case",
        *LEAVE_OUT,
    ),
    "rules_of_one_day": Message(
        "{sets} cùng có hiệu lực từ {first}", "{sets} both begin on {first}",
        "mỗi bộ quy định một ngày `valid_from` riêng", "give each its own `valid_from`",
    ),
    "rules_of_one_id": Message(
        "hai bộ quy định cùng mã {value}", "two sets of rules have the id {value}",
        "mỗi bộ quy định một `version` riêng", "give each its own `version`",
    ),
    "some_commands_known": Message(
        "{value} đã ghi cùng những bước khác", "{value} was recorded with other acts",
        "làm lại đúng những bước của lần ghi đó, hoặc cho mọi bước mã mới",
        "repeat the acts that were recorded together, or give each act a new id",
    ),
    "not_a_code": Message(
        "không phải mã tra cứu", "is not a tracking code",
        "kiểm tra từng ký tự của mã", "check each letter of it",
    ),
    "not_an_event_class": Message(
        "{value} không phải loại bước đã ghi", "{value} is not a class of events", *USE_ONE_OF,
    ),
    "not_together": Message(
        "không dùng được `{method}` khi ghi nhiều bước cùng lúc",
        "`{method}` cannot be used among acts done together",
        "gọi trước hoặc sau khối `with`", "call it before or after the `with` block",
    ),
    "together_nested": Message(
        "đã ở trong một khối ghi nhiều bước cùng lúc",
        "is already inside a block of acts done together",
        "dùng bàn xử lý của khối đó", "use the desk of that block",
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
        "khối ghi nhiều bước cùng lúc đã kết thúc", "the block is over",
        "dùng bàn xử lý ban đầu", "use the desk that made it",
    ),
    "not_a_version": Message(
        "{value} không phải phiên bản", "{value} is not a version",
        "nêu số nguyên, từ 1 trở lên, như `case.version`",
        "give a whole number, 1 or more, such as `case.version`",
    ),
    "version_beside_case": Message(
        "nêu cùng một Case, vốn đã có phiên bản", "is given with a Case, which has its version",
        "đưa mã PAKN hoặc mã tra cứu cùng `expected`, hoặc chỉ đưa Case",
        "give an id or code with `expected`, or only the Case",
    ),
    "version_of_receipt": Message(
        "bước tiếp nhận chưa có phiên bản nào trước đó", "a receipt has no version before it",
        *LEAVE_OUT,
    ),
    # a line of an act log
    "blank_case_name": Message(
        "để trống", "is blank",
        "nêu tên của phản ánh, kiến nghị", "name the case",
    ),
    "case_not_received": Message(
        "{value} chưa được tiếp nhận", "{value} was not received",
        "đặt dòng tiếp nhận lên trước", "put its receive line first",
    ),
    "case_received_before": Message(
        "{value} đã được tiếp nhận trước đó", "{value} was received before",
        "đặt tên khác cho phản ánh, kiến nghị mới", "give the new case another name",
    ),
    "control_character": Message(
        "{value} có ký tự điều khiển", "{value} contains a control character",
        *LEAVE_OUT,
    ),
    "doubled_key": Message("có hai lần", "is given twice", "chỉ giữ một", "keep one"),
    "key_of_another_act": Message(
        "{value} đã dùng cho bước khác", "{value} was used for another act",
        "mỗi bước một khóa riêng", "give each act its own key",
    ),
    "line_of_another_act": Message(
        "đã được ghi trước đó với nội dung khác", "was recorded before with other content",
        "trả dòng về như cũ; nếu đây là nhật ký khác cùng tên thì đặt tên khác (--log-name); hoặc "
        "cho dòng một khóa riêng",
        "put it back as it was, give another log of the same name its own name (--log-name), or "
        "give the line its own key",
    ),
    "line_too_long": Message(
        "dài hơn {limit} byte", "is longer than {limit} bytes",
        "chia thành nhiều bước, hoặc để văn bản dài trong tệp kèm theo",
        "split it into several acts, or attach long texts as documents",
    ),
    "nested_too_deeply": Message(
        "lồng nhau quá sâu", "is nested too deeply",
        "bớt số tầng", "use fewer levels",
    ),
    "not_iso_8601": Message(
        "{value} không theo ISO 8601", "{value} is not ISO 8601",
        "ví dụ 2026-01-09T15:00:00+07:00", "such as 2026-01-09T15:00:00+07:00",
    ),
    "no_offset": Message(
        "{value} không có múi giờ", "{value} has no offset",
        "thêm múi giờ, ví dụ +07:00", "add a time zone, such as +07:00",
    ),
    "not_an_object": Message("{value} không phải đối tượng JSON", "{value} is not an object"),
    "not_json": Message(
        "không phải JSON, sai từ ký tự thứ {number}", "not JSON from character {number} on",
        "mỗi dòng một đối tượng JSON", "one JSON object a line",
    ),
    "not_json_constant": Message("{value} không có trong JSON", "{value} is not JSON"),
    "not_utf8": Message(
        "byte {number} không phải UTF-8", "byte {number} is not UTF-8",
        "lưu dạng UTF-8", "save as UTF-8",
    ),
    "null": Message("là null", "is null", "bỏ trường này đi", "leave the key out"),
    "number_too_long": Message(
        "có số dài hơn {limit} chữ số", "contains a number of more than {limit} digits",
        "viết số ngắn hơn", "write a shorter number",
    ),
    "out_of_order": Message(
        "{value} trước {last}, thời điểm của dòng trước",
        "{value} is before {last}, the time of the previous line",
        "xếp các dòng theo thứ tự thời gian", "put the lines in time order",
    ),
    "spaces_at_an_edge": Message(
        "{value} có khoảng trắng ở đầu hoặc cuối", "{value} has spaces at the beginning or end",
        "bỏ đi", "remove them",
    ),
    "time_24_00": Message(
        "không có giờ {value}", "no such time: {value}",
        "ví dụ 2026-01-09T15:00:00+07:00", "such as 2026-01-09T15:00:00+07:00",
    ),
    "unknown_act": Message(
        "không có {value}", "{value} is unknown",
        "có phải là {near}?", "did you mean {near}?",
    ),
    "unknown_key_near": Message(
        "không có trường này", "no such key",
        "có phải là {near}?", "did you mean {near}?",
    ),
    "unknown_key_of": Message(
        "không có trường này", "no such key",
        "có: {known}", "known: {known}",
    ),
}  # fmt: skip
