"""The reports of a period, from the rows of cases (Art. 3.1, 9, 12.1, 14, 15).

A report counts the cases that were open when the period began, or came in it. It shows them as of
a moment, by default the end of the period: what was entered later does not count, so the report of
a past month is the same whenever it is made. A step after the period counts only if it was entered
by that moment and lifts a lateness of the period (R50), or moves a limit that would have been one
(R37). Each case stands once in each breakdown, with one of six outcomes, so carried over + received
= refused + withdrawn + answered + open.

Who is late is who had the case when the limit ran out (R51), so lapses are counted by their unit
and person, an agency's by the unit alone. So are the limits that were met, rescheduled or lifted,
what was entered after a limit, and what was sent back, which is no limit met. What no holder
entered is of no person. A limit that goes on (R41, R53) is one limit: it is late if it ever was,
from the first time on, else met if it was in the end. A case counts for who answered, or has it,
and is late whoever was, so that all breakdowns have one total. `late_as_promised` are the limits
that ended after the time first set, however often they were rescheduled, and also if the lapse of a
later time was lifted. A recalculation sets the first time anew, as the calendar was wrong, and so
does what was left, where a limit goes on. A publication that was withdrawn by the end of the period
is not among `published`, nor the rating of a refusal that was reopened by then, and one that was
withdrawn later is. A refusal is carried over into the period in which it was reopened.

`waiting` (R52) and `silent` (R9) are the open cases with these cautions at that moment, by the
hours of today. `unit_not_told` (R36) are the reports on conduct, those done before the period too,
of which no unit was notified: no figure says who is accused, so cases of another kind are left out.

`points` are those of the yearly assessment (Art. 14, by Circular 01/2018/TT-VPCP, Art. 13.8): 2 if
every limit was met, 1 if 90 % were, else 0. They are 0 too if who was late still has the open case,
which is how we read "prolonged", a word that the Circular does not explain. They are None without a
limit to assess, and on a line without a name, such as the total. By unit the late one is the unit,
whoever of it has the case, and once a person is accused it is the unit alone.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from itertools import islice
from typing import Any, Literal, get_args

import attrs

from phananh.desk import Desk
from phananh.errors import InputError, short_repr
from phananh.office.directory import Directory
from phananh.office.tables import read_day
from phananh.plain_value import PlainValue
from phananh.regulation.access import is_accused
from phananh.regulation.case import Case, fold
from phananh.regulation.cautions import measure_wait
from phananh.regulation.cleaning import clean_instant, fold_id, is_same_id, to_vietnam_time
from phananh.regulation.figures import Figure, to_seconds
from phananh.regulation.request import Person, Role, require_person
from phananh.regulation.rules import find_in_force
from phananh.stores.base import CaseFigures
from phananh.worktime.instants import VIETNAM

By = Literal["kind", "channel", "unit", "officer", "ground"]
BREAKDOWNS: tuple[By, ...] = get_args(By)
OUTCOMES = (
    "refused", "withdrawn", "answered_in_time", "answered_late", "open_in_time", "open_late",
)  # fmt: skip
COUNTS = (
    "carried_over", "received", *OUTCOMES, "met", "late_officer", "late_agency", "late_other",
    "late_as_promised", "entered_late", "lifted", "sent_back", "put_off", "rescheduled",
    "rescheduled_days", "kept", "missed", "first_words", "first_word_hours", "rated", "stars",
    "published", "commended", "waiting", "silent", "unit_not_told",
)  # fmt: skip
# What is computed of the counts: sums, and shares or means as part and whole.
SUMS = {
    "known": ("carried_over", "received"),
    "done": ("refused", "withdrawn", "answered_in_time", "answered_late"),
    "open": ("open_in_time", "open_late"),
    "limits": ("met", "late_officer", "late_agency", "late_other"),
}
RATIOS = {
    "done_share": ("done", "known"),
    "in_time_share": ("met", "limits"),
    "first_word_mean": ("first_word_hours", "first_words"),
    "stars_mean": ("stars", "rated"),
}
OF_HOLDERS = ("unit", "officer")  # who is assessed (Art. 14)
_LATE: dict[str | None, str] = {"officer": "late_officer", "agency": "late_agency"}
ENDS = {"answered", "refused", "withdrawn", "found", "sent_back", "advised", "limit"}  # of a limit
_TIMED = ENDS | {"held", "rescheduled"}  # says who was in time (R49)
_OF_LIMITS = {"sent_back", "rescheduled"}  # by who had the case
_COUNTED = {*_OF_LIMITS, "rated", "published", "commended"}  # as they are named
_DONE = {"answered", "refused", "withdrawn"}
WORDS = {"told", "answered", "refused"}  # what the sender hears
_UNDONE = {"unpublished": ("published",), "reopened": ("rated", "stars")}
DAY, HOUR = 86_400, 3_600
_AT_ONCE = 500  # histories that are read together
Who = tuple[str | None, str | None]  # person and unit
End = tuple[int, str, Who]  # when a limit ended, as what, and whose it was
Item = tuple[str, int, Who | None]  # a count, how much, and who it is of, if not of the case's


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ReportRow(PlainValue):
    """A line of a report: its group, what was counted, and the cases behind each count.

    `group` is None for what has no such value. `is_prolonged` says that a case is open with who was
    late with it, which the points and no JSON say. `rates` is what is computed of the counts: sums,
    shares from 0 to 1 and means, None of nothing. `name` and `is_central` (R30) are those of the
    desk's directory. `cases` is empty unless they were asked for.
    """

    group: str | None
    name: str | None = None
    is_central: bool = False
    is_prolonged: bool = attrs.field(default=False, repr=False)
    counts: Mapping[str, float]
    rates: Mapping[str, float | None] = attrs.field(init=False)
    cases: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)

    @rates.default
    def _find_rates(self) -> Mapping[str, float | None]:
        found: dict[str, float] = {**self.counts}
        rates: dict[str, float | None] = {}
        for name, parts in SUMS.items():
            rates[name] = found[name] = sum(found[part] for part in parts)
        for name, (part, whole) in RATIOS.items():
            rates[name] = found[part] / found[whole] if found[whole] else None
        share = rates["in_time_share"]
        score = None if share is None else 2 if share == 1 else int(share >= 0.9)
        rates["points"] = None if self.group is None else 0 if self.is_prolonged else score
        return rates

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        return super()._to_plain(lang, personal=False)  # it has nothing that is personal

    def find(self, name: str) -> float | None:
        """Return a count, or what is computed of the counts."""
        return self.counts[name] if name in self.counts else self.rates[name]


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Report(PlainValue):
    """What a period counts, as of a moment: a line for each group, and their total.

    `entered_after` is the number of cases with a step of that time that was entered after the
    moment, and so does not count.

    Example:
        >>> report = make_report(desk, month="2025-04", by="channel")
        >>> [(row.group, row.counts["received"]) for row in report.rows]
        [('phone', 1)]
    """

    since: datetime
    before: datetime
    as_of: datetime
    entered_after: int
    by: By
    rows: tuple[ReportRow, ...]
    total: ReportRow


def make_report(
    desk: Desk,
    *,
    month: str | None = None,
    since: datetime | None = None,
    before: datetime | None = None,
    by: By = "kind",
    as_of: datetime | None = None,
    with_cases: bool = False,
    for_: Person | None = None,
) -> Report:
    """Return the report of a month or period (Art. 3.1, 12.1, 14, 15), without `before` itself.

    Args:
        desk: whose store is read, and whose clock says what has not come yet. If it has a
            `Directory`, lines of units and officers have their names.
        month: such as "2025-04", by the clock in Vietnam.
        since, before: without a month, the period as aware datetimes.
        by: "kind", "channel", "unit", "officer", or "ground" of a refusal.
        as_of: what was entered by then counts. By default the end of the period, or now.
        with_cases: name the cases behind each count.
        for_: who reads it. A case in which they are accused, or that is damaged, does not count.

    Raises:
        InputError: no period, or an unknown breakdown. Or a row that an earlier version wrote:
            `phananh db migrate` brings it up.

    Example:
        >>> report = make_report(desk, month="2025-04", with_cases=True)
        >>> report.total.counts["received"], report.total.cases["received"] == (case.id,)
        (1, True)
    """
    since, before = parse_month(month) if month else clean_period(since, before)
    if by not in BREAKDOWNS:
        raise InputError(field="by", code="unknown_value", value=short_repr(by), known=BREAKDOWNS)
    moment = min(before, desk.now()) if as_of is None else clean_instant(as_of, field="as_of")
    people = desk.directory() if callable(desk.directory) else desk.directory
    directory = people if isinstance(people, Directory) and by in OF_HOLDERS else None
    groups, total, entered_after = _Groups(), _Group(None), 0
    first, last, end = to_seconds(since), to_seconds(before), to_seconds(moment)
    for case in read_figures(desk, since, before, for_):
        history = _History(case, first, last, end, desk)
        entered_after += history.is_cut
        own = groups[history.find_group(by)]
        own.is_prolonged |= history.is_prolonged(by) and history.is_first_late(by)
        for name, amount, who in history.list_items():
            group = own if who is None or by not in OF_HOLDERS else groups[who[by == "unit"]]
            group.counts[name] += amount
            if with_cases:
                group.cases.setdefault(name, {})[case.case] = None
    lines = sorted({*groups.values()}, key=lambda each: (each.name is None, each.key))
    for each in lines:
        total.add(each)
    return Report(
        since=to_vietnam_time(since),
        before=to_vietnam_time(before),
        as_of=to_vietnam_time(moment),
        entered_after=entered_after,
        by=by,
        rows=tuple(each.close(directory, before) for each in lines if any(each.counts.values())),
        total=total.close(None, before),
    )


def parse_month(month: str) -> tuple[datetime, datetime]:
    """Return when a month such as "2025-04" begins in Vietnam, and when the next does.

    Raises:
        InputError: it is no month.
    """
    day = read_day(f"{month}-01", "month")
    assert day is not None  # it was given
    since = clean_instant(datetime.combine(day, time.min, VIETNAM), field="month")
    return since, (since + timedelta(days=31)).replace(day=1)


def clean_period(since: object, before: object) -> tuple[datetime, datetime]:
    """Return a period of aware datetimes that ends after it begins."""
    first, last = clean_instant(since, field="since"), clean_instant(before, field="before")
    if last <= first:
        raise InputError(field="before", code="period_ends_early", since=first.isoformat())
    return first, last


def read_figures(
    desk: Desk, since: datetime, before: datetime, reader: Person | None = None
) -> Iterator[CaseFigures]:
    """Yield the cases that a period may count, and refuse a row that an earlier version wrote."""
    cases = desk.store.iter_figures(since, before)
    for case in cases if reader is None else _iter_others(desk, cases, reader):
        if case.figures is None:
            raise InputError(field="store", code="rows_not_refreshed", case=case.case)
        yield case


def _iter_others(desk: Desk, cases: Iterator[CaseFigures], reader: Person) -> Iterator[CaseFigures]:
    """Yield the cases in which a reader is not accused."""
    require_person(reader, "for_")
    while some := [*islice(cases, _AT_ONCE)]:
        found = desk.store.load_many([each.case for each in some])
        for each in some:
            if each.case in found and not is_accused(fold(found[each.case]), reader.id):
                yield each


def _find_going_on(desk: Desk, case: CaseFigures) -> set[int]:
    """Return the events that gave a limit what was left of an earlier one (R41, R53).

    Only the history tells them. It is read where a role had two limits, and one that cannot be read
    tells none.
    """
    roles = [each[3] for each in case.figures or () if each[0] == "limit"]
    read = desk.store.load_many([case.case]) if len(roles) > len({*roles}) else {}
    return {
        event.n
        for event in read.get(case.case, ())
        if getattr(getattr(event, "deadline", None), "continues", None) is not None
    }


def find_missed(desk: Desk, case: Case) -> set[int]:
    """Return the limits that ran out, as a report counts them, by the events that opened them.

    One that goes on after it ran out (R41, R53) is that of who had it then.
    """
    received, end = to_seconds(case.received_at), to_seconds(max(desk.now(), case.updated_at))
    row = CaseFigures(case.id, case.kind.value, case.channel.value, received, [*case.figures])
    late = reversed(_History(row, 0, end + 1, end, desk).late.items())
    return {*{each: n for n, (*_, ends) in late for each in ends if not each[1]}.values()}


class _Group:
    """The counts of one line, while they grow, in whole numbers: its hours and days in seconds."""

    def __init__(self, name: str | None) -> None:
        self.name, self.key = name, fold_id(name or "")
        self.counts = dict.fromkeys(COUNTS, 0)
        self.is_prolonged = False
        self.cases: dict[str, dict[str, None]] = {}

    def add(self, other: "_Group") -> None:
        for name, amount in other.counts.items():
            self.counts[name] += amount
        for name, cases in other.cases.items():
            self.cases.setdefault(name, {}).update(cases)

    def close(self, directory: Directory | None, before: datetime) -> ReportRow:
        """Return the line, with what a person or unit was called at the end of the period."""
        named: dict[str, Any] = {}
        if directory and self.name:
            day = to_vietnam_time(before - timedelta.resolution).date()
            posts = directory.list_posts(self.name, on=day) or directory.list_posts(self.name)
            key = (posts[-1].unit if posts else None) or self.name
            unit = directory.find_unit(key, on=day) or directory.find_unit(key)
            found = posts[-1] if posts else unit
            named = {
                "name": found.name if found else None,
                "is_central": unit is not None and unit.is_central,
            }
        return ReportRow(
            group=self.name,
            is_prolonged=self.is_prolonged,
            counts={
                **self.counts,
                "rescheduled_days": self.counts["rescheduled_days"] / DAY,
                "first_word_hours": self.counts["first_word_hours"] / HOUR,
            },
            cases={name: tuple(sorted(each)) for name, each in self.cases.items()},
            **named,
        )


class _Groups(dict[str | None, _Group]):
    """The lines by the names of their groups. Spellings of one name are one line."""

    def __missing__(self, name: str | None) -> _Group:
        folded = name and fold_id(name)
        found = self.get(folded) or _Group(name)
        self[name] = self[folded] = found
        return found


class _History:
    """The figures of a case, read once up to the moment of the report.

    `first` and `last` bound the period, and `end` is that moment, all in seconds. It `is_cut` if a
    step that had happened by then was entered later.
    """

    # Which it is, when it was due first, and is now, and which it was when it began.
    _limit: list[int] | None = None

    def __init__(self, case: CaseFigures, first: int, last: int, end: int, desk: Desk) -> None:
        self.case, self._first, self._last, self._desk = case, first, last, desk
        self.items: list[Item] = []
        self.done: Figure | None = None
        self._role, self._since = "operator", case.received_at
        self.holder: Who = (None, None)
        # By the limit in which each began: how it ended, and if it was later than the first time.
        self._ends: dict[tuple[int, bool], End] = {}
        # Whose the limit was first, and this time. It may be lifted.
        self.late = dict[int, tuple[Who, Any, Who, dict[tuple[int, bool], End]]]()
        # In which limit the one began that runs or ran out, and the last one of each who had one.
        self._root, self._begun = 0, dict[tuple[str, str], int]()
        self._going_on = _find_going_on(desk, case)
        # The last of these when the case left who was late, their unit, and a unit that was late.
        self._left = self._left_unit = self._left_alone = 0
        self._told: int | None = None
        self._kind: str | None = None  # if another was found after the moment
        self._seen: dict[str, int] = {}  # when last
        self.is_cut = False
        self._is_known = case.received_at < last and case.received_at <= end
        for slug, at, later, *rest in case.figures or ():
            if at + later <= end and (
                at < last
                or slug == "lifted"
                or (slug == "moved" and self._limit and self._limit[2] < last)
            ):
                self._take(slug, at, later, rest)
            elif slug != "late":
                self.is_cut |= at <= end and at < last
                self._is_known &= slug != "received"
                if slug == "kind":
                    self._kind = self._kind or rest[0]
        self._end = min(end, last)
        self._look_at_end(self._end)

    def _count(self, at: int, name: str, amount: int = 1, who: Who | None = None) -> None:
        if self._first <= at < self._last:
            self.items.append((name, amount, who))

    def _take(self, slug: str, at: int, later: int, rest: list[Any]) -> None:
        if (self._limit and slug in _TIMED and at <= self._limit[2] < at + later) or (
            slug == "limit" and rest[4] < at + later
        ):
            # No holder enters who is accused or that the sender withdrew, but a head names another.
            self._count(
                at,
                "entered_late",
                who=self.holder
                if slug not in ("held", "withdrawn")
                else (None, rest[2] if slug == "held" and rest[1] else None),
            )
        if slug in ENDS and (self._limit or self._root):
            self._end_limit(slug, at)
        if slug in ("limit", "held"):
            self._move(at, *rest)
        if slug in _COUNTED:
            self._count(at, slug, 1, self.holder if slug in _OF_LIMITS else None)
        elif slug in _UNDONE:
            self.items = [each for each in self.items if each[0] not in _UNDONE[slug]]
        if slug == "moved" and self._limit and self._limit[0] == rest[0]:
            # Unless it was put off just now, the calendar was wrong: it was never due before.
            self._limit[1:3] = (
                self._limit[1] if self._seen.get("rescheduled") == at else rest[1],
                rest[1],
            )
        elif slug == "late" and self._limit:
            self._lapse(at, *rest[1:])
        elif slug == "lifted":
            *_, who, _ = self.late.pop(rest[0], ((None, None), None, None, {}))
            self._count(at, slug, 1, who)
        elif slug in ("told", "rescheduled"):
            self._tell(at, slug, rest)
        elif slug in _DONE:
            self.done = (slug, at, *rest)
            self._end_appointment(at, is_kept=slug != "withdrawn")
        elif slug == "reopened":
            self.done, self._since = None, at
        elif slug == "rated":
            self._count(at, "stars", rest[0])
        if slug in WORDS and not self._seen.keys() & WORDS:
            self._count(at, "first_words")
            self._count(at, "first_word_hours", at - self.case.received_at)
        self._seen[slug] = at

    def _move(self, at: int, role: str, person: str | None, unit: str | None, *limit: int) -> None:
        """Take who has the case. Without a limit of their own they go on with one that runs."""
        # An agency has it as a unit, whoever does the work.
        who, last = (None if role == "agency" else person, unit), max(self.late, default=0)
        is_same, persons = role == self._role and unit == self.holder[1], (who[0], self.holder[0])
        # A unit that was late for an accused stays so, whoever of it has the case (R51).
        if not (is_same and (None in persons or self._left_alone < self._left)):
            self._left_alone = last
        if not (is_same and who[0] in (None, self.holder[0])):
            self._left, self._since = last, at  # who was accused goes on as the unit
        if not is_same_id(unit, self.holder[1]):
            self._left_unit = last
        if limit:
            n, due = limit
            self._limit = [n, due, due, self._begin_limit(role, who, n) if self._going_on else n]
        if self._root:
            self._begun |= {(role, fold_id(each)): self._root for each in who if each}
        self._role, self.holder = role, who

    def _begin_limit(self, role: str, who: Who, n: int) -> int:
        """Note the limit in which this one began, if it goes on with what was left (R41, R53).

        That is the one that ran out with them, else their last one, or else that of a colleague.
        """
        known = self._begun | {who: next(iter(ends))[0] for _, who, _, ends in self.late.values()}
        begun = (known.get((role, fold_id(each))) for each in who if each)
        self._root = next(filter(None, begun), n) if n in self._going_on else n
        self._ends.pop((self._root, False), None)  # it was met so far
        return self._root

    def _tell(self, at: int, slug: str, rest: list[Any]) -> None:
        """Take a time that the sender was told, in place of the one before."""
        before = self._told
        self._end_appointment(at, is_kept=False)
        self._told = rest[0]
        if slug == "rescheduled":
            self._count(at, "rescheduled_days", rest[0] - rest[1], self.holder)
        elif before is not None and rest[0] > before:
            self._count(at, "put_off", 1, self.holder)

    def _end_appointment(self, at: int, *, is_kept: bool) -> None:
        if self._told is not None and at > self._told:
            self._count(self._told, "missed")
        elif self._told is not None and is_kept:
            self._count(at, "kept")
        self._told = None

    def _end_limit(self, slug: str, at: int) -> None:
        """Take a step that ends the limit, if one runs."""
        if self._limit is not None:
            _, first_due, due, first = self._limit
            if at > first_due:
                self._ends.setdefault((first, True), (first_due, "late_as_promised", self.holder))
            if at <= due and slug != "sent_back":
                self._ends[first, False] = at, "met", self.holder
        self._limit, self._root = None, 0

    def _lapse(self, at: int, role: str | None, person: str | None, unit: str | None) -> None:
        """Take that the limit ran out with them."""
        assert self._limit is not None  # one ran
        n, first_due, _, first = self._limit
        who = (None if role == "agency" else person, unit)
        ends = {(first, False): (at, _LATE.get(role, "late_other"), who)}
        self.late[n] = (
            next((each for each, *_, found in self.late.values() if (first, False) in found), who),
            (role, fold_id(who[0] or who[1] or "")),
            who,
            ends,
        )
        # Of a later time it stays so if that lapse is lifted.
        (ends if first_due == at else self._ends).setdefault(
            (first, True), (first_due, "late_as_promised", who)
        )
        self._limit = None

    def _look_at_end(self, end: int) -> None:
        """Take what ran out by the end without a step, as no sweep has marked it yet."""
        if self._limit is not None:
            _, first_due, due, first = self._limit
            if due < end:
                self._lapse(due, self._role, *self.holder)
            elif first_due < end:
                self._ends.setdefault((first, True), (first_due, "late_as_promised", self.holder))
        if self._told is not None:
            self._end_appointment(end, is_kept=False)

    def find_group(self, by: By) -> str | None:
        """Return the line that the case stands on."""
        if by == "kind":
            return self._kind or self.case.kind
        if by == "channel":
            return self.case.channel
        if by == "ground":
            return (
                ", ".join(sorted(self.done[2:]))
                if self.done and self.done[0] == "refused"
                else None
            )
        who = self.holder
        if self.done and self.done[0] == "answered":
            person = self.done[3]
            if person != who[0] and not is_same_id(person, who[0]):
                who = self.done[3:5]  # else the unit is that of the holder
        return who[by == "unit"]

    def is_prolonged(self, by: By) -> bool:
        """Return whether it is open with who was late with it, or with their unit (R51)."""
        # Whoever gets it of a unit that is late is not late, unless they may not act either.
        left = self._left if self.holder[0] else self._left_alone
        return (
            self._is_known
            and self.done is None
            and max(self.late, default=0) > (self._left_unit if by == "unit" else left)
        )

    def is_first_late(self, by: By) -> bool:
        """Return whether the last limit that ran out did so first with who it did then (R53)."""
        first, _, who, _ = self.late[max(self.late)]
        return fold_id(first[by == "unit"] or "") == fold_id(who[by == "unit"] or "")

    def _list_waits(self) -> Iterator[Item]:
        """Yield the cautions about who has an open case without a limit, and was not late."""
        if self._limit or self.is_prolonged("officer"):
            return
        received, since, end = (
            datetime.fromtimestamp(each, VIETNAM)
            for each in (self.case.received_at, self._since, self._end)
        )
        rules, role = find_in_force(self._desk.rules, received.date()), Role(self._role)
        waited = measure_wait(self._desk.calendar, role, self.holder[1], since, end)
        if role is Role.OPERATOR and waited > rules.waiting_warning:
            yield "waiting", 1, None
        if waited > rules.silent_warning:
            yield "silent", 1, None

    def list_items(self) -> Iterator[Item]:
        """Yield what the case counts. It has one outcome, unless it was done before the period."""
        if not self._is_known:
            return
        yield from self.items
        found = (each for *_, ends in reversed(self.late.values()) for each in ends.items())
        ends = sorted((*self._ends.items(), *found), key=lambda each: -each[1][0] * each[0][1])
        for at, name, who in dict(ends).values():  # of a limit, where it was late first
            if self._first <= at < self._last:
                yield name, 1, who
        slug, timing = self.done[0] if self.done else "open", "late" if self.late else "in_time"
        if (
            (self._kind or self.case.kind) == "conduct"
            and slug != "refused"
            and "notified" not in self._seen
        ):
            yield "unit_not_told", 1, None
        if self.done is not None and self.done[1] < self._first:
            return
        yield "received" if self.case.received_at >= self._first else "carried_over", 1, None
        if slug == "open":
            yield from self._list_waits()
        yield slug if slug in OUTCOMES else f"{slug}_{timing}", 1, None
