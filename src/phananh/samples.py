"""Sample cases: as many as you like, realistic, invented, and the same for the same seed.

    from phananh.samples import draw_changes

    for change in draw_changes(1_000, seed=7):
        store.commit([change])

Each case is recorded at a desk of its own, act by act, so that a sample is a case like any other.
Names, numbers and texts are marked as samples. A course yields acts, each with its moment, and the
desk has done one before the next is drawn. Shares and times are invented.
"""

from bisect import bisect
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random

import attrs

from phananh.desk.desk import Desk
from phananh.errors import InputError, short_repr
from phananh.regulation import acts as a
from phananh.regulation.case import Case
from phananh.regulation.cleaning import clean_instant
from phananh.regulation.context import CalendarChoice
from phananh.regulation.request import (
    Accused,
    Assignee,
    Channel,
    Kind,
    Person,
    Reason,
    Role,
    Sender,
)
from phananh.regulation.rules import HOA_BINH_2019, Rules
from phananh.stores.base import Change
from phananh.stores.index_row import make_index_row
from phananh.stores.memory import MemoryStore
from phananh.worktime.instants import VIETNAM

_DEPARTMENTS = (
    "Công Thương", "Giao thông vận tải", "Giáo dục và Đào tạo", "Kế hoạch và Đầu tư",
    "Khoa học và Công nghệ", "Lao động, Thương binh và Xã hội", "Ngoại vụ", "Nội vụ",
    "Nông nghiệp và Phát triển nông thôn", "Tài chính", "Tài nguyên và Môi trường",
    "Thông tin và Truyền thông", "Tư pháp", "Văn hóa, Thể thao và Du lịch", "Xây dựng", "Y tế",
)  # fmt: skip
_UNITS = (
    *(f"Sở {name}" for name in _DEPARTMENTS),
    *(f"UBND huyện Mẫu {n:02}" for n in range(1, 11)),
    *(f"UBND xã Mẫu {n:02}" for n in range(1, 35)),
)
_PROVIDERS = ("Bưu điện mẫu", "Viễn thông mẫu", "Điện lực mẫu", "Cấp nước mẫu")


@attrs.frozen
class Unit:
    """A unit, the officers who answer for it, the person who verifies there, and its head."""

    name: str
    officers: tuple[Person, ...]
    focal: Person
    head: Person


UNITS = tuple(
    Unit(
        name,
        tuple(Person(id=f"cb{n}-{at:02}", role=Role.OFFICER, unit=name) for n in (1, 2, 3, 4)),
        focal=Person(id=f"dm-{at:02}", role=Role.AGENCY, unit=name),
        head=Person(id=f"tt-{at:02}", role=Role.AGENCY_HEAD, unit=name),
    )
    for at, name in enumerate(_UNITS, start=1)
)
OPERATORS = tuple(Person(id=f"tdv-{n:02}", role=Role.OPERATOR) for n in range(1, 13))
PROVIDERS = tuple(
    Person(id=f"dv-{n}", role=Role.PROVIDER, unit=name) for n, name in enumerate(_PROVIDERS, 1)
)
LEADER = Person(id="ld-1", role=Role.LEADERSHIP)
# A few units have most of the cases: the n-th has a share of one in n + 3.
_UNIT_SHARES = tuple(1 / (n + 3) for n in range(len(UNITS)))


def draw_unit(chance: Random) -> Unit:
    """Return a unit, some far more often than others."""
    return chance.choices(UNITS, _UNIT_SHARES)[0]


def draw_sender(chance: Random, count: int) -> Sender:
    """Return one of `count` senders. The name has its number, which is not a phone number."""
    number = int(chance.random() * count)
    return Sender(
        name=f"Người gửi mẫu {number}",
        address=f"Tổ {number % 12 + 1}, phường Mẫu {number % 34 + 1:02}",
        phone="0000 {:03} {:03}".format(*divmod(max(number % 1_000_000, 1), 1_000)),
        email=f"mau{number}@example.com" if number % 4 == 0 else None,
        id=f"mau-{number}" if number % 3 == 0 else None,
    )


