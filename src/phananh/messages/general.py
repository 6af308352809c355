"""What may be wrong with any value: its type, a slug, a text, a date."""

from phananh.messages.message import Message

GENERAL: dict[str, Message] = {
    "blank": Message(vi="để trống", en="is blank"),
    "blank_id": Message(vi="để trống", en="is blank", way_vi="nêu mã", way_en="give the id"),
    "blank_name": Message(vi="để trống", en="is blank", way_vi="đặt tên", way_en="give it a name"),
    "blank_option": Message(vi="để trống", en="is blank", way_vi="bỏ đi", way_en="leave it out"),
    "datetime_for_date": Message(
        vi="{value} không phải ngày",
        en="{value} is not a date",
        way_vi="dùng .date()",
        way_en="use its .date()",
    ),
    "missing": Message(vi="còn thiếu", en="is missing"),
    "naive_datetime": Message(
        vi="{value} không có múi giờ",
        en="{value} has no offset",
        way_vi='thêm múi giờ: +07:00, hoặc trong Python tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")',
        way_en='add a time zone: +07:00, or tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")',
    ),
    "not_a_boolean": Message(vi="{value} không phải boolean", en="{value} is not a boolean"),
    "not_a_date": Message(
        vi="{value} không phải ngày",
        en="{value} is not a date",
        way_vi="đưa ngày (date), ví dụ date(2025, 12, 24)",
        way_en="give a date, such as date(2025, 12, 24)",
    ),
    "not_a_datetime": Message(
        vi="{value} không phải datetime",
        en="{value} is not a datetime",
        way_vi="đưa datetime có múi giờ, ví dụ "
        'datetime(2026, 3, 4, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))',
        way_en="give an aware datetime, such as "
        'datetime(2026, 3, 4, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))',
    ),
    "not_a_list": Message(
        vi="{value} không phải danh sách",
        en="{value} is not a list",
        way_vi="viết dạng danh sách, kể cả khi chỉ có một",
        way_en="give a list, even of one",
    ),
    "not_a_set": Message(
        vi="{value} không phải tập hợp",
        en="{value} is not a set",
        way_vi="đưa tập hợp (set)",
        way_en="give a set",
    ),
    "not_a_text": Message(vi="{value} không phải văn bản", en="{value} is not a text"),
    "not_a_timedelta": Message(
        vi="{value} không phải timedelta",
        en="{value} is not a timedelta",
        way_vi="dùng timedelta, ví dụ timedelta(hours=5)",
        way_en="use timedelta, such as timedelta(hours=5)",
    ),
    "not_a_whole_number": Message(
        vi="{value} không phải số nguyên", en="{value} is not a whole number"
    ),
    # `kind` is the name of a class, a Python type or a word that both languages use.
    "not_of_kind": Message(vi="{value} không phải {kind}", en="{value} is not a {kind}"),
    "not_of_type": Message(
        vi="{value} không phải {kind}",
        en="{value} is not of type {kind}",
        way_vi="đưa {form}",
        way_en="give {form}",
    ),
    "unknown_language": Message(
        vi="không có {value}",
        en="{value} is unknown",
        way_vi="dùng vi hoặc en",
        way_en="use vi or en",
    ),
    "unknown_value": Message(
        vi="không có {value}",
        en="{value} is unknown",
        way_vi="chọn một trong: {known}",
        way_en="use one of {known}",
    ),
    "unknown_zone": Message(
        vi="không có múi giờ {value}",
        en="{value} is not a known zone",
        way_vi='dùng "Asia/Ho_Chi_Minh"',
        way_en='use "Asia/Ho_Chi_Minh"',
    ),
}
