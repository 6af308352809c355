"""An accused who guesses: whatever they try, in whatever role, they learn and do nothing (R40)."""

import json
from collections.abc import Iterator
from itertools import islice, product
from typing import Any

import pytest

from phananh import (
    Accused,
    Assignee,
    Case,
    Desk,
    MemoryStore,
    Person,
    RefusedError,
    Role,
    Sender,
)
from phananh.act_log.replay import replay
from phananh.errors import ConflictError, StepNotAllowedError
from phananh.regulation import acts as a
from phananh.testing.clock import ManualClock

OPERATOR = Person(id="dtv-kín", role="operator")
OFFICER = Person(id="cb-kín", role="officer", unit="mot-cua-kín")
AGENCY = Person(id="dm-kín", role="agency", unit="so-kín")
LEADER = Person(id="gd-kín", role="leadership")
OTHER = Accused(id="nv-kín", unit="phong-kín")
SENDER = Sender(
    name="Bùi Thị Mây", phone="0912 345 678", email="may@vidu.vn", address="Tổ 5, Xóm Bãi"
)
CONTENT = "Chờ hai giờ ở quầy số ba"
# Each guess is right, and beside it stands one that is wrong.
GUESSES = (
    ("Bùi Thị Mây", "Trần Thị Lan"), ("0912 345 678", "0912 345 679"),
    ("may@vidu.vn", "lan@vidu.vn"), ("Tổ 5, Xóm Bãi", "Tổ 6, Xóm Đồi"),
    (CONTENT, "Chờ hai ngày ở quầy số bốn"), ("cb-kín", "cb-khác"),
    ("mot-cua-kín", "mot-cua-khác"), ("so-kín", "so-khác"), ("dm-kín", "dm-khác"),
    ("nv-kín", "nv-khác"), ("phong-kín", "phong-khác"),
)  # fmt: skip
SECRET = ("kín", "Mây", "0912", "may@", "Xóm Bãi", "hai giờ")
UNITS = (None, "phong-nào-đó", "mot-cua-kín", "so-kín")
SPELLINGS = ("nguyễn-tòa", "NGUYỄN-TOÀ")
TRIGGERS = sorted({*a.ACTS} - {*a.SYSTEM_TRIGGERS, "receive"})


def make_cases(desk: Desk, clock: ManualClock) -> Iterator[Case]:
    """Yield a report on the conduct of the accused at each place where a case can lie."""

    def receive(**given: Any) -> Case:
        accused = [Accused(id=SPELLINGS[0], unit="phong-nào-đó"), OTHER]
        return desk.receive(kind="conduct", channel="phone", content=CONTENT, by=OPERATOR,
                            accused=accused, sender=given.get("sender", SENDER))  # fmt: skip

    def pass_on() -> Case:
        return desk.escalate(receive(), to=OFFICER, by=OPERATOR)

    def ask() -> Case:
        when = clock() + desk.rules[0].agency_limit.budget * 20
        return desk.request_verification(
            pass_on(), agency="so-kín", focal="dm-kín", appointment=when, by=OFFICER
        )

    late = [pass_on(), ask()]
    clock.to_due(late[1], plus="1h")
    desk.sweep()
    yield from (desk.get(each.id) for each in late)
    yield from (receive(), receive(sender=Sender()), pass_on(), ask())
    yield desk.escalate(receive(), to=LEADER, by=OPERATOR)
    yield desk.reject(receive(), reasons=["unclear"], guidance="Nói rõ", by=OPERATOR)
    yield desk.answer(pass_on(), text="Đã rõ", by=OFFICER)
    yield desk.close(desk.answer(pass_on(), text="Đã rõ", by=OFFICER), by=OPERATOR)


def make_act(trigger: str, by: Person, guess: str, case: Case) -> a.Act:
    """Return an act with the guess in each place that takes one."""
    later = case.updated_at.replace(year=2027)
    given: dict[str, dict[str, Any]] = {
        "complete": {"sender": Sender(name=guess, address=guess)},
        "reject": {"reasons": ["no_name", "no_contact"], "guidance": guess},
        "escalate": {"to": Person(id=guess, role="officer", unit=guess)},
        "advise": {"text": guess, "within_competence": False},
        "request_verification": {"agency": guess, "focal": guess, "appointment": later},
        "reschedule": {"to": later, "reason": guess},
        "reassign": {"to": Assignee(id=guess, unit=guess)},
        "notify_unit": {"unit": guess, "text": guess},
        "close": {},
        "rate": {"score": 1},
    }
    return a.ACTS[trigger](by=by, **given.get(trigger, {"text": f"Về {guess}, đã xem xét"}))


def try_it(desk: Desk, named: Case | str, act: a.Act, **how: Any) -> str:
    """Return all that an act says when it is refused."""
    with pytest.raises((RefusedError, StepNotAllowedError)) as caught:
        desk.do(named, act, **how)
    error = caught.value
    reasons = getattr(error, "refusals", ())
    shown = [error.as_dict("vi"), error.as_dict("en"), *(each.as_dict("vi") for each in reasons)]
    return json.dumps(
        [*shown, [dict(each.facts) for each in reasons]], ensure_ascii=False, default=str
    )


