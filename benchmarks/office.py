"""The cases and acts that are timed: one desk, a clock that stands where it is put."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import attrs

from phananh import Case, Desk, Person, Sender
from phananh.regulation import acts as a
from phananh.regulation.context import DecisionContext

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
START = datetime(2019, 11, 5, 8, 20, tzinfo=VIETNAM)
HOUR = timedelta(hours=1)

OPERATOR = Person(id="op-lan", role="operator")
OFFICER = Person(id="Đặng-Hà", role="officer", unit="VP-UBND")
AGENCY = Person(id="Bùi-An", role="agency", unit="Sở Y tế")

RECEIVE = a.Receive(
    by=OPERATOR,
    kind="regulation",
    channel="portal",
    content="Thủ tục cấp lại giấy khai sinh mất bao lâu?",
    sender=Sender(name="Nguyễn Thị Mẫu", phone="0218 3851 234", address="Tổ 3, Hòa Bình"),
)
ESCALATE = a.Escalate(by=OPERATOR, to=OFFICER)
ANSWER = a.Answer(by=OPERATOR, text="Ba ngày làm việc, tại bộ phận một cửa.")
ANSWER_BY_OFFICER = a.Answer(by=OFFICER, text="Ba ngày làm việc, tại bộ phận một cửa.")
CLOSE = a.Close(by=OPERATOR)
VERIFY = a.RequestVerification(by=OFFICER, agency="Sở Y tế", appointment=START + 30 * HOUR)
RESCHEDULE = a.Reschedule(by=AGENCY, to=START + 50 * HOUR, reason="Chờ hồ sơ gốc.")
AGAIN = a.Reschedule(by=AGENCY, to=START + 40 * HOUR, reason="Chờ thêm.")


@attrs.frozen(kw_only=True)
class Step:
    """A case, the act asked for on it, and the moment."""

    case: Case
    act: a.Act
    moment: DecisionContext


@attrs.define
class Office:
    """A desk in memory whose clock is `now`."""

    now: datetime = START
    desk: Desk = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Make the desk, with this clock."""
        self.desk = Desk(clock=lambda: self.now)

    def at(self, hours: float) -> DecisionContext:
        """Put the clock so many hours after START, and return that moment."""
        self.now = START + hours * HOUR
        return DecisionContext(
            at=self.now, rules=self.desk.rules[0], calendar_for=self.desk.calendar
        )

    def after(self, *acts: a.Act) -> Case:
        """Return a new case on which these acts were done."""
        case = self.desk.do(None, RECEIVE)
        for act in acts:
            case = self.desk.do(case, act)
        return case


def steps() -> dict[str, Step]:
    """Return what is decided: three plain acts, one that opens a clock, and one refused."""
    office = Office()
    now = office.at(0)
    received, answered = office.after(), office.after(ANSWER)
    escalated = office.after(ESCALATE)
    put_off = office.after(ESCALATE, VERIFY, RESCHEDULE)
    late = office.at(60)
    office.desk.sweep()
    overdue = office.desk.get(put_off.id)
    return {
        "answer": Step(case=received, act=ANSWER, moment=now),
        "answer by the officer": Step(case=escalated, act=ANSWER_BY_OFFICER, moment=now),
        "close": Step(case=answered, act=CLOSE, moment=now),
        "reschedule, refused for 3 reasons": Step(case=overdue, act=AGAIN, moment=late),
        "escalate, with its deadline": Step(case=received, act=ESCALATE, moment=now),
    }
