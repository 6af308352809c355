"""A day at the hotline as `phananh demo` shows it: people, acts and times (Art. 7-9)."""

from datetime import datetime

import attrs

from phananh.regulation import acts as a
from phananh.regulation.request import Accused, Channel, Kind, Person, Role, Sender
from phananh.worktime.localtime import VIETNAM

OPERATOR = Person(id="DTV-1", role=Role.OPERATOR, unit="vnpt")
FIRST = Person(id="MC-1", role=Role.OFFICER, unit="mot-cua")
SECOND = Person(id="MC-2", role=Role.OFFICER, unit="mot-cua")
THIRD = Person(id="MC-3", role=Role.OFFICER, unit="mot-cua")
FOCAL = Person(id="DM-1", role=Role.AGENCY, unit="so-tnmt")
LEADER = Person(id="LD-1", role=Role.LEADERSHIP)


@attrs.frozen
class Step:
    """One step: the moment, the case and the act. A sweep has neither of the last two."""

    at: datetime
    case: str = ""
    act: a.Act | None = None


def _at(day: int, clock: str) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime(2025, 3, day, hour, minute, tzinfo=VIETNAM)


def _call(kind: Kind, content: str, name: str, *accused: Accused) -> a.Receive:
    return a.Receive(
        by=OPERATOR, kind=kind, channel=Channel.PHONE, content=content, accused=accused,
        sender=Sender(name=name, phone="02183 000 000"),
    )  # fmt: skip


# Wednesday 5 to Thursday 6 March 2025, hours 07:30-11:30 and 13:30-17:30.
STORY: tuple[Step, ...] = (
    Step(_at(5, "08:02"), "K1", _call(Kind.DENUNCIATION, "Tố cáo một chủ doanh nghiệp", "Người 1")),
    Step(_at(5, "08:05"), "K1", a.Reject(
        by=OPERATOR, reasons=("complaint_or_denunciation",),
        guidance="Gửi đơn tới Ban Tiếp công dân tỉnh")),
    Step(_at(5, "08:20"), "K2", _call(Kind.INFORMATION, "Lệ phí cấp lại khai sinh?", "Người 2")),
    Step(_at(5, "08:24"), "K2", a.Answer(by=OPERATOR, text="Mức thu và nơi nộp như niêm yết")),
    Step(_at(5, "08:50"), "K3", _call(Kind.REGULATION, "Mẫu đơn đòi thừa giấy tờ", "Người 3")),
    Step(_at(5, "09:00"), "K3", a.Escalate(by=OPERATOR, to=FIRST)),
    Step(_at(5, "09:20"), "K4", _call(Kind.REGULATION, "Hồ sơ đất bị trả nhiều lần", "Người 4")),
    Step(_at(5, "09:30"), "K4", a.Escalate(by=OPERATOR, to=FIRST)),
    Step(_at(5, "10:00"), "K4", a.RequestVerification(
        by=FIRST, agency="so-tnmt", focal="DM-1", appointment=_at(6, "16:00"))),
    Step(_at(5, "10:30"), "K5", _call(
        Kind.CONDUCT, "Cán bộ gây khó khăn khi nhận hồ sơ", "Người 5",
        Accused(id="MC-3", unit="mot-cua"))),
    Step(_at(5, "10:35"), "K5", a.Escalate(by=OPERATOR, to=THIRD)),
    Step(_at(5, "10:36"), "K5", a.Escalate(by=OPERATOR, to=FIRST)),
    Step(_at(5, "10:50"), "K5", a.NotifyUnit(by=LEADER, unit="mot-cua")),
    Step(_at(5, "11:00"), "K5", a.Answer(by=THIRD, text="Không có việc đó")),
    Step(_at(5, "13:40"), "K6", _call(Kind.PROPOSAL, "Đề nghị nhận hồ sơ qua mạng", "Người 6")),
    Step(_at(5, "13:45"), "K6", a.Escalate(by=OPERATOR, to=SECOND)),
    Step(_at(5, "15:10"), "K3", a.Answer(by=FIRST, text="Đã bỏ yêu cầu nộp bản sao")),
    Step(_at(5, "16:00"), "K5", a.Answer(by=FIRST, text="Đã xin lỗi và đổi người tiếp nhận")),
    Step(_at(6, "08:50")),
    Step(_at(6, "09:10"), "K4", a.Reschedule(
        by=FOCAL, to=_at(7, "10:00"), reason="Cần đo đạc lại thửa đất")),
    Step(_at(6, "09:30"), "K6", a.Answer(by=SECOND, text="Đã có trên cổng dịch vụ công")),
    Step(_at(6, "14:00"), "K4", a.Reschedule(
        by=FOCAL, to=_at(10, "10:00"), reason="Chờ trời tạnh")),
    Step(_at(6, "16:20"), "K4", a.ReportFindings(by=FOCAL, text="Hồ sơ hợp lệ, đã nhận")),
    Step(_at(6, "16:40"), "K4", a.Answer(by=FIRST, text="Hồ sơ được nhận, hẹn ngày trả")),
)  # fmt: skip
