"""The course of a sample case from its receipt on: who does what, and how long it takes.

A course yields acts, each at the moment that the history has then come to. Shares and times are
invented.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta

from phananh.regulation import acts as a
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
from phananh.samples.history import History
from phananh.samples.people import (
    LEADER,
    OPERATORS,
    PROVIDERS,
    Unit,
    draw_sender,
    draw_unit,
)
from phananh.samples.texts import draw_reply

Course = Callable[[History], Iterator[a.Act]]
LATE = 0.025  # of the limits of officers and agencies, how many run out


def _has_chance(h: History, share: float) -> bool:
    return h.chance.random() < share


def _operator(h: History) -> Person:
    return h.chance.choice(OPERATORS)


def reject_excluded(h: History) -> Iterator[a.Act]:
    """Turn away a complaint or denunciation (Art. 1.1.b)."""
    return _reject(h, Reason.COMPLAINT_OR_DENUNCIATION)


def reject_unclear(h: History) -> Iterator[a.Act]:
    """Turn away an unclear text (Art. 6.b)."""
    return _reject(h, Reason.UNCLEAR)


def _reject(h: History, reason: Reason) -> Iterator[a.Act]:
    h.wait(1, 90)
    yield a.Reject(by=_operator(h), reasons=(reason,), guidance=draw_reply(h.chance))
    yield from _close(h)


def answer_at_once(h: History) -> Iterator[a.Act]:
    """Answer by the operator (Art. 8.1.a)."""
    h.wait(1, 30)
    yield a.Answer(by=_operator(h), text=draw_reply(h.chance))
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
    if _has_chance(h, 0.15):
        yield from _put_off(h, other.focal)
    else:
        h.work(*((9, 40) if _has_chance(h, LATE) else (0.5, 7.5)))
    yield a.ReportFindings(by=other.focal, text=draw_reply(h.chance))
    h.work(0.2, 8)
    yield a.Answer(by=officer, text=draw_reply(h.chance))
    yield from _finish(h, unit)


def _put_off(h: History, focal: Person) -> Iterator[a.Act]:
    h.work(1, 7)
    clock = h.case.clock
    assert clock is not None  # the agency's limit runs
    to = clock.due + timedelta(hours=h.chance.choice((24, 48, 72, 120)))
    yield a.Reschedule(by=focal, to=to, reason=draw_reply(h.chance))
    h.at += (
        (to - h.at) * (0.2 + 0.8 * h.chance.random()) // timedelta(seconds=1) * timedelta(seconds=1)
    )


def ask_provider(h: History) -> Iterator[a.Act]:
    """Hand over to the provider of the service, who has no limit (Art. 8.2)."""
    provider = h.chance.choice(PROVIDERS)
    yield from _hand_over(h, provider)
    if _has_chance(h, 0.2):
        h.wait(30, 900)
        yield a.Note(by=provider, text=draw_reply(h.chance))
    h.wait(60, 4_000)
    yield a.Answer(by=provider, text=draw_reply(h.chance))
    yield from _finish(h, None)


def ask_leadership(h: History) -> Iterator[a.Act]:
    """Ask the leadership first, then answer, or turn it away (Art. 8.3)."""
    yield from _hand_over(h, LEADER)
    h.wait(60, 2_000)
    is_ours = _has_chance(h, 0.7)
    yield a.Advise(by=LEADER, text=draw_reply(h.chance), within_competence=is_ours)
    yield from answer_at_once(h) if is_ours else _reject(h, Reason.OUT_OF_COMPETENCE)


def look_into_conduct(h: History) -> Iterator[a.Act]:
    """Tell the unit of the accused. Another of its people may be named (Art. 8.1.c2)."""
    unit = draw_unit(h.chance)
    accused, officer, other = unit.officers[:3]
    h.wait(2, 40)
    about = (Accused(id=accused.id, unit=unit.name),)
    yield a.Complete(by=_operator(h), accused=about)
    yield from _hand_over(h, officer)
    h.wait(5, 60)
    yield a.NotifyUnit(by=LEADER, unit=unit.name)
    if _has_chance(h, 0.3):
        h.wait(5, 60)
        yield a.Reassign(by=unit.head, to=Assignee(id=other.id))
        officer = other
    yield from _answer(h, officer, unit)


def _hand_over(h: History, to: Person) -> Iterator[a.Act]:
    """Pass it on, after asking for missing data of the sender (Art. 3.5)."""
    h.wait(2, 60)
    sender = h.case.sender
    if isinstance(sender, Sender) and sender.phone is None:
        yield a.Complete(by=_operator(h), sender=draw_sender(h.chance, 1_000))
        h.wait(2, 300)
    yield a.Escalate(by=_operator(h), to=to)


def _answer(h: History, officer: Person, unit: Unit) -> Iterator[a.Act]:
    h.work(*((5.5, 30) if _has_chance(h, LATE) else (0.2, 3.8)))
    yield a.Answer(by=officer, text=draw_reply(h.chance))
    yield from _finish(h, unit)


def _close(h: History) -> Iterator[a.Act]:
    if _has_chance(h, 0.93):
        h.wait(30, 3_000)
        yield a.Close(by=_operator(h))


def _finish(h: History, unit: Unit | None) -> Iterator[a.Act]:
    """Go on after an answer: close, rate, publish, commend (Art. 10.2, 16.1)."""
    yield from _close(h)
    if _has_chance(h, 0.15):
        h.wait(10, 6_000)
        yield from _rate(h)
    if _has_chance(h, 0.05):
        h.wait(600, 9_000)
        yield a.Publish(by=_operator(h), text=draw_reply(h.chance))
    if unit and _has_chance(h, 0.01):
        h.wait(600, 9_000)
        yield a.Commend(by=unit.head, text=draw_reply(h.chance))


def _rate(h: History) -> Iterator[a.Act]:
    sender = h.case.sender_id
    h.by_code = not isinstance(sender, str)
    who = sender if isinstance(sender, str) else "mau-ma-tra-cuu"
    yield a.Rate(
        by=Person(id=who, role=Role.CITIZEN),
        score=h.chance.choices(range(1, 6), (1, 1, 2, 5, 6))[0],
    )
    h.by_code = False


_TO_OFFICER = ((4, reject_unclear), (56, ask_officer), (33, ask_agency), (7, ask_leadership))
COURSES: dict[Kind, tuple[tuple[int, Course], ...]] = {
    Kind.INFORMATION: (
        (4, reject_unclear),
        (76, answer_at_once),
        (17, ask_officer),
        (3, ask_agency),
    ),
    Kind.REGULATION: _TO_OFFICER,
    Kind.PROPOSAL: _TO_OFFICER,
    Kind.CONDUCT: ((5, reject_unclear), (95, look_into_conduct)),
    Kind.SERVICE: ((3, reject_unclear), (20, answer_at_once), (77, ask_provider)),
    Kind.COMPLAINT: ((1, reject_excluded),),
    Kind.DENUNCIATION: ((1, reject_excluded),),
}
SHARES = {
    Kind.INFORMATION: 40, Kind.REGULATION: 18, Kind.SERVICE: 20, Kind.PROPOSAL: 8,
    Kind.CONDUCT: 5, Kind.COMPLAINT: 6, Kind.DENUNCIATION: 3,
}  # fmt: skip
CHANNELS = {Channel.PHONE: 55, Channel.PORTAL: 30, Channel.MESSAGE: 10, Channel.EMAIL: 5}


def draw_course(h: History) -> Iterator[a.Act]:
    """Return the course of a case by its kind."""
    shares, courses = zip(*COURSES[h.case.kind], strict=True)
    course: Course = h.chance.choices(courses, shares)[0]
    return course(h)
