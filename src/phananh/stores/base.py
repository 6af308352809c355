"""Where histories are kept: the contract of a store.

    atomic      a Change is recorded whole, or not at all; a list of them too
    exclusive   of two Changes on one version one is recorded, one is a ConflictError
    idempotent  a command id is recorded once; again is a DuplicateError, before any conflict
    ordered     scan() shows no event behind a position that was already read

Each is tested by phananh.testing.conformance. A store decides nothing: it calls no rule and
reads no clock (time is an argument). It names the conflicts of its own keys, and wraps what
else the driver raised, once, in a StoreError. To write one, read memory.py first.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Any, Literal, Protocol, TypedDict

import attrs

from phananh.errors import InputError, InputTypeError, short_repr
from phananh.plain_value import PlainValue
from phananh.regulation.values.cleaning import clean_id, clean_instant
from phananh.regulation.values.events import Event
from phananh.regulation.values.request import Channel, Kind, Role, State, check_type, parse_slug
from phananh.regulation.values.slugs import KindSlug, RoleSlug, StateSlug

Capability = Literal["durable", "multi_process", "external_transaction", "sql_reports"]


@attrs.frozen(kw_only=True, slots=False)  # quicker to make
class IndexRow(PlainValue):
    """What lists, the sweep and reports read of a case, as of `version`.

    `due` is the running limit's or None, and `calendar` and `calendar_version` name what it was
    computed on; `since` is when the case came to its holder; `code` is the digest of the
    tracking code; `rules` is the id of the rules. `case`, `received_at`, `channel` and `code`
    are those of the first event. Nothing here names a citizen. Its instants are on the clock in
    Vietnam.
    """

    case: str
    version: int
    state: State
    holder: Role | None
    holder_id: str | None
    unit: str | None
    kind: Kind
    channel: Channel
    received_at: datetime
    since: datetime
    updated_at: datetime
    due: datetime | None
    is_open: bool
    late: bool
    code: str = attrs.field(repr=False)
    rules: str
    calendar: str | None
    calendar_version: str | None


@attrs.frozen(kw_only=True)
class Command:
    """The caller's name for one act, the version that it led to, and what it says.

    The content is never stored, only a digest of it. Where it `is_personal`, the digest is keyed
    with the salt of that version's personal values, and is lost with them.
    """

    id: str
    version: int
    content: bytes = attrs.field(repr=False)
    is_personal: bool


def digest_content(content: bytes, salt: bytes | None) -> str:
    """Return the digest of what an act says, keyed with `salt` where there is one."""
    return blake2b(content, key=salt or b"", digest_size=16).hexdigest()


@attrs.frozen(kw_only=True)
class CommandRecord:
    """That a command was recorded: the case, the version it led to, and what tells it again.

    `salt` keys the digest of a personal act, and is None for others. After the case was erased
    (`is_erased`) nothing tells what a personal act said.
    """

    command: str
    case: str
    version: int
    digest: str = attrs.field(repr=False)
    salt: bytes | None = attrs.field(default=None, repr=False)
    is_erased: bool = False

    def is_same(self, command: Command) -> bool:
        """Return whether this is the record of that act; one that was erased is of any."""
        return self.is_erased or digest_content(command.content, self.salt) == self.digest


@attrs.frozen(kw_only=True)
class Change:
    """Everything one act changes; it is one value, so it cannot be half done.

    `expected` is the version decided on (0: the case is new); `events` continue it. Each of
    `commands` led to the version of one of the events.
    """

    case: str
    expected: int
    events: tuple[Event, ...]
    row: IndexRow
    commands: tuple[Command, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Refuse events, a row and commands that do not continue `expected`."""
        n = self.expected
        for event in self.events:
            n += 1
            if event.n != n or event.case != self.case:
                self._refuse()
        if not self.events or self.row.version != n or self.row.case != self.case:
            self._refuse()
        for command in self.commands:
            if not self.expected < command.version <= n:
                self._refuse()

    def _refuse(self) -> None:
        versions = [event.n for event in self.events]
        raise InputError(
            field="change",
            code="change_does_not_continue",
            case=self.case,
            versions=versions,
            row=self.row.version,
            expected=self.expected,
        )


def check_limit(limit: int) -> int:
    """Return a number of rows, or refuse one below 1, and one that no store can count to."""
    if type(limit) is not int or not 1 <= limit < 2**31:
        raise InputError(field="limit", code="not_a_number_of_rows", value=short_repr(limit))
    return limit


def _parse_states(value: object) -> frozenset[State] | None:
    if value is None:
        return None
    if not isinstance(value, frozenset | set | list | tuple):
        raise InputTypeError(field="states", code="not_a_list", value=short_repr(value))
    return frozenset(parse_slug(State, each, field="states") for each in value)


