"""`phananh case`, `list` and `sweep`."""

CASES: dict[str, tuple[str, str]] = {
    "case.help": (
        "Một phản ánh, kiến nghị theo mã PAKN hoặc mã tra cứu: người, đơn vị đang xử lý, thời hạn "
        "và căn cứ, các bước xử lý. Không hiện thông tin cá nhân nếu không có --personal.",
        "A case by its id or tracking code: who has it, its deadline with the reasons, its "
        "history. Personal data is shown only with --personal.",
    ),
    "case.personal": (
        "Hiện cả nội dung, tổ chức, cá nhân gửi, người bị phản ánh và các văn bản.",
        "Show content, sender, accused and texts too.",
    ),
    "list.help": (
        "Danh sách phản ánh, kiến nghị, mỗi dòng một PAKN; nếu không có --order thì xếp từ cũ đến "
        "mới.",
        "Cases, one a line, oldest first unless --order says otherwise.",
    ),
    "list.state": (
        "Ở trạng thái này; dùng được nhiều lần.", "In this state. Can be given several times.",
    ),
    "list.holder": ("Đang do vai trò này xử lý.", "With this role now."),
    "list.holder_id": ("Đang do người này xử lý.", "With this person now."),
    "list.unit": ("Đang do đơn vị này xử lý.", "With this unit now."),
    "list.kind": ("Thuộc loại này.", "Of this kind."),
    "list.late": (
        "Đã từng trễ hạn; hoặc chưa.", "With a limit that has run out at any time, or without.",
    ),
    "list.open": (
        "Chưa xử lý xong; hoặc đã xử lý xong (đã trả lời, không tiếp nhận, đã kết thúc).",
        "Not answered yet, or done: answered, not accepted or closed.",
    ),
    "list.due_before": (
        "Thời hạn đang tính kết thúc trước THỜI-ĐIỂM.",
        "With a running limit that ends before TIME.",
    ),
    "list.received_since": (
        "Tiếp nhận từ THỜI-ĐIỂM trở đi.", "Received at TIME or later.",
    ),
    "list.received_before": ("Tiếp nhận trước THỜI-ĐIỂM.", "Received before TIME."),
    "list.order": (
        "oldest: cũ trước; newest: mới trước; due: hết hạn sớm trước. Mặc định là oldest; với "
        "--due-before là due.",
        "oldest or newest received first, or due: the limit that ends first. By default oldest, "
        "and due with --due-before.",
    ),
    "list.limit": ("Nhiều nhất SỐ phản ánh, kiến nghị.", "At most N cases."),
    "no_cases": ("không có PAKN nào", "no cases"),
    "sweep.help": (
        "Ghi trễ hạn mọi phản ánh, kiến nghị đã hết thời hạn; chạy lại không thêm gì.",
        "Mark every case with a limit that has run out as late. Safe to repeat.",
    ),
    "sweeping": ("đang rà soát", "sweeping"),
    "marked_late": ("số PAKN ghi trễ hạn: {n}", "marked late: {n}"),
    "not_swept": ("chưa rà soát được: {problem}", "not swept: {problem}"),
    "not_listed": ("chưa liệt kê được: {problem}", "not listed: {problem}"),
    "shown_as_recorded": (
        "hiển thị như đã ghi: {problem}", "shown as it was recorded: {problem}",
    ),
    "not_known": ("chưa rõ", "not known"),
    "cases": ("phản ánh, kiến nghị", "cases"),
    "head.accused": ("Người bị phản ánh", "Accused"),
    "head.appointment": ("Hẹn trả lời", "Appointment"),
    "head.channel": ("Kênh", "Channel"),
    "head.code": ("Mã tra cứu", "Code"),
    "head.content": ("Nội dung", "Content"),
    "head.details": ("Chi tiết", "Details"),
    "head.received": ("Tiếp nhận", "Received"),
    "head.sender": ("Tổ chức, cá nhân gửi", "Sender"),
    "head.time": ("Lúc", "Time"),
    "head.unmet": ("Chưa đáp ứng", "Unmet"),
}  # fmt: skip