def look(desk: Desk, named: Case | str, case: Case, by: Person) -> str:
    """Return what somebody is told without an act: buttons and forms, why they may not read."""
    with pytest.raises(RefusedError) as caught:
        case.as_dict("vi", for_=by, by_code=True)
    assert desk.may_read(named, by) == caught.value.refusals != ()
    with pytest.raises(RefusedError) as refused:
        desk.timeline(named, for_=by)
    assert refused.value.refusals == caught.value.refusals
    steps = desk.steps(named, by)
    assert not any(each.fields for each in steps)
    buttons = {
        act: [r.as_dict("vi") for r in why] for act, why in desk.allowed(named, by=by).items()
    }
    assert all(buttons.values())
    told = [buttons, caught.value.as_dict("vi"), [each.as_dict("vi") for each in steps]]
    return json.dumps(told, ensure_ascii=False)


@pytest.mark.parametrize("step", [37, pytest.param(5, marks=pytest.mark.slow)])
def test_an_accused_learns_and_does_nothing(step: int) -> None:
    """Of right and wrong guesses the answers are the same, none names anybody, and none is done."""
    clock = ManualClock("2025-04-21 09:00")
    desk = Desk(store=MemoryStore(), clock=clock)
    cases = [*make_cases(desk, clock)]
    before = {case.id: desk.history(case) for case in cases}
    people = [Person(id=SPELLINGS[n % 2], role=role, unit=unit)
              for n, (role, unit) in enumerate(product(Role, UNITS))]  # fmt: skip
    tried = 0
    for case, by, guesses in islice(product(cases, people, GUESSES), 0, None, step):
        ways = (case, case.id, case.code)
        for n, trigger in enumerate(TRIGGERS):
            named = ways[n % 3]
            told = {try_it(desk, named, make_act(trigger, by, each, case)) for each in guesses}
            tried += 2
            (said,) = told
            assert not any(secret in said for secret in SECRET), (trigger, by, guesses, said)
        seen = look(desk, ways[tried % 3], case, by)
        assert not any(secret in seen for secret in SECRET), (by, seen)
    assert tried > 150_000 // step
    assert {case.id: desk.history(case) for case in cases} == before


def test_an_accused_does_not_learn_which_version_there_is() -> None:
    """Whether they name the right version or a wrong one, they are refused as the accused."""
    clock = ManualClock("2025-04-21 09:00")
    desk = Desk(store=MemoryStore(), clock=clock)
    for case in make_cases(desk, clock):
        act = a.Note(by=Person(id=SPELLINGS[0], role="operator"), text="x")
        assert len({try_it(desk, case.id, act, expected=version) for version in range(1, 9)}) == 1


def test_a_log_tells_an_accused_nothing() -> None:
    """A line by an accused is refused alike for a right and a wrong guess, and names nobody."""
    who = {"id": SPELLINGS[1], "role": "leadership"}
    begin = {"act": "receive", "at": "2025-04-21T09:00+07:00", "case": "K1", "kind": "conduct",
             "channel": "phone", "content": CONTENT, "sender": {"name": SENDER.name},
             "accused": [{"id": SPELLINGS[0], "unit": "u"}],
             "by": {"id": "dtv-kín", "role": "operator"}}  # fmt: skip
    end = {"act": "answer", "at": "2025-04-21T09:01+07:00", "case": "K1", "text": "Đã rõ",
           "by": begin["by"]}  # fmt: skip
    told = set()
    for guess in GUESSES[0]:
        tries = [{"act": act, "at": "2025-04-21T09:02+07:00", "case": "K1", "by": who, **given}
                 for act, given in (("publish", {"text": guess}),
                                    ("notify_unit", {"unit": "u", "text": guess}))]  # fmt: skip
        lines = [json.dumps(each, ensure_ascii=False) for each in (begin, end, *tries)]
        done = replay(lines, desk=Desk(store=MemoryStore()), name="k")
        shown = [each.as_dict()["reasons"] for each in done][2:]
        assert all(shown)
        told.add(json.dumps(shown, ensure_ascii=False))
    (said,) = told
    assert not any(secret in said for secret in SECRET)


def test_who_is_accused_since_gets_no_case_with_a_conflict() -> None:
    """Somebody recorded since, and how the case reads now is not for them."""
    desk = Desk(clock=ManualClock("2025-04-21 09:00"))
    case = desk.receive(kind="conduct", channel="phone", content=CONTENT, sender=SENDER,
                        by=OPERATOR)  # fmt: skip
    seen = desk.escalate(case, to=OFFICER, by=OPERATOR)
    desk.complete(seen.id, accused=[Accused(id=OFFICER.id, unit="phong-kín")], by=OPERATOR)
    with pytest.raises(ConflictError, match=r"\w") as caught:
        desk.note(seen, text="Xin chào", by=OFFICER)
    assert caught.value.fresh is None


def test_who_may_not_read_gets_no_case_with_a_conflict() -> None:
    """An officer of elsewhere may close, and a notified unit report, but neither may read."""
    desk = Desk(clock=ManualClock("2025-04-21 09:00"))
    case = desk.receive(kind="conduct", channel="phone", content=CONTENT, sender=SENDER,
                        by=OPERATOR, accused=[OTHER])  # fmt: skip
    case = desk.escalate(case, to=OFFICER, by=OPERATOR)
    case = desk.notify_unit(case, unit=OTHER.unit, by=LEADER)
    case = desk.answer(case, text="Đã rõ", by=OFFICER)
    stranger = Person(id="cb-khác", role="officer", unit="mot-cua-khác")
    unit = Person(id="tp-khác", role="agency", unit=OTHER.unit)
    acts = (a.Close(by=stranger), a.ReportOutcome(text="Đã nhắc nhở", by=unit))
    for act in (*acts, a.Note(text="Xin chào", by=OPERATOR)):
        with pytest.raises(ConflictError, match=r"\w") as caught:
            desk.do(case.id, act, expected=1)
        assert caught.value.fresh == (case if act.by is OPERATOR else None)