_ASKED = (
    "Thủ tục cấp lại giấy khai sinh mất bao lâu và nộp ở đâu?",
    "Hồ sơ đăng ký đất đai đã nộp đủ nhưng bị trả lại hai lần không rõ lý do.",
    "Phiếu hẹn ghi ngày trả kết quả đã qua mà chưa thấy trả lời.",
    "Đề nghị cho biết lệ phí đúng theo quy định là bao nhiêu.",
    "Tôi đã gọi nhiều lần trong giờ hành chính nhưng không có người nghe máy.",
    "Mẫu đơn trên cổng dịch vụ công khác với mẫu tại bộ phận một cửa.",
    "Đường vào khu dân cư đọng nước sau mỗi trận mưa, xe máy đi lại khó khăn.",
    "Xin hướng dẫn cách nộp hồ sơ qua mạng cho người cao tuổi.",
    "Quy định yêu cầu nộp bản sao có chứng thực là thừa vì đã có dữ liệu dân cư.",
    "Đề nghị rút ngắn thời gian xử lý và công khai kết quả trên trang thông tin.",
    "Điện trong thôn mất nhiều giờ mà không có thông báo trước.",
    "Cán bộ tiếp nhận yêu cầu bổ sung giấy tờ không có trong danh mục.",
)
_SAID = (
    "Đã kiểm tra hồ sơ và xác nhận nội dung phản ánh là đúng một phần.",
    "Đơn vị đã hướng dẫn lại và hẹn trả kết quả theo đúng quy định.",
    "Mức thu theo nghị quyết hiện hành, được niêm yết tại nơi tiếp nhận.",
    "Phần giấy tờ yêu cầu thêm đã được bỏ; người dân không phải nộp lại.",
    "Đã nhắc nhở bộ phận liên quan và sửa thông tin trên cổng dịch vụ công.",
    "Nếu còn vướng mắc, đề nghị liên hệ lại và nêu mã tra cứu.",
    "Việc khắc phục được lập kế hoạch, dự kiến xong trong tháng.",
)
_LENGTHS = (30, 30, 20, 10, 6, 4)  # of a hundred texts, how many have one sentence, two, ...


def draw_text(chance: Random, sentences: tuple[str, ...] = _SAID) -> str:
    """Return an answer, a finding or a note by an office, or a text of other sentences."""
    count = chance.choices(range(1, len(_LENGTHS) + 1), _LENGTHS)[0]
    return " ".join(("[Mẫu]", *chance.choices(sentences, k=count)))


_BY_DAY = (12, 11, 10, 10, 10, 4, 2)  # Monday first
_BY_HOUR = (
    1, 0.5, 0.3, 0.2, 0.3, 1, 3, 8, 12, 11, 10, 7, 4, 8, 11, 10, 8, 5, 4, 5, 5, 4, 3, 2,
)  # fmt: skip


def draw_arrivals(
    chance: Random, count: int, *, since: datetime, until: datetime
) -> Iterator[datetime]:
    """Yield `count` instants in order, in whole seconds, from `since` to before `until`."""
    hour = timedelta(hours=1)
    hours = [since + n * hour for n in range(int((until - since) / hour) + 1)]
    sums = [0.0, *accumulate(_BY_DAY[at.weekday()] * _BY_HOUR[at.hour] for at in hours)]
    for number in range(count):
        load = (number + chance.random()) / count * sums[-1]
        n = min(bisect(sums, load), len(hours)) - 1
        at = hours[n] + (load - sums[n]) / (sums[n + 1] - sums[n]) * hour
        yield min(at, until - timedelta(seconds=1)).replace(microsecond=0)


