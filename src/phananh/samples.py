"""Sample cases: as many as you like, realistic, invented, and the same for the same seed.

    from phananh.samples import draw_changes

    for change in draw_changes(1_000, seed=7):
        store.commit([change])

Each history is made by the Regulation itself, act by act, so that a sample is a case like any
other. Names, numbers and texts are marked as samples. A course yields acts, each at the moment that
the history has then come to. Shares and times are invented.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random

import attrs

from phananh.errors import InputError, short_repr
from phananh.regulation import acts as a
from phananh.regulation.case import Case, fold
from phananh.regulation.cleaning import clean_instant
from phananh.regulation.context import CalendarChoice, DecisionContext, make_lookup
from phananh.regulation.decide import Recorded, decide, find_pending_lapse
from phananh.regulation.events import Event
from phananh.regulation.receipt import make_receipt
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
from phananh.regulation.tracking_code import BITS, digest_code, make_code, make_id
from phananh.stores.base import Change
from phananh.stores.index_row import make_index_row
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


def _make_unit(number: int, name: str) -> Unit:
    def person(role: Role, which: str) -> Person:
        return Person(id=f"{which}-{number:02}", role=role, unit=name)

    officers = tuple(person(Role.OFFICER, f"cb{n}") for n in range(1, 4 + number % 4))
    return Unit(name, officers, person(Role.AGENCY, "dm"), person(Role.AGENCY_HEAD, "tt"))


UNITS = tuple(_make_unit(number, name) for number, name in enumerate(_UNITS, start=1))
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
        phone=f"0000 {number // 1000 % 1000:03} {number % 1000:03}",
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
_HOUR_SHARES = [day * hour for day in _BY_DAY for hour in _BY_HOUR]
_SUMS = [0.0, *accumulate(_HOUR_SHARES)]
_HOUR = timedelta(hours=1)
_WEEK = 168 * _HOUR


def draw_arrivals(
    chance: Random, count: int, *, since: datetime, until: datetime
) -> Iterator[datetime]:
    """Yield `count` instants in order, in whole seconds, from `since` to before `until`."""
    monday = since - timedelta(days=since.weekday(), hours=since.hour)
    first, last = _load_at(since - monday), _load_at(until - monday)
    for number in range(count):
        load = first + (number + chance.random()) / count * (last - first)
        at = monday + timedelta(seconds=_time_of(load) // timedelta(seconds=1))
        yield min(max(at, since), until - timedelta(seconds=1))


def _load_at(elapsed: timedelta) -> float:
    """Return how much has come since the Monday, as a part of a week's cases."""
    weeks, rest = divmod(elapsed, _WEEK)
    hour = int(rest / _HOUR)
    return weeks + (_SUMS[hour] + (rest / _HOUR - hour) * _HOUR_SHARES[hour]) / _SUMS[-1]


def _time_of(load: float) -> timedelta:
    """Return by when that much has come."""
    wanted = load % 1 * _SUMS[-1]
    hour = max(bisect_left(_SUMS, wanted) - 1, 0)
    return int(load) * _WEEK + (hour + (wanted - _SUMS[hour]) / _HOUR_SHARES[hour]) * _HOUR


@attrs.define
class History:
    """A case that was received, with all its events, and the moment of the next act.

    `by_code`: the next person names the case by its tracking code, as a citizen does.
    """

    chance: Random
    context: DecisionContext
    case: Case
    events: list[Event]
    at: datetime
    by_code: bool = False

    @classmethod
    def begin(cls, act: a.Receive, chance: Random, context: DecisionContext) -> "History":
        """Receive a case, with a drawn id and tracking code."""
        at, rules = context.at, context.rules
        code = make_code(chance.getrandbits(BITS))
        case = make_id(chance.getrandbits(50), prefix=rules.id_prefix, year=at.year, month=at.month)
        event = make_receipt(
            act, at=at, case=case, code=code, code_digest=digest_code(code), rules=rules
        )
        return cls(chance, context, fold((event,)), [event], at)

    def wait(self, least: float, most: float) -> None:
        """Let minutes pass."""
        minutes = least + (most - least) * self.chance.random()
        self.at += timedelta(seconds=int(60 * minutes))

    def work(self, least: float, most: float) -> None:
        """Let working hours pass, as the holder of the case counts them."""
        hours, holder = least + (most - least) * self.chance.random(), self.case.holder
        assert holder is not None  # somebody works on it
        calendar = self.context.calendar_for(holder.role, holder.unit)
        self.at = calendar.add(self.at, timedelta(seconds=int(3600 * hours)))

    def do(self, act: a.Act) -> None:
        """Let an act happen now, after marking limits that ran out before it.

        Raises:
            RefusedError, StepNotAllowedError: the Regulation does not allow it.
        """
        decision = decide(self.case, act, self._at(self.at))
        if not isinstance(decision, Recorded):
            raise decision.as_error(self.case.id)
        self._keep(decision.events, decision.case)

    def sweep(self, at: datetime) -> None:
        """Mark a limit that has run out by then (Art. 9.2)."""
        events = find_pending_lapse(self.case, self._at(at))
        if events:
            self._keep(events, fold(events, onto=self.case))

    def _at(self, at: datetime) -> DecisionContext:
        return attrs.evolve(self.context, at=at, named_by_code=self.by_code)

    def _keep(self, events: tuple[Event, ...], case: Case) -> None:
        self.events.extend(events)
        self.case = case


