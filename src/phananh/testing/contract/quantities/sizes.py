"""Contract: the longest ids and texts, and the first and last dates, that a desk lets in."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import attrs

from phananh.errors import DuplicateError
from phananh.regulation.case import fold
from phananh.regulation.cleaning import LONG_ID, LONG_TEXT, SHORT_LINE, SHORT_TEXT
from phananh.regulation.events import Event, Rejected, Rescheduled
from phananh.regulation.request import Accused, Holder, Role, Sender
from phananh.stores.base import Change, Query
from phananh.stores.index_row import make_index_row
from phananh.testing.contract.base import ContractTests, check, expect_error
from phananh.testing.contract.comparison import check_events, check_history, check_same, require
from phananh.testing.contract.queries import find_cases
from phananh.testing.sample_events import (
    START,
    answered,
    change,
    completed,
    deadline,
    escalated,
    header,
    make_command,
    received,
    rescheduled,
)
from phananh.worktime import Span

LONG_CASE_ID = 200  # as a desk looks cases up
LONG_COMMAND = 300
MANY_ITEMS = 200  # of people accused, documents, or reasons in one act
MANY_ACTS = 400
MICROSECOND = timedelta(microseconds=1)
FIRST = datetime(1900, 1, 1, tzinfo=UTC)
LAST = datetime(2200, 1, 1, tzinfo=UTC) - MICROSECOND
BUS = "🚍"  # four bytes in UTF-8, two units in UTF-16


def pair_of(length: int, letter: str) -> tuple[str, str]:
    """Return two texts of that many letters that differ in the last."""
    return letter * (length - 1) + "a", letter * (length - 1) + "b"


def make_history(length: int) -> tuple[Event, ...]:
    """Return a history of that many events, most of which add to the content."""
    return received("HB-1"), *(completed("HB-1", n, f"thêm {n}") for n in range(2, length + 1))


class SizeTests(ContractTests):
    """As long, as many, as early and as late as a desk lets in."""

    def test_tells_the_longest_ids_of_cases_apart(self) -> None:
        """Two ids of 200 characters that differ in the last are two cases, in every list."""
        for letter in ("x", "ệ", BUS):
            names = pair_of(LONG_CASE_ID, letter)
            store = self.new_store(*(change(received(name)) for name in names))
            for name in names:
                check_history(store, [received(name)])
            for limit in (1, 2):
                check_same(list(names), find_cases(store, limit=limit), "the cases of a list")
            found = [entry.event.case for entry in store.scan()]
            check_same(list(names), found, "the cases of the feed")

    def test_tells_the_longest_commands_apart(self) -> None:
        """Two command ids of 300 characters that differ in the last are two commands."""
        for letter in ("x", "ệ", BUS):
            names = pair_of(LONG_COMMAND, letter)
            acts = [change(received(f"HB-{i}"), command=name) for i, name in enumerate(names)]
            store = self.new_store(*acts)
            for act, name in zip(acts, names, strict=True):
                record = require(store.find_command(name), f"no record of {name[:9]}… (300)")
                check_same((name, act.case), (record.command, record.case), "a long command")
                expect_error(DuplicateError, store, act)

    def test_tells_the_longest_consumers_apart(self) -> None:
        """Two names of 100 characters that differ in the last are two consumers."""
        for letter in ("x", "ệ", BUS):
            store = self.new_store()
            for name in pair_of(LONG_ID, letter):
                lease = store.claim(name, START, LAST)
                check_same(name, require(lease, "it is held").consumer, "a consumer")

    def test_tells_the_longest_units_and_people_apart(self) -> None:
        """Units and people with ids of 100 letters that differ in the last are found apart."""
        units, people = pair_of(LONG_ID, "Ộ"), pair_of(LONG_ID, "ữ")
        names = ["HB-0", "HB-1"]
        histories = [
            (received(case), escalated(case, 2, holder=_make_holder(unit, person)))
            for case, unit, person in zip(names, units, people, strict=True)
        ]
        store = self.new_store(*(change(*history) for history in histories))
        for history, unit, person in zip(histories, units, people, strict=True):
            check_history(store, history)
            check_same([history[0].case], find_cases(store, unit=unit), "the cases of a unit")
            found = find_cases(store, holder_id=person.upper())
            check_same([history[0].case], found, "the cases of a person")

    def test_keeps_the_longest_texts(self) -> None:
        """Texts of 20,000 characters that take four bytes each come back whole."""
        text, name = BUS * (LONG_TEXT - 1) + "𠀀", BUS * (SHORT_LINE - 1) + "𠀀"
        sender = Sender(name=name, address=name, phone=name, email=name)
        to = START + timedelta(days=9)
        history = (
            received("HB-1", content=text, sender=sender),
            completed("HB-1", 2, text),
            rescheduled("HB-1", 3, to=to, reason=text[-SHORT_TEXT:]),
            answered("HB-1", 4, text=text, documents=(name,)),
        )
        check_history(self.new_store(change(*history)), history)

    def test_keeps_the_longest_values_within_an_event(self) -> None:
        """Two hundred people accused, documents and reasons come back, each whole, in order."""
        names = [f"{i:03}" + "ệ" * (LONG_ID - 3) for i in range(MANY_ITEMS, 0, -1)]
        accused = tuple(Accused(id=name, unit=name) for name in names)
        documents = tuple(name + BUS * (SHORT_LINE - LONG_ID) for name in names)
        history = (
            received("HB-1", accused=accused),
            completed("HB-1", 2, accused=accused[:1]),
            Rejected(reasons=tuple(names), guidance="Gửi lại.", **header("HB-1", 3)),
            answered("HB-1", 4, documents=documents),
        )
        check_history(self.new_store(change(*history)), history)

    def test_keeps_the_first_and_the_last_dates(self) -> None:
        """Instants from 1900 to 2199 come back, and are found and sorted by their time."""
        times = {"HB-4": FIRST, "HB-3": datetime(1969, 12, 31, 23, 59, tzinfo=UTC)}
        times |= {"HB-2": datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC), "HB-1": LAST}
        histories = {case: tuple(_make_dated(case, at)) for case, at in times.items()}
        store = self.new_store(*(change(*history) for history in histories.values()))
        for history in histories.values():
            check_history(store, history)
        names = list(times)
        for order, wanted in (("oldest", names), ("newest", names[::-1]), ("due", names)):
            for limit in (1, 4):
                found = find_cases(store, order=order, limit=limit)
                check_same(wanted, found, f"{order}, pages of {limit}")
        for i, at in enumerate(times.values()):
            check_same(names[:i], find_cases(store, due_before=at), f"due before {at}")
            check_same(names[:i], find_cases(store, received_before=at), f"before {at}")
            check_same(names[i:], find_cases(store, received_since=at), f"since {at}")

    def test_keeps_dates_far_off_within_an_event(self) -> None:
        """The instants of a reschedule may be as early and as late as any."""
        fields = {"old": FIRST, "due": LAST, "late_after": LAST}
        history: tuple[Event, ...] = (received("HB-1"), escalated("HB-1", 2, clock=deadline()))
        moved = rescheduled("HB-1", 3, to=LAST, **fields)
        check(isinstance(moved, Rescheduled), "no reschedule")
        check_history(self.new_store(change(*history, moved)), (*history, moved))

    def test_keeps_limits_of_years(self) -> None:
        """A limit that runs over a thousand spans of working time comes back with each of them."""
        day, hours = timedelta(days=1), timedelta(hours=4)
        spans = tuple(Span(START + i * day, START + i * day + hours) for i in range(1_000))
        end = spans[-1].end
        clock = attrs.evolve(deadline(), budget=1_000 * hours, due=end, late_after=end, spans=spans)
        history = (received("HB-1"), escalated("HB-1", 2, clock=clock))
        check_history(self.new_store(change(*history)), history)

    def test_keeps_thousands_of_events(self) -> None:
        """A case of 2,100 events, recorded in three commits, comes back whole and in order."""
        history = make_history(2_100)
        store = self.new_store()
        for first, last in ((0, 1_000), (1_000, 2_000), (2_000, 2_100)):
            new = history[first:last]
            row = make_index_row(fold(history[:last]))
            store.commit([Change(case="HB-1", expected=first, events=new, row=row)])
        check_history(store, history)

    def test_knows_hundreds_of_commands_of_one_change(self) -> None:
        """A change of four hundred acts records a command for each, with its version."""
        history = make_history(MANY_ACTS)
        commands = tuple(
            make_command(f"act {n}", n, f"says {n}", is_personal=n % 20 == 0)
            for n in range(1, MANY_ACTS + 1)
        )
        new = attrs.evolve(change(*history), commands=commands)
        store = self.new_store(new)
        for each in commands:
            record = require(store.find_command(each.id), f"{each.id} of {MANY_ACTS} is missing")
            check_same(each.version, record.version, f"the version of {each.id}")
            check(record.is_same(each), f"{each.id} is not known as the act that it was")
        expect_error(DuplicateError, store, new)

    def test_knows_hundreds_of_commands_one_after_the_other(self) -> None:
        """After three hundred acts of one case the first is known as well as the last."""
        store, history = self.new_store(), make_history(300)
        acts = list(_make_acts(history))
        for act in acts:
            store.commit([act])
        for act in (acts[0], acts[150], acts[-1]):
            error = expect_error(DuplicateError, store, act)
            facts = (error.case, error.version)
            check_same(("HB-1", act.row.version), facts, f"what {act.commands[0].id} led to")
        check_events(history, store.load("HB-1"), "the history of HB-1")
        check_same(300, store.find(Query()).rows[0].version, "the version of the row")


def _make_holder(unit: str, person: str) -> Holder:
    return Holder(role=Role.OFFICER, id=person, unit=unit)


def _make_dated(case: str, at: datetime) -> Iterator[Event]:
    """Yield the events of a case that was received at an instant and is due at it."""
    clock = attrs.evolve(deadline(), start=at, due=at, late_after=at)
    yield received(case, at=at)
    yield escalated(case, 2, clock=clock, at=at)


def _make_acts(history: tuple[Event, ...]) -> Iterator[Change]:
    """Yield one change for each event, without folding the history again for each."""
    first = make_index_row(fold(history[:1]))
    for event in history:
        row = attrs.evolve(first, version=event.n, updated_at=event.at)
        command = make_command(f"act {event.n}", event.n)
        yield Change(
            case=event.case, expected=event.n - 1, events=(event,), row=row, commands=(command,)
        )