@attrs.define
class Sample:
    """A case at the desk that records it."""

    chance: Random
    desk: Desk
    case: Case

    def wait(self, least: float, most: float) -> datetime:
        """Return a moment so many minutes after the last act."""
        minutes = least + (most - least) * self.chance.random()
        return self.case.updated_at + timedelta(seconds=int(60 * minutes))

    def work(self, least: float, most: float) -> datetime:
        """Return a moment so many working hours after the last act, as the holder counts them."""
        hours, holder = least + (most - least) * self.chance.random(), self.case.holder
        assert holder is not None  # somebody works on it
        calendar = self.desk.calendar(holder.role, holder.unit)
        return calendar.add(self.case.updated_at, timedelta(seconds=int(3600 * hours)))


Course = Callable[[Sample], Iterator[a.Act]]
LATE = 0.025  # of the limits of officers and agencies, how many run out


def reject(s: Sample, reason: Reason = Reason.UNCLEAR) -> Iterator[a.Act]:
    """Turn away an unclear text (Art. 6.b), a complaint or denunciation (Art. 1.1.b)."""
    if s.case.kind in (Kind.COMPLAINT, Kind.DENUNCIATION):
        reason = Reason.COMPLAINT_OR_DENUNCIATION
    yield a.Reject(
        at=s.wait(1, 90),
        by=s.chance.choice(OPERATORS),
        reasons=(reason,),
        guidance=draw_text(s.chance),
    )
    yield from _close(s)


def answer_at_once(s: Sample) -> Iterator[a.Act]:
    """Answer by the operator (Art. 8.1.a)."""
    yield a.Answer(at=s.wait(1, 30), by=s.chance.choice(OPERATORS), text=draw_text(s.chance))
    yield from _finish(s, None)


def ask_officer(s: Sample) -> Iterator[a.Act]:
    """Hand over to an officer, who answers within five hours as a rule (Art. 8.1.b, 9.1)."""
    unit = draw_unit(s.chance)
    officer = s.chance.choice(unit.officers)
    yield from _hand_over(s, officer)
    yield from _answer(s, officer, unit)


def ask_agency(s: Sample) -> Iterator[a.Act]:
    """Let an agency verify, which may reschedule once (Art. 8.1.c1, 9.2, 9.3)."""
    unit, other = draw_unit(s.chance), draw_unit(s.chance)
    officer = s.chance.choice(unit.officers)
    yield from _hand_over(s, officer)
    at = s.work(0.3, 3)
    yield a.RequestVerification(
        at=at,
        by=officer,
        agency=other.name,
        focal=other.focal.id,
        appointment=at + timedelta(hours=s.chance.choice((24, 30, 48, 72))),
    )
    if s.chance.random() < 0.15:
        assert s.case.clock is not None  # the agency's limit runs
        at, to = s.work(1, 7), s.case.clock.due + timedelta(hours=s.chance.choice((24, 48, 72)))
        yield a.Reschedule(at=at, by=other.focal, to=to, reason=draw_text(s.chance))
        at += timedelta(seconds=int((0.2 + 0.8 * s.chance.random()) * (to - at).total_seconds()))
    else:
        at = s.work(*((9, 40) if s.chance.random() < LATE else (0.5, 7.5)))
    yield a.ReportFindings(at=at, by=other.focal, text=draw_text(s.chance))
    yield a.Answer(at=s.work(0.2, 8), by=officer, text=draw_text(s.chance))
    yield from _finish(s, unit)


def ask_provider(s: Sample) -> Iterator[a.Act]:
    """Hand over to the provider of the service, who has no limit (Art. 8.2)."""
    provider = s.chance.choice(PROVIDERS)
    yield from _hand_over(s, provider)
    if s.chance.random() < 0.2:
        yield a.Note(at=s.wait(30, 900), by=provider, text=draw_text(s.chance))
    yield a.Answer(at=s.wait(60, 4_000), by=provider, text=draw_text(s.chance))
    yield from _finish(s, None)


