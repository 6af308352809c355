"""What may be wrong with arrays and columns of instants and amounts."""

from phananh.messages.general import USE_KNOWN
from phananh.messages.message import Message

ARRAYS: dict[str, Message] = {
    "array_masked": Message(
        "mảng có mặt nạ giấu giá trị", "a masked array hides values",
        "dùng {name}.filled(np.datetime64('NaT', 'us')), hoặc timedelta64",
        "use {name}.filled(np.datetime64('NaT', 'us')), or timedelta64",
    ),
    "array_of_type": Message(
        "không hiểu mảng kiểu {type}", "an array of {type} is not understood",
        "dùng {unit} hoặc int64 micro giây", "use {unit} or int64 microseconds",
    ),
    "array_shapes": Message(
        "các mảng cỡ {shapes} không khớp nhau",
        "arrays of the shapes {shapes} do not fit each other",
        "đưa các mảng cùng độ dài, hoặc một giá trị cho tất cả",
        "give arrays of one length, or one value for all",
    ),
    "array_wanted": Message(
        "{type} có múi giờ và chỉ mục, mảng thì không",
        "a {type} has a time zone and an index, and an array has neither",
        "import phananh.pandas và dùng .worktime",
        "import phananh.pandas and use its accessor .worktime",
    ),
    "calendar_of_whom": Message(
        "có nhiều lịch mà chưa nêu lịch nào của ai",
        "several calendars are given, but not which one each value uses",
        "đưa mảng khóa của chúng", "give an array of their keys",
    ),
    "column_index": Message(
        "chỉ mục khác với chỉ mục của các thời điểm",
        "its index differs from that of the instants",
        "đặt chung trong một DataFrame, hoặc dùng {name}.reindex(instants.index)",
        "put them in one DataFrame, or use {name}.reindex(instants.index)",
    ),
    "column_length": Message(
        "{length} giá trị cho {instants} thời điểm", "{length} values for {instants} instants",
        "mỗi thời điểm một giá trị, hoặc một giá trị chung", "give one for each, or one",
    ),
    "column_of_amounts": Message(
        "cột kiểu {type} không phải cột timedelta", "a column of {type} is not one of timedeltas",
        'dùng pd.to_timedelta(column, unit="s"), đúng đơn vị',
        'use pd.to_timedelta(column, unit="s"), with the unit that is meant',
    ),
    "column_of_instants": Message(
        "cột kiểu {type} không phải cột thời điểm", "a column of {type} is not one of instants",
        'dùng pd.to_datetime(column).dt.tz_localize("Asia/Ho_Chi_Minh") cho giờ không kèm '
        "múi giờ, pd.to_datetime(column, utc=True) cho giờ có múi giờ",
        'use pd.to_datetime(column).dt.tz_localize("Asia/Ho_Chi_Minh") for wall-clock '
        "times, pd.to_datetime(column, utc=True) for times with an offset",
    ),
    "column_without_zone": Message(
        "cột không có múi giờ", "the column has no time zone",
        'thêm múi giờ: column.dt.tz_localize("Asia/Ho_Chi_Minh")',
        'add a time zone: column.dt.tz_localize("Asia/Ho_Chi_Minh")',
    ),
    "key_of_no_calendar": Message(
        "{element} là {value}, không phải tên lịch nào",
        "{element} is {value}, which names no calendar",
        *USE_KNOWN,
    ),
    "keys_of_one_calendar": Message(
        "keys chỉ để chọn trong nhiều lịch", "keys only choose among several calendars",
        "đưa ánh xạ từ mỗi khóa đến lịch của khóa đó",
        "give a mapping from each key to its calendar",
    ),
    "keys_unhashable": Message(
        "có giá trị không làm khóa được: {cause}", "contains a value that is no key: {cause}",
        "dùng văn bản hoặc số làm khóa", "use texts or numbers as keys",
    ),
    "nanoseconds": Message(
        "{element} có {rest} ns nhỏ hơn micro giây",
        "{element} has {rest} ns beyond the microsecond",
        "làm tròn đến micro giây trước", "round to microseconds first",
    ),
    "not_a_column": Message(
        "{value} không phải cột", "{value} is not a column",
        "đưa Series", "give a Series",
    ),
    "not_a_column_or_datetime": Message(
        "{value} không phải datetime", "{value} is not a datetime",
        "đưa Series, hoặc một datetime", "give a Series, or one datetime",
    ),
    "not_amounts": Message(
        "{value} không phải timedelta", "{value} is not a timedelta",
        "dùng timedelta, hoặc mảng timedelta64 hay int64 micro giây",
        "use timedelta, or an array of timedelta64 or int64 microseconds",
    ),
    "not_amounts_of_a_column": Message(
        "{value} không phải timedelta", "{value} is not a timedelta",
        'dùng timedelta, hoặc pd.to_timedelta(column, unit="s"), đúng đơn vị',
        'use timedelta, or pd.to_timedelta(column, unit="s"), with the unit that is meant',
    ),
    "not_a_calendar_or_mapping": Message(
        "{value} không phải WorkCalendar, cũng không phải ánh xạ đến WorkCalendar",
        "{value} is neither a WorkCalendar nor a mapping to WorkCalendars",
        'đưa lịch, ví dụ vietnam_calendar("A"), hoặc ánh xạ từ khóa đến lịch',
        'give a calendar, such as vietnam_calendar("A"), or a mapping from keys to calendars',
    ),
}  # fmt: skip
