"""What is wrong with sessions, hours and what is put together of them, and with a calendar."""

from phananh.messages.message import Message

_SESSION_VI = (
    'viết "07:30-11:30", hoặc "22:00-06:00" cho ca đêm; 24:00 chỉ dùng làm giờ đóng, và '
    '"07:00-07:00+1" là cả ngày'
)
_SESSION_EN = (
    'write "07:30-11:30", or "22:00-06:00" for a night; 24:00 is allowed only as a closing, and '
    '"07:00-07:00+1" is a whole day'
)
_RECURS_VI = "cho lịch ít nhất một buổi làm việc lặp lại"
_RECURS_EN = "give the calendar at least one session that recurs"
_CALENDAR_DAYS_VI = "đưa bộ giờ, văn bản và ngày riêng vào từng lịch trước khi ghép"
_CALENDAR_DAYS_EN = "give timetables, notices and overrides to the calendars before joining them"

HOURS: dict[str, Message] = {
    # sessions, weekdays, seasons
    "not_a_session": Message(
        vi="{value} không phải buổi làm việc", en="{value} is not a session",
        way_vi=_SESSION_VI, way_en=_SESSION_EN,
    ),
    "not_a_list_of_sessions": Message(
        vi="{value} không phải danh sách", en="{value} is not a list",
        way_vi=_SESSION_VI, way_en=_SESSION_EN,
    ),
    "not_an_offset": Message(
        vi="{value} không phải timedelta", en="{value} is not a timedelta",
        way_vi='dùng Session.parse("07:30-11:30")', way_en='use Session.parse("07:30-11:30")',
    ),
    "opens_outside_its_day": Message(
        vi="mở ngoài ngày của buổi: {value}", en="opens outside its day: {value}"
    ),
    "opens_at_24": Message(
        vi="{value} mở lúc 24:00", en="{value} opens at 24:00",
        way_vi=_SESSION_VI, way_en=_SESSION_EN,
    ),
    "session_too_long": Message(
        vi="{value} rỗng hoặc dài hơn một ngày", en="{value} is empty or longer than a day",
        way_vi="cả ngày là 00:00-24:00", way_en="a whole day is 00:00-24:00",
    ),
    "sessions_overlap": Message(
        vi="các buổi chồng nhau: {first} và {second}", en="sessions overlap: {first} and {second}"
    ),
    "nights_overlap": Message(
        vi="các buổi chồng nhau qua nửa đêm: {first} ngày {day} lấn vào {second} ngày {next_day}",
        en="sessions overlap across midnight: {first} on {day} runs into {second} on {next_day}",
    ),
    "not_a_list_of_weekdays": Message(
        vi="{value} không phải danh sách", en="{value} is not a list",
        way_vi='viết "mon-fri"', way_en='write "mon-fri"',
    ),
    "not_a_weekday": Message(
        vi="{value} không phải thứ trong tuần", en="{value} is not a weekday",
        way_vi="viết {known} hoặc mon-fri", way_en="use {known} or mon-fri",
    ),
    "not_a_season": Message(
        vi="{value} không phải ngày đầu và ngày cuối", en="{value} is not a first and a last day",
        way_vi='viết ("10-16", "04-15")', way_en='write ("10-16", "04-15")',
    ),
    "not_a_day_of_year": Message(
        vi="{value} không phải ngày trong năm", en="{value} is not a day of the year",
        way_vi='viết "10-16"', way_en='write "10-16"',
    ),
    "ends_before_it_begins": Message(
        vi="kết thúc ngày {last}, trước khi bắt đầu ngày {first}",
        en="ends on {last}, before it begins on {first}",
    ),
    "two_hours_for_a_day": Message(
        vi="hai bộ giờ, thứ {first} và {second}, cho {day}: {hours} và {others}",
        en="two sets of hours, number {first} and {second}, for {day}: {hours} and {others}",
        way_vi="cho chúng khác thứ, khác mùa hoặc khác ngày",
        way_en="give them different weekdays, seasons or dates",
    ),
    # instants and what is put together
    "ends_before_it_starts": Message(
        vi="kết thúc lúc {end}, trước khi bắt đầu: {start}",
        en="ends at {end}, before it starts: {start}",
    ),
    "not_a_calendar": Message(
        vi="{value} không phải WorkCalendar", en="{value} is not a WorkCalendar",
        way_vi='đưa lịch, ví dụ vietnam_calendar("A")',
        way_en='give a calendar, such as vietnam_calendar("A")',
    ),
    "not_a_span": Message(
        vi="{value} không phải Span", en="{value} is not a Span",
        way_vi="đưa Span(start, end)", way_en="give Span(start, end)",
    ),
    "too_few_parts": Message(
        vi="phép {op} của {count} phần", en="{op} of {count} part",
        way_vi="nêu từ hai phần trở lên", way_en="give two or more",
    ),
    "instants_alone": Message(
        vi="chỉ có các khoảng thời điểm thì chưa thành bộ giờ",
        en="instants alone are no timetable",
        way_vi="thêm một Timetable vào đó", way_en="put a Timetable among them",
    ),
    "not_working_time": Message(
        vi="{value} không phải giờ làm việc", en="{value} is no working time",
        way_vi="đưa Timetable, WorkCalendar, Span hoặc danh sách Span",
        way_en="give a Timetable, a WorkCalendar, a Span or a list of Spans",
    ),
    "timetables_beside_calendars": Message(
        vi="các lịch trong đó ({names}) đã có ngày riêng, không nhận thêm bộ giờ bên cạnh",
        en="its calendars ({names}) have their own days, and take no timetables beside them",
        way_vi=_CALENDAR_DAYS_VI, way_en=_CALENDAR_DAYS_EN,
    ),
    "days_beside_calendars": Message(
        vi="các lịch trong đó ({names}) đã có ngày riêng, không nhận thêm văn bản hay ngày riêng "
        "bên cạnh",
        en="its calendars ({names}) have their own days, and take no notices or overrides beside "
        "them",
        way_vi=_CALENDAR_DAYS_VI, way_en=_CALENDAR_DAYS_EN,
    ),
    # a calendar that never opens
    "never_opens": Message(
        vi="lịch không có giờ làm việc nào", en="the calendar never opens",
        way_vi=_RECURS_VI, way_en=_RECURS_EN,
    ),
    "nothing_left": Message(
        vi="phép {op} không để lại giờ làm việc nào",
        en="nothing is left of the {op}: it never opens",
        way_vi=_RECURS_VI, way_en=_RECURS_EN,
    ),
    "no_time_left_after": Message(
        vi="lịch {calendar} không còn giờ làm việc nào sau {day}",
        en="calendar {calendar} has no working time left after {day}",
        way_vi="dùng giờ làm việc có hiệu lực sau ngày đó",
        way_en="use hours that hold after that day",
    ),
    "no_time_left_before": Message(
        vi="lịch {calendar} không có giờ làm việc nào trước {day}",
        en="calendar {calendar} has no working time left before {day}",
        way_vi="dùng giờ làm việc có hiệu lực trước ngày đó",
        way_en="use hours that hold before that day",
    ),
    # why a day is not covered
    "beyond_notices": Message(
        vi="hạn ở sau ngày cuối của lịch chính thức",
        en="due beyond the last official notice",
    ),
    "not_settled": Message(vi="chưa chính thức: {document}", en="not settled: {document}"),
    "covered_until": Message(
        vi="tính từ {start} thì lịch hết ở đó", en="counted from {start}, it ends there"
    ),
    "budget_beyond": Message(
        vi="{budget} tính từ {start} kết thúc ngoài lịch",
        en="{budget} counted from {start} ends beyond",
    ),
    "term_beyond": Message(vi="thời hạn kết thúc sau đó", en="the term ends beyond"),
}  # fmt: skip
