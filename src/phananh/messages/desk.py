"""What may be wrong with a desk or a call of it, and what it adds to an explanation."""

from phananh.messages.general import LEAVE_OUT, USE_ONE_OF
from phananh.messages.message import Message

_GIVE_A_CASE = (
    "đưa phản ánh, kiến nghị (Case), mã PAKN (`row.case`) hoặc mã tra cứu",
    "give a Case, its id (`row.case`) or its tracking code",
)

DESK: dict[str, Message] = {
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
    "not_a_clock": Message(
        "phải là hàm, không phải {type}", "must be a function, got {type}",
        "đưa hàm trả về datetime có múi giờ, ví dụ lambda: moment",
        "give one that returns an aware datetime, such as lambda: moment",
    ),
    "not_a_handler": Message(
        "{value} không phải hàm", "{value} is not a function",
        "đưa hàm nhận một mục, ví dụ print",
        "give a function that takes one entry, such as print",
    ),
    "not_a_lease": Message(
        "{value} không phải thời gian giữ quyền đọc", "{value} is not a time for a lease",
        "nêu timedelta trên 0, nhiều nhất là một ngày",
        "give a timedelta above zero, at most a day",
    ),
    "not_a_desk": Message(
        "{value} không phải bàn xử lý (Desk)", "{value} is not a Desk",
        "đưa một Desk, ví dụ Desk(store=kho)", "give a Desk, such as Desk(store=store)",
    ),
    "not_a_number_of_threads": Message(
        "{value} không phải số luồng", "{value} is not a number of threads",
        "nêu số nguyên từ 1 đến 1000", "give a whole number from 1 to 1000",
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
    "not_a_skew": Message(
        "{value} không phải khoảng chênh lệch", "{value} is not a time that a clock may be behind",
        "nêu timedelta từ 0 trở lên", "give a timedelta of zero or more",
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
    "unknown_filter": Message("không có bộ lọc này", "no such filter", *USE_ONE_OF),
}  # fmt: skip

# Lines below the explanation of a limit.
CASE_EXPLANATION: dict[str, tuple[str, str]] = {
    "moved": (
        "Lịch làm việc đã đổi: hạn {old} nay là {new}.",
        "The calendar changed: what was due {old} is due {new}.",
    ),
    "moved_by": (
        "Lịch làm việc đã đổi theo {notices}: hạn {old} nay là {new}.",
        "The calendar changed by {notices}: what was due {old} is due {new}.",
    ),
    "note": ("Lưu ý: {caution}.", "Note: {caution}."),
}
