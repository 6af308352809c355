"""What is wrong with hours, days and calendars, and why a day is not covered."""

from phananh.messages.message import Message

HOURS: dict[str, Message] = {
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
