"""What is wrong with an act, a log, a desk or the rules, in Vietnamese, by the English of it."""

ACTS: dict[str, str] = {
    # any line of an act log, any filter
    "not text: {}": "không phải văn bản: {}",
    "not a list: {}": "không phải danh sách: {}",
    "not an object: {}": "không phải đối tượng JSON: {}",
    "not an id: {}": "không phải mã: {}",
    "not a score: {}": "không phải điểm: {}",
    "not a tag: {}": "không phải mã ngôn ngữ: {}",
    "not JSON: {}": "không phải JSON: {}",
    "{} is no JSON": "{} không có trong JSON",
    "byte {} is not UTF-8": "byte {} không phải UTF-8",
    "nested too deeply": "lồng nhau quá sâu",
    "stands twice": "có hai lần",
    "unknown key": "khóa không có",
    "no such filter": "không có bộ lọc này",
    "is missing": "còn thiếu",
    "null": "là null",
    "None": "chưa nêu",
    "no such time: {}": "không có giờ này: {}",
    "not ISO 8601: {}": "không theo ISO 8601: {}",
    "unknown: {}": "không có: {}",
    "{} is unknown": "không có {}",
    "is blank": "để trống",
    "adds nothing": "không bổ sung gì",
    "holds a NUL character": "có ký tự NUL",
    "holds a line break": "có dấu xuống dòng",
    "holds half a surrogate pair at character {}": "có nửa cặp ký tự thay thế ở vị trí {}",
    "{} has invisible or edge characters": "{} có ký tự ẩn, hoặc khoảng trắng ở đầu hay cuối",
    "{} mixes scripts: U+{}": "{} trộn nhiều loại chữ: U+{}",
    "{} is in no Latin script: U+{}": "{} không phải chữ La-tinh: U+{}",
    "{}: {} characters, at most {}": "{}: {} ký tự, nhiều nhất {}",
    "{} characters, at most {}": "{} ký tự, nhiều nhất {}",
    "{} has no offset": "{} không có múi giờ",
    "{} is out of range": "{} ngoài khoảng cho phép",
    "nobody escalates to {}": "không chuyển hồ sơ đến {}",
    "{} was used for another act, on case {}": "{} đã dùng cho việc khác, ở hồ sơ {}",
    "{} was used for another act": "{} đã dùng cho việc khác",
    "{} lies before the last event of case {}, {}": "{} trước sự kiện cuối của hồ sơ {}, {}",
    "{} lies before {}, the time of the line before": "{} trước {}, thời điểm của dòng trước",
    "was recorded before with other content": "đã được ghi trước đó với nội dung khác",
    "{} was received before": "{} đã được tiếp nhận trước đó",
    "{} was not received": "{} chưa được tiếp nhận",
    # a desk
    "no case {}": "không có hồ sơ {}",
    "case {}: decided on version {}, stored version is unknown":
        "hồ sơ {}: quyết định trên phiên bản {}, chưa rõ phiên bản đang lưu",
    "case {}: decided on version {}, stored version is {}":
        "hồ sơ {}: quyết định trên phiên bản {}, phiên bản đang lưu là {}",
    "command {}: recorded before, case {} version {}":
        "lệnh {}: đã được ghi, hồ sơ {} phiên bản {}",
    "calendar {}: named by a deadline ({} in all), but the desk knows only {}":
        "lịch {}: còn {} hạn nêu, nhưng chỉ biết {}",
    "calendar {}: named by {} ({} in all), but the desk knows only {}":
        "lịch {}: hồ sơ {} còn nêu (tổng cộng {} hạn), nhưng chỉ biết {}",
    "calendar {}: named by a deadline ({} in all), but the desk knows only none":
        "lịch {}: còn {} hạn nêu, nhưng chưa biết lịch nào",
    "calendar {}: named by {} ({} in all), but the desk knows only none":
        "lịch {}: hồ sơ {} còn nêu (tổng cộng {} hạn), nhưng chưa biết lịch nào",
    "{} has spaces at an edge": "{} có khoảng trắng ở đầu hoặc cuối",
    "{} holds a control character": "{} có ký tự điều khiển",
    "a receipt makes a case": "việc tiếp nhận tự tạo hồ sơ mới",
    "is no Case, id or tracking code: {}":
        "không phải hồ sơ (Case), mã hồ sơ hay mã tra cứu: {}",
    "no reckoned limit runs on {}": "hồ sơ {} không có hạn nào đang chạy",
    "was used for another act, on case {} version {}":
        "đã dùng cho việc khác, ở hồ sơ {} bản {}",
    "version {}, but the deadline was set on {}":
        "lịch phiên bản {}, nhưng hạn đã tính theo phiên bản {}",
    "version none, but the deadline was set on {}":
        "chưa có lịch, mà hạn đã tính theo phiên bản {}",
    # what a desk is made of
    "no store: {}": "không phải kho hồ sơ: {}",
    "no calendars: {}": "không phải các lịch: {}",
    "no clock: {}": "không phải đồng hồ: {}",
    "not an act: {}": "không phải việc: {}",
    "no hours: {}": "không phải giờ làm việc: {}",
    "{}: no calendar: {}": "{}: không phải lịch: {}",
    "{} is named twice": "{} được nêu hai lần",
    "no role: {}": "không có vai trò: {}",
    "not {}: {}": "không phải {}: {}",
    "not an Accused: {}": "không phải Accused: {}",
    "not a datetime: {}": "không phải datetime: {}",
    # rules
    "not a timedelta: {}": "không phải timedelta: {}",
    "{} is no limit": "{} không phải thời hạn",
    "neither a timedelta nor a Term: {}": "không phải timedelta, cũng không phải Term: {}",
    "not a date: {}": "không phải ngày (date): {}",
    "not a number of times: {}": "không phải số lần: {}",
    "not a set: {}": "không phải tập hợp: {}",
    "{} is before {}, when the rules begin": "{} trước ngày quy định có hiệu lực, {}",
    # the table of the lifecycle
    "{} from {} goes another way than its row": "bước {} từ {} đi khác với dòng của nó",
    "{} from {} has a callback": "bước {} từ {} có hàm gọi lại",
    "{} from {} has a condition of its own": "bước {} từ {} có điều kiện riêng",
    "{} was made from a row for {}": "bước {} được tạo từ dòng của bước {}",
    "{}: unknown state {} or {}": "{}: không có trạng thái {} hoặc {}",
    "a transition from {} was not made from a row":
        "một bước chuyển từ {} không được tạo từ dòng nào",
    "state {} has a callback": "trạng thái {} có hàm gọi lại",
    "the machine has a callback: {}": "máy trạng thái có hàm gọi lại: {}",
    "two rows for {} from {} can both pass": "hai dòng của bước {} từ {} cùng có thể được chọn",
}  # fmt: skip
