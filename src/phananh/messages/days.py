"""What is wrong with notices, overrides and a country's public days."""

from phananh.messages.message import Message

DAYS: dict[str, Message] = {
    "blank_document": Message(
        "để trống", "is blank",
        "nêu số văn bản, ví dụ 12729/VPCP-KGVX", "give its number, such as 12729/VPCP-KGVX",
    ),
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
    "no_notice_dated": Message(
        "không văn bản nào có ngày được biết đến",
        "no notice has the date on which it became known",
        "cho biết issued hoặc known_on của các văn bản", "give issued or known_on of the notices",
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
    "public_days_without_history": Message(
        "ngày nghỉ lễ của {name} không cho biết đến ngày nào đã công bố những gì",
        "the public days of {name} do not say what was known when",
        "bổ sung phương thức as_of(day)", "give them a method as_of(day)",
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
}  # fmt: skip
