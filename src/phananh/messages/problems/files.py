"""What is wrong with iCalendar and TOML, in Vietnamese, by the English of it."""

FILES: dict[str, str] = {
    "has no weekly hours": "không có giờ làm việc theo tuần",
    "{} after {} is after all time": "{} sau {} vượt quá mọi năm tính được",
    "{} has no time": "{} không có giờ",
    "{} is at the end of all time": "{} ở ngoài mọi năm tính được",
    "{} is not a number": "{} không phải số",
    "{} is not a number of days": "{} không phải số ngày tròn",
    "{} is not read": "{} không đọc được ở đây",
    "{} is nothing, or more than a year": "{} bằng không, hoặc dài hơn một năm",
    "{}, but {} in another event of the document":
        "{}, nhưng sự kiện khác của văn bản nêu {}",
    "{}: the event begins on {}; the end is exclusive":
        "{}: sự kiện bắt đầu ngày {}; ngày kết thúc không được tính",
    "cannot be read: {}": "không đọc được: {}",
    "has a time": "có giờ",
    "is in {}, which moves against the clock of the office":
        "theo múi giờ {}, lệch đổi so với đồng hồ của cơ quan",
    "is not read here": "không đọc ở đây",
    "no such property": "không có thuộc tính này",
    "stands {} times": "có {} lần",
    "stands beside DTEND": "đi cùng DTEND",
    "stands on an event of several days": "ở sự kiện dài nhiều ngày",
    "stands twice, and neither is newer": "có hai lần, không biết cái nào mới hơn",
    "is not a text": "không phải văn bản",
    "has {} characters; at most {} are read": "có {} ký tự; đọc nhiều nhất {}",
    "has a NUL character, or half of one": "có ký tự NUL, hoặc nửa ký tự",
    "{} is never ended; the text is cut short": "{} không có chỗ kết thúc; văn bản bị cắt cụt",
    "END:{} ends nothing that was begun": "END:{} không khớp với chỗ nào đã mở",
    "is not iCalendar: no VCALENDAR in it": "không phải iCalendar: không có VCALENDAR",
    "is not iCalendar: {}": "không phải iCalendar: {}",
    # what a file cannot hold
    "{} moves no day": "{} không đổi ngày nào",
    "{}: {} is made up at hours of its own": "{}: {} làm bù theo giờ riêng",
    "{} has a text with a line break or with spaces at an end, which iCalendar cannot hold":
        "{} có văn bản xuống dòng hoặc có khoảng trắng ở đầu hay cuối, iCalendar không ghi được",
    "{} has a session that ends or begins within a second, which iCalendar cannot hold":
        "{} có buổi bắt đầu hoặc kết thúc giữa một giây, iCalendar không ghi được",
    "{} is official and has no date of issue, which iCalendar cannot hold":
        "{} là văn bản chính thức mà không có ngày ban hành, iCalendar không ghi được",
    "{} has a date of issue, yet nobody can say when it became known, which iCalendar cannot hold":
        "{} có ngày ban hành mà không rõ được biết từ ngày nào, iCalendar không ghi được",
    "{} is official and has no date of issue, which TOML cannot hold":
        "{} là văn bản chính thức mà không có ngày ban hành, TOML không ghi được",
    "{} has a date of issue, yet nobody can say when it became known, which TOML cannot hold":
        "{} có ngày ban hành mà không rõ được biết từ ngày nào, TOML không ghi được",
    "{} are public days of your own, which TOML cannot hold":
        "{} là ngày nghỉ lễ tự đặt, TOML không ghi được",
}  # fmt: skip
