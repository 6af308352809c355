"""Who plays in these tests, the hours they keep, and how a story is told act by act.

The accused is written in NFC and small letters; when they act they spell themselves in NFD and
capitals, with the tone mark in its other place, so that every walk also tries how ids compare.
"""

import unicodedata
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

import attrs

from phananh.articles import Article
from phananh.regulation import acts as a
from phananh.regulation.case import Case, fold
from phananh.regulation.context import DecisionContext
from phananh.regulation.deadline import SIGNED_ON, Deadline, Limit, Recount, start_limit
from phananh.regulation.decide import Decision, NotAllowed, Recorded, Refused, decide
from phananh.regulation.intake import find_unmet
from phananh.regulation.receipt import make_receipt
from phananh.regulation.recount import recount
from phananh.regulation.request import Accused, Assignee, Kind, Person, Role, Sender, State
from phananh.regulation.rules import HOA_BINH_2019, Rules
from phananh.worktime import Notice, NoticeDay, Timetable, WorkCalendar, vietnam_calendar
from phananh.worktime.timetable import Hours

VIETNAM = timezone(timedelta(hours=7))
US = timedelta(microseconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
# Passed on a minute later, the officer's five hours end with the day, at 17:30.
MONDAY = datetime(2026, 3, 2, 10, 29, tzinfo=VIETNAM)

# The centre and the agencies keep different hours, so that taking the wrong ones shows.
CENTRE = vietnam_calendar("A")
AGENCY = WorkCalendar(
    name="agency",
    timetable=Timetable(hours=Hours(days="mon-fri", sessions="08:00-12:00, 13:00-16:00")),
)

# The same two, after a notice that came in time: that Monday nobody worked.
STORM = Notice(document="TB 1", issued=date(2026, 2, 20), days=(NoticeDay(MONDAY.date(), "off"),))
CENTRE_SHUT = attrs.evolve(CENTRE, notices=(STORM,))
AGENCY_SHUT = attrs.evolve(AGENCY, notices=(STORM,))


HEALTH, LAND, POST, HUB = "so-y-te", "so-tnmt", "buu-dien", "trung-tam"
CULPRIT = Accused(id="nguyễn-tòa-01", unit=HEALTH)
SPELT = unicodedata.normalize("NFD", "NGUYỄN-TOÀ-01")
SENDER = Sender(
    name="Bùi Thị Mây", address="12 Lò Văn Giá", phone="0218 3831022", email="may@vidu.vn"
)

CITIZEN = Person(id="cd-may", role="citizen")
OPERATOR = Person(id="dtv-1", role="operator")
OFFICER = Person(id="cb-yte-1", role="officer", unit=HEALTH)
PROVIDER = Person(id="bd-1", role="provider", unit=POST)
LEADERSHIP = Person(id="gd-1", role="leadership", unit=HUB)
FOCAL = Person(id="dm-yte", role="agency", unit=HEALTH)
HEAD = Person(id="tt-yte", role="agency_head", unit=HEALTH)
OFFICE = Person(id="vp-1", role="office")
CLOCK = a.SYSTEM
PEOPLE = (CITIZEN, OPERATOR, OFFICER, PROVIDER, LEADERSHIP, FOCAL, HEAD, OFFICE, CLOCK)

# Acts that many stories end with.
LATER = MONDAY + 9 * DAY
OPINION = a.Advise(by=LEADERSHIP, text="Thuộc bộ khác", within_competence=False)
ANSWER = a.Answer(by=OFFICER, text="Đã xem xét")
FOUND = a.ReportFindings(by=FOCAL, text="Có chậm trễ")
PUT_OFF = a.Reschedule(by=FOCAL, to=LATER, reason="Chờ hồ sơ gốc")


def reject(*reasons: str) -> a.Reject:
    """Return the operator's rejection with these reasons."""
    return a.Reject(by=OPERATOR, reasons=reasons, guidance="Liên hệ Ban Tiếp công dân")


def read(**changes: Any) -> Rules:
    """Return the rules with readings changed."""
    return attrs.evolve(HOA_BINH_2019, **changes)


def limit(hours: int, article: str) -> Limit:
    """Return a limit of so many working hours."""
    return Limit(budget=timedelta(hours=hours), article=Article(article), since=SIGNED_ON)


def hours(role: Role, _unit: str | None) -> Any:
    """Return the hours a role keeps: agencies seven a day, the centre eight."""
    return AGENCY if role is Role.AGENCY else CENTRE


def context(at: datetime, rules: Rules = HOA_BINH_2019) -> DecisionContext:
    """Return the moment at which an act is judged."""
    return DecisionContext(at=at, rules=rules, calendar_for=hours)


def first_event(kind: str = "conduct", *, at: datetime = MONDAY, **changes: Any) -> Any:
    """Return the receipt of a request: a conduct report with its accused, unless told else."""
    accused = (CULPRIT,) if kind == "conduct" else ()
    rules = changes.pop("rules", HOA_BINH_2019)
    given = {
        "by": CITIZEN,
        "kind": Kind(kind),
        "channel": "portal",
        "content": "Chờ một cửa hai giờ, không ai tiếp",
        "sender": SENDER,
        "accused": accused,
    }
    act = a.Receive(**{**given, **changes})
    return make_receipt(act, at=at, case="HB-1", code="code", code_digest="digest", rules=rules)


def received_case(kind: str = "conduct", **changes: Any) -> Case:
    """Return a case that was just received."""
    return fold((first_event(kind, **changes),))


def decide_on(
    case: Case, act: a.Act, *, at: datetime | None = None, rules: Rules = HOA_BINH_2019
) -> Decision:
    """Return what the Regulation says to an act, a minute after the last event by default."""
    return decide(case, act, context(at or case.updated_at + MINUTE, rules))


def record(
    case: Case, act: a.Act, *, at: datetime | None = None, rules: Rules = HOA_BINH_2019
) -> Case:
    """Return the case after an act that must be recorded."""
    decision = decide_on(case, act, at=at, rules=rules)
    assert isinstance(decision, Recorded), decision
    return decision.case


def is_recorded(case: Case, act: a.Act, **how: Any) -> bool:
    """Return whether an act is done."""
    return isinstance(decide_on(case, act, **how), Recorded)


def refusal_codes(decision: Decision) -> list[str]:
    """Return the codes of all reasons of a refusal, in order. Each has the facts of its words."""
    assert isinstance(decision, Refused), decision
    told = {reason.code: reason.text() for reason in decision.reasons}
    assert not [code for code, text in told.items() if text.startswith(f"{code} (")], told
    return [reason.code for reason in decision.reasons]


def refusal_articles(decision: Decision) -> list[str | None]:
    """Return the clauses that a refusal cites, in order."""
    assert isinstance(decision, Refused), decision
    return [reason.article.id if reason.article else None for reason in decision.reasons]


def refuse(case: Case, act: a.Act, **how: Any) -> list[str]:
    """Return the codes of all reasons with which an act is refused, in order."""
    return refusal_codes(decide_on(case, act, **how))


def refuse_citing(case: Case, act: a.Act, **how: Any) -> list[tuple[str, str | None]]:
    """Return each reason with which an act is refused: its code, and the clause that it cites."""
    decision = decide_on(case, act, **how)
    return [*zip(refusal_codes(decision), refusal_articles(decision), strict=True)]


def unmet_codes(case: Case, rules: Rules = HOA_BINH_2019) -> list[str]:
    """Return the codes of what a request does not meet, in the table's order."""
    return [each.code for each in find_unmet(case, rules=rules)]


def letter_of(decision: Decision) -> str:
    """Return R for recorded, F for refused, N for not allowed."""
    return {Recorded: "R", Refused: "F", NotAllowed: "N"}[type(decision)]


def given(case: Case) -> timedelta:
    """Return the working time that the running limit gave."""
    assert case.deadline is not None
    return case.deadline.budget


def at_officer(kind: str = "conduct", **changes: Any) -> Case:
    """Return a case that the operator passed to the officer."""
    rules = changes.get("rules", HOA_BINH_2019)
    return record(received_case(kind, **changes), a.Escalate(by=OPERATOR, to=OFFICER), rules=rules)


def at_provider(**changes: Any) -> Case:
    """Return a service request that lies with the post."""
    rules = changes.get("rules", HOA_BINH_2019)
    case = received_case("service", **changes)
    return record(case, a.Escalate(by=OPERATOR, to=PROVIDER), rules=rules)


def at_leadership(kind: str = "conduct", **changes: Any) -> Case:
    """Return a case that the operator passed to the centre's leadership."""
    rules = changes.get("rules", HOA_BINH_2019)
    return record(
        received_case(kind, **changes), a.Escalate(by=OPERATOR, to=LEADERSHIP), rules=rules
    )


def verification_request(case: Case, **changes: Any) -> a.RequestVerification:
    """Return the officer's request to the agency, with an appointment in two days."""
    given = {"by": OFFICER, "agency": HEALTH, "appointment": case.updated_at + 2 * DAY}
    return a.RequestVerification(**{**given, **changes})


def at_agency(kind: str = "conduct", **changes: Any) -> Case:
    """Return a case that the officer sent to the agency."""
    case = at_officer(kind, **changes)
    return record(case, verification_request(case), rules=changes.get("rules", HOA_BINH_2019))


def lapsed_case(case: Case, *, rules: Rules = HOA_BINH_2019) -> Case:
    """Return the case after its clock ran out and the sweep saw it."""
    assert case.clock is not None
    return record(case, a.Lapse(), at=case.clock.late_after + US, rules=rules)


def answered_case(kind: str = "conduct", **changes: Any) -> Case:
    """Return a case that the operator answered."""
    return record(at_officer(kind, **changes), a.Answer(by=OFFICER, text="Đã xin lỗi"))


def rejected_case(kind: str = "conduct", **changes: Any) -> Case:
    """Return a case that the operator did not take."""
    act = a.Reject(by=OPERATOR, reasons=["unclear"], guidance="Nói rõ thủ tục nào")
    return record(received_case(kind, **changes), act)


def make_recount(case: Case, **changes: Any) -> Recount:
    """Return the running deadline laid over the hours without that Monday; else it as it is."""
    deadline, holder = case.deadline, case.holder
    if deadline is None or holder is None:
        deadline = start_limit(
            HOA_BINH_2019.officer_limit, at=case.updated_at, calendar=CENTRE, rules=HOA_BINH_2019
        )
    at_agency = holder is not None and holder.role is Role.AGENCY
    return attrs.evolve(_recount(deadline, at_agency=at_agency), **changes)


@lru_cache(maxsize=100)
def _recount(deadline: Deadline, *, at_agency: bool) -> Recount:
    calendar = AGENCY_SHUT if at_agency else CENTRE_SHUT
    return recount(deadline, calendar=calendar, rules=HOA_BINH_2019) or Recount(
        deadline=deadline, days=(), notices=(), issued=None, cause="other_hours"
    )


UNEXPLAINED = {"unexplained": (MONDAY.date(),), "cause": "unexplained"}


def facts_of_tomorrow(at: datetime) -> dict[str, Any]:
    """Return what a recount says of a notice that becomes known on the day after."""
    return {"known": at.date() + DAY, "notices": ("TB of tomorrow",)}


def make_earlier_recount(case: Case, by: timedelta, **changes: Any) -> Recount:
    """Return a recount that ends earlier than the clock that runs."""
    found = make_recount(case)
    due = (case.due or case.updated_at) - by
    deadline = attrs.evolve(found.deadline, due=due, late_after=due, version="sooner")
    return attrs.evolve(found, **{"deadline": deadline, "cause": "worked_day", **changes})


def well_formed_act(trigger: str, by: Person, case: Case, at: datetime) -> a.Act:
    """Return the act of a trigger with everything right but, perhaps, who asks."""
    return a.ACTS[trigger](by=by, **_contents(trigger, case, at))


def _contents(trigger: str, case: Case, at: datetime) -> dict[str, Any]:
    later = max(at, case.due or at) + DAY
    match trigger:
        case "complete":
            if case.state is State.RECEIVED:
                return {"content": "Bổ sung: quầy số 3"}
            if not case.is_open:
                return {"about_unit": HEALTH}
            return {"sender": Sender(address="Tổ 5, Phương Lâm")}
        case "reject":
            return {"reasons": ["unclear"], "guidance": "Nói rõ thủ tục nào"}
        case "escalate":
            return {"to": PROVIDER if case.kind is Kind.SERVICE else OFFICER}
        case "request_verification":
            return {"agency": HEALTH, "appointment": later}
        case "reschedule":
            return {"to": later, "reason": "Chờ hồ sơ gốc"}
        case "move_deadline":
            return {"recount": make_recount(case)}
        case "reassign":
            unit = case.holder.unit if case.holder and case.holder.unit else HEALTH
            return {"to": Assignee(id="nguoi-moi", unit=unit)}
        case "notify_unit":
            return {"unit": HEALTH}
        case "rate":
            return {"score": 5}
        case "advise":
            return {"text": "Thuộc bộ khác", "within_competence": False}
        case "lapse" | "close" | "withdraw":
            return {}
    return {"text": "Nội dung đã xem xét"}
