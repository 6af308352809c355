"""What the classes of errors say around their facts: `while {doing}`, `case {case}: ...` (Art. 8).

The classes of `phananh.errors` name these codes. A new sentence goes into another table.
"""

from phananh.messages.message import Message

ERROR_FRAMES: dict[str, Message] = {
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
