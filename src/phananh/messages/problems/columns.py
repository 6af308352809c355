"""What is wrong with arrays and columns, in Vietnamese, by the English of it."""

COLUMNS: dict[str, str] = {
    "{} is no column": "{} không phải cột",
    "{} values for {} instants": "{} giá trị cho {} thời điểm",
    "its index is another than that of the instants": "chỉ mục khác với chỉ mục của các thời điểm",
    "a column without a zone": "cột không có múi giờ",
    "a column of {} is not one of instants": "cột kiểu {} không phải cột thời điểm",
    "a column of {} is not one of timedeltas": "cột kiểu {} không phải cột timedelta",
    "a masked array hides values": "mảng có mặt nạ giấu giá trị",
    "a {} has a zone and an index, which an array has not":
        "{} có múi giờ và chỉ mục, mảng thì không",
    "an array of {} is not understood": "không hiểu mảng kiểu {}",
    "{} has {} ns beyond the microsecond": "{} có {} ns nhỏ hơn micro giây",
    "{} has nanoseconds beyond the microsecond": "{} có nano giây, nhỏ hơn micro giây",
    "arrays of the shapes {} do not fit each other": "các mảng cỡ {} không khớp nhau",
    "several calendars are given, but not which is whose":
        "có nhiều lịch mà chưa nêu lịch nào của ai",
    "{} is not a WorkCalendar, nor a mapping to some":
        "{} không phải WorkCalendar, cũng không phải ánh xạ đến WorkCalendar",
    "keys choose among several": "keys chỉ để chọn trong nhiều lịch",
    "holds what can be no key: {}": "có giá trị không làm khóa được: {}",
    "{} is {}, which names no calendar": "{} là {}, không phải tên lịch nào",
}  # fmt: skip
