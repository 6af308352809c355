"""Contract: any sequence of calls has on a store the outcome that its model has.

A walk is a list of steps, each with a seed of its own, so that a step draws its arguments from what
the store holds by then. If a walk fails, steps are left out of it for as long as it still fails,
and the calls that are left are the proof.

What is drawn is what careless stores take for the same: ids that differ in a blank, a capital or an
accent, texts that look like numbers or patterns, instants of three centuries in four offsets. Three
handles take turns and are closed and opened again, and most calls are about four cases, so that a
handle is seen that keeps what another has changed.
"""

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import attrs

from phananh.regulation.events import Escalated, Event
from phananh.regulation.request import Accused, Holder, Kind, Role, Sender
from phananh.stores.base import Change, Query
from phananh.testing.contract.checks import ContractError, check_same
from phananh.testing.contract.pair import Pair
from phananh.testing.contract.suite import ContractTests
from phananh.testing.sample_events import (
    START,
    answered,
    change,
    completed,
    deadline,
    escalated,
    lapsed,
    make_command,
    rated,
    received,
)

SEEDS = range(2370, 2376)
STEPS = 90
SHRINKING = 10.0  # seconds
MINUTE = timedelta(minutes=1)
MICROSECOND = timedelta(microseconds=1)
FIRST = datetime(1900, 1, 1, tzinfo=UTC)
LAST = datetime(2200, 1, 1, tzinfo=UTC) - MICROSECOND
ZONES = (
    timezone(timedelta(hours=7)),
    UTC,
    timezone(timedelta(hours=-9, minutes=-30)),
    timezone(timedelta(hours=5, minutes=45)),
)
INSTANTS = (
    FIRST,
    datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    datetime(2019, 11, 4, 1, 0, tzinfo=UTC),
    datetime(2019, 11, 4, 1, 0, 0, 1, tzinfo=UTC),
    datetime(2019, 11, 4, 1, 0, 0, 500_000, tzinfo=UTC),
    START,
    datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC),
    LAST,
)
HOT = (
    ("HB-1", "HB-1 ", "hb-1", "HB-10"),
    ("HB-\u00c1", "HB-A\u0301", "HB-A", "hb-\u00e1"),
    ("007", "7", "7.0", "+7"),
    ("a_b", "axb", "a%b", "A_B"),
    ("HB|1", "HB", "HB'1", 'HB"\\'),
    ("HB-\uff8a", "HB-\U00020000", "HB-z", "HB-_"),
)
"""Ids that careless stores take for each other, or sort in another order."""
TEXTS = (
    *("", "0", "null", "thêm 📎", "e\u0323\u0302", "\u1ec7", "  hai đầu  ", "'\"\\%_;--"),
    *("«xã»\r\n\t\u2028", "🚍𠀀", "ộ" * 20_000),
)
UNITS = ("VP-UBND", "Sở Y tế", "SỞ Y TẾ", "Đặng Hòa", "Đặng Hoà", "mc_1", "MCx1", None)
PEOPLE = ("cb-1", "CB-1", "cb_1", "007", "7", None)
RULES = ("2370/2019", "other/2026", "2370/2019 ", "Other/2026")
CONSUMERS = ("mail", "Mail", "máil", "mail 2")
SAYS = ("d", "e", "0912-345-678")
WEIGHTS = {"commit": 10, "list": 3, "read": 5, "erase": 1, "lease": 6, "reopen": 1}
SOUND = ("begin", "continue", "continue", "continue")
REFUSED = ("stale", "ahead", "again", "repeat", "reuse", "code")


@attrs.frozen
class Step:
    """A call of a walk: its name, the handle that makes it, and the seed of its arguments."""

    name: str
    by: int
    seed: int


