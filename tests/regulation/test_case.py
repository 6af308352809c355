"""A case's instants are on one clock, that of the office, whoever gave them and on whatever."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest

from phananh import Case, Desk, InputError
from phananh.regulation import acts as a
from phananh.regulation.case import fold
from phananh.regulation.decide import as_of
from phananh.stores.base import Store
from phananh.worktime.instants import VIETNAM
from tests.desk import people as p
from tests.regulation import cast

NEW_YORK = ZoneInfo("America/New_York")


def instants(value: Any, name: str = "case") -> Iterator[tuple[str, datetime]]:
    """Yield every instant of a value with its place; the reasons of a deadline are the calendar's.

    What a deadline says is on the clock of the calendar that counted it.
    """
    if isinstance(value, datetime):
        yield name, value
    elif isinstance(value, tuple):
        for n, each in enumerate(value):
            yield from instants(each, f"{name}[{n}]")
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            if field.name != "deadlines":
                yield from instants(getattr(value, field.name), f"{name}.{field.name}")


@pytest.mark.parametrize("zone", [UTC, NEW_YORK, p.VIETNAM], ids=str)
def test_every_instant_of_a_case_is_on_the_clock_of_the_office(store: Store, zone: Any) -> None:
    """Given in UTC or New York, kept in memory or in a file: read, all are at +07:00, one zone."""
    hand = p.Hand(p.MORNING.astimezone(zone))
    desk = Desk(store=store, clock=hand)
    asked = p.with_agency(desk, hand)
    to = (p.MORNING + 60 * p.HOUR).astimezone(zone)
    put_off = desk.reschedule(asked, to=to, reason="chờ", by=p.AGENCY)
    late = p.with_officer(desk)
    hand.at = (hand.at.astimezone(UTC) + 240 * p.HOUR).astimezone(zone)
    desk.sweep()
    found: list[Case] = [asked, put_off, desk.get(put_off.id), desk.get(late.id)]
    told = [place for case in found for place in instants(case)]
    assert {"case.received_at", "case.lapses[0].due", "case.reschedules[0]"} <= {n for n, _ in told}
    assert [(name, at) for name, at in told if at.tzinfo is not VIETNAM] == []
    rows = [place for row in desk.find().rows for place in instants(row)]
    assert [(name, at) for name, at in rows if at.tzinfo is not VIETNAM] == []
    assert found[1].due == to


@pytest.mark.parametrize(("first", "second"), [(UTC, VIETNAM), (VIETNAM, UTC), (UTC, UTC)])
def test_events_of_another_zone_are_folded_to_the_clock_of_the_office(first, second):
    """Whichever event was written in UTC, `since` and `updated_at` are at +07:00."""
    received = cast.first_event(at=cast.MONDAY.astimezone(first))
    note = a.Note(by=cast.OPERATOR, text="Đã gọi lại")
    [noted] = cast.decide_on(fold((received,)), note).events
    noted = attrs.evolve(noted, at=noted.at.astimezone(second))
    for case in (fold((received, noted)), fold((noted,), onto=fold((received,)))):
        assert (case.since, case.updated_at) == (cast.MONDAY, cast.MONDAY + cast.MINUTE)
        assert case.since.tzinfo is case.updated_at.tzinfo is VIETNAM


def test_a_case_as_data_has_what_is_written_and_nothing_else():
    """What stands under another key, and what a case only carries along, is not written twice."""
    left_out = {
        "id", "clock", "last_limit", "deadlines", "code_digest", "former_senders", "stored",
    }  # fmt: skip
    late = cast.at_officer()
    shown = as_of(late, cast.context(late.due + cast.HOUR))
    assert shown.stored == late
    assert shown == attrs.evolve(shown, stored=None)
    for plain in (late.as_dict(), shown.as_dict(), shown.as_dict("vi", personal=True)):
        assert {*plain}.isdisjoint(left_out)
        assert {"case", "holder_id", "deadline", "due"} <= {*plain}


def test_who_sent_a_case_is_shown_only_where_that_is_asked_for():
    """The sender, their words and the code are in no repr, and in plain data if `personal`."""
    case = cast.at_officer()
    hidden = {"content", "sender", "sender_id", "code"}
    assert {*case.as_dict(personal=True)} - {*case.as_dict()} == hidden
    assert case.as_dict(personal=True)["accused"] == [{"id": cast.CULPRIT.id, "unit": cast.HEALTH}]
    assert case.as_dict()["accused"] == [{"unit": cast.HEALTH}]
    for name in (*hidden, "code_digest", "former_senders", "stored"):
        assert f" {name}=" not in repr(case)


def test_the_same_holder_read_again_is_no_hand_over():
    """A holder of the same person, in an event that was read from a store, moves no `since`."""
    case = cast.at_officer()
    [noted] = cast.decide_on(case, a.Note(by=cast.OFFICER, text="Đã gọi lại")).events
    noted = attrs.evolve(noted, holder=attrs.evolve(noted.holder))
    assert fold((noted,), onto=case).since == case.since


def test_a_case_as_data_says_who_has_it():
    """The role of the holder stands beside their id and unit, or nothing where nobody has it."""
    case = cast.at_officer()
    plain = case.as_dict("en")
    assert (plain["holder"], plain["holder_id"]) == ("officer", case.holder.id)
    assert plain["unit"] == case.holder.unit
    assert (plain["state"], plain["kind"], plain["handled_by"]) == (
        "escalated", "conduct", [cast.HEALTH],
    )  # fmt: skip
    assert (plain["is_open"], plain["late"], cast.lapsed_case(case).as_dict()["late"]) == (
        True, False, True,
    )  # fmt: skip
    nobody = cast.rejected_case().as_dict("en")
    assert (nobody["holder"], nobody["holder_id"], nobody["unit"]) == (None, None, None)


def test_no_events_are_no_case():
    """A history of nothing is refused by name; onto a case it leaves that case as it is."""
    with pytest.raises(InputError) as caught:
        fold(())
    assert (caught.value.field, caught.value.code) == ("history", "empty_history")
    case = cast.received_case()
    assert fold((), onto=case) == case
    assert not case.advised


def test_a_history_without_its_receipt_is_no_case():
    """What only the receipt gives is missed by name."""
    act = a.Escalate(by=cast.OPERATOR, to=cast.OFFICER)
    [event] = cast.decide_on(cast.received_case(), act).events
    with pytest.raises(TypeError, match="received_at"):
        fold((event,))
