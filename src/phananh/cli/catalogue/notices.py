"""What `notices`, `notices check` and `doctor` say, in Vietnamese, by the English sentence."""

# fmt: off
NOTICES: dict[str, str] = {
    "Count with what was known on this day, such as 2025-12-24.":
        "Tính theo những gì đã biết vào ngày này, ví dụ 2025-12-24.",
    "Notices of your own, in TOML or iCalendar; may be given several times.":
        "Văn bản về ngày nghỉ của riêng bạn, dạng TOML hoặc iCalendar; dùng được nhiều lần.",
    "{text} is not a date; write it like 2025-12-24":
        "{text} không phải ngày; viết như 2025-12-24",
    'iCalendar files need the extra "ical"; in a clone: pip install ".[ical]"':
        'tệp iCalendar cần phần bổ sung "ical"; trong bản sao (clone): pip install ".[ical]"',
    "; the date is predicted": "; ngày dự đoán, chưa có văn bản xác nhận",
    "unconfirmed": "chưa đối chiếu",
    "The official notices that move days: number, office, date, what each changes, and "
    "which of two that contradict each other holds.":
        "Các văn bản chính thức về ngày nghỉ và hoán đổi: số, cơ quan, ngày ban hành, thay đổi "
        "gì, và văn bản nào được áp dụng khi hai văn bản trái nhau.",
    "What the notices in FILE (TOML or iCalendar) would change, contradict, or only repeat. "
    "Exit code 3 if some day of it would do nothing.":
        "Các văn bản trong FILE (TOML hoặc iCalendar) sẽ thay đổi, trái với, hay chỉ nhắc lại "
        "điều gì. Mã thoát 3 nếu có ngày không có tác dụng.",
    "How old the package's knowledge of days is, what lies below it, where the two differ, and "
    "which days are not settled. Exit code 3 if something needs attention.":
        "Dữ liệu về ngày nghỉ được cập nhật đến ngày nào, dựa trên gì, khác nhau ở đâu, và "
        "những ngày nào chưa chắc chắn. Mã thoát 3 nếu có việc cần xem.",
    "Document": "Văn bản", "Issued by": "Cơ quan", "Issued": "Ngày ban hành",
    "What it changes": "Thay đổi", "Becomes": "Trở thành", "Effect": "Tác dụng",
    " (known {day})": " (biết từ {day})",
    "days known through {day}": "lịch nghỉ đã biết đến hết {day}",
    "{day} off, worked {other}": "nghỉ {day}, làm bù {other}",
    "off": "nghỉ", "worked": "làm việc", "open": "làm việc",
    "changes": "thay đổi",
    "known already, by {other}": "đã biết, theo {other}",
    "only a proposal: deadlines across it are provisional":
        "chỉ là đề xuất: hạn qua ngày này là tạm tính",
    "contradicts {other}, which is older: this one holds":
        "trái với {other}, ban hành trước: văn bản này được áp dụng",
    "contradicts {other}, which is newer: this one does nothing":
        "trái với {other}, ban hành sau: văn bản này không có tác dụng",
    "a proposal that {other} has settled": "đề xuất đã được giải quyết bởi {other}",
    "confirms what was only expected": "xác nhận điều mới chỉ dự kiến",
    "nothing: the calendar has a day of its own there":
        "không thay đổi gì: lịch có quy định riêng cho ngày này",
    "nothing: the day is so anyway": "không thay đổi gì: ngày này vốn đã như vậy",
    "half of a swap stays: {day} is {kind} for {other} ({paper}), which {changed} has changed; "
    "list both days":
        "còn lại một nửa hoán đổi: {day} vẫn {kind} thay cho {other} ({paper}), trong khi "
        "{changed} đã đổi ngày đó; hãy nêu cả hai ngày",
    "notices: {notices}; days: {days}": "văn bản: {notices}; ngày: {days}",
    "days known through {after}, not {before}":
        "lịch nghỉ đã biết đến hết {after}, không phải {before}",
    "other events ignored: {n}": "sự kiện khác bị bỏ qua: {n}",
    "events withdrawn: {n}": "sự kiện đã rút lại: {n}",
    "phananh {version}": "phananh {version}",
    "knowledge of days: as published on {day}, nothing later is known":
        "ngày nghỉ: theo văn bản đã công bố đến {day}, không biết gì sau đó",
    "{day} is not settled ({document}); give the notice, once issued, with --notices":
        "{day} chưa chắc chắn ({document}); khi có văn bản thì đưa vào bằng --notices",
    "holidays {version}: differs on {n} days": "holidays {version}: khác ở {n} ngày",
    "{day}: {ours} here, {package} there ({why})":
        "{day}: ở đây {ours}, dữ liệu holidays {package} ({why})",
    "nobody knows why": "không rõ lý do",
    "CV 12729/VPCP-KGVX of 2025-12-25": "CV 12729/VPCP-KGVX ngày 25/12/2025",
    "NQ 28/2026/QH16 grants no make-up day for 24/11":
        "NQ 28/2026/QH16 không cho nghỉ bù ngày 24/11",
    "Python {version}; time zones: {zones}": "Python {version}; múi giờ: {zones}",
    "not settled: {day} ({document})": "chưa chắc chắn: {day} ({document})",
    "days from {first} to {last}; notices looked up from {known} on":
        "tính được các ngày từ {first} đến {last}; đã đối chiếu văn bản từ {known}",
    "not settled: every day after {day}": "chưa chắc chắn: mọi ngày sau {day}",
    "attention: {what}": "cần xem: {what}",
    "all is well": "không có gì cần xem",
    "the days known ended on {day}; look for a newer phananh, or give --notices":
        "lịch đã biết kết thúc ngày {day}; hãy tìm bản phananh mới hơn, hoặc dùng --notices",
    "the knowledge is {n} days old; look for a newer phananh":
        "hiểu biết đã {n} ngày; hãy tìm bản phananh mới hơn",
    "holidays {version} differs on {day} and we do not know why":
        "holidays {version} khác ở ngày {day} mà không rõ lý do",
    "holidays {version} has learnt of {day}: our correction is not needed any more":
        "holidays {version} đã biết ngày {day}: không cần sửa nữa",
    "Asia/Ho_Chi_Minh is at {offset}, not +07:00": "Asia/Ho_Chi_Minh ở {offset}, không phải +07:00",
}
# fmt: on