def ask_leadership(s: Sample) -> Iterator[a.Act]:
    """Ask the leadership first, then answer, or turn it away (Art. 8.3)."""
    yield from _hand_over(s, LEADER)
    is_ours, text = s.chance.random() < 0.7, draw_text(s.chance)
    yield a.Advise(at=s.wait(60, 2_000), by=LEADER, text=text, within_competence=is_ours)
    yield from answer_at_once(s) if is_ours else reject(s, Reason.OUT_OF_COMPETENCE)


def look_into_conduct(s: Sample) -> Iterator[a.Act]:
    """Tell the unit of the accused. Another of its people may be named (Art. 8.1.c2)."""
    unit = draw_unit(s.chance)
    accused, officer, other = unit.officers[:3]
    about = (Accused(id=accused.id, unit=unit.name),)
    yield a.Complete(at=s.wait(2, 40), by=s.chance.choice(OPERATORS), accused=about)
    yield from _hand_over(s, officer)
    yield a.NotifyUnit(at=s.wait(5, 60), by=LEADER, unit=unit.name)
    if s.chance.random() < 0.3:
        yield a.Reassign(at=s.wait(5, 60), by=unit.head, to=Assignee(id=other.id))
        officer = other
    yield from _answer(s, officer, unit)


def _hand_over(s: Sample, to: Person) -> Iterator[a.Act]:
    """Pass it on, after asking for missing data of the sender (Art. 3.5)."""
    operator, sender = s.chance.choice(OPERATORS), s.case.sender
    if isinstance(sender, Sender) and sender.phone is None:
        yield a.Complete(at=s.wait(2, 60), by=operator, sender=draw_sender(s.chance, 1_000))
    yield a.Escalate(at=s.wait(2, 60), by=operator, to=to)


def _answer(s: Sample, officer: Person, unit: Unit) -> Iterator[a.Act]:
    at = s.work(*((5.5, 30) if s.chance.random() < LATE else (0.2, 3.8)))
    yield a.Answer(at=at, by=officer, text=draw_text(s.chance))
    yield from _finish(s, unit)


def _close(s: Sample) -> Iterator[a.Act]:
    if s.chance.random() < 0.93:
        yield a.Close(at=s.wait(30, 3_000), by=s.chance.choice(OPERATORS))


def _finish(s: Sample, unit: Unit | None) -> Iterator[a.Act]:
    """Go on after an answer: close, rate, publish, commend (Art. 10.2, 16.1)."""
    yield from _close(s)
    if s.chance.random() < 0.15:
        sender = Person(id=str(s.case.sender_id or "mau-ma-tra-cuu"), role=Role.CITIZEN)
        score = s.chance.choices(range(1, 6), (1, 1, 2, 5, 6))[0]
        yield a.Rate(at=s.wait(10, 6_000), by=sender, score=score)
    if s.chance.random() < 0.05:
        by, text = s.chance.choice(OPERATORS), draw_text(s.chance)
        yield a.Publish(at=s.wait(600, 9_000), by=by, text=text)
    if unit and s.chance.random() < 0.01:
        yield a.Commend(at=s.wait(600, 9_000), by=unit.head, text=draw_text(s.chance))


_TO_OFFICER = ((4, reject), (56, ask_officer), (33, ask_agency), (7, ask_leadership))
COURSES: dict[Kind, tuple[tuple[int, Course], ...]] = {
    Kind.INFORMATION: (
        (4, reject),
        (76, answer_at_once),
        (17, ask_officer),
        (3, ask_agency),
    ),
    Kind.REGULATION: _TO_OFFICER,
    Kind.PROPOSAL: _TO_OFFICER,
    Kind.CONDUCT: ((5, reject), (95, look_into_conduct)),
    Kind.SERVICE: ((3, reject), (20, answer_at_once), (77, ask_provider)),
    Kind.COMPLAINT: ((1, reject),),
    Kind.DENUNCIATION: ((1, reject),),
}
SHARES = {
    Kind.INFORMATION: 40, Kind.REGULATION: 18, Kind.SERVICE: 20, Kind.PROPOSAL: 8,
    Kind.CONDUCT: 5, Kind.COMPLAINT: 6, Kind.DENUNCIATION: 3,
}  # fmt: skip
CHANNELS = {Channel.PHONE: 55, Channel.PORTAL: 30, Channel.MESSAGE: 10, Channel.EMAIL: 5}


