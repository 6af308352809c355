"""Acts and instants at the door: what cannot be meant is refused when it is made (Art. 7-10)."""

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import count, repeat
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from phananh.errors import InputError
from phananh.regulation import acts as a
from phananh.regulation.acts import LONGEST_LIST
from phananh.regulation.cleaning import clean_instant
from phananh.regulation.request import Accused, Kind
from tests.regulation import cast

SENDER = a.Sender(name="Bí Danh", phone="0912345678", address="Số 1", email="bi@vidu.vn")
INSTANTS = {
    "at": lambda x: a.Close(by=cast.OPERATOR, at=x),
    "appointment": lambda x: a.RequestVerification(by=cast.OFFICER, agency="u", appointment=x),
    "to": lambda x: a.Reschedule(by=cast.FOCAL, to=x, reason="r"),
}


def test_bad_instants_are_refused():
    """Naive, absurd and other values are refused at once, and never overflow."""
    for field in INSTANTS:
        for bad in [
            datetime(2026, 3, 2, 8),
            datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=7))),
            datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC),
            datetime(9999, 12, 31, 23, tzinfo=timezone(-timedelta(hours=7))),
            datetime(1899, 12, 31, tzinfo=UTC),
            datetime(2200, 1, 1, tzinfo=UTC),
            date(2026, 3, 2),
            1_772_413_200,
            "2026-03-02T08:00+07:00",
            True,
        ]:
            with pytest.raises(InputError) as caught:
                INSTANTS[field](bad)
            assert caught.value.field == field


@pytest.mark.parametrize("zone", ["UTC", "Asia/Ho_Chi_Minh", "America/New_York"])
def test_an_instant_keeps_its_zone(zone):
    """An aware instant is kept as it came; in any zone it leads to the same due."""
    at = cast.MONDAY.astimezone(ZoneInfo(zone))
    assert clean_instant(at, field="at") is at
    assert cast.at_officer(at=at).due == cast.at_officer().due


@pytest.mark.parametrize("score", [0, 6, -1, 4.5, 5.0, True, "5", None, float("nan")])
def test_a_score_is_a_whole_number(score):
    """A score is 1 to 5; True and "5" are none (10.2.c)."""
    with pytest.raises(InputError, match="1 to 5"):
        a.Rate(by=cast.CITIZEN, score=score)


def test_acts_that_cannot_be_meant():
    """An act of a wrong type, with an unknown slug, or that adds nothing is refused when made."""
    for act in [
        lambda: a.Reject(by=cast.OPERATOR, reasons=["nonsense"], guidance="x"),
        lambda: a.Reject(by=cast.OPERATOR, reasons="unclear", guidance="x"),
        lambda: a.Reject(by=cast.OPERATOR, reasons=None, guidance="x"),
        lambda: a.Reject(by=cast.OPERATOR, reasons=[{}], guidance="x"),
        lambda: a.Answer(by=cast.OFFICER, text="x", documents="x"),
        lambda: a.Answer(by=cast.OFFICER, text="x", documents=None),
        lambda: a.Answer(by="officer", text="x"),
        lambda: a.Escalate(by=cast.OPERATOR, to=cast.FOCAL),
        lambda: a.Escalate(by=cast.OPERATOR, to=None),
        lambda: a.Reassign(by=cast.HEAD, to="cb-2"),
        lambda: a.Complete(by=cast.OPERATOR),
        lambda: a.Complete(by=cast.OPERATOR, sender=a.Sender()),
        lambda: a.Complete(by=cast.OPERATOR, sender="Mây"),
        lambda: a.Complete(by=cast.OPERATOR, accused={"id": "x"}),
        lambda: cast.received_case(kind="praise"),
        lambda: cast.received_case(channel="fax"),
        lambda: cast.received_case(language="tiếng Việt"),
        lambda: cast.received_case(accused=None),
    ]:
        with pytest.raises((InputError, ValueError)):
            act()


SAID = "Bí mật"
TEXTS = {
    "receive": {"kind": "information", "channel": "portal", "content": SAID, "sender": SENDER},
    "complete": {"content": SAID, "sender": SENDER},
    "note": {"text": SAID},
    "reject": {"reasons": ["unclear"], "guidance": SAID},
    "answer": {"text": SAID, "documents": [SAID]},
    "advise": {"text": SAID, "within_competence": True},
    "report_findings": {"text": SAID},
    "reschedule": {"to": cast.LATER, "reason": SAID},
    "notify_unit": {"unit": cast.HEALTH, "text": SAID},
    "publish": {"text": SAID},
    "commend": {"text": SAID},
}


def test_no_free_text_stands_in_the_repr_of_an_act():
    """What somebody wrote, and who the sender is, stay out of logs that print an act."""
    for trigger in TEXTS:
        shown = repr(a.ACTS[trigger](by=cast.OPERATOR, **TEXTS[trigger]))
        assert SAID not in shown
        assert not any(part in shown for part in SENDER.as_dict(personal=True).values() if part)
        assert shown.startswith(f"{a.ACTS[trigger].__name__}(")


def test_time_does_not_turn_back():
    """An act before the last event is refused with both instants; the same is fine."""
    case = cast.at_officer()
    act = a.Answer(by=cast.OFFICER, text="Đã rõ")
    with pytest.raises(InputError, match=r"10:29:59.*10:30") as caught:
        cast.decide_on(case, act, at=case.updated_at - timedelta(seconds=1))
    assert caught.value.field == "at"
    assert cast.record(case, act, at=case.updated_at).version == case.version + 1


def test_slugs_are_members():
    """A slug and its member make the same act."""
    assert cast.received_case(kind="proposal") == cast.received_case(kind=Kind.PROPOSAL)


ONE = Accused(id="CB-1", unit="MC-1")
LISTS: dict[str, Any] = {
    "accused": (lambda given: a.Complete(by=cast.OPERATOR, accused=given), ONE),
    "documents": (lambda given: a.Answer(by=cast.OFFICER, text="x", documents=given), "a.pdf"),
    "reasons": (
        lambda given: a.Reject(by=cast.OPERATOR, reasons=given, guidance="x"),
        "unclear",
    ),
}


@pytest.mark.parametrize("field", LISTS)
def test_a_list_has_a_limit(field):
    """Up to 200 entries are taken; more, or without end, are refused at once by name and limit."""
    make, entry = LISTS[field]
    assert make([entry] * LONGEST_LIST)
    for many in ([entry] * (LONGEST_LIST + 1), [entry] * 50_000, {entry: 1}.keys() | {*range(999)}):
        check_refused_at_once(make, many, field)
    check_refused_at_once(make, repeat(entry), field)
    check_refused_at_once(make, count(), field)
    read: list[int] = []
    check_refused_at_once(make, (read.append(n) or entry for n in count()), field)  # type: ignore[func-returns-value]  # counts what is read
    assert len(read) == LONGEST_LIST + 1


def check_refused_at_once(make: Any, given: Any, field: str) -> None:
    """Fail where a list is taken, or takes its time to be refused."""
    begun = perf_counter()
    with pytest.raises(InputError) as caught:
        make(given)
    assert perf_counter() - begun < 10
    assert (caught.value.field, caught.value.code) == (field, "list_too_long")
    assert "more than 200 entries" in caught.value.text()
