"""What may be wrong with a line of an act log, and what became of a line in words."""

from phananh.messages.message import Message

ACT_LOG: dict[str, Message] = {
    "blank_case_name": Message(
        vi="để trống",
        en="is blank",
        way_vi="nêu tên của phản ánh, kiến nghị",
        way_en="name the case",
    ),
    "case_not_received": Message(
        vi="{value} chưa được tiếp nhận",
        en="{value} was not received",
        way_vi="đặt dòng tiếp nhận lên trước",
        way_en="put its receive line first",
    ),
    "case_received_before": Message(
        vi="{value} đã được tiếp nhận trước đó", en="{value} was received before"
    ),
    "control_character": Message(
        vi="{value} có ký tự điều khiển",
        en="{value} holds a control character",
        way_vi="bỏ đi",
        way_en="leave it out",
    ),
    "doubled_key": Message(
        vi="có hai lần", en="stands twice", way_vi="chỉ giữ một", way_en="keep one"
    ),
    "key_of_another_act": Message(
        vi="{value} đã dùng cho bước khác",
        en="{value} was used for another act",
        way_vi="mỗi bước một khóa riêng",
        way_en="give every act a key of its own",
    ),
    "line_of_another_act": Message(
        vi="đã được ghi trước đó với nội dung khác",
        en="was recorded before with other content",
        way_vi="trả dòng về như cũ, đổi tên nhật ký, hoặc cho dòng một khóa riêng",
        way_en="put it back as it was, rename the log, or give the line a key of its own",
    ),
    "nested_too_deeply": Message(vi="lồng nhau quá sâu", en="nested too deeply"),
    "not_iso_8601": Message(
        vi="{value} không theo ISO 8601",
        en="{value} is not ISO 8601",
        way_vi="ví dụ 2026-01-09T15:00:00+07:00",
        way_en="such as 2026-01-09T15:00:00+07:00",
    ),
    "no_offset": Message(
        vi="{value} không có múi giờ",
        en="{value} has no offset",
        way_vi="thêm múi giờ, ví dụ +07:00",
        way_en="add a time zone, such as +07:00",
    ),
    "not_an_object": Message(vi="{value} không phải đối tượng JSON", en="{value} is not an object"),
    "not_json": Message(
        vi="không phải JSON: {detail}",
        en="not JSON: {detail}",
        way_vi="mỗi dòng một đối tượng JSON",
        way_en="one JSON object a line",
    ),
    "not_json_constant": Message(vi="{value} không có trong JSON", en="{value} is no JSON"),
    "not_utf8": Message(
        vi="byte {number} không phải UTF-8",
        en="byte {number} is not UTF-8",
        way_vi="lưu dạng UTF-8",
        way_en="save as UTF-8",
    ),
    "null": Message(vi="là null", en="null", way_vi="bỏ khóa này đi", way_en="leave the key out"),
    "out_of_order": Message(
        vi="{value} trước {last}, thời điểm của dòng trước",
        en="{value} lies before {last}, the time of the line before",
        way_vi="xếp các dòng theo thứ tự thời gian",
        way_en="put the lines in time order",
    ),
    "spaces_at_an_edge": Message(
        vi="{value} có khoảng trắng ở đầu hoặc cuối",
        en="{value} has spaces at an edge",
        way_vi="bỏ đi",
        way_en="leave them out",
    ),
    "time_24_00": Message(
        vi="không có giờ {value}",
        en="no such time: {value}",
        way_vi="ví dụ 2026-01-09T15:00:00+07:00",
        way_en="such as 2026-01-09T15:00:00+07:00",
    ),
    "unknown_act": Message(
        vi="không có {value}",
        en="{value} is unknown",
        way_vi="có phải là {near}?",
        way_en="did you mean {near}?",
    ),
    "unknown_key_near": Message(
        vi="không có khóa này",
        en="no such key",
        way_vi="có phải là {near}?",
        way_en="did you mean {near}?",
    ),
    "unknown_key_of": Message(
        vi="không có khóa này",
        en="no such key",
        way_vi="có: {known}",
        way_en="known: {known}",
    ),
}

# What a line of words says of an outcome beside its words.
OUTCOME: dict[str, tuple[str, str]] = {
    "due": ("hạn {time} {day}", "due {day} {time}"),
    "late": ("đã trễ hạn", "late"),
    "possible": ("có thể: {triggers}", "possible: {triggers}"),
    "provisional": ("{text} (tạm tính)", "{text} (provisional)"),
}
