"""Sample cases as changes, each with its whole history, in the order in which they came."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

import attrs

from phananh.errors import InputError, short_repr
from phananh.regulation import acts as a
from phananh.regulation.cleaning import clean_instant
from phananh.regulation.context import CalendarChoice, CalendarLookup, DecisionContext, make_lookup
from phananh.regulation.request import Channel, Person, Role, Sender
from phananh.regulation.rules import HOA_BINH_2019, Rules
from phananh.samples.arrivals import draw_arrivals
from phananh.samples.courses import CHANNELS, SHARES, draw_course
from phananh.samples.history import History
from phananh.samples.people import OPERATORS, draw_sender
from phananh.samples.texts import draw_request
from phananh.stores.base import Change
from phananh.stores.index_row import make_index_row
from phananh.worktime.instants import VIETNAM

UNTIL = datetime(2025, 6, 30, 17, tzinfo=VIETNAM)
THREE_YEARS = timedelta(days=3 * 365)
_NEW = 0.98  # of the cases in order of receipt, from where on they are new
_LEFT = {False: 0.015, True: 0.95}  # old, new: how many are left open


def draw_changes(
    count: int,
    *,
    seed: int = 2370,
    since: datetime | None = None,
    until: datetime = UNTIL,
    rules: Rules = HOA_BINH_2019,
    calendar: CalendarChoice | None = None,
) -> Iterator[Change]:
    """Yield `count` cases as changes of a store, the same for the same arguments.

    Of a hundred cases two or three are open, the most of them new, and one was late. Limits that
    ran out before `until` are marked, so that a sweep at that moment finds none.

    Args:
        count: how many cases, 1 or more.
        seed: another one gives other cases, with other ids.
        since: when the first may have come, an aware datetime, three years before `until` by
            default.
        until: an aware datetime after the last event.
        rules: the rules that all cases are under.
        calendar: the hours of their holders, as a `Desk` takes them, preset A by default.

    Raises:
        InputError: no such count, a naive time, or `until` not after `since`.
    """
    if type(count) is not int or count < 1:
        raise InputError(field="count", code="not_a_number_of_samples", value=short_repr(count))
    end = clean_instant(until, field="until")
    begin = end - THREE_YEARS if since is None else clean_instant(since, field="since")
    if begin >= end:
        raise InputError(field="until", code="samples_end_early", since=begin.isoformat())
    chance = Random(seed)  # noqa: S311 - the same again for the same seed, and no secret
    return _Drawing(chance, rules, make_lookup(calendar), end, count).run(begin)


@attrs.frozen
class _Drawing:
    """One run of the generator."""

    chance: Random
    rules: Rules
    calendar_for: CalendarLookup
    until: datetime
    count: int

    def run(self, since: datetime) -> Iterator[Change]:
        arrivals = draw_arrivals(self.chance, self.count, since=since, until=self.until)
        for number, at in enumerate(arrivals):
            yield self._draw_change(at, is_new=number >= _NEW * self.count)

    def _draw_change(self, at: datetime, *, is_new: bool) -> Change:
        context = DecisionContext(at=at, rules=self.rules, calendar_for=self.calendar_for)
        h = History.begin(self._draw_receipt(), self.chance, context)
        is_left = self.chance.random() < _LEFT[is_new]
        last = int(4 * self.chance.random() ** 2) if is_left else None
        for number, act in enumerate(draw_course(h)):
            if h.at > self.until or (number == last and h.case.is_open):
                break
            h.do(act)
        h.sweep(self.until)
        events, case = tuple(h.events), h.case
        return Change(case=case.id, expected=0, events=events, row=make_index_row(case))

    def _draw_receipt(self) -> a.Receive:
        chance = self.chance
        kind = chance.choices([*SHARES], [*SHARES.values()])[0]
        channel = chance.choices([*CHANNELS], [*CHANNELS.values()])[0]
        sender = draw_sender(chance, max(self.count // 3, 1))
        operator = chance.choice(OPERATORS)
        citizen = Person(id=sender.id or "mau-khach", role=Role.CITIZEN)
        if chance.random() < 0.04:
            sender = Sender(name=sender.name)
        return a.Receive(
            by=citizen if channel is Channel.PORTAL else operator,
            kind=kind,
            channel=channel,
            content=draw_request(chance),
            sender=sender,
        )
