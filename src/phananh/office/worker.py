"""The worker that sends an office's letters and reminders (Art. 3.4, 7.1, 7.2, 8.1, 9.2, 9.3).

It takes a part of the feed in first: what the ladder says of an event is written into the journal,
and the reminders of the case's running limit, each with its time. Then it sends what is due, and
takes in the next part. So a server that is away holds up no entry of the feed, and the next
reminder is found by its time.

A letter is written by its case as it is when it goes out. A reminder of a limit that has ended or
moved is dropped. What fails is sent again after a minute, then after twice as long, up to 4 hours.
After some 4 days, or if a server refuses it for good, it is dead.

Its file is TOML. Without `send` it has the usual rungs (`ladder.py`), by all channels:

    format = 1
    journal = "messages.db"
    night = [21:00:00, 07:00:00]    # no message but receipts, by the clock in Vietnam
    templates = "letters"           # a folder of your own
    [letterhead]                    # body, place, ...: see Letterhead
    [smtp]                          # host, sender, port, tls, ca, user
    [webhook]                       # url
    [file]                          # folder, sender
    [addresses]                     # of e-mail: of "office", "leadership", persons by id, and units
    [heads]                         # the same of the heads of units
    [names]                         # of people and units in letters, by their ids
    [[send]]                        # when, letter, to, by
"""

import logging
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from functools import partial
from itertools import product
from threading import Event as StopEvent
from typing import Any, Self

import attrs

from phananh.articles import Article
from phananh.desk.desk import Desk
from phananh.desk.lookup import iter_pages
from phananh.errors import (
    CorruptError,
    InputError,
    PhanAnhError,
    Refusal,
    RefusedError,
    StoreError,
    short_repr,
)
from phananh.messages.labels import word
from phananh.office.channels import CHANNELS, Channel, Message, is_about_one, is_final
from phananh.office.journal import Entry, Journal
from phananh.office.ladder import KEYS, USUAL, Rung, read_rung
from phananh.office.letters import Letterhead, Letters
from phananh.regulation.access import is_accused, is_of_accused_unit
from phananh.regulation.case import Case, find_current, fold
from phananh.regulation.cleaning import fold_id
from phananh.regulation.conduct import may_head_be_accused
from phananh.regulation.events import EVENTS, Completed, Event
from phananh.regulation.request import Holder, Person, Role, Sender
from phananh.stores.base import FeedEntry, Query
from phananh.worktime.formats.toml import TomlTable, read_top
from phananh.worktime.instants import VIETNAM

_LEASE = timedelta(minutes=1)
_BATCH = 500  # cases whose reminders are computed before messages go out
# After these the limit and the holder are as they were, and so is who is accused.
_UNMOVING = (
    "Noted", "UnitNotified", "OutcomeReported", "Published", "PublicationWithdrawn", "Commended",
    "Rated", "PersonalDataErased",
)  # fmt: skip
_FIRST_DELAY, _LONGEST_DELAY, _ATTEMPTS = timedelta(minutes=1), timedelta(hours=4), 30
_NIGHT = [time(21), time(7)]
_KEYS = {
    "format": int, "journal": str, "night": list, "templates": str, "send": list,
    **dict.fromkeys(("letterhead", *CHANNELS, "addresses", "heads", "names"), dict),
}  # fmt: skip
# What is not to be sent after all, as the limit is over, nothing is missing, or it can go nowhere.
_UNSENT = {
    "letter_not_needed": "dropped",
    "letter_outside": "dropped",
    "letter_without_ground": "dropped",
    "limit_not_running": "dropped",
    "sender_unaddressed": "unaddressed",
}
# Of an error only its numbers are for the journal: what a server says may name the recipient.
_NUMBERS = re.compile(
    r"""(?<=\()\d{3}(?=, b)|(?<=, b['"])[245]\.\d{1,3}\.\d{1,3}(?= )|(?<=HTTPError )\d{3}"""
)
_PLAN = "plan"  # in place of a channel: the reminders of a case could not be computed
_LOG = logging.getLogger(__name__)


def find_address(
    staff: Mapping[str, str],
    heads: Mapping[str, str],
    recipient: str,
    case: Case,
    event: Event | None,
) -> str | None:
    """Return the address of a recipient of the ladder, or None if it is not known.

    The mappings have folded ids of persons and units. The leadership holds a case by its role.
    """
    person, unit = (case.holder.id, case.holder.unit) if case.holder else (None, None)
    names = {
        "holder": (person or unit or "leadership", unit),
        "head": (unit,),
        "unit": (getattr(event, "unit", None),),
        "office": ("office",),
    }[recipient]
    known = heads if recipient == "head" else staff
    return next((known[fold_id(x)] for x in names if x and fold_id(x) in known), None)


