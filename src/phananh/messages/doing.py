"""What a store was doing when it failed, by code."""

from phananh.messages.message import Message

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
    "recording_nothing": Message("không ghi gì", "recording nothing"),
    "repairing": Message("ghi lại dòng của PAKN {case}", "rewriting the row of case {case}"),
    "repairing_indexes": Message("tạo lại chỉ mục", "rebuilding indexes"),
    "scanning": Message("đọc lần lượt các bước đã ghi", "scanning the feed"),
}  # fmt: skip
