"""What `phananh recalculate` says, in Vietnamese, by the English sentence."""

# fmt: off
RECALCULATE: dict[str, str] = {
    "Compare every running limit with the calendar of today, and list what moves. Nothing is "
    "recorded without --apply; again is nothing.":
        "So mọi thời hạn đang chạy với lịch hôm nay và liệt kê hạn nào đổi. Không ghi gì nếu "
        "không có --apply; chạy lại thì không đổi thêm.",
    "Record the moves.": "Ghi lại các hạn đổi.",
    "Whether a worked day may take away time that was promised (default keep).":
        "Ngày làm việc thêm có được rút ngắn hạn đã báo không (mặc định keep: giữ).",
    "A day that changed; cases that cannot touch one are passed over unread.":
        "Ngày đã đổi; hồ sơ không chạm tới ngày nào thì bỏ qua, không đọc.",
    "Whether a limit moves although no notice explains the day that changed: it was withdrawn, or "
    "the hours were changed (default keep).":
        "Có đổi hạn khi không thông báo nào nêu lý do của ngày đã đổi không: thông báo đã thu hồi, "
        "hoặc giờ làm việc đã đổi (mặc định keep: giữ).",
    "Print the moves as CSV.": "In các hạn đổi dạng CSV.",
    "Only list the calendars that open deadlines name.":
        "Chỉ liệt kê các lịch mà thời hạn đang chạy nêu tên.",
    "Go on where a run was cut.": "Chạy tiếp từ chỗ bị ngắt.",
    "Office hours of everybody, of a role, or of one unit (agency/SO-1=VP); may be given several "
    "times (default A).":
        "Giờ làm việc của mọi người, của một vai, hoặc của một đơn vị (agency/SO-1=VP); có thể "
        "dùng nhiều lần (mặc định A).",
    "Hours as they were, which open deadlines still name; may be given several times.":
        "Giờ làm việc trước đây mà thời hạn đang chạy còn nêu; có thể dùng nhiều lần.",
    "--hours {text}: these have hours already": "--hours {text}: đã có giờ làm việc rồi",
    "--hours {text}: no such role; roles are {roles}":
        "--hours {text}: không có vai này; các vai: {roles}",
    "--csv and --json are two forms; give one of them": "chỉ dùng một trong --csv và --json",
    "not moved: {problem}": "chưa tính lại được: {problem}",
    "limits looked at": "thời hạn đã xem",
    "what was done is kept; run it again": "việc đã làm vẫn giữ; chạy lại từ đầu",
    "what was done is kept; go on with --resume {cursor}":
        "việc đã làm vẫn giữ; chạy tiếp với --resume {cursor}",
    "Calendar": "Lịch",
    "Version": "Phiên bản",
    "Deadlines": "Số hạn",
    "At hand": "Có sẵn",
    "Cases": "Hồ sơ",
    "yes": "có",
    "calendars in use: {n}, all known by name": "số lịch đang dùng: {n}, đều đã biết tên",
    "not at hand as they were: {versions}; to explain those deadlines give the same --hours and "
    "--notices, or --former":
        "chưa có đúng phiên bản: {versions}; muốn giải thích các hạn đó, dùng lại --hours và "
        "--notices như khi tính, hoặc --former",
    "would move: {moved}, kept: {kept}, of {read} running limits; --apply records it":
        "sẽ đổi: {moved}, giữ nguyên: {kept}, trong {read} hạn đang chạy; --apply để ghi lại",
    "moved: {moved}, kept: {kept}, of {read} running limits":
        "đã đổi: {moved}, giữ nguyên: {kept}, trong {read} hạn đang chạy",
    "Was due": "Hạn cũ",
    "Is due": "Hạn mới",
    "Days": "Ngày đổi",
    "Why": "Vì sao",
    "and {n} more; --csv lists them all": "và {n} hạn khác; --csv liệt kê hết",
    "Later": "Muộn hơn",
    "Earlier": "Sớm hơn",
    "Kept": "Giữ nguyên",
    "Decide": "Cần quyết định",
    "for a person to decide: {unexplained} not explained, {named_on_day_off} promised on a day off "
    "now, {late_before} marked late before":
        "cần người quyết định: {unexplained} chưa rõ lý do, {named_on_day_off} hẹn vào ngày nay là "
        "ngày nghỉ, {late_before} đã ghi trễ trước khi tính lại",
    "Not moved, as today's calendar gives no reason for a day that changed. Most likely a notice "
    "is missing: give it with --notices, or the calendar as it was with --former. Where it was "
    "really withdrawn, or the hours were changed: --unexplained apply.":
        "Không đổi, vì lịch hôm nay không nêu lý do cho ngày đã đổi. Có thể thiếu thông báo: dùng "
        "--notices để thêm, hoặc --former để cho biết lịch cũ. Nếu thông báo đã thu hồi, hoặc giờ "
        "làm việc đã đổi: --unexplained apply.",
    "The time promised to the citizen falls on a day off now, and stays: call the citizen.":
        "Giờ đã hẹn với người dân nay rơi vào ngày nghỉ và vẫn giữ: gọi lại cho người dân.",
    "Marked late before the calendar changed; by today's calendar it had not run out then. It "
    "stays late; a person is to decide what follows from it.":
        "Đã ghi trễ trước khi tính lại; theo lịch hôm nay thì lúc đó chưa hết hạn. Vẫn là trễ hạn; "
        "cần người quyết định xử lý thế nào.",
    "Counted today": "Theo lịch hôm nay",
    "Set on": "Tính theo lịch",
    "Missing": "Thiếu",
    "Promised": "Giờ đã hẹn",
    "Day off now": "Ngày nghỉ",
    "By notice": "Theo",
    "kept": "giữ nguyên",
    "calendar {calendars}: named by {cases} ({deadlines} in all), but the desk knows only "
    "{known}; give it, as it was, with --former":
        "lịch {calendars}: hồ sơ {cases} còn nêu (tổng cộng {deadlines} hạn), nhưng chỉ biết "
        "{known}; dùng --former để cho biết lịch đó",
    "cause": "nguyên nhân", "days": "ngày đổi", "notices": "theo", "deadline": "hạn",
}