class Walk:
    """A pair, and the steps that are made on it."""

    def __init__(self, pair: Pair, hot: tuple[str, ...]) -> None:
        """Begin on an empty pair, with the ids of the cases that most calls are about."""
        self._pair, self._model, self._hot = pair, pair.model, hot
        self._now = START
        self._chance = random.Random(0)  # noqa: S311  # samples, no secrets

    def make(self, step: Step) -> None:
        """Make a step: a call, and after a write a look at what it changed by another handle."""
        self._chance = random.Random(step.seed)  # noqa: S311  # samples, no secrets
        self._by, self._pair.reader = step.by, step.by
        self._now += MINUTE
        getattr(self, f"_{step.name}")()

    def check_everything(self) -> None:
        """Compare all that the store holds, by every handle, and once they are opened again."""
        self._pair.reader = None
        self._pair.check_everything()
        self._pair.reopen()
        self._pair.reader = 0
        self._pair.check_everything()
        self._pair.check_positions()

    def _commit(self) -> None:
        self._record(self._draw(self._chance.choice(SOUND * 3 + REFUSED), {}))

    def _list(self) -> None:
        """Record a list: chains and new cases in turn, and seldom one that refuses it all."""
        kinds = [self._chance.choice(SOUND) for _ in range(self._chance.randrange(2, 6))]
        kinds += [self._chance.choice(REFUSED)] if self._chance.randrange(3) == 0 else []
        added: dict[str, tuple[Event, ...]] = {}
        changes = [self._draw(kind, added) for kind in kinds]
        if self._chance.randrange(8) == 0:
            version = changes[-1].row.version
            twice = [attrs.evolve(each, version=version) for each in changes[0].commands[:1]]
            changes[-1] = attrs.evolve(changes[-1], commands=tuple(twice))
        self._record(*changes if self._chance.randrange(12) else ())

    def _record(self, *changes: Change) -> None:
        self._pair.commit(*changes, by=self._by)
        for each in changes[:1]:
            self._pair.reader = self._chance.randrange(3)
            self._pair.load(each.case)
            self._pair.find(code=each.row.code)
            for command in each.commands:
                self._pair.find_command(command.id)

    def _draw(self, kind: str, added: dict[str, tuple[Event, ...]]) -> Change:
        """Return a change of a kind, and add it to what the changes of its list have added."""
        chance, known = self._chance, [command for _, command in self._model.commands.values()]
        histories = {**self._model.histories, **added}
        case = chance.choice([each for each in self._hot if each in histories] or [*self._hot])
        history, n = histories.get(case, ()), len(histories.get(case, ()))
        free = [each for each in self._hot if each not in histories]
        name = chance.choice([*free, f"{chance.choice(self._hot)}-{len(histories)}"])
        digest = chance.choice([*self._model.codes] or ["code"])
        gap = completed(case, n + 1)
        refused: dict[str, Callable[[], Change]] = {
            "again": lambda: change(received(case, content="khác")),
            "stale": lambda: change(
                completed(case, max(n, 2), "khác"), after=history[: max(n - 1, 1)]
            ),
            "ahead": lambda: change(completed(case, n + 2), after=(*history, gap)),
            "code": lambda: change(received(f"{name}+", code_digest=digest)),
        }
        if kind == "begin" or not history:
            new = change(*self._draw_beginning(name))
        elif kind in refused:
            new = refused[kind]()
        else:
            new = change(*self._draw_events(history), after=history)
        if kind in ("repeat", "reuse") and known:
            command = attrs.evolve(chance.choice(known), version=new.row.version)
            if kind == "reuse":
                command = attrs.evolve(command, content=b"other")
            return attrs.evolve(new, commands=(command,))
        if new.expected == len(histories.get(new.case, ())):
            added[new.case] = (*histories.get(new.case, ()), *new.events)
        return self._with_commands(new)

    def _with_commands(self, new: Change) -> Change:
        """Return the change, in most cases with commands for some of its versions."""
        chance, count = self._chance, len(self._model.commands)
        commands = []
        for event in new.events:
            if chance.randrange(3):
                name = f"{chance.choice(('c', 'C', 'c ', 'ć', 'c_'))}{count}{new.case}{event.n}"
                is_personal = chance.choice((True, False))
                says = chance.choice(SAYS)
                commands.append(make_command(name, event.n, says, is_personal=is_personal))
        return attrs.evolve(new, commands=tuple(commands))

    def _draw_instant(self) -> datetime:
        return self._chance.choice(INSTANTS).astimezone(self._chance.choice(ZONES))

    def _draw_text(self) -> str:
        return self._chance.choice(TEXTS if self._chance.randrange(9) == 0 else TEXTS[:-1])

    def _draw_beginning(self, case: str) -> tuple[Event, ...]:
        chance, text = self._chance, self._draw_text
        accused = tuple(
            Accused(id=chance.choice(PEOPLE), unit=chance.choice(UNITS[:-1]))
            for _ in range(chance.randrange(3))
        )
        first = received(
            case,
            at=self._draw_instant(),
            kind=chance.choice([*Kind]),
            rules=chance.choice(RULES),
            content=text(),
            sender=Sender(
                name=chance.choice((*TEXTS[1:8], None)), phone=chance.choice((None, "0912"))
            ),
            accused=accused,
            code_digest=f"{chance.choice(('12e3', '120e2', 'a_', 'A_'))} {case}",
        )
        return first, *(self._draw_events((first,)) if chance.randrange(2) else ())

    def _draw_events(self, history: tuple[Event, ...]) -> tuple[Event, ...]:
        """Return one to three events that continue a history."""
        new: list[Event] = []
        for _ in range(self._chance.choice((1, 1, 1, 2, 3))):
            new.append(self._draw_event((*history, *new)))
        return tuple(new)

    def _draw_event(self, history: tuple[Event, ...]) -> Event:
        chance, last, case, n = self._chance, history[-1], history[0].case, len(history) + 1
        same: dict[str, Any] = {"state": last.state, "holder": last.holder}
        fields: dict[str, Any] = {"rules": history[0].rules}
        if isinstance(last, Escalated) and last.deadline is not None and chance.randrange(2):
            return lapsed(
                case, n, opened_by=last.n, due=last.deadline.due, holder=last.holder, **fields
            )
        kind = chance.randrange(8)
        if kind < 4:
            return completed(case, n, self._draw_text(), **same, **fields)
        if kind == 4:
            return rated(case, n, **same, **fields)
        if kind == 5:
            return answered(case, n, text=self._draw_text(), **fields)
        due = self._draw_instant()
        clock = attrs.evolve(
            deadline(), due=due, late_after=due, version=chance.choice(("2019.1", "2020.1"))
        )
        person, unit = chance.choice(PEOPLE), chance.choice(UNITS)
        holder = Holder(role=chance.choice((Role.OFFICER, Role.AGENCY)), id=person, unit=unit)
        return escalated(case, n, clock=chance.choice((None, clock)), holder=holder, **fields)

    def _pick_case(self) -> str:
        return self._chance.choice([*self._hot * 3, *self._model.histories, "HB-none"])

    def _read(self) -> None:
        """Read in each way: a case, a list, a count, a command, calendars, and the feed."""
        chance, place = self._chance, self._chance.randrange(len(self._model.feed) + 1)
        self._pair.load(self._pick_case())
        self._pair.find(limits=(chance.choice((1, 2, 3, 50)),), **self._draw_filters())
        self._pair.count(Query(**self._draw_filters()), chance.choice((1, 3, 1000)))
        name = chance.choice([*self._model.commands, "none"])
        self._pair.find_command(chance.choice((name, name, name + " ", name.upper())))
        self._pair.list_calendars()
        self._pair.scan(place, chance.choice((1, 7, 500)))

    def _draw_filters(self) -> dict[str, Any]:
        """Return a few filters, most of which some case meets, and an order."""
        chance = self._chance
        row = chance.choice([*self._model.rows.values()] or [None])
        near = (-MICROSECOND, timedelta(), MICROSECOND)
        moment = min(max(self._draw_instant() + chance.choice(near), FIRST), LAST)
        moment = moment.astimezone(chance.choice(ZONES))
        known: dict[str, Any] = {
            "due_before": moment,
            "received_since": moment,
            "received_before": moment,
            "is_open": chance.choice((True, False)),
            "late": chance.choice((True, False)),
            "states": chance.choice((["received"], ["escalated", "overdue"], ["answered"])),
        }
        if row is not None:
            known |= {"kind": row.kind, "rules": row.rules, "holder": row.holder, "code": row.code}
            known |= {"unit": row.unit and row.unit.upper(), "holder_id": row.holder_id}
        names = chance.sample([*known], chance.choice((0, 1, 1, 2, 2, 3)))
        order = chance.choice(("oldest", "newest", "due"))
        return {"order": order, **{name: known[name] for name in names}}

    def _erase(self) -> None:
        case = self._pick_case()
        self._pair.erase(case, by=self._by)
        self._pair.reader = self._chance.randrange(3)
        self._pair.load(case)
        for name, (of, _) in self._model.commands.items():
            if of == case:
                self._pair.find_command(name)

    def _lease(self) -> None:
        """Claim a consumer, advance with a lease, mostly with the last, or release one."""
        chance, leases, end = self._chance, self._pair.leases, len(self._model.feed)
        name, kind = (
            chance.choice(CONSUMERS),
            chance.choice(["claim", "advance", "advance", "release"]),
        )
        if kind == "claim" or not leases or not end:
            until = self._now + chance.choice((1, 5, 60)) * MINUTE
            start = chance.choice((None, "end", chance.randrange(end + 1)))
            zone = chance.choice(ZONES)
            self._pair.claim(name, self._now, until.astimezone(zone), start=start, by=self._by)
            return
        number = chance.choice([len(leases) - 1, chance.randrange(len(leases))])
        if kind == "release":
            self._pair.release(number, by=self._by)
        else:
            until_or_not = chance.choice((None, self._now + 3 * MINUTE))
            self._pair.advance(number, chance.randrange(end) + 1, until_or_not, by=self._by)

    def _reopen(self) -> None:
        self._pair.reopen(self._by)
        self._pair.reader = self._by
        self._pair.load(self._pick_case())


