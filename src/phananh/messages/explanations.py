"""What an explanation says about a deadline, in Vietnamese and English, by code (Art. 9)."""

from phananh.messages.message import Message

# The lines of an explanation.
EXPLANATION: dict[str, tuple[str, str]] = {
    "moment": ("{time} {weekday} {day}", "{weekday} {day} {time}"),
    "due": (
        "Hạn: {due}. Thời hạn {budget}, chỉ tính giờ làm việc.",
        "Due: {due}. Time allowed: {budget}, working hours only.",
    ),
    "first_due": (
        "Hạn ban đầu: {due}. Thời hạn {budget}, chỉ tính giờ làm việc.",
        "First due: {due}. Time allowed: {budget}, working hours only.",
    ),
    "open": (
        "Nhận lúc {start}, trong giờ làm việc ({hours}).",
        "Received {start}, during working hours ({hours}).",
    ),
    "shut": (
        "Nhận lúc {start}, {why}; tính từ {opening}.",
        "Received {start}, {why}, so counted from {opening}.",
    ),
    "zero": (
        "Nhận lúc {start}; không có thời hạn nào để tính, đến hạn ngay.",
        "Received {start}. No time is allowed, so it is due at once.",
    ),
    "same_day": ("{time} cùng ngày", "{time} the same day"),
    "day_off": ("vào ngày nghỉ", "on a day off"),
    "early": ("trước giờ làm việc", "before working hours"),
    "late": ("sau giờ làm việc", "after working hours"),
    "between": ("giữa hai buổi làm việc", "between two sessions"),
    "lunch": ("trong giờ nghỉ trưa", "at lunch"),
    "span": (
        "{from_day}, {from_}-{to}: {worked}{change}, {left}.",
        "{from_day} {from_}-{to}: {worked}{change}, {left}.",
    ),
    "night": (
        "{from_day}, {from_} đến {to} {to_day}: {worked}{change}, {left}.",
        "{from_day} {from_} to {to_day} {to}: {worked}{change}, {left}.",
    ),
    "change": (" (đồng hồ đổi giờ)", " (the clocks change)"),
    "left": ("còn {left}", "{left} left"),
    "all": ("đủ {budget}", "{budget} in all"),
    "closed": ("{days}: {why}.", "{days}: {why}."),
    "cut": ("{day}, {from_}-{to}: {why}.", "{day} {from_}-{to}: {why}."),
    "dated": ("{weekday} {day} {why}.", "{weekday} {day}: {why}."),
    "hours": ("{weekday} {day} làm việc {hours}: {why}.", "{weekday} {day}, open {hours}: {why}."),
    "other_hours": (
        "{weekday} {day} làm việc {hours}{season}.",
        "{weekday} {day}: open {hours}{season}.",
    ),
    "season": (
        " (giờ theo mùa, từ {first} đến {last})",
        " (hours of the season from {first} to {last})",
    ),
}

# Days of a gap or a step, from one to another.
DAYS = ("{first}-{last}", "{first} to {last}")
EXPECTED = ("tạm tính {why}", "{why}, expected")

# What is closed without a day being closed.
PAUSES: dict[str, tuple[str, str]] = {
    "lunch": ("nghỉ giữa hai buổi làm việc", "break between sessions"),
    "night": ("hết giờ làm việc, sang ngày sau", "closed overnight"),
    "before_opening": ("trước giờ làm việc", "before opening"),
    "after_closing": ("sau giờ làm việc", "after closing"),
}

# The words of the picture.
PICTURE: dict[str, tuple[str, str]] = {
    "title": ("Hạn: {due}", "Due: {due}"),
    "sub": ("{budget} làm việc, nhận lúc {start}", "{budget} of working time, received {start}"),
    "received": ("nhận {time}", "received {time}"),
    "due": ("hạn {time}", "due {time}"),
    "counted": ("giờ được tính", "time that counts"),
    "open": ("giờ làm việc khác", "other working time"),
    "closed": ("ngày nghỉ", "days off"),
    "folded": ("{n} ngày khác, trong đó tính {worked}", "{n} more days, {worked} of them count"),
    "provisional": (
        "Tạm tính: lịch nghỉ chưa chính thức",
        "Provisional: these days off are not official yet",
    ),
}

# What any explanation rests on, and whether a notice may still move it.
BASIS: dict[str, tuple[str, str]] = {
    "official": (
        "Lịch nghỉ chính thức đã công bố đến hết {day}.",
        "Days off are official through {day}.",
    ),
    "before": (
        "Tạm tính: ngày nghỉ trước {day} chưa được đối chiếu với văn bản.",
        "Provisional: days off before {day} were not checked against notices.",
    ),
    "assumed": ("Giờ làm việc (giả định): theo {source}.", "Assumed office hours: {source}."),
    "hours_of": ("Giờ làm việc: theo {source}.", "Office hours: {source}."),
    "beyond": (
        "Tạm tính: hạn rơi vào sau {day}, chưa có lịch nghỉ chính thức.",
        "Provisional: due after {day}, for which no days off are official yet.",
    ),
    "open_notice": (
        "Tạm tính: ngày {day} mới có đề xuất, chưa có văn bản chính thức.",
        "Provisional: except {day}, of which no official notice is known.",
    ),
}

# What may be wrong with an explanation that is asked for, or read back.
NOT_EXPLAINED: dict[str, Message] = {
    "calendar_not_given": Message(
        "dữ liệu thuần không kèm theo lịch", "plain data does not include its calendar",
        "gọi verify(data, calendar)", "call verify(data, calendar)",
    ),
    "negative_budget": Message(
        "{value} là số âm; hạn chỉ tính về sau", "{value} is negative, and a limit runs forward",
        "dùng subtract", "use subtract",
    ),
    "not_as_counted": Message(
        "{keys}: không đúng như lịch cho biết", "{keys}: not what the calendar says",
    ),
}  # fmt: skip
