"""What may be wrong with a term in days or more."""

from phananh.messages.general import LEAVE_OUT
from phananh.messages.message import Message

TERMS: dict[str, Message] = {
    "closing_of_a_day_off": Message(
        "ngày nghỉ không có lúc hết giờ làm việc", "a day off has no closing",
        'dùng "midnight"', 'use "midnight"',
    ),
    "due_before_it_came": Message(
        "việc đến sau khi hết giờ làm việc sẽ hết hạn trước khi đến",
        "what comes after closing would be due before it came",
        'dùng "opening"', 'use "opening"',
    ),
    "received_of_backward_term": Message(
        "thời hạn tính ngược từ một sự kiện sắp đến, chưa nhận gì vào ngày nào",
        "a term that runs back from an event to come has no day of receipt",
        *LEAVE_OUT,
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
}  # fmt: skip
