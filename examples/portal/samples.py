"""A few sample cases for an empty store, so that there is something to look at."""

from examples.portal.accounts import SAMPLES, read_accounts
from phananh import Desk, Sender


def record_samples(desk: Desk) -> None:
    """Record three sample cases, unless there are cases already."""
    if desk.count(limit=1):
        return
    people = {name: account.person for name, account in read_accounts(SAMPLES).items()}
    operator, known = people["dien-thoai-vien"], Sender(name="Người gửi mẫu", phone="0218 383 1022")
    for content, sender in (
        ("Câu hỏi mẫu, chưa có thông tin liên hệ", Sender()),
        ("Câu hỏi mẫu, đã chuyển bộ phận một cửa", known),
        ("Câu hỏi mẫu, cần ý kiến lãnh đạo", known),
    ):
        case = desk.receive(
            kind="information", channel="phone", content=content, sender=sender, by=operator
        )
        if content.endswith("một cửa"):
            desk.escalate(case, to=people["mot-cua"], by=operator)
        if content.endswith("lãnh đạo"):
            desk.escalate(case, to=people["lanh-dao"], by=operator)
