"""What is wrong with notices, overrides and a country's public days."""

from phananh.messages.message import Message

DAYS: dict[str, Message] = {
    "blank_document": Message(
        vi="để trống", en="is blank",
        way_vi="nêu số văn bản, ví dụ 12729/VPCP-KGVX",
        way_en="give its number, such as 12729/VPCP-KGVX",
    ),
    "date_given_twice": Message(
        vi="{document} nêu một ngày hai lần", en="{document} names one date twice"
    ),
    "day_off_with_sessions": Message(
        vi="{day} là ngày nghỉ mà lại có buổi làm việc", en="{day} is off, yet has sessions",
        way_vi='dùng "hours"', way_en='use "hours"',
    ),
    "day_outside": Message(
        vi="{day} nằm ngoài khoảng lịch có, {first} đến {last}",
        en="{day} lies outside the days covered, {first} to {last}",
        way_vi="xem lại năm", way_en="check the year",
    ),
    "day_without_sessions": Message(
        vi="{day} có giờ riêng nhưng chưa nêu giờ nào",
        en="{day} has hours of its own, but none are given",
        way_vi='ngày nghỉ thì dùng "off"', way_en='for a closed day use "off"',
    ),
    "known_too_far": Message(
        vi="{day} cách ngày ban hành {issued} hơn hai năm",
        en="{day} is more than two years after {issued}, when it was issued",
        way_vi="xem lại cả hai năm", way_en="check both years",
    ),
    "nothing_known_yet": Message(
        vi="{day} trước văn bản đầu tiên có ở đây, ngày {first}",
        en="{day} is before the first notice that is known here, of {first}",
        way_vi="hỏi một ngày muộn hơn", way_en="ask for a later day",
    ),
    "notice_day_outside": Message(
        vi="{document}: {day} nằm ngoài khoảng lịch có, {first} đến {last}",
        en="{document}: {day} lies outside the days covered, {first} to {last}",
        way_vi="xem lại năm", way_en="check the year",
    ),
    "notices_disagree": Message(
        vi="{document} và {other}, cùng ban hành {issued}, quy định khác nhau về ngày {day}",
        en="{document} and {other}, both issued {issued}, disagree about {day}",
        way_vi="loại văn bản không còn hiệu lực",
        way_en="leave out the one that does not hold",
    ),
    "public_days_without_history": Message(
        vi="ngày nghỉ lễ của {name} không cho biết đến ngày nào đã công bố những gì",
        en="the public days of {name} do not say what was known when",
        way_vi="bổ sung phương thức as_of(day)", way_en="give them a method as_of(day)",
    ),
    "no_public_days": Message(
        vi="{value} không có ngày nghỉ lễ", en="{value} has no public days",
        way_vi="đưa VietnamDays(), hoặc None", way_en="give VietnamDays(), or None",
    ),
    "swapped_with_itself": Message(
        vi="{day} hoán đổi với chính ngày đó", en="{day} is swapped with itself",
        way_vi="nêu ngày kia", way_en="name the other day",
    ),
    "two_overrides": Message(
        vi="ngày {day} có hai quy định riêng", en="two overrides for {day}",
        way_vi="chỉ nêu ngày đó một lần", way_en="give the day once",
    ),
}  # fmt: skip
