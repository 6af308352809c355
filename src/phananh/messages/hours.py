"""What is wrong with sessions, hours and combinations of them, and with a calendar."""

from phananh.messages.message import Message

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

HOURS: dict[str, Message] = {
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
    "too_many_sessions": Message(
        "một ngày có {length} buổi làm việc; tính được nhiều nhất {most}",
        "{length} sessions on one day, but at most {most} can be counted",
        "gộp các buổi liền nhau", "join those that touch",
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
    "no_such_month": Message("không có tháng {value}", "there is no month {value}"),
    "no_such_working_day": Message(
        "tháng {month} có {number} ngày làm việc, không có ngày thứ {value}",
        "{month} has {number} working days, so no number {value}",
        "dùng 1 cho ngày đầu, -1 cho ngày cuối", "use 1 for the first, -1 for the last",
    ),
    "term_beyond": Message("thời hạn kết thúc sau đó", "the term ends beyond"),
}  # fmt: skip
