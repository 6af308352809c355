"""What may be wrong with a term in days or more."""

from phananh.messages.message import Message

TERMS: dict[str, Message] = {
    "closing_of_a_day_off": Message(
        vi="ngày nghỉ không có lúc hết giờ làm việc",
        en="a day off has no closing",
        way_vi='dùng "midnight"',
        way_en='use "midnight"',
    ),
    "due_before_it_came": Message(
        vi="việc đến sau khi hết giờ làm việc sẽ hết hạn trước khi đến",
        en="what comes after closing would be due before it came",
        way_vi='dùng "opening"',
        way_en='use "opening"',
    ),
    "keys_of_no_term": Message(
        vi="các khóa {value}",
        en="keys {value}",
        way_vi="cần count và unit, và bất kỳ trong: {known}",
        way_en="count and unit, and any of {known}",
    ),
    "never_rolls": Message(
        vi="ngày làm việc cuối của thời hạn không bao giờ là ngày nghỉ",
        en="the last working day of a term is never a day off",
        way_vi="bỏ đi",
        way_en="leave it out",
    ),
    "not_a_start": Message(
        vi="{value} không phải datetime, cũng không phải date",
        en="{value} is neither a datetime nor a date",
        way_vi="đưa datetime có múi giờ, hoặc ngày (date) của sự kiện",
        way_en="give an aware datetime, or the date of the event",
    ),
    "not_a_term": Message(
        vi="{value} không phải thời hạn",
        en="{value} is not a term",
        way_vi='viết "5 ngày làm việc", "10 ngày", "2 tuần", "3 tháng", "1 năm", '
        "hoặc 5wd, 10d, 2w, 3mo, 1y",
        way_en='write "5 working days", "10 days", "2 weeks", "3 months", "1 year", '
        "or 5wd, 10d, 2w, 3mo, 1y",
    ),
    "term_as_budget": Message(
        vi="{value} không phải timedelta",
        en="{value} is not a timedelta",
        way_vi="tính trên lịch: term.due(start, on=calendar)",
        way_en="count it on a calendar: term.due(start, on=calendar)",
    ),
    "term_below_one": Message(
        vi="{value} không thành thời hạn",
        en="{value} is no term",
        way_vi="dùng số từ 1 trở lên",
        way_en="use 1 or more",
    ),
    "two_numbers": Message(
        vi="{value} viết {count} bằng số mà {words} bằng chữ",
        en="{value} says {count} in figures and {words} in words",
        way_vi="chỉ viết số đúng",
        way_en="write the one that is meant",
    ),
    "unknown_receipt": Message(
        vi="không có {value}",
        en="{value} is unknown",
        way_vi="dùng date, opening, hoặc datetime.time mà sau đó là quá muộn trong ngày",
        way_en="use date, opening, or a datetime.time after which it is too late for the day",
    ),
    "zoned_time": Message(
        vi="{value} có múi giờ; giờ này tính theo đồng hồ của cơ quan",
        en="{value} has a zone; it is read on the office's clock",
        way_vi="bỏ tzinfo",
        way_en="leave out tzinfo",
    ),
}
