"""What may be wrong with a calendar, a term, or arrays of instants and amounts."""

from phananh.messages.general import LEAVE_OUT
from phananh.messages.message import Message, in_english

_SESSION_VI = (
    'viết "07:30-11:30", hoặc "22:00-06:00" cho ca đêm; 24:00 chỉ dùng làm giờ đóng, và '
    '"07:00-07:00+1" là cả ngày'
)

_SESSION_EN = (
    'write "07:30-11:30", or "22:00-06:00" for a night. 24:00 is allowed only as a closing, and '
    '"07:00-07:00+1" is a whole day'
)

_RECURS_VI = "cho lịch ít nhất một buổi làm việc lặp lại"

_RECURS_EN = "give the calendar at least one session that recurs"

_CALENDAR_DAYS_VI = "đưa bộ giờ, văn bản và ngày riêng vào từng lịch trước khi ghép"

_CALENDAR_DAYS_EN = "give timetables, notices and overrides to the calendars before joining them"

CALENDARS: dict[str, Message] = {
    # hours
    # sessions, weekdays, seasons
    "not_a_session": Message(
        "{value} không phải buổi làm việc", "{value} is not a session",
        _SESSION_VI, _SESSION_EN,
    ),
    "not_a_list_of_sessions": Message(
        "{value} không phải danh sách", "{value} is not a list",
        _SESSION_VI, _SESSION_EN,
    ),
    "not_an_offset": Message(
        "{value} không phải timedelta", "{value} is not a timedelta",
        'dùng Session.parse("07:30-11:30")', 'use Session.parse("07:30-11:30")',
    ),
    "opens_outside_its_day": Message(
        "mở ngoài ngày của buổi: {value}", "opens outside its day: {value}",
    ),
    "opens_at_24": Message(
        "{value} mở lúc 24:00", "{value} opens at 24:00",
        _SESSION_VI, _SESSION_EN,
    ),
    "session_too_long": Message(
        "{value} rỗng hoặc dài hơn một ngày", "{value} is empty or longer than a day",
        "cả ngày là 00:00-24:00", "a whole day is 00:00-24:00",
    ),
    "sessions_overlap": Message(
        "các buổi chồng nhau: {first} và {second}", "sessions overlap: {first} and {second}",
    ),
    "nights_overlap": Message(
        "các buổi chồng nhau qua nửa đêm: {first} ngày {day} lấn vào {second} ngày {next_day}",
        "sessions overlap across midnight: {first} on {day} runs into {second} on {next_day}",
    ),
    "not_a_list_of_weekdays": Message(
        "{value} không phải danh sách", "{value} is not a list",
        'viết "mon-fri"', 'write "mon-fri"',
    ),
    "not_a_weekday": Message(
        "{value} không phải thứ trong tuần", "{value} is not a weekday",
        "viết {known} hoặc mon-fri", "use {known} or mon-fri",
    ),
    "not_a_season": Message(
        "{value} không phải ngày đầu và ngày cuối", "{value} is not a first and a last day",
        'viết ("10-16", "04-15")', 'write ("10-16", "04-15")',
    ),
    "not_a_day_of_year": Message(
        "{value} không phải ngày trong năm", "{value} is not a day of the year",
        'viết "10-16"', 'write "10-16"',
    ),
    "ends_before_it_begins": Message(
        "kết thúc ngày {last}, trước khi bắt đầu ngày {first}",
        "ends on {last}, before it begins on {first}",
    ),
    "leap_day_left_out": Message(
        "{day} không có giờ: mùa này kết thúc 02-28, mùa kia bắt đầu 03-01",
        "{day} has no hours: one season ends on 02-28, the other begins on 03-01",
        'ghi "02-29" làm ngày cuối mùa', 'give "02-29" as the last day of the season',
    ),
    "two_hours_for_a_day": Message(
        "hai bộ giờ, thứ {first} và {second}, cho {day}: {hours} và {others}",
        "two sets of hours, number {first} and {second}, for {day}: {hours} and {others}",
        "cho chúng khác thứ, khác mùa hoặc khác ngày",
        "give them different weekdays, seasons or dates",
    ),
    "too_long_to_explain": Message(
        "cần {days} ngày; giải thích từng bước nhiều nhất {most} ngày",
        "takes {days} days, and each step is explained for at most {most} days",
        "hỏi riêng hạn bằng add, hoặc chia nhỏ thời hạn",
        "ask for the due time alone with add, or explain a part of it",
    ),
    # instants and what is put together
    "ends_before_it_starts": Message(
        "kết thúc lúc {end}, trước khi bắt đầu: {start}",
        "ends at {end}, before it starts: {start}",
    ),
    "not_a_calendar": Message(
        "{value} không phải WorkCalendar", "{value} is not a WorkCalendar",
        'đưa lịch, ví dụ vietnam_calendar("A")', 'give a calendar, such as vietnam_calendar("A")',
    ),
    "not_a_span": Message(
        "{value} không phải Span", "{value} is not a Span",
        "đưa Span(start, end)", "give Span(start, end)",
    ),
    "too_few_parts": Message(
        "phép {op} của {count} phần", "{op} of {count} part",
        "nêu từ hai phần trở lên", "give two or more",
    ),
    "instants_alone": Message(
        "chỉ có các khoảng thời điểm thì chưa thành bộ giờ", "instants alone are not a timetable",
        "thêm một Timetable vào đó", "add a Timetable to them",
    ),
    "not_working_time": Message(
        "{value} không phải giờ làm việc", "{value} is not working time",
        "đưa Timetable, WorkCalendar, Span hoặc danh sách Span",
        "give a Timetable, a WorkCalendar, a Span or a list of Spans",
    ),
    "timetables_beside_calendars": Message(
        "các lịch trong đó ({names}) đã có ngày riêng, không nhận thêm bộ giờ bên cạnh",
        "its calendars ({names}) have their own days, and cannot be joined with timetables",
        _CALENDAR_DAYS_VI, _CALENDAR_DAYS_EN,
    ),
    # a calendar without working time
    "never_opens": Message(
        "lịch không có giờ làm việc nào", "the calendar has no working time",
        _RECURS_VI, _RECURS_EN,
    ),
    "nothing_left": Message(
        "phép {op} không để lại giờ làm việc nào", "the {op} leaves no working time",
        _RECURS_VI, _RECURS_EN,
    ),
    "no_time_left_after": Message(
        "lịch {calendar} không còn giờ làm việc nào sau {day}",
        "calendar {calendar} has no working time left after {day}",
        "dùng giờ làm việc có hiệu lực sau ngày đó", "use hours that apply after that day",
    ),
    "no_time_left_before": Message(
        "lịch {calendar} không có giờ làm việc nào trước {day}",
        "calendar {calendar} has no working time left before {day}",
        "dùng giờ làm việc có hiệu lực trước ngày đó", "use hours that apply before that day",
    ),
    # why a day is not covered
    "before_notices": Message(
        "ngày nghỉ thời gian này chưa được đối chiếu với văn bản",
        "the days off of that time were not checked against notices",
    ),
    "beyond_notices": Message(
        "lịch nghỉ chỉ được công bố đến {through}", "holidays are known only through {through}",
        "thêm văn bản bằng `with_notices`", "add the notice with `with_notices`",
    ),
    "not_settled": Message("chưa chính thức: {document}", "not settled: {document}"),
    "covered_until": Message(
        "tính từ {start} thì lịch hết ở đó", "counted from {start}, it ends there",
    ),
    "budget_beyond": Message(
        "{budget} tính từ {start} kết thúc ngoài lịch", "{budget} counted from {start} ends beyond",
    ),
    # working days of a month
    "term_beyond": Message("thời hạn kết thúc sau đó", "the term ends beyond"),
    # days
    "date_given_twice": Message(
        "{document} nêu một ngày hai lần", "{document} names one date twice",
        "mỗi ngày chỉ nêu một lần", "name each date once",
    ),
    "day_off_with_sessions": Message(
        "{day} là ngày nghỉ mà lại có buổi làm việc", "{day} is off, but has sessions",
        'dùng "hours"', 'use "hours"',
    ),
    "day_outside": Message(
        "{day} nằm ngoài khoảng lịch có, {first} đến {last}",
        "{day} is outside the days covered, {first} to {last}",
        "xem lại năm", "check the year",
    ),
    "day_without_sessions": Message(
        "{day} có giờ riêng nhưng chưa nêu giờ nào",
        "{day} has hours of its own, but none are given",
        'ngày nghỉ thì dùng "off"', 'for a closed day use "off"',
    ),
    "known_too_far": Message(
        "{day} cách ngày ban hành {issued} hơn hai năm",
        "{day} is more than two years after {issued}, when it was issued",
        "xem lại cả hai năm", "check both years",
    ),
    "nothing_known_yet": Message(
        "{day} trước văn bản đầu tiên có ở đây, ngày {first}",
        "{day} is before the first notice that is known here, of {first}",
        "hỏi một ngày muộn hơn", "ask for a later day",
    ),
    "notice_day_outside": Message(
        "{document}: {day} nằm ngoài khoảng lịch có, {first} đến {last}",
        "{document}: {day} is outside the days covered, {first} to {last}",
        "xem lại năm", "check the year",
    ),
    "notices_disagree": Message(
        "{document} và {other}, cùng ban hành {issued}, quy định khác nhau về ngày {day}",
        "{document} and {other}, both issued {issued}, disagree about {day}",
        "loại văn bản không còn hiệu lực", "leave out the one that no longer applies",
    ),
    "no_public_days": Message(
        "{value} không có ngày nghỉ lễ", "{value} has no public days",
        "đưa VietnamDays(), hoặc None và ghi các ngày nghỉ vào overrides",
        "give VietnamDays(), or None and your days off as overrides",
    ),
    "swapped_with_itself": Message(
        "{day} hoán đổi với chính ngày đó", "{day} is swapped with itself",
        "nêu ngày kia", "name the other day",
    ),
    "two_overrides": Message(
        "ngày {day} có hai quy định riêng", "two overrides for {day}",
        "chỉ nêu ngày đó một lần", "give the day once",
    ),
    # terms
    "closing_of_a_day_off": Message(
        "ngày nghỉ không có lúc hết giờ làm việc", "a day off has no closing",
        'dùng "midnight"', 'use "midnight"',
    ),
    "due_before_it_came": Message(
        "việc đến sau khi hết giờ làm việc sẽ hết hạn trước khi đến",
        "what comes after closing would be due before it came",
        'dùng "opening"', 'use "opening"',
    ),
    "keys_of_no_term": Message(
        "các khóa {value}", "keys {value}",
        "cần count và unit, và bất kỳ trong: {known}", "count and unit, and any of {known}",
    ),
    "never_rolls": Message(
        "ngày làm việc cuối của thời hạn không bao giờ là ngày nghỉ",
        "the last working day of a term is not a day off",
        *LEAVE_OUT,
    ),
    "not_a_start": Message(
        "{value} không phải datetime, cũng không phải date",
        "{value} is neither a datetime nor a date",
        "đưa datetime có múi giờ, hoặc ngày (date) của sự kiện",
        "give an aware datetime, or the date of the event",
    ),
    "not_a_term": Message(
        "{value} không phải thời hạn", "{value} is not a term",
        'viết "5 ngày làm việc", "10 ngày", "2 tuần", "3 tháng", "1 năm", '
        "hoặc 5wd, 10d, 2w, 3mo, 1y",
        'write "5 working days", "10 days", "2 weeks", "3 months", "1 year", '
        "or 5wd, 10d, 2w, 3mo, 1y",
    ),
    "term_as_budget": Message(
        "{value} không phải timedelta", "{value} is not a timedelta",
        "tính trên lịch: term.due(start, on=calendar)",
        "count it on a calendar: term.due(start, on=calendar)",
    ),
    "term_below_one": Message(
        "{value} không thành thời hạn", "{value} is not a term",
        "dùng số từ 1 trở lên", "use 1 or more",
    ),
    "two_numbers": Message(
        "{value} viết {count} bằng số mà {words} bằng chữ",
        "{value} says {count} in figures and {words} in words",
        "chỉ viết số đúng", "write only the one that you mean",
    ),
    "unknown_receipt": Message(
        "không có {value}", "{value} is unknown",
        "dùng date, opening, hoặc datetime.time mà sau đó là quá muộn trong ngày",
        "use date, opening, or a datetime.time after which it is too late for the day",
    ),
    "zoned_time": Message(
        "{value} có múi giờ; giờ này tính theo đồng hồ của cơ quan",
        "{value} has a time zone, but is read on the office's clock",
        "bỏ tzinfo", "leave out tzinfo",
    ),
    # arrays
    "array_masked": in_english(
        "a masked array hides values",
        "use {name}.filled(np.datetime64('NaT', 'us')), or timedelta64",
    ),
    "array_of_type": in_english(
        "an array of {type} is not understood",
        "use {unit} or int64 microseconds",
    ),
    "array_shapes": in_english(
        "arrays of the shapes {shapes} do not fit each other",
        "give arrays of one length, or one value for all",
    ),
    "column_index": in_english(
        "its index differs from that of the instants",
        "put them in one DataFrame, or use {name}.reindex(instants.index)",
    ),
    "column_length": in_english(
        "{length} values for {instants} instants",
        "give one for each, or one",
    ),
    "column_of_amounts": in_english(
        "a column of {type} is not one of timedeltas",
        'use pd.to_timedelta(column, unit="s"), with the unit that is meant',
    ),
    "column_of_instants": in_english(
        "a column of {type} is not one of instants",
        'use pd.to_datetime(column).dt.tz_localize("Asia/Ho_Chi_Minh") for wall-clock '
        "times, pd.to_datetime(column, utc=True) for times with an offset",
    ),
    "column_without_zone": in_english(
        "the column has no time zone",
        'add a time zone: column.dt.tz_localize("Asia/Ho_Chi_Minh")',
    ),
    "nanoseconds": in_english(
        "{element} has {rest} ns beyond the microsecond",
        "round to microseconds first",
    ),
    "not_a_column": in_english(
        "{value} is not a column",
        "give a Series",
    ),
    "not_a_column_or_datetime": in_english(
        "{value} is not a datetime",
        "give a Series, or one datetime",
    ),
    "not_amounts": in_english(
        "{value} is not a timedelta",
        "use timedelta, or an array of timedelta64 or int64 microseconds",
    ),
    "not_amounts_of_a_column": in_english(
        "{value} is not a timedelta",
        'use timedelta, or pd.to_timedelta(column, unit="s"), with the unit that is meant',
    ),
    # explanations
    "negative_budget": Message(
        "{value} là số âm; hạn chỉ tính về sau", "{value} is negative, and a limit runs forward",
        "dùng subtract", "use subtract",
    ),
}  # fmt: skip
