"""What is wrong with hours, days, notices and terms, in Vietnamese, by the English of it."""

HOURS: dict[str, str] = {
    # hours, notices and days in files
    "opens outside its day: {}": "mở ngoài ngày của buổi: {}",
    "{} is empty or longer than a day": "{} rỗng hoặc dài hơn một ngày",
    "{} opens at 24:00": "{} mở lúc 24:00",
    "{} is not a session": "{} không phải buổi làm việc",
    "{} is no list": "{} không phải danh sách",
    "sessions overlap across midnight: {} on {} runs into {} on {}":
        "các buổi chồng nhau qua nửa đêm: {} ngày {} lấn vào {} ngày {}",
    "sessions overlap: {} and {}": "các buổi chồng nhau: {} và {}",
    "{} is not a weekday": "{} không phải thứ trong tuần",
    "{} is not a day of the year": "{} không phải ngày trong năm",
    "{} is not a date": "{} không phải ngày",
    "{} is not a text": "{} không phải văn bản",
    "{} is not a timedelta": "{} không phải khoảng thời gian",
    "{} is not a first and a last day": "{} không phải ngày đầu và ngày cuối",
    "{} is swapped with itself": "{} hoán đổi với chính nó",
    "{} is not a known zone": "không có múi giờ {}",
    "ends on {}, before it begins on {}": "kết thúc ngày {}, trước khi bắt đầu ngày {}",
    "two sets of hours, number {} and {}, for {}: {} and {}":
        "hai bộ giờ, thứ {} và {}, cho {}: {} và {}",
    "{}: {} lies outside the days covered, {} to {}":
        "{}: {} nằm ngoài khoảng lịch có, {} đến {}",
    "{} lies outside the days covered, {} to {}": "{} nằm ngoài khoảng lịch có, {} đến {}",
    "{} is more than two years after {}, when it was issued":
        "{} cách ngày ban hành {} hơn hai năm",
    "{} says {} in figures and {} in words": "{} viết {} bằng số mà {} bằng chữ",
    "has no place beside {}": "không đi cùng {}",
    "give either hours or [[schedule]] tables": "nêu hours, hoặc các bảng [[schedule]]",
    "two overrides for {}": "hai ngày riêng cho {}",
    "{} has hours of its own, but none are given": "{} có giờ riêng nhưng chưa nêu giờ nào",
    "{} is off, yet has sessions": "{} là ngày nghỉ mà lại có buổi làm việc",
    "{} names one date twice": "{} nêu một ngày hai lần",
    "{}: {} is swapped with {}, but not the other way round":
        "{}: {} hoán đổi với {}, nhưng không có chiều ngược lại",
    "{} and {}, both issued {}, disagree about {}":
        "{} và {}, cùng ban hành {}, nói khác nhau về {}",
    "the calendar never opens": "lịch không có giờ làm việc nào",
    "{}: the calendar never opens": "{}: lịch không có giờ làm việc nào",
    "{}: nothing is left of the {}: it never opens": "{}: {}: không còn giờ làm việc nào",
    "nothing is left of the {}: it never opens": "{}: không còn giờ làm việc nào",
    "calendar {} has no working time left after {}": "lịch {} không còn giờ làm việc nào sau {}",
    "calendar {} has no working time left before {}":
        "lịch {} không có giờ làm việc nào trước {}",
    "no hours for {} of {}": "chưa có giờ làm việc cho {} của {}",
    "no hours for {}": "chưa có giờ làm việc cho {}",
    "is not TOML: {} (at line {}, column {})": "sai cú pháp TOML: {} (dòng {}, cột {})",
    "is not TOML: {} (at end of document)": "sai cú pháp TOML: {} (cuối tệp)",
    "is not TOML: {}": "sai cú pháp TOML: {}",
    "{}: no such key": "{}: không có khóa này",
    "{} is not a table": "{} không phải bảng",
    "{} is not a list": "{} không phải danh sách",
    "{} is not a whole number": "{} không phải số nguyên",
    "{} is not a boolean": "{} không phải true hay false",
    "{} is not a date and time": "{} không phải ngày giờ",
    "{} is before the first notice that is known here, of {}":
        "{} trước văn bản đầu tiên được biết ở đây, ngày {}",
    # days outside a calendar
    "calendar {}: {}: {}": "lịch {}: {}: {}",
    "no days are known there": "không biết ngày nghỉ ở đó",
    "due beyond the last official notice": "hạn ở sau ngày cuối của lịch chính thức",
    "the term ends beyond": "thời hạn kết thúc sau đó",
    "not settled: {}": "chưa chốt: {}",
    "{} is not a {}": "{} không phải {}",
    "{} is not a datetime": "{} không phải datetime",
    "ends at {}, before it starts: {}": "kết thúc lúc {}, trước khi bắt đầu: {}",
    "has weekdays that are none: {}": "có thứ không phải thứ trong tuần: {}",
    "counted from {}, it ends there": "tính từ {} thì lịch hết ở đó",
    "{} counted from {} ends beyond": "{} tính từ {} kết thúc ngoài lịch",
    # hours put together
    "{} is not a span of time": "{} không phải khoảng thời gian (Span)",
    "{} of {} part": "{} của {} phần",
    "instants alone are no timetable": "chỉ có các khoảng thời điểm thì chưa thành bộ giờ",
    "{} is no working time": "{} không phải giờ làm việc",
    "its calendars ({}) have their own days, and take no {} beside them":
        "các lịch của nó ({}) đã có ngày riêng, không nhận thêm {} bên cạnh",
    "{} has no public days": "{} không có ngày nghỉ lễ",
    "the public days of {} do not say what was known when":
        "ngày nghỉ lễ của {} không cho biết khi nào thì biết gì",
    # explanations
    "{} is negative; a limit runs forward": "{} là số âm; hạn chỉ tính về sau",
    "plain data does not bring its calendar": "dữ liệu thuần không kèm theo lịch",
    "not an object": "không phải đối tượng",
    "not what the calendar says": "không đúng như lịch cho biết",
    "not a number of whole microseconds, 0 or more":
        "không phải số micro giây nguyên, từ 0 trở lên",
    "the steps do not follow from {}": "các bước không tiếp nối từ {}",
    "written as no explanation writes it: {}": "không viết như bản giải thích viết: {}",
    # terms in days or more
    "{} is neither a datetime nor a date": "{} không phải datetime, cũng không phải date",
    "{} is no term": "{} không thành thời hạn",
    "{} is not a term": "{} không phải thời hạn",
    "{} has a zone; it is read on the office's clock":
        "{} có múi giờ; giờ này tính theo đồng hồ của cơ quan",
    "the last working day of a term is never a day off":
        "ngày làm việc cuối của thời hạn không bao giờ là ngày nghỉ",
    "a day off has no closing": "ngày nghỉ không có giờ đóng cửa",
    "what comes after closing would be due before it came":
        "việc đến sau giờ đóng cửa sẽ hết hạn trước khi đến",
    "keys {}": "các khóa {}",
    # strategies of tests
    "{} is below {}, the least": "{} nhỏ hơn {}, mức ít nhất",
    "{} is no step": "{} không thành bước",
    "{} is back": "{} là lùi lại",
}  # fmt: skip
