"""What may be wrong with a desk, or with what it is asked; and what it adds to an explanation."""

from phananh.messages.message import Message

DESK: dict[str, Message] = {
    "command_of_another_act": Message(
        vi="{value} đã dùng cho bước khác, ở PAKN {case}",
        en="{value} was used for another act, on case {case}",
        way_vi="mỗi bước một mã riêng",
        way_en="give every act an id of its own",
    ),
    "no_case_given": Message(
        vi="chưa nêu",
        en="no case is given",
        way_vi="đưa phản ánh, kiến nghị (Case), mã PAKN hoặc mã tra cứu",
        way_en="give a Case, an id or a tracking code",
    ),
    "no_running_limit": Message(
        vi="PAKN {case} không có thời hạn nào đang tính",
        en="no reckoned limit runs on {case}",
        way_vi="hỏi khi thời hạn đang tính; hạn đã báo nằm trong `case.deadlines`",
        way_en="ask while one runs; what was told stands in `case.deadlines`",
    ),
    "not_a_clock": Message(
        vi="{value} không phải đồng hồ",
        en="{value} is not a clock",
        way_vi="đưa hàm trả về datetime có múi giờ, ví dụ lambda: moment",
        way_en="give a function that returns an aware datetime, such as lambda: moment",
    ),
    "not_a_store": Message(
        vi="{value} không phải kho lưu trữ",
        en="{value} is not a store",
        way_vi='đưa kho lưu trữ, ví dụ open_store("cases.db")',
        way_en='give a store, such as open_store("cases.db")',
    ),
    "not_an_act": Message(
        vi="{value} không phải bước xử lý",
        en="{value} is not an act",
        way_vi="đưa một bước trong phananh.regulation.values.acts, ví dụ Answer(text=..., by=...)",
        way_en="give one of phananh.regulation.values.acts, such as Answer(text=..., by=...)",
    ),
    "receipt_of_a_case": Message(
        vi="bước tiếp nhận tự tạo phản ánh, kiến nghị mới",
        en="a receipt makes a case",
        way_vi="bỏ đi",
        way_en="leave it out",
    ),
    "unknown_filter": Message(
        vi="không có bộ lọc này",
        en="no such filter",
        way_vi="chọn một trong: {known}",
        way_en="use one of {known}",
    ),
}

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
