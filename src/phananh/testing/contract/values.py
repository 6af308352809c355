"""Contract: what was committed comes back in order and equal, with any letters and dates."""

import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import Any, get_args

import attrs

from phananh.regulation import events as e
from phananh.regulation.cleaning import LONG_ID, LONG_TEXT, SHORT_LINE
from phananh.regulation.events import Event
from phananh.regulation.request import Accused, Holder, Role, Sender
from phananh.stores.base import Capability, Change, FeedEntry, IndexRow, Page, Query
from phananh.testing.contract.checks import check, check_same, find_outcome
from phananh.testing.contract.pair import Pair
from phananh.testing.contract.suite import ContractTests
from phananh.testing.contract.walks import FIRST, LAST, ZONES
from phananh.testing.sample_events import (
    START,
    answered,
    change,
    completed,
    deadline,
    escalated,
    every_event,
    header,
    received,
    rescheduled,
)
from phananh.worktime import Span
from phananh.worktime.terms import Term

BUS = "🚍"  # four bytes in UTF-8, two units in UTF-16
MINUTE = timedelta(minutes=1)
TERMS = (Term.working_days(5, received=time(16, 30)), Term.months(1, ends="closing"))
NAMES = (
    ("HB 1", "HB  1", "HB-1", "HB-1 ", "HB-1\t", "HB1", " HB1"),
    ("HB-a", "HB-A", "HB-\u00e1", "HB-a\u0301", "HB-\uff41"),
    ("007", "7", "07", "7.0", "+7", "1e3", "1000", "12e3", "120e2", "0x10", "16"),
    ("a_b", "axb", "A_B", "a%b", "a*b", "a.b", "[ab]", "a'b", 'a"b', "a\\b", "a|b", "a&after=1"),
    (
        "mail a",
        "mail_a",
        "mail-a",
        "mail/a",
        "mail:a",
        "mail?a",
        "../mail a",
        "mail%41",
        "mail%20a",
    ),
    *(("x" * n + "a", "x" * n + "b") for n in (63, 99)),
    ("ệ" * 99 + "a", "ệ" * 99 + "b"),
)
"""Names that careless stores take for one: as numbers, patterns, files, without blanks, or cut."""


