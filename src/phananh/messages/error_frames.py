"""What the classes of errors say around their facts: `while {doing}`, `case {case}: ...` (Art. 8).

The classes of `phananh.errors` name these codes. A new sentence goes into another table.
"""

from phananh.messages.message import Message

ERROR_FRAMES: dict[str, Message] = {
    "act_refused": Message(
        vi="PAKN {case}: không được thực hiện bước {step}: {reasons}",
        en="case {case}: {step} refused: {reasons}",
    ),
    "case_unknown": Message(
        vi="không có phản ánh, kiến nghị {key}",
        en="no case {key}",
        way_vi="kiểm tra từng ký tự của mã hoặc mã tra cứu",
        way_en="check each letter of the id or tracking code",
    ),
    "calendar_unknown": Message(
        vi="lịch {calendars}: PAKN {cases} còn nêu (tổng cộng {deadlines} hạn), lịch đang có: "
        "{known}",
        en="calendar {calendars}: named by {cases} ({deadlines} in all), but the desk knows only "
        "{known}",
        way_vi="đưa lịch đó, như khi ấy, vào `former`",
        way_en="give it to the desk, as it was, in `former`",
    ),
    "calendar_unknown_of_deadlines": Message(
        vi="lịch {calendars}: còn {deadlines} hạn nêu, lịch đang có: {known}",
        en="calendar {calendars}: named by a deadline ({deadlines} in all), but the desk knows "
        "only {known}",
        way_vi="đưa lịch đó, như khi ấy, vào `former`",
        way_en="give it to the desk, as it was, in `former`",
    ),
    "command_known": Message(
        vi="lệnh {command}: đã được ghi, PAKN {case} phiên bản {version}",
        en="command {command}: recorded before, case {case} version {version}",
    ),
    "corrupt_event": Message(
        vi="PAKN {case}, phiên bản {version}", en="case {case}, version {version}"
    ),
    "days_unknown": Message(
        vi="chưa có dữ liệu ngày nghỉ của ngày này", en="no days are known there"
    ),
    "doing": Message(vi="khi {doing}", en="while {doing}"),
    "error": Message(vi="lỗi của phananh", en="an error of phananh"),
    "not_covered": Message(
        vi="lịch {calendar}: {day}: {why}",
        en="calendar {calendar}: {day}: {why}",
        way_vi="lịch có từ {first} đến {last}",
        way_en="covered: {first} to {last}",
    ),
    "own_words": Message(vi="{problem}", en="{problem}"),
    "schema_differs": Message(
        vi="lược đồ {found}, cần {needed}", en="schema {found}, needed {needed}"
    ),
    "schema_foreign": Message(
        vi="lược đồ lạ, cần {needed}", en="schema foreign, needed {needed}"
    ),
    "schema_none": Message(
        vi="chưa có lược đồ, cần {needed}", en="schema none, needed {needed}"
    ),
    "schema_unknown": Message(
        vi="lược đồ không rõ, cần {needed}", en="schema unknown, needed {needed}"
    ),
    "step_not_allowed": Message(
        vi="PAKN {case} {stage}: không có bước {step}; bước được phép: {allowed}",
        en="case {case}: no step {step} from {stage}; allowed: {allowed}",
    ),
    "step_not_allowed_to_holder": Message(
        vi="PAKN {case} {stage} ({by}): không có bước {step}; bước được phép: {allowed}",
        en="case {case}: no step {step} from {stage} ({by}); allowed: {allowed}",
    ),
    "version_differs": Message(
        vi="PAKN {case}: quyết định trên phiên bản {expected}, phiên bản đang lưu là {actual}",
        en="case {case}: decided on version {expected}, stored version is {actual}",
        way_vi="xem bản mới nhất rồi quyết định lại",
        way_en="look at the fresh case and decide again",
    ),
    "version_unknown": Message(
        vi="PAKN {case}: quyết định trên phiên bản {expected}, chưa rõ phiên bản đang lưu",
        en="case {case}: decided on version {expected}, stored version is unknown",
        way_vi="xem bản mới nhất rồi quyết định lại",
        way_en="look at the fresh case and decide again",
    ),
}  # fmt: skip
