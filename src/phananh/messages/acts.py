"""What may be wrong with an act, an id, the rules, a choice of calendars, or the lifecycle."""

from phananh.messages.general import USE_ONE_OF
from phananh.messages.message import Message

_SHORTEN = ("rút ngắn lại", "shorten it")
_ONE_ROW = ("mỗi dòng chỉ được quy định một điều", "make the rows say one thing only")

ACTS: dict[str, Message] = {
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
}  # fmt: skip
