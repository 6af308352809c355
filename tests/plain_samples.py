"""Real values of every kind that has a plain form, for what is said of all of them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import attrs

from phananh import Accused, Assignee, Case, Desk, Person, RefusedError, Sender, Term
from phananh.act_log.replay import Outcome
from phananh.articles import Article
from phananh.errors import InputError
from phananh.office.delays import measure_delays
from phananh.office.related import Related
from phananh.office.report import make_report
from phananh.regulation import acts as a
from phananh.regulation.case import find_running, fold
from phananh.regulation.deadline import Limit, Recount
from phananh.regulation.intake import REQUIREMENTS
from phananh.regulation.readings import READINGS
from phananh.regulation.rules import HOA_BINH_2019
from phananh.stores.base import FeedEntry, Query
from phananh.testing.sample_events import CITIZEN, SECRETS, every_event
from phananh.worktime import NoticeDay, vietnam_calendar
from phananh.worktime.days.holidays_check import crosscheck
from phananh.worktime.days.notices import Ruling
from phananh.worktime.presets import PRESETS
from tests.desk import people as p

VP = vietnam_calendar("VP")
START = datetime(2026, 8, 28, 15, tzinfo=p.VIETNAM)
HIDDEN = (*SECRETS, CITIZEN.id, "bí mật", "mat@vidu.vn")


def make_samples() -> list[Any]:
    """Return values of every class that has a plain form."""
    return [*from_histories(), *from_desk(), *from_acts(), *from_calendars()]


def from_histories() -> Iterator[Any]:
    """Yield every event, and the case that they add up to at each step."""
    history = every_event()
    yield from history
    for n in range(1, len(history) + 1):
        case = fold(history[:n])
        yield Outcome(line=n, act="answer", case="A", outcome="recorded", after=case)
        yield from (case, *case.lapses, *case.moves, *case.findings, *case.appointments)
        yield from case.sent_back
    yield from (case.officer, history[0].holder)
    yield FeedEntry(position="1", event=history[0])


def from_desk() -> Iterator[Any]:
    """Yield what a desk returns: cases, rows, sweeps, moves, requirements and refusals."""
    hand = p.Hand()
    desk = Desk(clock=hand)
    case = desk.receive(
        kind="conduct", channel="portal", content="bí mật", sender=Sender(email="mat@vidu.vn"),
        accused=[Accused(id="CB-9", unit="U-2")], by=Person(id=CITIZEN.id, role="citizen"),
    )  # fmt: skip
    yield from desk.unmet(case)
    for step in desk.steps(case, p.OPERATOR):
        yield from (step, *step.fields, *(e for field in step.fields for e in field.choices))
    yield from _refusals(desk, case)
    late, moved = p.with_officer(desk), p.with_agency(desk, hand)
    yield from (case, late, moved, find_running(moved), moved.deadline, moved.clock)
    asked_again = p.with_agency(desk, hand)
    asked_again = desk.report_findings(asked_again, text="bí mật", by=p.AGENCY)
    appointment = hand.at + 48 * p.HOUR
    asked_again = desk.request_verification(
        asked_again, agency=p.AGENCY.unit or "", appointment=appointment, by=p.OFFICER
    )
    yield from (asked_again, asked_again.deadline, *desk.history(asked_again))
    closed = [p.notice("TB 9", day, office="Mẫu") for day in (date(2026, 3, 5),)]
    changed = desk.with_calendars(attrs.evolve(vietnam_calendar("A"), notices=closed))
    yield from changed.check_calendars()
    report = changed.recalculate()
    yield from (report, *report.moves, *report.units)
    hand.at += 24 * p.HOUR
    yield desk.sweep()
    yield desk.get(late.id)
    yield changed.get(moved.id)
    counted = make_report(desk, since=p.MORNING, before=hand.at, with_cases=True)
    yield from (counted, *counted.rows, counted.total)
    yield from measure_delays(desk, since=p.MORNING, before=hand.at)
    page = desk.find()
    inbox = desk.inbox(p.OPERATOR)
    yield from (inbox, *inbox.rows)
    yield desk.feed()
    yield desk.consume("mail", print, start="end")
    yield desk.store.claim("mail", hand.at, hand.at + p.HOUR)
    yield from desk.store.list_calendars()
    yield from (page, *page.rows, Query(states=["closed", "overdue"], unit="U-1"))
    desk.store.erase(case.id, at=hand.at)
    erased = desk.get(case.id)
    yield from (erased, erased.content, *desk.history(case.id), desk.history(case.id)[0].by)


def _refusals(desk: Desk, case: Case) -> Iterator[Any]:
    try:
        desk.answer(case, text=" ", by=p.AGENCY)
    except RefusedError as error:
        yield from (error, *error.refusals)
        yield Outcome(
            line=1, act="answer", case="A", outcome="not_allowed", reasons=error.refusals,
            allowed=("close",), lapsed=("B",),
        )  # fmt: skip
    yield InputError(field="by", code="unknown_value", value="x", known=("y",))


def from_acts() -> Iterator[Any]:
    """Yield every act, the people they name, and the rules."""
    given: dict[str, Any] = {
        "by": p.OPERATOR, "kind": "conduct", "channel": "phone", "content": "bí mật",
        "sender": Sender(name="bí mật"), "accused": p.ACCUSED, "reasons": ["unclear"],
        "guidance": "bí mật", "text": "bí mật", "to": p.OFFICER, "within_competence": True,
        "agency": "U-2", "appointment": START, "reason": "bí mật", "unit": "U-1", "score": 4,
        "case": "HB-1", "found": Recount, "language": "en",
    }  # fmt: skip
    other = {a.Reschedule: {"to": START}, a.Reassign: {"to": Assignee(id="CB-2")}}
    for kind in {*a.ACTS.values()} - {a.MoveDeadline, a.Lapse}:
        names = {field.name for field in attrs.fields(kind)}
        fields = {name: each for name, each in given.items() if name in names}
        yield kind(**fields | other.get(kind, {}))
    yield a.Lapse(at=START)
    yield Related(case="HB-1", reasons=("same_sender",), alike=50)
    yield from (p.CITIZEN, p.OFFICER, *p.ACCUSED, p.SENDER, Assignee(id="CB-2"))
    days = Limit(budget=Term.working_days(5), article=Article("9.1"), since=date(2026, 1, 1))
    yield from (HOA_BINH_2019, attrs.evolve(HOA_BINH_2019, officer_limit=days))
    yield from (days, HOA_BINH_2019.agency_limit, *REQUIREMENTS.values(), *READINGS)


def from_calendars() -> Iterator[Any]:
    """Yield what a calendar answers with."""
    for budget in (timedelta(hours=8), timedelta(0, 1, 5)):
        explanation = VP.explain(START, budget)
        yield from (explanation, VP.allot(START, budget), *explanation.steps)
    yield from (step.gap for step in VP.explain(START, 20 * p.HOUR).steps if step.gap)
    for term in (Term.working_days(5), Term.weeks(2), Term.months(1, rolls=False)):
        found = term.expiry(START, on=VP)
        yield from (term, found, *found.steps)
    yield from (
        VP.day(date(2026, 9, 1)),
        VP.day(date(2026, 9, 3)),
        *VP.spans(START, START + p.HOUR),
    )
    yield from (*VP.day(date(2026, 9, 3)).sessions, VP.days.year(2026)[date(2026, 9, 2)])
    off, worked = p.notice("A", date(2026, 3, 9)), p.notice("B", date(2026, 3, 9), "worked")
    both = attrs.evolve(VP, notices=(off, attrs.evolve(worked, issued=date(2026, 3, 4))))
    yield from (off, NoticeDay(date(2026, 3, 9), "off"), *both.contradictions)
    yield from (*both.contradictions[:1], Ruling(off.days[0], off), *PRESETS.values())
    check = crosscheck()
    yield from (check, *check.differences[:2])