UNTIL = datetime(2025, 6, 30, 17, tzinfo=VIETNAM)
_NEW = 0.98  # of the cases in order of receipt, from where on they are new
_LEFT = {False: 0.015, True: 0.95}  # old, new: how many are left open


def draw_changes(
    count: int,
    *,
    seed: int = 2370,
    since: datetime | None = None,
    until: datetime = UNTIL,
    rules: Rules = HOA_BINH_2019,
    calendar: CalendarChoice | None = None,
) -> Iterator[Change]:
    """Yield `count` cases as changes of a store, the same for the same arguments.

    Of a hundred cases two or three are open, the most of them new, and one was late. Limits that
    ran out before `until` are marked, so that a sweep at that moment finds none.

    Args:
        count: how many cases, 1 or more.
        seed: another one gives other cases, with other ids.
        since: when the first may have come, an aware datetime, three years before `until` by
            default.
        until: an aware datetime after the last event.
        rules: the rules that all cases are under.
        calendar: the hours of their holders, as a `Desk` takes them, preset A by default.

    Raises:
        InputError: no such count, a naive time, or `until` not after `since`.
    """
    if type(count) is not int or count < 1:
        raise InputError(field="count", code="not_a_number_of_samples", value=short_repr(count))
    end = clean_instant(until, field="until")
    begin = end - timedelta(days=3 * 365) if since is None else clean_instant(since, field="since")
    if begin >= end:
        raise InputError(field="until", code="samples_end_early", since=begin.isoformat())
    chance = Random(seed)  # noqa: S311 - the same again for the same seed, and no secret
    desk = Desk(rules=rules, calendar=calendar, randbits=chance.getrandbits)
    return _draw(chance, count, begin, end, desk)


def _draw(
    chance: Random, count: int, since: datetime, until: datetime, desk: Desk
) -> Iterator[Change]:
    now = since  # each step is entered when it happens

    def clock() -> datetime:
        return now

    for number, at in enumerate(draw_arrivals(chance, count, since=since, until=until)):
        now = at
        desk = attrs.evolve(desk, store=MemoryStore(), clock=clock)  # which holds one case only
        receipt = _draw_receipt(chance, max(count // 3, 1))
        sample = Sample(chance, desk, desk.do(None, receipt, at=at))
        left = _LEFT[number >= _NEW * count]
        last = int(4 * chance.random() ** 2) if chance.random() < left else None
        shares, courses = zip(*COURSES[sample.case.kind], strict=True)
        for step, act in enumerate(chance.choices(courses, shares)[0](sample)):
            assert act.at is not None  # which every course says
            if act.at > until or (step == last and sample.case.is_open):
                break
            now = act.at
            # Who rates names the case by its tracking code, as a citizen does.
            sample.case = desk.do(sample.case, act, by_code=isinstance(act, a.Rate))
        if sample.case.is_open:
            now = until
            desk.sweep()
            sample.case = desk.get(sample.case.id)
        yield Change(
            case=sample.case.id,
            expected=0,
            events=desk.history(sample.case),
            row=make_index_row(sample.case),
        )


def _draw_receipt(chance: Random, senders: int) -> a.Receive:
    kind = chance.choices([*SHARES], [*SHARES.values()])[0]
    channel = chance.choices([*CHANNELS], [*CHANNELS.values()])[0]
    sender, operator = draw_sender(chance, senders), chance.choice(OPERATORS)
    citizen = Person(id=sender.id or "mau-khach", role=Role.CITIZEN)
    return a.Receive(
        by=citizen if channel is Channel.PORTAL else operator,
        kind=kind,
        channel=channel,
        sender=Sender(name=sender.name) if chance.random() < 0.04 else sender,
        content=draw_text(chance, _ASKED),
    )
