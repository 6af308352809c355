"""A day at the hotline, told with public names only: python examples/one_day/one_day.py"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from phananh import Case, Desk, Person, RefusedError, Sender

OP = Person(id="OP-1", role="operator")
OFFICER = Person(id="CB-1", role="officer", unit="MC-1")
AGENCY = Person(id="DM-1", role="agency", unit="SO-1")
CALL = {"channel": "phone", "by": OP, "sender": Sender(name="Người gửi mẫu", phone="0218 000 000")}


def moment(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a moment of April 2025, by the clock on the wall in Vietnam."""
    return datetime(2025, 4, day, hour, minute, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


now = moment(25, 8)  # a Friday; Saturday the 26th is worked in place of Friday 2 May
desk = Desk(clock=lambda: now)


def step(what: str, act: Callable[..., Case], *case: Case | str, **given: Any) -> Case | str:
    """Do an act; print where the case then lies and when it is due, or why it is refused."""
    try:
        done = act(*case, **given)
    except RefusedError as error:
        reasons = "; ".join(f"{r.text()} ({r.article.en})" for r in error.refusals)
        print(f"{now:%a %H:%M}  {what}: refused: {reasons}")
        return error.case
    due = f", due {done.due:%a %H:%M}" if done.due else ""
    print(f"{now:%a %H:%M}  {what}: {done.state}{due}{', late' if done.is_late else ''}")
    return done


one = step("1 calls", desk.receive, kind="complaint", content="Khiếu nại (mẫu)", **CALL)
step("1 to the officer", desk.escalate, one, to=OFFICER, by=OP)
why = {"reasons": ["complaint_or_denunciation"], "guidance": "Gửi đơn tới Ban Tiếp công dân"}
step("1 is not accepted", desk.reject, one, **why, by=OP)

now = moment(25, 10)
two = step("2 calls", desk.receive, kind="conduct", content="Hồ sơ bị chậm (mẫu)", **CALL)
two = step("2 to the officer (5 h)", desk.escalate, two, to=OFFICER, by=OP)
now = moment(25, 14)
told = {"agency": "SO-1", "appointment": moment(26, 16)}
two = step("2 to the agency (8 h)", desk.request_verification, two, **told, by=OFFICER)
now = moment(25, 15)
three = step("3 calls", desk.receive, kind="proposal", content="Sửa mẫu đơn (mẫu)", **CALL)
three = step("3 to the officer (5 h)", desk.escalate, three, to=OFFICER, by=OP)

now = moment(26, 9)
two = step("2 put off", desk.reschedule, two, to=moment(28, 10), reason="Đi xem tại chỗ", by=AGENCY)
step("2 put off again", desk.reschedule, two, to=moment(29, 10), reason="Chưa xong", by=AGENCY)
now = moment(28, 8)
two = step("2 findings", desk.report_findings, two, text="Đã kiểm tra (mẫu)", by=AGENCY)
step("2 answered", desk.answer, two, text="Hồ sơ đã có kết quả (mẫu)", by=OFFICER)
step("3 answered", desk.answer, three, text="Đã ghi nhận (mẫu)", by=OFFICER)