def draw_steps(seed: int) -> list[Step]:
    """Return the steps of a walk. The first are commits, so that there is something to read."""
    chance = random.Random(seed)  # noqa: S311  # samples, no secrets
    names = ["commit"] * 6 + chance.choices([*WEIGHTS], [*WEIGHTS.values()], k=STEPS)
    return [Step(name, chance.randrange(3), chance.randrange(2**32)) for name in names]


def shorten_steps(steps: list[Step], fails: Callable[[list[Step]], object]) -> list[Step]:
    """Return the fewest steps found that still fail, in the time there is."""
    end, size = time.monotonic() + SHRINKING, len(steps) // 2
    while size:
        start = 0
        while start < len(steps) and time.monotonic() < end:
            rest = steps[:start] + steps[start + size :]
            if fails(rest):
                steps = rest
            else:
                start += size
        size //= 2
    return steps


class WalkTests(ContractTests):
    """Drawn calls, the same each time."""

    def test_any_calls_have_the_outcome_of_the_model(self) -> None:
        """Commits, reads, erasures and claims in any order, by three handles that are reopened."""
        for seed in SEEDS:
            hot = HOT[seed % len(HOT)]
            steps = draw_steps(seed)
            error = self._find_error(steps, hot)
            if error is None:
                continue
            fewest = shorten_steps(steps, lambda some, hot=hot: self._find_error(some, hot))  # type: ignore[misc]  # a default argument
            error = self._find_error(fewest, hot) or error
            calls = "\n".join(f"  {n}. {said}" for n, said in enumerate(self.calls, 1))
            raise ContractError(
                f"{error}\nthe fewest calls found that show it (seed {seed}):\n{calls}"
            )

    def _find_error(self, steps: list[Step], hot: tuple[str, ...]) -> Exception | None:
        """Walk on a new pair, and return the error, if there is one."""
        self.calls.clear()
        walk = Walk(self.new_pair(), hot)
        try:
            for step in steps:
                walk.make(step)
            walk.check_everything()
        except Exception as error:  # noqa: BLE001  # of a store: whatever it is
            return error
        return None


