"""What may be wrong with arrays and columns of instants and amounts."""

from phananh.messages.message import Message

ARRAYS: dict[str, Message] = {
    "array_masked": Message(
        vi="mảng có mặt nạ giấu giá trị",
        en="a masked array hides values",
        way_vi="dùng {name}.filled(np.datetime64('NaT', 'us')), hoặc timedelta64",
        way_en="use {name}.filled(np.datetime64('NaT', 'us')), or timedelta64",
    ),
    "array_of_type": Message(
        vi="không hiểu mảng kiểu {type}",
        en="an array of {type} is not understood",
        way_vi="dùng {unit} hoặc int64 micro giây",
        way_en="use {unit} or int64 microseconds",
    ),
    "array_shapes": Message(
        vi="các mảng cỡ {shapes} không khớp nhau",
        en="arrays of the shapes {shapes} do not fit each other",
        way_vi="đưa các mảng cùng độ dài, hoặc một giá trị cho tất cả",
        way_en="give arrays of one length, or one value for all",
    ),
    "array_wanted": Message(
        vi="{type} có múi giờ và chỉ mục, mảng thì không",
        en="a {type} has a zone and an index, which an array has not",
        way_vi="import phananh.pandas và dùng .worktime",
        way_en="import phananh.pandas and use its accessor .worktime",
    ),
    "calendar_of_whom": Message(
        vi="có nhiều lịch mà chưa nêu lịch nào của ai",
        en="several calendars are given, but not which is whose",
        way_vi="đưa mảng khóa của chúng",
        way_en="give an array of their keys",
    ),
    "column_index": Message(
        vi="chỉ mục khác với chỉ mục của các thời điểm",
        en="its index is another than that of the instants",
        way_vi="đặt chung trong một DataFrame, hoặc dùng {name}.reindex(instants.index)",
        way_en="put them in one DataFrame, or use {name}.reindex(instants.index)",
    ),
    "column_length": Message(
        vi="{length} giá trị cho {instants} thời điểm",
        en="{length} values for {instants} instants",
        way_vi="mỗi thời điểm một giá trị, hoặc một giá trị chung",
        way_en="give one for each, or one",
    ),
    "column_of_amounts": Message(
        vi="cột kiểu {type} không phải cột timedelta",
        en="a column of {type} is not one of timedeltas",
        way_vi='dùng pd.to_timedelta(column, unit="s"), đúng đơn vị',
        way_en='use pd.to_timedelta(column, unit="s"), with the unit that is meant',
    ),
    "column_of_instants": Message(
        vi="cột kiểu {type} không phải cột thời điểm",
        en="a column of {type} is not one of instants",
        way_vi='dùng pd.to_datetime(column).dt.tz_localize("Asia/Ho_Chi_Minh") cho giờ không kèm '
        "múi giờ, pd.to_datetime(column, utc=True) cho giờ có múi giờ",
        way_en='use pd.to_datetime(column).dt.tz_localize("Asia/Ho_Chi_Minh") for wall-clock '
        "times, pd.to_datetime(column, utc=True) for times with an offset",
    ),
    "column_without_zone": Message(
        vi="cột không có múi giờ",
        en="a column without a zone",
        way_vi='thêm múi giờ: column.dt.tz_localize("Asia/Ho_Chi_Minh")',
        way_en='add a time zone: column.dt.tz_localize("Asia/Ho_Chi_Minh")',
    ),
    "finer_than_microseconds": Message(
        vi="{value} có nano giây, nhỏ hơn micro giây",
        en="{value} has nanoseconds beyond the microsecond",
        way_vi="làm tròn đến micro giây trước",
        way_en="round to microseconds first",
    ),
    "key_of_no_calendar": Message(
        vi="{element} là {value}, không phải tên lịch nào",
        en="{element} is {value}, which names no calendar",
        way_vi="dùng {known}",
        way_en="use {known}",
    ),
    "keys_of_one_calendar": Message(
        vi="keys chỉ để chọn trong nhiều lịch",
        en="keys choose among several",
        way_vi="đưa ánh xạ từ mỗi khóa đến lịch của khóa đó",
        way_en="give a mapping from each key to its calendar",
    ),
    "keys_unhashable": Message(
        vi="có giá trị không làm khóa được: {cause}", en="holds what can be no key: {cause}"
    ),
    "nanoseconds": Message(
        vi="{element} có {rest} ns nhỏ hơn micro giây",
        en="{element} has {rest} ns beyond the microsecond",
        way_vi="làm tròn đến micro giây trước",
        way_en="round to microseconds first",
    ),
    "not_a_column": Message(
        vi="{value} không phải cột",
        en="{value} is no column",
        way_vi="đưa Series",
        way_en="give a Series",
    ),
    "not_a_column_or_datetime": Message(
        vi="{value} không phải datetime",
        en="{value} is not a datetime",
        way_vi="đưa Series, hoặc một datetime",
        way_en="give a Series, or one datetime",
    ),
    "not_amounts": Message(
        vi="{value} không phải timedelta",
        en="{value} is not a timedelta",
        way_vi="dùng timedelta, hoặc mảng timedelta64 hay int64 micro giây",
        way_en="use timedelta, or an array of timedelta64 or int64 microseconds",
    ),
    "not_amounts_of_a_column": Message(
        vi="{value} không phải timedelta",
        en="{value} is not a timedelta",
        way_vi='dùng timedelta, hoặc pd.to_timedelta(column, unit="s"), đúng đơn vị',
        way_en='use timedelta, or pd.to_timedelta(column, unit="s"), with the unit that is meant',
    ),
    "not_a_calendar_or_mapping": Message(
        vi="{value} không phải WorkCalendar, cũng không phải ánh xạ đến WorkCalendar",
        en="{value} is not a WorkCalendar, nor a mapping to some",
    ),
}