def _checked_field(check: Callable[..., object], *first: object) -> Any:
    """Return an attrs field, None by default; what is given is checked as in an act."""

    def validate(_: object, field: "attrs.Attribute[Any]", value: object) -> None:
        check(*first, value, field=field.name)

    return attrs.field(default=None, validator=attrs.validators.optional(validate))


def _id_field() -> Any:
    """Return an attrs field of an id or unit, None by default, cleaned as in an act."""

    def convert(value: object, field: "attrs.Attribute[Any]") -> str | None:
        return None if value is None else clean_id(value, field=field.name)

    return attrs.field(default=None, converter=attrs.Converter(convert, takes_field=True))


def _typed_field(kind: type) -> Any:
    return attrs.field(default=None, validator=attrs.validators.optional(check_type(kind)))


def _text_field() -> Any:
    """Return an attrs field of text, None by default, that a database can be asked for."""

    def check(_: object, field: "attrs.Attribute[Any]", value: str) -> None:
        half = next((i for i, char in enumerate(value) if "\ud800" <= char <= "\udfff"), None)
        if half is not None:
            raise InputError(field=field.name, code="half_surrogate", position=half)

    both = attrs.validators.and_(check_type(str), check)
    return attrs.field(default=None, validator=attrs.validators.optional(both))


@attrs.frozen(kw_only=True)
class Query(PlainValue):
    """Which rows: every filter given must hold; ids and units compare folded, due is exclusive.

    Ordered by (`due`, case) when `due_before` is given, else by (`received_at`, case).

    Args:
        states: any of these states.
        holder, holder_id, unit: with whom the case lies: role, person, unit.
        kind: what is asked.
        is_open: neither rejected, nor answered, nor closed.
        late: some limit has run out, ever.
        due_before: a limit runs that ends before this aware datetime.
        code: the digest of a tracking code.
        rules: the id of the rules.
        limit: rows a page, 1 or more.
        after: the `next` of the page before; another string is an InputError.

    Raises:
        InputError: a filter that no case could meet: an unknown slug, a naive time, a blank id.
    """

    states: frozenset[State] | None = attrs.field(default=None, converter=_parse_states)
    holder: str | None = _checked_field(parse_slug, Role)
    holder_id: str | None = _id_field()
    unit: str | None = _id_field()
    kind: str | None = _checked_field(parse_slug, Kind)
    is_open: bool | None = _typed_field(bool)
    late: bool | None = _typed_field(bool)
    due_before: datetime | None = _checked_field(clean_instant)
    code: str | None = _text_field()
    rules: str | None = _text_field()
    limit: int = attrs.field(default=100, converter=check_limit)
    after: str | None = _text_field()


class Filters(TypedDict, total=False):
    """The arguments of `Query`, as `Desk.find` takes them."""

    states: Collection[State | StateSlug] | None
    holder: Role | RoleSlug | None
    holder_id: str | None
    unit: str | None
    kind: Kind | KindSlug | None
    is_open: bool | None
    late: bool | None
    due_before: datetime | None
    code: str | None
    rules: str | None
    limit: int
    after: str | None


@attrs.frozen(kw_only=True)
class Page(PlainValue):
    """Some rows, and the cursor of the next page, or None.

    `damaged` are the ids of cases that belong here, perhaps, and whose rows cannot be read.
    """

    rows: tuple[IndexRow, ...]
    next: str | None
    damaged: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class FeedEntry(PlainValue):
    """One event in the feed; `position` is opaque, and resumes the feed after it."""

    position: str
    event: Event


class Store(Protocol):
    """What the Desk needs of a store; see the contract at the top of this file."""

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What the store offers beyond the contract."""

    def load(self, case: str, /) -> tuple[Event, ...]:
        """Return versions 1..n without a hole; an unknown case is empty."""

    def commit(self, changes: Sequence[Change], /) -> None:
        """Record all the changes or none; ConflictError, DuplicateError or StoreError.

        The commands of all the changes are new; a DuplicateError says that all are known.
        """

    def find_command(self, command: str, /) -> CommandRecord | None:
        """Return what a command id led to, or None where it was never recorded."""

    def find(self, query: Query, /) -> Page:
        """Return committed rows that meet the query, a page at a time."""

    def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
        """Return events in commit order, after a position.

        One that cannot be read ends the piece before it. If it is the first, it is a
        CorruptError, whose fact `position` resumes the feed after it.
        """

    def erase(self, case: str, *, at: datetime) -> None:
        """Erase what is personal of a case; history and row stay. Safe to repeat."""

    def close(self) -> None:
        """Close what the store holds open; it is not used afterwards."""
