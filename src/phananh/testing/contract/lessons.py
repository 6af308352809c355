"""Contract: the lessons, which tell one cause each: values, refusals, lists, consumers, erasure.

A walk (see `walks`) would find most of what they find. They run first and say what is wrong in
fewer words.
"""

import base64
import random
import unicodedata
import unittest
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from functools import partial
from itertools import combinations
from timeit import repeat
from typing import Any, get_args

import attrs

from phananh.errors import (
    CommandReusedError,
    ConflictError,
    DuplicateError,
    InputError,
    LeaseLostError,
    PhanAnhError,
    StoreError,
)
from phananh.regulation import events as e
from phananh.regulation.cleaning import LONG_ID, LONG_TEXT, SHORT_LINE, fold_marks
from phananh.regulation.events import Event
from phananh.regulation.request import (
    Accused,
    Erased,
    Holder,
    Kind,
    Person,
    Role,
    Sender,
    State,
)
from phananh.stores.base import (
    COLUMNS,
    Capability,
    Change,
    FeedEntry,
    IndexRow,
    Lease,
    Page,
    Query,
    digest_content,
)
from phananh.testing.contract.checks import (
    check,
    check_same,
    expect_error,
    expect_refused,
    find_outcome,
)
from phananh.testing.contract.pair import ORDERS, Pair, iter_pages, read_feed
from phananh.testing.contract.suite import ContractTests
from phananh.testing.contract.walks import FIRST, LAST, MICROSECOND, MINUTE, ZONES, make_history
from phananh.testing.sample_events import (
    AGENCY_DESK,
    CITIZEN,
    OFFICER_DESK,
    SECRETS,
    START,
    answered,
    change,
    completed,
    deadline,
    escalated,
    every_event,
    header,
    lapsed,
    rated,
    received,
    request_verification,
    rescheduled,
)
from phananh.worktime import Span
from phananh.worktime.terms import Term