@attrs.define
class _Round:
    """Stops the feed at the end of each batch of cases, or when the worker is to stop.

    `versions` are those at which cases were read, and their reminders written down. A batch ends
    when there are `end`.
    """

    stop: StopEvent | None
    versions: dict[str, int] = attrs.Factory(dict)
    end: int = 0

    def is_set(self) -> bool:
        """Return whether no further entry is to be taken in."""
        return len(self.versions) >= self.end or (self.stop is not None and self.stop.is_set())


@attrs.frozen(kw_only=True)
class Worker:
    """Sends the messages of a desk.

    Args:
        desk: where the cases are.
        ladder: what is sent, to whom and when.
        channels: the ways, by the names that the ladder gives them.
        write: writes a letter: `Letters.write`, or a function with the same arguments.
        find_address: takes a recipient of the ladder, a case, and an event or None, and returns an
            address of e-mail or None. It is not asked for the sender's. It is also asked with an
            accused as the holder, because no message goes to their mailbox.
        journal: where is written down what was sent. Of several workers with one journal one at a
            time sends.
        night: from when to when only receipts go out, by the clock in Vietnam.
        lang: the language of problems in the journal.

    Example:
        >>> text = '''
        ... format = 1
        ... letterhead = {body = "Trung tâm mẫu", place = "Hòa Bình"}
        ... file = {folder = ".", sender = "tong-dai@example.vn"}
        ... '''
        >>> worker = Worker.from_toml(text, desk=desk)
        >>> worker.step()  # writes the letters that are due
        >>> worker.journal.list_dead()
        []
        >>> worker.journal.close()
    """

    desk: Desk
    ladder: list[Rung]
    channels: Mapping[str, Channel]
    write: Callable[..., Any]
    find_address: Callable[[str, Case, Event | None], str | None]
    journal: Journal
    night: list[time] = attrs.field(factory=_NIGHT.copy)
    lang: str = "vi"

    @classmethod
    def from_toml(cls, text: str, *, desk: Desk, where: str = "<text>", lang: str = "vi") -> Self:
        """Return the worker that a TOML text describes, for the cases of a desk.

        `where` is the name of the text in messages.

        Raises:
            InputError: a key or value that makes no sense. It names file, table and key.
        """
        top = read_top(text, where, _KEYS)
        night = top.values.get("night", _NIGHT)
        if [*map(type, night)] != [time, time]:
            top.refuse("night", "not_a_night", value=short_repr(night))
        channels = {name: _build(top, name, CHANNELS[name]) for name in top.pick(*CHANNELS)}
        ladder = [read_rung(table, channels) for table in top.tables("send", KEYS)]
        names = _read_texts(top, "names")
        letters = top.build(
            Letters,
            desk=desk,
            letterhead=_build(top, "letterhead", Letterhead),
            names=lambda key: names.get(fold_id(key)),
            **({"folder": top.values["templates"]} if "templates" in top.values else {}),
        )
        return cls(
            desk=desk,
            ladder=ladder or [Rung(*each, [*channels]) for each in USUAL],
            channels=channels,
            write=letters.write,
            find_address=partial(
                find_address, _read_texts(top, "addresses"), _read_texts(top, "heads")
            ),
            journal=Journal(top.values.get("journal", "messages.db")),
            night=night,
            lang=lang,
        )

    def run(self, stop: StopEvent, *, pause: float = 5.0) -> None:
        """Work until `stop` is set, with a pause of so many seconds between two rounds."""
        while not stop.is_set():
            try:
                self.step(stop)
            except (StoreError, sqlite3.Error) as error:
                _LOG.warning("%s", error)
            stop.wait(pause)

    def step(self, stop: StopEvent | None = None) -> None:
        """Take in what was recorded since, and send what is due by now.

        The first time it begins with what is recorded from now on, and with what will be due of
        the cases that are open.

        Raises:
            StoreError: the store is away.
        """
        if not self.journal.acquire():
            return
        wanted = [
            kind
            for name, kind in EVENTS.items()
            if name not in _UNMOVING or any(rung.when == name for rung in self.ladder)
        ]
        this = _Round(stop)
        while len(this.versions) >= this.end:
            this.end += _BATCH
            for error in self.desk.consume(
                "messages", partial(self.plan, versions=this.versions), events=wanted,
                start="end", lease=_LEASE, stop=this,
            ).damaged:  # fmt: skip
                _LOG.warning("%s", error.text(self.lang))
            if not self.journal.is_begun:
                for page in iter_pages(self.desk.store, Query(is_open=True, limit=500)):
                    for row in page.rows:
                        self._plan(row.case, row.version, since=self.desk.now().timestamp())
                self.journal.begin()
            self._deliver(stop)

    def plan(self, entry: FeedEntry, *, versions: dict[str, int]) -> None:
        """Write into the journal what is to be sent about an entry of the feed.

        A case that is in `versions` with this entry or a later one is not read again.
        """
        event, at = entry.event, entry.event.recorded_at or entry.event.at
        self.journal.add(
            each
            for rung in self.ladder
            if rung.when == type(event).__name__
            for each in _list_entries(rung, event.case, event.n, at)
        )
        if versions.get(event.case, 0) < event.n:
            versions[event.case] = self._plan(event.case, event.n)

    def _plan(self, key: str, n: int, *, since: float = 0.0) -> int:
        """Write down the reminders of a case, those after `since`, and return its version."""
        reminders = list[Entry]()
        try:
            case = self.desk.get(key)
            n = case.version
            for each in self._list_reminders(case):
                reminders += [each] * (each.at > since)
        except PhanAnhError as error:
            _require_of_case(error)
            reminders.append(Entry(  # beside those before it, as hours may end
                case=key, n=n, when="reminder", letter="reminder", recipient="holder",
                channel=_PLAN, at=0, status="dead", problem=error.text(self.lang),
            ))  # fmt: skip
        self.journal.plan(key, reminders)
        return n

    def _list_reminders(self, case: Case) -> Iterator[Entry]:
        limit = find_current(case)
        if limit is None or case.holder is None:
            return
        calendar = self.desk.calendar(case.holder.role, case.holder.unit)
        for rung in self.ladder:
            if rung.when not in EVENTS:
                yield from _list_entries(
                    rung,
                    case.id,
                    limit.opened_by,
                    rung.find_moment(calendar, limit.deadline.start, limit.due),
                    due=limit.due,
                )

    def _deliver(self, stop: StopEvent | None) -> None:
        """Send what is due. A channel whose server is away is left alone until the next time."""
        now, away = self.desk.now(), set[str]()
        clock, (first, last) = now.astimezone(VIETNAM).time(), self.night
        is_night = first <= clock < last if first <= last else clock >= first or clock < last
        for entry in self.journal.list_ready(now):
            if stop is not None and stop.is_set():
                return
            if (
                entry.channel not in away
                and (entry.letter == "receipt" or not is_night)
                and not self._send(entry)
            ):
                away.add(entry.channel)

    def _send(self, entry: Entry) -> bool:
        """Send a message, and return whether its server is there."""
        entry = attrs.evolve(entry, status="sending", attempts=entry.attempts + 1)
        try:
            if entry.channel == _PLAN:
                self.journal.plan(entry.case, self._list_reminders(self.desk.get(entry.case)))
            else:
                message = self._compose(entry)
                self.journal.mark(entry)
                self.channels[entry.channel](message)
        except Exception as error:  # noqa: BLE001  # of a template or channel of an application
            _require_of_case(error)
            self._fail(entry, error)
            return is_about_one(error)
        self.journal.mark(attrs.evolve(entry, status="sent", problem=None))
        return True

    def _compose(self, entry: Entry) -> Message:
        history = self.desk.history(entry.case)
        case, event = fold(history), None if entry.due else history[entry.n - 1]
        limit, due = find_current(case), datetime.fromtimestamp(entry.due or 0, UTC)
        if entry.due and (limit is None or (limit.opened_by, limit.due) != (entry.n, due)):
            raise InputError(field="case", code="limit_not_running", case=case.id)
        is_to_sender = entry.recipient == "sender"
        letter = self.write(
            entry.letter,
            case,
            lang="en" if is_to_sender and case.language.startswith("en") else "vi",
            event=event,
        )
        staff = None if is_to_sender else self._find_staff(entry.recipient, case, event)
        return Message(
            key=entry.key, case=case.id, when=entry.when, letter=entry.letter,
            recipient=entry.recipient, at=self.desk.now(),
            address=_withhold(letter.email, case, history) if is_to_sender else staff,
            phone=_withhold(getattr(case.sender, "phone", None), case, history)
            if is_to_sender
            else None,
            subject=letter.subject, text=letter.text, html=letter.html,
        )  # fmt: skip

    def _find_staff(self, recipient: str, case: Case, event: Event | None) -> str | None:
        """Return the address of a recipient, as if a holder who is accused were not named.

        Without a unit the leadership is to name another person (8.1.c2). What a leader holds,
        another of them goes on with.

        Raises:
            RefusedError: the head of the unit is accused, or may be (R33). Or an accused was named
                as the unit that was notified, or reads this mailbox.
        """
        holder, context = case.holder, self.desk.context_of(case)
        asked = (
            attrs.evolve(
                case,
                holder=attrs.evolve(holder, id=None)
                if holder.unit and holder.role is not Role.LEADERSHIP
                else Holder(role=Role.LEADERSHIP),
            )
            if holder and is_accused(case, holder.id)
            else case
        )
        found = self.find_address(recipient, asked, event)
        theirs = (
            self.find_address(
                to, attrs.evolve(case, holder=Holder(role=Role.AGENCY, id=person, unit=of)), None
            )
            for each in case.accused
            for to, person, of in (
                ("holder", each.id, None),
                ("head", context.head_of and context.head_of(each.unit, context.at), each.unit),
            )
            if is_accused(case, person)
        )
        if (
            is_accused(case, getattr(event, "unit", None))
            or _list_mailboxes([found]) & _list_mailboxes(theirs)
            or (
                recipient == "head"
                and holder
                and may_head_be_accused(case, holder.unit, context.at, context.head_of)
            )
        ):
            why = Refusal(code="accused", article=Article("8.1.c2"))
            raise RefusedError(article=why.article, case=case.id, trigger="read", refusals=(why,))
        return found

    def _fail(self, entry: Entry, error: Exception) -> None:
        """Write down what went wrong, and whether and when to send again."""
        is_over = isinstance(error, PhanAnhError) or is_final(error) or entry.attempts >= _ATTEMPTS
        delay = min(_FIRST_DELAY * 2 ** (entry.attempts - 1), _LONGEST_DELAY)
        failed = attrs.evolve(
            entry,
            status=_UNSENT.get(getattr(error, "code", ""), "dead" if is_over else "waiting"),
            next_at=(self.desk.now() + delay).timestamp(),
            problem=error.text(self.lang)
            if isinstance(error, PhanAnhError)
            else " ".join([type(error).__name__, *_NUMBERS.findall(repr(error))]),
        )
        self.journal.mark(failed)
        _LOG.warning(
            "%s: %s (%s, %s): %s: %s", failed.case, word("letter", failed.letter, self.lang),
            failed.recipient, failed.channel, word("delivery", failed.status, self.lang),
            failed.problem,
        )  # fmt: skip