Course = Callable[[History], Iterator[a.Act]]
LATE = 0.025  # of the limits of officers and agencies, how many run out


def reject(h: History, reason: Reason = Reason.UNCLEAR) -> Iterator[a.Act]:
    """Turn away an unclear text (Art. 6.b), a complaint or denunciation (Art. 1.1.b)."""
    if h.case.kind in (Kind.COMPLAINT, Kind.DENUNCIATION):
        reason = Reason.COMPLAINT_OR_DENUNCIATION
    h.wait(1, 90)
    yield a.Reject(by=h.chance.choice(OPERATORS), reasons=(reason,), guidance=draw_text(h.chance))
    yield from _close(h)


def answer_at_once(h: History) -> Iterator[a.Act]:
    """Answer by the operator (Art. 8.1.a)."""
    h.wait(1, 30)
    yield a.Answer(by=h.chance.choice(OPERATORS), text=draw_text(h.chance))
    yield from _finish(h, None)


def ask_officer(h: History) -> Iterator[a.Act]:
    """Hand over to an officer, who answers within five hours as a rule (Art. 8.1.b, 9.1)."""
    unit = draw_unit(h.chance)
    officer = h.chance.choice(unit.officers)
    yield from _hand_over(h, officer)
    yield from _answer(h, officer, unit)


def ask_agency(h: History) -> Iterator[a.Act]:
    """Let an agency verify, which may reschedule once (Art. 8.1.c1, 9.2, 9.3)."""
    unit, other = draw_unit(h.chance), draw_unit(h.chance)
    officer = h.chance.choice(unit.officers)
    yield from _hand_over(h, officer)
    h.work(0.3, 3)
    appointment = h.at + timedelta(hours=h.chance.choice((24, 30, 48, 72)))
    yield a.RequestVerification(
        by=officer, agency=other.name, focal=other.focal.id, appointment=appointment
    )
    if h.chance.random() < 0.15:
        yield from _put_off(h, other.focal)
    else:
        h.work(*((9, 40) if h.chance.random() < LATE else (0.5, 7.5)))
    yield a.ReportFindings(by=other.focal, text=draw_text(h.chance))
    h.work(0.2, 8)
    yield a.Answer(by=officer, text=draw_text(h.chance))
    yield from _finish(h, unit)


def _put_off(h: History, focal: Person) -> Iterator[a.Act]:
    h.work(1, 7)
    clock = h.case.clock
    assert clock is not None  # the agency's limit runs
    to = clock.due + timedelta(hours=h.chance.choice((24, 48, 72, 120)))
    yield a.Reschedule(by=focal, to=to, reason=draw_text(h.chance))
    part = 0.2 + 0.8 * h.chance.random()
    h.at += timedelta(seconds=int(part * (to - h.at).total_seconds()))


def ask_provider(h: History) -> Iterator[a.Act]:
    """Hand over to the provider of the service, who has no limit (Art. 8.2)."""
    provider = h.chance.choice(PROVIDERS)
    yield from _hand_over(h, provider)
    if h.chance.random() < 0.2:
        h.wait(30, 900)
        yield a.Note(by=provider, text=draw_text(h.chance))
    h.wait(60, 4_000)
    yield a.Answer(by=provider, text=draw_text(h.chance))
    yield from _finish(h, None)