MANY = 1_300


class GrowthTests(ContractTests):
    """A store that grows."""

    def test_grows_to_a_thousand_cases(self) -> None:
        """1,300 cases of twenty megabytes: deep and wide pages, and counts.

        A handle that has not looked meanwhile reads no less.
        """
        pair = self.new_pair()
        cases = [_make_one_of_many(i) for i in range(MANY)]
        if not pair.model.lists:
            for each in cases:
                pair.commit(each)
        for first, last in ((0, 1), (1, 101), (101, 301), (301, MANY)):
            if pair.model.lists:
                pair.commit(*cases[first:last])
        pair.reader = 0
        pair.find(limits=(999, 1000, MANY - 1, MANY, 2**31 - 1))
        for order in ("oldest", "newest", "due"):
            pair.find(order=order, limits=(150, 1001))
        check_same(100, len(pair.store.find(Query()).rows), "the rows of a page without a limit")
        check_same(1000, pair.store.count(Query()), "a count without a limit")
        for limit in (999, 1000, 1001, MANY - 1, MANY, MANY + 1):
            pair.count(Query(), limit)
        for i in (0, 1, 99, 100, 101, 255, 256, 300, 512, 999, 1000, 1001, MANY - 1):
            pair.commit(cases[i])
        total = len(pair.model.feed)
        for limit in (1000, 1001, total, total + 1):
            pair.scan(0, limit)
        pair.scan_all(333)
        check_same(500, len(pair.store.scan()), "the events of a page without a limit")
        pair.reader = 1  # it has done nothing so far
        pair.check_everything()

    def test_grows_to_thousands_of_events(self) -> None:
        """A case of 2,100 events with 400 commands comes back whole, and so does its erasure."""
        pair, history = self.new_pair(), make_history("HB-1", 2_100)
        commands = [make_command(f"act {n}", n, is_personal=n % 2 == 0) for n in range(1, 401)]
        row, made = change(*history[:1]).row, list[Change]()
        for begin, end in ((0, 450), (450, 1_000), (1_000, 2_000), (2_000, 2_100)):
            row = attrs.evolve(row, version=end, updated_at=history[end - 1].at)
            acts = () if begin else tuple(commands)
            new = Change(
                case="HB-1", expected=begin, events=history[begin:end], row=row, commands=acts
            )
            made.append(new)
            pair.commit(new)
        pair.check_everything()
        pair.commit(made[0])
        pair.reopen()
        pair.erase("HB-1")
        pair.check_everything()


def _make_one_of_many(i: int) -> Change:
    """Return a case of one of three times of receipt, in half with a limit of three due times."""
    case, at = f"HB-{i:04}", START + i % 3 * MICROSECOND
    first = received(case, at=at, content=f"{case} ".ljust(8_000, "ệ")[: 8_000 if i % 4 else 9])
    due = deadline().due + i % 3 * MICROSECOND
    clock = attrs.evolve(deadline(), due=due, late_after=due)
    opened = () if i % 8 == 0 else (escalated(case, 2, clock=clock),)
    return change(first, *opened, command=case)


def make_history(case: str, length: int) -> tuple[Event, ...]:
    """Return a history of that many events."""
    return received(case), *(completed(case, n) for n in range(2, length + 1))