def _withhold(contact: str | None, case: Case, history: Sequence[Event]) -> str | None:
    """Return a contact, unless somebody of the accused's unit was the last to give it (R40).

    It is enough for a hand-over (R42), but may be their own.
    """
    by = next(
        (
            each.by
            for each in reversed(history)
            if isinstance(each, Completed)
            and isinstance(each.sender, Sender)
            and str(contact).strip()
            in map(str.strip, filter(None, (each.sender.phone, each.sender.email)))
        ),
        None,
    )
    return None if isinstance(by, Person) and is_of_accused_unit(case, by) else contact


def _list_mailboxes(addresses: Iterable[str | None]) -> set[str]:
    """Return the mailboxes of addresses, which may be written with a name: Văn thư <a@vidu.vn>."""
    return {*re.findall(r"[^\s<>,;]+@[^\s<>,;]+", "; ".join(filter(None, addresses)).casefold())}


def _list_entries(
    rung: Rung, case: str, n: int, at: datetime, due: datetime | None = None
) -> Iterator[Entry]:
    for to, by in product(rung.to, rung.by):
        yield Entry(
            case=case, n=n, when=rung.when, letter=rung.letter, recipient=to, channel=by,
            at=at.timestamp(), due=due.timestamp() if due else None,
        )  # fmt: skip


def _require_of_case(error: Exception) -> None:
    """Raise an error again that is not of one case: the store is away."""
    if isinstance(error, StoreError) and not isinstance(error, CorruptError):
        raise error


def _build(top: TomlTable, key: str, kind: Any) -> Any:
    """Return the value of a table that has the fields of this class."""
    fields = [field for field in attrs.fields(kind) if field.init]
    table = TomlTable(
        top.at(key),
        top.values.get(key, {}),
        {field.name: int if field.type is int else str for field in fields},
    )
    table.require(*(field.name for field in fields if field.default is attrs.NOTHING))
    return table.build(kind, **table.values)


def _read_texts(top: TomlTable, key: str) -> dict[str, str]:
    """Return a table of texts, its keys folded as ids are."""
    given = top.values.get(key, {})
    return {
        fold_id(name): text
        for name, text in TomlTable(top.at(key), given, dict.fromkeys(given, str)).values.items()
    }