def ask_leadership(h: History) -> Iterator[a.Act]:
    """Ask the leadership first, then answer, or turn it away (Art. 8.3)."""
    yield from _hand_over(h, LEADER)
    h.wait(60, 2_000)
    is_ours = h.chance.random() < 0.7
    yield a.Advise(by=LEADER, text=draw_text(h.chance), within_competence=is_ours)
    yield from answer_at_once(h) if is_ours else reject(h, Reason.OUT_OF_COMPETENCE)


def look_into_conduct(h: History) -> Iterator[a.Act]:
    """Tell the unit of the accused. Another of its people may be named (Art. 8.1.c2)."""
    unit = draw_unit(h.chance)
    accused, officer, other = unit.officers[:3]
    h.wait(2, 40)
    about = (Accused(id=accused.id, unit=unit.name),)
    yield a.Complete(by=h.chance.choice(OPERATORS), accused=about)
    yield from _hand_over(h, officer)
    h.wait(5, 60)
    yield a.NotifyUnit(by=LEADER, unit=unit.name)
    if h.chance.random() < 0.3:
        h.wait(5, 60)
        yield a.Reassign(by=unit.head, to=Assignee(id=other.id))
        officer = other
    yield from _answer(h, officer, unit)


def _hand_over(h: History, to: Person) -> Iterator[a.Act]:
    """Pass it on, after asking for missing data of the sender (Art. 3.5)."""
    h.wait(2, 60)
    sender = h.case.sender
    if isinstance(sender, Sender) and sender.phone is None:
        yield a.Complete(by=h.chance.choice(OPERATORS), sender=draw_sender(h.chance, 1_000))
        h.wait(2, 300)
    yield a.Escalate(by=h.chance.choice(OPERATORS), to=to)


def _answer(h: History, officer: Person, unit: Unit) -> Iterator[a.Act]:
    h.work(*((5.5, 30) if h.chance.random() < LATE else (0.2, 3.8)))
    yield a.Answer(by=officer, text=draw_text(h.chance))
    yield from _finish(h, unit)


def _close(h: History) -> Iterator[a.Act]:
    if h.chance.random() < 0.93:
        h.wait(30, 3_000)
        yield a.Close(by=h.chance.choice(OPERATORS))


def _finish(h: History, unit: Unit | None) -> Iterator[a.Act]:
    """Go on after an answer: close, rate, publish, commend (Art. 10.2, 16.1)."""
    yield from _close(h)
    if h.chance.random() < 0.15:
        h.wait(10, 6_000)
        sender = h.case.sender_id
        h.by_code = not isinstance(sender, str)
        who = sender if isinstance(sender, str) else "mau-ma-tra-cuu"
        score = h.chance.choices(range(1, 6), (1, 1, 2, 5, 6))[0]
        yield a.Rate(by=Person(id=who, role=Role.CITIZEN), score=score)
        h.by_code = False
    if h.chance.random() < 0.05:
        h.wait(600, 9_000)
        yield a.Publish(by=h.chance.choice(OPERATORS), text=draw_text(h.chance))
    if unit and h.chance.random() < 0.01:
        h.wait(600, 9_000)
        yield a.Commend(by=unit.head, text=draw_text(h.chance))


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
THREE_YEARS = timedelta(days=3 * 365)
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
    begin = end - THREE_YEARS if since is None else clean_instant(since, field="since")
    if begin >= end:
        raise InputError(field="until", code="samples_end_early", since=begin.isoformat())
    chance = Random(seed)  # noqa: S311 - the same again for the same seed, and no secret
    context = DecisionContext(at=end, rules=rules, calendar_for=make_lookup(calendar))
    return _draw(chance, count, begin, context)


def _draw(
    chance: Random, count: int, since: datetime, context: DecisionContext
) -> Iterator[Change]:
    """Yield the cases of a time that ends with the moment of the context."""
    until = context.at
    for number, at in enumerate(draw_arrivals(chance, count, since=since, until=until)):
        receipt = _draw_receipt(chance, max(count // 3, 1))
        h = History.begin(receipt, chance, attrs.evolve(context, at=at))
        is_left = chance.random() < _LEFT[number >= _NEW * count]
        last = int(4 * chance.random() ** 2) if is_left else None
        shares, courses = zip(*COURSES[h.case.kind], strict=True)
        for step, act in enumerate(chance.choices(courses, shares)[0](h)):
            if h.at > until or (step == last and h.case.is_open):
                break
            h.do(act)
        h.sweep(until)
        events, case = tuple(h.events), h.case
        yield Change(case=case.id, expected=0, events=events, row=make_index_row(case))


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
