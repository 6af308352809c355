"""Why a term ends when it does: data, words, what is left, and an account that can be checked."""

import json
import pickle
from datetime import date, datetime

import pytest
from hypothesis import given

from phananh.errors import CoverageError
from phananh.worktime.terms import Term
from phananh.worktime.terms.expiry import Expiry
from tests.worktime.calendars import FRESH, HANOI, TICK, A
from tests.worktime.terms.drawn import CALENDARS, DAY, starts, terms, tried

EACH = pytest.mark.parametrize("name", CALENDARS)
LAW = tried(40)


def at(text: str) -> datetime:
    """Return a Vietnamese wall-clock time."""
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)


def tet() -> Expiry:
    """Return the end of five working days from the Friday before Tết 2026."""
    return Term.working_days(5).expiry(at("2026-02-13T16:00"), on=A)


def rolled() -> Expiry:
    """Return the end of ten days from 6 February 2026, moved out of Tết."""
    return Term.days(10).expiry(date(2026, 2, 6), on=A)


@EACH
@given(term=terms(), t=starts)
@LAW
def test_the_account_is_complete(name, term, t):
    """The steps go from day to day without a hole, add up, and the walk finds no fault."""
    expiry = term.expiry(t, on=CALENDARS[name]())
    event, *steps = expiry.steps
    assert (event.kind, event.first, event.last) == ("event", t.date(), expiry.event_day)
    counted = [step for step in steps if step.kind == "counted"]
    assert sum(step.counted for step in counted) == counted[-1].total == steps[-1].total
    if term.unit in ("working_days", "days"):
        assert counted[-1].total == term.count
    days = {s.first + n * DAY for s in steps for n in range((s.last - s.first).days + 1)}
    first = expiry.event_day + DAY * (not term.counts_first_day)
    assert days | {expiry.last_day} == {
        first + n * DAY for n in range((expiry.last_day - first).days + 1)
    }
    assert pickle.loads(pickle.dumps(expiry)) == expiry
    assert expiry.due == term.due(t, on=CALENDARS[name]())
    json.dumps(expiry.as_dict())
    assert len(expiry.text("vi").splitlines()) == len(expiry.text().splitlines())


@EACH
@given(term=terms(), t=starts, now=starts)
@LAW
def test_what_is_left_and_what_is_over(name, term, t, now):
    """Days are left until the last, over after it, and never both; at the due instant neither."""
    expiry = term.expiry(t, on=CALENDARS[name]())
    left, over = expiry.remaining(now), expiry.overrun(now)
    assert min(left, over) == 0
    assert expiry.is_late(now) is (now > expiry.due)
    assert (expiry.remaining(expiry.due), expiry.overrun(expiry.due)) == (0, 0)
    assert not expiry.is_late(expiry.due)
    assert expiry.is_late(expiry.due + TICK)
    if term.unit in ("working_days", "days") and expiry.last_day == expiry.nominal_day:
        assert expiry.remaining(t) <= term.count
        if expiry.event_day == t.date() and not term.counts_first_day:
            assert expiry.remaining(t) == term.count
    assert expiry.remaining(now + DAY) <= left
    assert expiry.overrun(now + DAY) >= over


def test_data():
    """Every day passed over is named with its reason and its source."""
    facts = tet().as_dict()
    assert {k: facts[k] for k in ("event_day", "nominal_day", "last_day", "due")} == {
        "event_day": "2026-02-13",
        "nominal_day": "2026-02-27",
        "last_day": "2026-02-27",
        "due": "2026-02-28T00:00:00+07:00",
    }
    kinds = [(s["kind"], s["from"], s["to"], s["counted"], s["clause"]) for s in facts["steps"]]
    assert kinds == [
        ("event", "2026-02-13", "2026-02-13", 0, "147.3"),
        ("skipped", "2026-02-14", "2026-02-22", 0, ""),
        ("counted", "2026-02-23", "2026-02-27", 5, ""),
    ]
    skipped = facts["steps"][1]["days"]
    assert [day["code"] for day in skipped] == ["weekend"] * 2 + ["holiday"] * 5 + ["weekend"] * 2
    assert skipped[2]["date"] == "2026-02-16"
    assert "112" in skipped[2]["source"]
    assert "source" not in skipped[0]


def test_what_moved_the_last_day():
    """The day off on which it would have ended, the rule and the new day are told."""
    expiry = rolled()
    assert expiry.last_day != expiry.nominal_day
    assert (expiry.nominal_day, expiry.last_day) == (date(2026, 2, 16), date(2026, 2, 23))
    last = expiry.steps[-1]
    assert (last.kind, last.clause, last.first, last.last) == (
        "rolled",
        "148.5",
        date(2026, 2, 16),
        date(2026, 2, 22),
    )


@pytest.mark.parametrize(
    ("expiry", "lang", "needles"),
    [
        (tet, "vi", ["27/02/2026 (24 giờ, khoản 6 Điều 148 ", "khoản 3 Điều 147", "16/02-20/02"]),
        (tet, "en", ["(24:00, Civil Code 2015, Article 148(6)).", "147(3)", "5 working days"]),
        (rolled, "vi", ["10 ngày, kể cả ngày nghỉ", "khoản 5 Điều 148", "thứ Hai 23/02/2026"]),
        (rolled, "en", ["days off included", "148(5)", "it ends on Monday 2026-02-23 instead"]),
    ],
)
def test_words(expiry, lang, needles):
    """The text names the last day, the clause, and the days off."""
    assert [needle for needle in needles if needle not in expiry().text(lang)] == []


@pytest.mark.parametrize(
    ("term", "start", "provisional"),
    [
        (Term.working_days(1), "2026-12-30", False),
        (Term.working_days(1), "2026-12-31", True),
        (Term.working_days(1), "2026-11-20", True),
        (Term.working_days(1), "2026-11-19", False),
        (Term.working_days(5), "2026-11-24", True),
        (Term.working_days(1), "2026-11-23", False),
        (Term.working_days(1, counts_first_day=True), "2026-11-23", True),
        (Term.working_days(1), "2026-11-28", False),
        (Term.working_days(1, received="opening"), "2026-11-28", True),
        (Term.days(5), "2026-11-20", False),
        (Term.days(3), "2026-11-20", True),
        (Term.days(8), "2026-11-20", True),
        (Term.days(3, rolls=False), "2026-11-20", False),
        (Term.days(60, rolls=False), "2026-12-20", False),
        (Term.months(12), "2026-12-20", True),
    ],
)
def test_provisional(term, start, provisional):
    """A term is provisional where a notice yet to come may move its end, and only there."""
    expiry = term.expiry(date.fromisoformat(start), on=A)
    assert expiry.provisional is provisional
    assert ("Provisional" in expiry.text()) is provisional
    strict = FRESH["A"](strict=True)
    if provisional:
        with pytest.raises(CoverageError, match="2026-12-31"):
            term.due(date.fromisoformat(start), on=strict)
    else:
        assert term.due(date.fromisoformat(start), on=strict) == expiry.due


def test_a_term_whose_first_day_counts():
    """The rule of its own is cited, and on the day before all its days are still to come."""
    expiry = Term.days(3, counts_first_day=True).expiry(date(2026, 3, 4), on=A)
    assert expiry.steps[0].clause == "145.1"
    assert "khoản 1 Điều 145" in expiry.text("vi")
    days = [at(f"2026-03-0{day}T09:00") for day in (3, 4, 5, 6)]
    assert [expiry.remaining(now) for now in days] == [3, 2, 1, 0]