BUS = "🚍"  # four bytes in UTF-8, two units in UTF-16
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
        history = (
            received("HB-1", accused=(), content=text, sender=Sender(name="Đỗ 𠀀", phone=None)),
            completed("HB-1", 2, accused=()),
            e.Completed(**header("HB-1", 3)),
            completed("HB-1", 4, ""),
            answered("HB-1", 5, text=text, documents=()),
            escalated("HB-1", 6, clock=attrs.evolve(deadline(), budget=TERMS[0])),
            escalated("HB-1", 7, clock=attrs.evolve(deadline(), budget=TERMS[1])),
        )
        pair = self.new_pair(change(*history))
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
                for other in (name, name.swapcase(), name[:-1], f"{name} "):
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
            "Đặng Hoà",
            "Đặng-Hoà",
            "U" * LONG_ID,
        ]
        pair = self.new_pair()
        for i, name in enumerate(names):
            opened = escalated(
                f"HB-{i}", 2, clock=deadline(), holder=Holder(role=Role.OFFICER, id=name, unit=name)
            )
            pair.commit(change(received(f"HB-{i}"), opened))
        spellings = (
            "Sơ\u0309 Y tê\u0301",
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
        pair.list_calendars()

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
        base = datetime(2019, 11, 4, 1, 0, tzinfo=UTC)
        near = [base + n * timedelta(microseconds=k) for n in (0, 1) for k in (1, 999_999)]
        times = [FIRST, datetime(1969, 12, 31, 23, 59, tzinfo=UTC), *near, LAST]
        times += [base + n * timedelta(minutes=30) for n in range(8)]
        pair = self.new_pair()
        for i, instant in enumerate(times):
            at, case = instant.astimezone(ZONES[i % 4]), f"HB-{99 - i}"
            clock = attrs.evolve(deadline(), start=at, due=at, late_after=at, spans=_make_spans(2))
            opened = escalated(case, 2, clock=clock, at=at)
            moved = rescheduled(case, 3, to=at, old=at, due=at, late_after=at)
            pair.commit(change(received(case, at=at), opened, moved))
        pair.check_everything()
        pair.reader = 0
        for i, instant in enumerate(times):
            for end in (instant, min(instant + MICROSECOND, LAST)):
                moment: Any = end.astimezone(ZONES[(i + 1) % 4])
                for name in ("due_before", "received_since", "received_before"):
                    pair.find(order="due", **{name: moment})

    def test_answers_are_values_that_nobody_can_change(self) -> None:
        """Histories, rows, the feed and calendars are tuples of values, on the clock of Vietnam."""
        at = START.astimezone(UTC)
        new = change(received("HB-1", at=at), escalated("HB-1", 2, clock=deadline(), at=at))
        store = self.new_store(new)
        page, uses = store.find(Query()), store.list_calendars()
        check(isinstance(page, Page), f"find returns {page!r}, not a Page")
        for call, found, kind in (
            ("load", store.load("HB-1"), Event),
            ("load of an unknown case", store.load("HB-2"), Event),
            ("rows of find", page.rows, IndexRow),
            ("scan", store.scan(), FeedEntry),
            ("rows of list_calendars", uses[0].rows, IndexRow),
        ):
            is_fine = isinstance(found, tuple) and all(isinstance(each, kind) for each in found)
            check(is_fine, f"{call} is {found!r}, not a tuple of {kind.__name__}")
        for row in (*page.rows, *uses[0].rows):
            for moment in (row.received_at, row.since, row.updated_at, row.due):
                said = f"{moment} of a row is not on the clock of Vietnam (+07:00)"
                check(moment.utcoffset() == timedelta(hours=7), said)

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


def _make_spans(count: int) -> tuple[Span, ...]:
    day, hours = timedelta(days=1), timedelta(hours=4)
    return tuple(Span(START + i * day, START + i * day + hours) for i in range(count))


def make_cases(names: Iterable[str]) -> list[Change]:
    """Return a new case for each name, recorded by a command of that name."""
    return [change(received(name), command=name) for name in names]


LISTED = 700  # more than what is often sent to a server at once: 100, 500 or 512
BEGUN, SECOND = received("HB-1"), completed("HB-1", 2)
MADE_SECOND = change(SECOND, after=(BEGUN,), command="c2")


class ConflictTests(ContractTests):
    """Versions, commands, tracking codes and lists."""

    def _check_refused(self, pair: Pair, *changes: Change, error: str) -> None:
        """Commit what is to be refused with an error, and check that it left no trace."""
        found: Any = pair.commit(*changes)
        check_same(error, found and found[0], "the error that the contract wants")
        pair.check_everything()
        for each in changes:
            pair.load(each.case)
            pair.find(code=each.row.code)
            for command in each.commands:
                pair.find_command(command.id)

    def test_refuses_every_version_but_the_next(self) -> None:
        """Too low, too high, begun twice, or not begun: a ConflictError with both versions."""
        pair = self.new_pair(change(BEGUN), change(SECOND, after=(BEGUN,)), *make_cases(["HB-2"]))
        gap = completed("HB-1", 3)
        for late in (
            change(escalated("HB-1", 2), after=(BEGUN,), command="late"),
            change(completed("HB-1", 4), after=(BEGUN, SECOND, gap), command="late"),
            change(received("HB-1", content="khác", code_digest="x"), command="late"),
            change(completed("HB-7", 2), after=(received("HB-7"),), command="late"),
        ):
            self._check_refused(pair, late, error="ConflictError")
        pair.commit(change(received("HB-3", code_digest="x"), command="late"))
        pair.commit(change(completed("HB-2", 2), after=(received("HB-2"),)))
        pair.check_everything()

    def test_repeated_command_is_a_duplicate_before_any_conflict(self) -> None:
        """With the case and version it led to, also if stale. With other content it is refused.

        An id that conflicted can be used again.
        """
        later = [completed("HB-1", n) for n in range(3, 34)]
        pair = self.new_pair(change(BEGUN, command="c1"), MADE_SECOND)
        pair.commit(change(*later, after=(BEGUN, SECOND)))
        for again in (
            MADE_SECOND,
            change(BEGUN, command="c1"),
            change(received("HB-2"), command="c1"),
            change(completed("HB-1", 34), after=(BEGUN, SECOND, *later), command="c2"),
        ):
            self._check_refused(pair, again, error="DuplicateError")
        other = change(received("HB-2"), command="c1", says="other")
        self._check_refused(pair, other, error="CommandReusedError")
        self._check_refused(pair, change(BEGUN, command="d"), error="ConflictError")
        pair.commit(change(received("HB-2"), command="d", says="other"))
        pair.check_everything()

    def test_refusals_name_nobody(self) -> None:
        """No refusal shows personal data of the change, or the case of another's command."""
        first = received("HB-1", code_digest="same")
        store = self.new_store(change(first, command="c", says=SECRETS[1]))
        refused: tuple[tuple[type[PhanAnhError], Change], ...] = (
            (DuplicateError, change(first, command="c", says=SECRETS[1])),
            (CommandReusedError, change(received("HB-2"), command="c", says=SECRETS[2])),
            (ConflictError, change(first)),
            (StoreError, change(received("HB-3", code_digest="same"))),
        )
        for kind, each in refused:
            error = expect_refused(kind, store, each)
            shown = f"{error!s} {error!r} {error.as_dict()!r}"
            secrets = (*SECRETS, each.row.code, *(["HB-1"] if kind is CommandReusedError else []))
            for secret in secrets:
                check(secret not in shown, f"{kind.__name__} says {secret!r}: {shown}")

    def test_last_change_of_a_long_list_is_as_its_first(self) -> None:
        """A conflict, a known command or a taken code in the last of 700 undoes all of them."""
        pair = self.new_pair(change(received("HB-known", code_digest="same"), command="known"))
        self.need(pair.store, "lists")
        cases = make_cases(f"HB-{i}" for i in range(LISTED))
        for wrong in (
            change(received("HB-known", code_digest="new")),
            change(received("HB-last"), command="known"),
            change(received("HB-last"), command="HB-0"),
            change(received("HB-last"), command="HB-0", says="other"),
            change(received("HB-last", code_digest="same")),
            change(received("HB-last", code_digest=cases[0].row.code)),
            change(received("HB-0", code_digest="new")),
        ):
            pair.commit(*cases, wrong)
            pair.check_everything()
            pair.load("HB-0")
            pair.find_command("HB-0")
        pair.commit(*cases)
        pair.check_everything()
        pair.commit(*cases)
        pair.commit(*make_chain("HB-chain", LISTED))
        pair.load("HB-chain")
        pair.scan_all()


def make_chain(case: str, length: int) -> list[Change]:
    """Return changes that bring a new case to a version, one by one."""
    changes = [change(received(case))]
    for n in range(2, length + 1):
        event = completed(case, n)
        row = attrs.evolve(changes[-1].row, version=n, updated_at=event.at)
        changes.append(Change(case=case, expected=n - 1, events=(event,), row=row))
    return changes


def describe_act(store: Any, act: Change) -> dict[str, bool]:
    """Return by each way of reading whether the store says that an act was recorded."""
    rows = [row for row in store.find(Query(limit=1000)).rows if row.case == act.case]
    says = {
        "load": store.load(act.case)[act.expected :] == act.events,
        "find": rows == [act.row],
    }
    for each in act.commands:
        says["find_command"] = store.find_command(each.id) is not None
    return says


HOUR = timedelta(hours=1)
OTHER_DESK = Holder(role=Role.AGENCY, id=None, unit="Sở Y tế")
DUE = deadline().due
FAR = DUE + timedelta(days=99)
VALUES: dict[str, tuple[Any, ...]] = {
    "states": (["received"], ["escalated", "overdue"], ["answered", "closed"], []),
    "holder": ("officer", "operator", "leadership"),
    "holder_id": ("op-lan", "đặng-hà", "nobody"),
    "unit": ("vp-ubnd", "Sở Y tế", "Trung tâm"),
    "kind": ("conduct", "proposal", "service"),
    "is_open": (True, False),
    "late": (True, False),
    "due_before": (DUE, DUE + MICROSECOND, FAR),
    "received_since": (START, START + HOUR, FAR),
    "received_before": (START, START + HOUR, FAR),
    "code": ("code-3", "code-9", "code"),
    "rules": ("2370/2019", "other/2026", "other"),
    "officer_id": ("đặng-HÀ", "nobody"),
    "officer_unit": ("VP-ubnd", "Sở Y tế", "nobody"),
    "holder_accused": (True, False),
    "for_": (
        Person(id="ĐẶNG-hà", role="officer"),
        Person(id="x", role="operator"),
        Person(id="x", role="agency_head", unit="SỞ y tế"),
        Person(id="x", role="agency_head", unit="VP-ubnd"),
        Person(id="x", role="leadership"),
    ),
}
"""Values of each filter: some that many cases meet, some that few do, and some that none does."""
# By code point: digits, capitals, "_", small letters, then letters beyond ASCII, and last what
# UTF-16 would put before the half-wide letter. Cursors, patterns and quotes use others.
IDS = (
    *('HB "', "HB %", "HB %41", "HB &after=1", "HB '", "HB ,", "HB ;", "HB =", "HB ?x=1", "HB \\"),
    *("HB _", "HB |", "HB |1", "HB ||", "HB é", "HB-10", "HB-9", "HB-B", "HB-_", "HB-a", "HB-Á"),
    *("HB-á", "HB-đ", "HB-ﾊ", "HB-𠀀"),
)


def _make_case(i: int) -> Change:
    """Return one of cases that differ in what is filtered by: times, desks, kinds, rules, accused.

    The officers are accused in some of those that they have in time, late, or by a later limit.
    """
    case, n, fields = f"HB-{i}", i // 7 % 2, {"rules": ("2370/2019", "other/2026")[i // 7 % 2]}
    holder = (OFFICER_DESK, OTHER_DESK)[i // 14]
    opened = escalated(case, 2, clock=deadline(hours=8 + n), holder=holder, **fields)
    late = lapsed(case, 3, opened_by=2, holder=holder, **fields)
    again = escalated(case, 4, clock=deadline(hours=30 + n), holder=holder, **fields)
    done = {**header(case, 5), "state": State.ANSWERED, "holder": None, **fields}
    courses: tuple[tuple[Any, ...], ...] = (
        (),
        (opened,),
        (opened, late),
        (
            *(opened, late, answered(case, 4, **fields)),
            *[e.UnitNotified(unit="UBND xã", text=None, **done)] * (i > 20),
        ),
        (opened, answered(case, 3, recorded_at=FAR, **fields)),
        (opened, late, again),
        (
            opened,
            request_verification(case, 3, clock=deadline(hours=9), holder=AGENCY_DESK, **fields),
        ),
    )
    first = received(
        case,
        at=START + n * HOUR,
        kind=(Kind.CONDUCT, Kind.PROPOSAL, Kind.SERVICE)[i // 7 % 3],
        code_digest=f"code-{i}",
        accused=(Accused(id="đặng-HÀ", unit="VP-UBND"),) * (i < 7),
        **fields,
    )
    return change(first, *courses[i % 7])


class QueryTests(ContractTests):
    """Lists, the sweep, counts, and calendars in use."""

    def test_each_filter_holds_alone_and_beside_each_other(self) -> None:
        """In lists of each order by small pages, and in counts as far as asked."""
        pair = self.new_pair(*map(_make_case, range(28)))
        pair.reader = 0
        for name, values in VALUES.items():
            for value in values:
                for order in ORDERS:
                    pair.find(order=order, limits=(2, 100), **{name: value})
                query = Query(limit=1, **{name: value})
                pair.count(query, 3)
                for column in COLUMNS:
                    pair.count_by(query, column)
        for since, before in combinations((START, START + HOUR, DUE + MICROSECOND, FAR), 2):
            pair.iter_figures(since, before)
        for one, other in combinations(VALUES, 2):
            for first in VALUES[one]:
                for i, second in enumerate(VALUES[other]):
                    pair.find(order=ORDERS[i % len(ORDERS)], **{one: first, other: second})

    def test_rows_of_one_time_come_by_id_on_pages_of_every_size(self) -> None:
        """Due first, what has no limit last, the newest in exact reverse, ids by code point."""
        pair = self.new_pair()
        for i, case in enumerate(sorted(IDS, key=lambda each: each[::-1])):
            due, at = START + (i % 2 + 1) * HOUR, START - i % 5 // 4 * HOUR
            clock = attrs.evolve(deadline(), due=due, late_after=due)
            opened = [escalated(case, 2, clock=clock)] if i % 2 else []
            pair.commit(change(received(case, at=at), *opened))
        pair.reader = 0
        for order in ORDERS:
            pair.find(order=order, limits=(*range(1, 9), len(IDS) - 1, len(IDS), len(IDS) + 1))
            for filters in ({"is_open": True}, {"late": False}, {"kind": "conduct"}):
                pair.find(order=order, limits=(1, 4), **filters)
        pair.find(order="due", limits=(1, 5), due_before=START + 2 * HOUR)
        self.new_pair().find(limits=(1, 1000))

    def test_rows_that_come_and_go_between_pages_shift_nothing(self) -> None:
        """A list goes on where it was, also after a row that no longer belongs to it."""
        for order in ORDERS:
            firsts = [received(f"HB-{i}") for i in range(2, 9)]
            store = self.new_store(*map(change, firsts))
            query = Query(is_open=True, order=order, limit=3)
            names = [first.case for first in firsts][:: -1 if order == "newest" else 1]
            page = store.find(query)
            check_same(names[:3], [row.case for row in page.rows], f"{order}: the first page")
            for case in ("HB-0", "HB-1", "HB-98", "HB-99"):
                at = START + (HOUR if len(case) > 4 else -HOUR)
                store.commit([change(received(case, at=at))])
            store.commit([change(answered(names[2], 2), after=(received(names[2]),))])
            query = attrs.evolve(query, after=page.next)
            found = [row.case for each in iter_pages(store, query) for row in each.rows]
            check_same(
                names[3:],
                [case for case in found if case in names],
                f"{order}: the pages after rows came and one went",
            )
            for case in (*names[3:], "HB-0", "HB-1", "HB-98", "HB-99"):
                first = store.load(case)
                store.commit([change(answered(case, 2), after=first)])
            rest = store.find(query)
            check_same(((), None), (rest.rows, rest.next), f"{order}: the page after all left")

    def test_foreign_cursors_and_limits_are_refused(self) -> None:
        """A cursor that was not given for such a list, or a count to nothing, is an InputError."""
        store = self.new_store(*map(_make_case, range(28)))
        cursors = {order: store.find(Query(order=order, limit=1)).next for order in ORDERS}
        wrong = [Query(after="nonsense"), Query(after=""), Query(after="oldest|x|y")]
        wrong.append(Query(after=cursors["oldest"], due_before=START))
        for order, other in combinations((*ORDERS, *ORDERS), 2):
            if order != other:
                wrong.append(Query(order=order, after=cursors[other]))
        for query in wrong:
            said = f"the cursor {query.after!r} in the order {query.order}"
            expect_error(InputError, partial(store.find, query), said)
        for limit in (0, -1, 10**30, True):
            call = partial(store.count, Query(), limit=limit)
            expect_error(InputError, call, f"count up to {limit!r}")


END = START + MINUTE
AT_ONCE = 0.5  # seconds


def claim(store: Any, *, now: datetime = START, until: datetime = END, name: str = "mail") -> Any:
    """Claim a consumer that is free, and return its lease."""
    found = store.claim(name, now, until)
    why = "not claimed before, released, or past the end of its lease"
    check(found is not None, f"{name!r} is {why}, and a claim at {now} returned None")
    return found


class ConsumerTests(ContractTests):
    """The feed, and the workers that read it."""

    def _new_feed(self, count: int = 4) -> Pair:
        pair = self.new_pair(*(change(received(f"HB-{i}")) for i in range(count)))
        pair.scan_all()
        return pair

    def test_feed_is_in_the_order_of_commits_and_resumes_anywhere(self) -> None:
        """Not by time or id, on pages of any length, from the 9th to the 10th entry too."""
        early = received("HB-0", at=START - timedelta(days=9))
        pair = self.new_pair()
        pair.claim("mail", START, END, start="end")  # of an empty feed
        pair.commit(change(*make_history("HB-7", 9)))
        pair.commit(change(early))
        pair.commit(change(completed("HB-0", 2), after=(early,)))
        pair.check_positions()
        for limit in (1, 2, 5, 10, 11, 12, 500):
            pair.scan_all(limit)
        pair.scan(len(pair.positions))
        pair.claim("mail", END, END + MINUTE, start=2)  # it is known, and goes on
        pair.reopen()
        pair.commit(change(received("HB-1")))
        pair.check_positions()

    def _read_ahead(self, store: Any) -> str:
        """Return the position of the first entry that a store does not have yet.

        It is taken from a longer feed, so the test is skipped if positions do not count events.
        """
        positions = [entry.position for entry in read_feed(store)]
        longer = self.new_store(change(*make_history("HB-1", len(positions) + 1)))
        *same, ahead = [entry.position for entry in read_feed(longer)]
        if same != positions:
            raise unittest.SkipTest("not offered: positions that count events, as of two stores")
        return ahead

    def test_foreign_positions_are_refused(self) -> None:
        """By scan, as the start of a consumer, and to advance to. Nothing of it is recorded.

        A lease that no store gave is lost.
        """
        store = self.new_store(change(received("HB-1")), change(received("HB-2")))
        lease = claim(store, name="sms")
        for position in ("nonsense", "", "-1", "END"):
            for name, call in self._list_uses(store, lease, position).items():
                expect_error(InputError, call, f"{name} at {position!r}")
        for limit in (0, -1, 10**30):
            expect_error(InputError, partial(store.scan, limit=limit), f"scan of {limit}")
        expect_error(InputError, partial(store.scan, "end"), "scan after 'end'")
        expect_error(InputError, partial(store.advance, lease, "end"), "advance to 'end'")
        unknown = attrs.evolve(lease, consumer="mail")
        call = partial(store.advance, unknown, store.scan()[0].position)
        expect_error(LeaseLostError, call, "an advance with a lease that no store gave")
        store.release(unknown)
        store.release(lease)
        self._check_unmoved(store)

    def _check_unmoved(self, store: Any) -> None:
        """Check that refused calls moved no consumer, and left none that was not known."""
        check_same(None, claim(store, name="sms").position, "the position after refused advances")
        lease = store.claim("mail", START, END, start="end")
        check_same((), store.scan(lease.position), "what a consumer reads that begins at the end")

    def test_positions_ahead_of_the_feed_are_refused(self) -> None:
        """A position that the feed has not reached yet, by one entry, is an InputError."""
        store = self.new_store(change(received("HB-1")))
        lease, ahead = claim(store, name="sms"), self._read_ahead(store)
        for name, call in self._list_uses(store, lease, ahead).items():
            expect_error(InputError, call, f"{name} at {ahead!r}, one entry ahead of the feed")
        store.release(lease)
        self._check_unmoved(store)
        store.commit([change(received("HB-2"))])
        check_same((), store.scan(ahead), "what follows the position once it was given")

    def _list_uses(self, store: Any, lease: Lease, position: str) -> dict[str, Any]:
        return {
            "scan": partial(store.scan, position),
            "claim": partial(store.claim, "mail", START, END, start=position),
            "advance": partial(store.advance, lease, position),
        }

    def test_one_worker_has_a_consumer_until_its_lease_ends(self) -> None:
        """To the microsecond, in any offset. From that instant another worker goes on there."""
        pair = self._new_feed()
        first = pair.claim("mail", START, END)
        pair.advance(first or 0, 2)
        for now in (START, END - MICROSECOND):
            for by, zone in enumerate(ZONES[:3]):
                pair.claim("mail", now.astimezone(zone), END + MINUTE, by=by)
        call = partial(pair.store.claim, "mail", START, END)
        spent = min(repeat(call, number=1, repeat=3))  # one may be slow for other reasons
        check(spent < AT_ONCE, f"a claim of what another worker has took {spent:.1f} s: no waiting")
        pair.claim("mail", END.astimezone(UTC), END + MINUTE, by=1)
        pair.advance(first or 0, 3)  # lost
        pair.advance(1, 3)
        pair.release(0)
        pair.claim("mail", END, END + MINUTE, by=2)

    def test_advance_renews_the_lease_or_leaves_its_end(self) -> None:
        """Also by an older lease that says less, and after its end if nobody came."""
        pair = self._new_feed()
        lease, later = pair.claim("mail", START, END) or 0, END + 9 * MINUTE
        pair.advance(lease, 1)
        pair.advance(lease, 1, later)
        pair.advance(lease, 2)  # by the lease of before, without `until`
        pair.claim("mail", later - MICROSECOND, later + MINUTE)
        pair.advance(lease, 3, later + MINUTE)
        stale = attrs.evolve(pair.leases[lease][1], position=None)
        position = pair.positions[0]
        expect_error(InputError, partial(pair.store.advance, stale, position), "a position back")
        pair.advance(lease, 3, END)
        pair.reopen()
        pair.claim("mail", END - MICROSECOND, later)
        pair.claim("mail", END, later)

    def test_claim_that_is_none_is_refused(self) -> None:
        """A blank or long name, a time without zone, or a lease that ends at once."""
        store = self.new_store()
        wrong: tuple[tuple[Any, Any, Any], ...] = (
            ("", START, END),
            (" ", START, END),
            (None, START, END),
            ("x" * 101, START, END),
            ("mail", START.replace(tzinfo=None), END),
            ("mail", START, END.replace(tzinfo=None)),
            ("mail", START, START),
            ("mail", END, START),
        )
        for each in wrong:
            expect_error(InputError, partial(store.claim, *each), f"the claim {each}")
        claim(store)


class ErasureTests(ContractTests):
    """Erasing a case, and what goes on around it."""

    def test_every_personal_text_is_erased_and_nothing_else(self) -> None:
        """For every handle, in history and feed. Rows, times, lengths and other cases stay."""
        history = every_event()
        history = *history, rated(history[0].case, len(history) + 1)
        case = history[0].case
        pair = self.new_pair(change(*history, command="c"), change(received("HB-2")))
        pair.check_everything()
        pair.erase(case)
        pair.check_everything()
        for says in ("d", "do", "x"):  # of what the act said its first letter is known
            pair.commit(change(received("HB-3"), command="c", says=says))
        shown = fold_marks(repr([
            *map(vars, pair.store.load(case)),
            *(text for name, text in pair.store.iter_texts() if name == case),
        ]))  # fmt: skip
        for secret in (
            *SECRETS,
            *("Đã xử lý", "CV-12.pdf", "Trả lời sớm", "chờ", "Tổ 3", CITIZEN.id),
        ):
            check(fold_marks(secret) not in shown, f"{secret!r} is still there")
        for by in range(3):
            pair.erase(case, by=by)
            pair.erase("HB-unknown", by=by)
            pair.check_everything()
        pair.reopen()
        pair.check_everything()
        pair.check_positions()

    def test_digests_cannot_be_guessed(self) -> None:
        """Equal texts and acts leave other digests in each case and store: salts are drawn."""
        marks: list[dict[str, object]] = []
        for _ in range(2):
            store = self.new_store()
            for case in ("HB-1", "HB-2"):
                store.commit([change(received(case, content="0912"), command=case, says="0912")])
                record: Any = store.find_command(case)
                store.erase(case, at=START)
                content: Any = vars(store.load(case)[0])["content"]
                check(isinstance(content, Erased), f"not erased: {content!r}")
                marks.append({"what an act says": record.digest, "a text": content.digest})
        plain = digest_content(b"0912", None)
        for what in marks[0]:
            found = {each[what] for each in marks}
            check(
                len(found) == 4 and plain not in found,
                f"{what} has the digests {found} in four cases: draw a salt for each",
            )

    def test_erased_bytes_are_gone(self) -> None:
        """Neither texts, the tracking code, the salt nor a digest to guess from is in any file."""
        store, history = self.new_store(), every_event()
        history = *history, rated(history[0].case, len(history) + 1)
        store.commit([change(*history)])
        first = received("case", by=CITIZEN, content=SECRETS[3] * 500)
        store.commit([change(first, command="c", says=SECRETS[1])])
        salt = store.find_command("c").salt
        # Many, of many lengths, out of order: so that an engine moves what it holds.
        chance = random.Random(7)  # noqa: S311  # the same each time
        order = chance.sample(range(120), 120)
        for i in order:
            text = f"[{SECRETS[0]}-{i}]" + "." * chance.choice((0, 10, 200, 900, 3000))
            store.commit([change(received(f"HB-{i}.", content=text, sender=Sender()))])
        before = self.stored_bytes(store)
        check(SECRETS[0].encode() in before, "the test looks in the wrong place")
        for case in (*(f"HB-{i}." for i in order[::-2]), history[0].case, "case"):
            store.erase(case, at=START)
        left = self.stored_bytes(store)
        if salt:  # as it is, in hexadecimal, or in base64
            letters = [base64.b64encode(salt), base64.urlsafe_b64encode(salt), salt.hex().encode()]
            found = [each for each in (salt, *letters) if each.rstrip(b"=") in left]
            check(not found, "the salt of the case is still there")
        marks = [f"[{SECRETS[0]}-{i}]" for i in order[::-2]]
        texts = [*SECRETS[1:], CITIZEN.id, "Đã xử lý", "CV-12.pdf", "Tổ 3, Hòa Bình", "MA-case"]
        for text in (*texts, *marks, digest_content(SECRETS[1].encode(), None)):
            check(text.encode() not in left, f"the bytes of {text!r} are still there")
        check(f"[{SECRETS[0]}-{order[0]}]".encode() in left, "a case was erased that should stay")
        check_same(120, len([i for i in order if store.load(f"HB-{i}.")]), "the cases")