class ValueTests(ContractTests):
    """Reading gives what was recorded."""

    def test_declares_what_it_is_tested_for(self) -> None:
        """The store's capabilities are known names, and those of the test class if it has any."""
        found = self.new_store().capabilities
        check(isinstance(found, frozenset), f"`capabilities` is {found!r}, not a frozenset")
        known = get_args(Capability)
        wrong = sorted(map(str, found - {*known}))
        check(
            not wrong,
            f"no such capability: {', '.join(wrong)}; there are {', '.join(sorted(known))}",
        )
        said = f"the store declares {sorted(found)}, {type(self).__name__}.capabilities says "
        check(
            not self.capabilities or self.capabilities == found,
            f"{said}{sorted(self.capabilities)}: make them equal, or leave them out",
        )

    def test_history_comes_back_in_order(self) -> None:
        """A history comes back over several commits. An empty list and an unknown case are none."""
        first, second, third = received("HB-1"), completed("HB-1", 2), escalated("HB-1", 3)
        pair = self.new_pair()
        pair.check_everything()
        pair.load("HB-1")
        given = [change(first, command="c")]
        pair.store.commit(given)
        pair.model.commit((given.pop(),))
        pair.commit()
        pair.check_everything()
        pair.commit(change(second, third, after=(first,)))
        pair.check_everything()
        pair.load("HB-2")

    def test_every_type_of_event_comes_back(self) -> None:
        """After each act, of every type, the history, the row and the feed say what is so."""
        history, pair = every_event(), self.new_pair()
        for n, event in enumerate(history):
            pair.commit(change(event, after=history[:n]))
            pair.check_everything()

    def test_empty_and_left_out_are_two_things(self) -> None:
        """An empty list or text is not none. Characters and terms in days come back too."""
        text = "Kính gửi: «xã Ð»\r\n\t'\"\\ %s ; -- 🚍 𠀀 \u2028 ệ e\u0323\u0302 \\u0041  "
        self._check_history(
            received("HB-1", accused=(), content=text, sender=Sender(name="Đỗ 𠀀", phone=None)),
            completed("HB-1", 2, accused=()),
            e.Completed(**header("HB-1", 3)),
            completed("HB-1", 4, ""),
            answered("HB-1", 5, text=text, documents=()),
            escalated("HB-1", 6, clock=attrs.evolve(deadline(), budget=TERMS[0])),
            escalated("HB-1", 7, clock=attrs.evolve(deadline(), budget=TERMS[1])),
        )

    def _check_history(self, *history: Event) -> None:
        pair = self.new_pair(change(*history))
        pair.check_everything()
        pair.reopen()
        pair.check_everything()

    def test_names_are_compared_letter_by_letter(self) -> None:
        """Ids of cases and commands, codes, rules and consumers are no numbers and no patterns."""
        for names in NAMES:
            pair = self.new_pair()
            for name in names:
                pair.find_command(name)
                first = received(name, code_digest=name, rules=name, content=repr(name))
                pair.commit(change(first, command=name))
                if unicodedata.is_normalized("NFC", name):  # as consumers are
                    pair.claim(name, START, START + MINUTE, start=len(pair.positions))
            pair.check_everything()
            pair.reader = 0
            for name in names:
                for other in (name, name.upper(), name[:-1], f"{name} "):
                    pair.load(other)
                    pair.find(code=other)
                    pair.find(rules=other)
                    pair.find_command(other)
                if unicodedata.is_normalized("NFC", name):
                    pair.claim(name, START, START + MINUTE)
            pair.find(limits=(1, 2))

    def test_holders_and_units_compare_folded(self) -> None:
        """They are found in capitals, or with the tone elsewhere. No part or pattern is."""
        names = [
            *NAMES[2],
            *NAMES[3][:9],
            *NAMES[6],
            "Sở Y tế",
            "Đặng Hòa",
            "Đặng-Hoà",
            "U" * LONG_ID,
        ]
        pair = self.new_pair()
        for i, name in enumerate(names):
            holder = Holder(role=Role.OFFICER, id=name, unit=name)
            pair.commit(change(received(f"HB-{i}"), escalated(f"HB-{i}", 2, holder=holder)))
        spellings = (
            "Sơ\u0309 Y tê\u0301",
            "Đặng Hoà",
            "ĐẶNG HOÀ",
            "Sở",
            "So Y te",
            "Sở Y tế%",
            "U",
        )
        pair.reader = 0
        for name in (*names, *(each.upper() for each in names), *spellings):
            pair.find(unit=name)
            pair.find(holder_id=name)

    def test_the_longest_come_back_whole(self) -> None:
        """The longest ids and texts, hundreds of items, and a limit of a thousand spans."""
        text, line = BUS * (LONG_TEXT - 1) + "𠀀", BUS * (SHORT_LINE - 1) + "𠀀"
        items = [f"{i:03}" + "ệ" * (LONG_ID - 3) for i in range(200, 0, -1)]
        accused = tuple(Accused(id=each, unit=each) for each in items)
        spans = _make_spans(1_000)
        clock = attrs.evolve(deadline(), due=spans[-1].end, late_after=spans[-1].end, spans=spans)
        sender = Sender(name=line, address=line, phone=line, email=line)
        for letter in ("x", "ệ", BUS):
            pair = self.new_pair()
            for end in "ab":
                case, command = letter * 199 + end, letter * 299 + end
                first = received(case, content=text, sender=sender, accused=accused)
                more = (
                    completed(case, 2, text[::-1], accused=accused[:1]),
                    e.Rejected(reasons=tuple(items), guidance=text, **header(case, 3)),
                    answered(
                        case, 4, text=text, documents=tuple(each + line[99:] for each in items)
                    ),
                    escalated(case, 5, clock=clock),
                )
                pair.commit(change(first, *more, command=command))
            pair.check_everything()
            pair.find(limits=(1,))
            pair.commit(change(received("HB-9"), command=letter * 299 + "a"))

    def test_instants_come_back_from_1900_to_2199(self) -> None:
        """With their microseconds and offsets, sorted and found by their time."""
        micro = timedelta(microseconds=1)
        base = datetime(2019, 11, 4, 1, 0, tzinfo=UTC)
        near = [base + n * timedelta(microseconds=k) for n in (0, 1) for k in (1, 999_999)]
        times = [FIRST, datetime(1969, 12, 31, 23, 59, tzinfo=UTC), *near, LAST]
        times += [base + n * timedelta(minutes=30) for n in range(8)]
        pair = self.new_pair()
        for i, at in enumerate(times):
            self._commit_dated(pair, f"HB-{99 - i}", at.astimezone(ZONES[i % 4]))
        pair.check_everything()
        pair.reader = 0
        for order in ("oldest", "newest", "due"):
            pair.find(order=order, limits=(1, 3))
        for i, at in enumerate(times):
            for end in (at, min(at + micro, LAST), max(at - micro, FIRST)):
                moment = end.astimezone(ZONES[(i + 1) % 4])
                pair.find(due_before=moment)
                pair.find(received_since=moment)
                pair.find(received_before=moment)

    def _commit_dated(self, pair: Pair, case: str, at: datetime) -> None:
        """Record a case that was received at an instant, and is due at it and put off to it."""
        fields = {"old": at, "due": at, "late_after": at}
        clock = attrs.evolve(deadline(), start=at, due=at, late_after=at, spans=_make_spans(2))
        opened = escalated(case, 2, clock=clock, at=at)
        pair.commit(change(received(case, at=at), opened, rescheduled(case, 3, to=at, **fields)))

    def test_answers_are_values_that_nobody_can_change(self) -> None:
        """Histories, rows, the feed and calendars are tuples of values, on the clock of Vietnam."""
        at = START.astimezone(UTC)
        new = change(received("HB-1", at=at), escalated("HB-1", 2, clock=deadline(), at=at))
        store = self.new_store(new)
        page, uses, feed = store.find(Query()), store.list_calendars(), store.scan()
        check(isinstance(page, Page), f"find returns {page!r}, not a Page")
        answers: dict[str, tuple[Any, type]] = {
            "load": (store.load("HB-1"), Event),
            "load of an unknown case": (store.load("HB-2"), Event),
            "rows of find": (page.rows, IndexRow),
            "scan": (feed, FeedEntry),
            "rows of list_calendars": (uses[0].rows, IndexRow),
        }
        for call, (found, kind) in answers.items():
            check(isinstance(found, tuple), f"{call}: {type(found).__name__}, not a tuple")
            for each in found:
                check(isinstance(each, kind), f"{call} has {each!r}, not an {kind.__name__}")
        for row in (*page.rows, *uses[0].rows):
            for name in ("received_at", "since", "updated_at", "due"):
                moment = getattr(row, name)
                check(
                    moment.utcoffset() == timedelta(hours=7),
                    f"`{name}` of a row is {moment}, not on the clock of Vietnam (+07:00)",
                )

    def test_a_closed_store_loses_nothing(self) -> None:
        """A store may be closed twice. An act after that is an error, or is kept."""
        store = self.new_store(change(received("HB-1")))
        again = self.reopen_handle(store) if "durable" in store.capabilities else store
        again.close()
        again.close()
        found = find_outcome(partial(again.commit, [change(received("HB-2"))]))
        if found is None and again is not store:
            check_same(
                1,
                len(self.reopen_handle(again).load("HB-2")),
                "the events of an act that a closed store acknowledged",
            )

    def test_rows_can_be_read_with_sql(self) -> None:
        """SQL reads the index rows as the last change of each case left them."""
        first = received("HB-1")
        store = self.new_store(change(first), change(received("HB-2")))
        self.need(store, "sql_reports")
        store.commit([change(escalated("HB-1", 2), after=(first,))])
        check_same(
            [("HB-1", 2, "escalated"), ("HB-2", 1, "received")],
            sorted(tuple(row) for row in self.read_rows(store)),
            "the rows by SQL",
        )


def _make_spans(count: int) -> tuple[Span, ...]:
    day, hours = timedelta(days=1), timedelta(hours=4)
    return tuple(Span(START + i * day, START + i * day + hours) for i in range(count))


def make_cases(names: Iterable[str]) -> list[Change]:
    """Return a new case for each name, recorded by a command of that name."""
    return [change(received(name), command=name) for name in names]
