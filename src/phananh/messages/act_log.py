"""What may be wrong with a line of an act log, and the outcome of a line in words."""

from phananh.messages.general import LEAVE_OUT
from phananh.messages.message import Message

ACT_LOG: dict[str, Message] = {
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

# What a line of words says besides the word for its outcome.
OUTCOME: dict[str, tuple[str, str]] = {
    "due": ("hạn {time} {day}", "due {day} {time}"),
    "late": ("đã trễ hạn", "late"),
    "possible": ("có thể: {triggers}", "possible: {triggers}"),
    "provisional": ("{text} (tạm tính)", "{text} (provisional)"),
}
